"""The structure page."""

from __future__ import annotations

from site_builder.pages.structure import structure
from tests.by_hand import LEAD, OFFER, TALKS, WON, context, deal, journal
from tests.insights.test_structure import lost_in, moved


def test_the_largest_leak_is_the_answer() -> None:
    made = structure(context(journal(*lost_in(OFFER, 3), *lost_in(TALKS, 2, "t"), deal("o"))))
    assert made.answer == "Most is lost in Offer: 3 of 5 lost deals"
    (section,) = made.sections
    assert (
        section.answer
        == "5 losses of known stage: too few to name its shape, 15 more would do; 0% won of 6 deals begun (0 to 39%)"
    )
    (table,) = section.tables
    assert [[cell.text for cell in (row.head, *row.cells)] for row in table.rows] == [
        ["Lead", "0", "0", "0", "0"],
        ["Offer", "3", "50", "9", "177"],
        ["Talks", "2", "33", "6", "118"],
        ["In all", "5", "83", "15", "295"],
    ]
    assert table.rows[1].cells[0].path == "structure.html#sales.offer"
    assert [(one.anchor, one.number) for one in section.made_of] == [
        ("sales.offer", "3"),
        ("sales.talks", "2"),
    ]


def test_a_shape_is_named_with_how_sure_it_is() -> None:
    made = structure(context(journal(*lost_in(LEAD, 10), *lost_in(TALKS, 10, "t"), *[
        moved(f"w{n}", ("2026-01-01", LEAD), ("2026-02-01", WON)) for n in range(20)])))  # fmt: skip
    assert (
        made.sections[0].answer
        == "Normal: centre of loss 0.50 ± 0.22; 50% won of 40 deals begun (35 to 65%)"
    )


def test_what_is_lost_nobody_knows_where_is_told() -> None:
    from tests.by_hand import LOST

    made = structure(context(journal(deal("a", LOST), *lost_in(LEAD, 1))))
    (table,) = made.sections[0].tables
    assert table.rows[-1].head.aside == "1 of 2"
    assert [one.label for one in made.sections[0].made_of] == [
        "Lost in Lead",
        "Lost, nobody knows where",
    ]


def test_years_stand_side_by_side() -> None:
    made = structure(context(journal(*lost_in(LEAD, 1), moved("b", ("2025-02-01", LEAD)))))
    assert [row.head.text for row in made.sections[0].tables[1].rows] == ["2025", "2026"]


def test_without_losses_nothing_is_flagged() -> None:
    assert structure(context(journal(deal("a")))).answer == "Nothing is lost yet"
    assert structure(context(journal())).sections == ()
