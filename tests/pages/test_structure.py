"""The structure page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from site_builder.journal.deal import Deal
from site_builder.journal.pipeline import Pipeline, Stage
from site_builder.pages.sheet import Section, Table
from site_builder.pages.structure import structure
from tests.by_hand import LEAD, LOST, OFFER, PARKED, SCHEMA, TALKS, WON, context, day, deal, journal
from tests.insights.test_structure import lost_in, moved


def test_the_largest_leak_is_the_answer() -> None:
    made = structure(context(journal(*lost_in(OFFER, 3), *lost_in(TALKS, 2, "t"), deal("o"))))
    assert made.answer == "Most is lost in Offer: 3 of 5 lost deals"
    (section,) = made.sections
    assert (
        section.answer
        == "5 losses of known stage: too few to name its shape or a trend, 15 more would do; 0% won of 6 deals begun (0 to 39%)"
    )
    table, *_ = section.tables
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
        ("sales.lead:kept", "6"),
        ("sales.offer:kept", "3"),
        ("sales.talks:kept", "1"),
        ("sales-sunk", "5"),
    ]
    assert leads(section, table) == [
        *["3"] * 3, *["2"] * 3, *["5"] * 3
    ]  # fmt: skip


def test_stages_of_which_as_much_is_lost_are_named_if_they_are_few() -> None:
    two = (*lost_in(LEAD, 2), *lost_in(TALKS, 2, "t"))
    assert structure(context(journal(*two))).answer == (
        "4 lost deals: too few to say where most is lost, 1 more would do"
    )
    fifth = (*two, *lost_in(OFFER, 1, "o"))
    assert structure(context(journal(*fifth))).answer == (
        "No stage loses more than Lead and Talks: 2 each of 5 lost deals"
    )
    three = (*two, *lost_in(OFFER, 2, "o"))
    assert "Lead, Offer and Talks: 2 each of 6" in structure(context(journal(*three))).answer


@pytest.mark.parametrize(
    ("offer", "talks", "lead", "said"),
    [(3, 2, 0, "Most is lost in Offer: 3 of 5"), (4, 1, 0, "Most is lost in Offer: 4 of 5"),
     (3, 2, 1, "More is lost in Offer than in any other stage: 3 of 6"),
     (2, 4, 2, "More is lost in Talks than in any other stage: 4 of 8"),
     (2, 5, 2, "Most is lost in Talks: 5 of 9"),
     (3, 3, 0, "No stage loses more than Offer and Talks: 3 each of 6")],
)  # fmt: skip
def test_most_is_more_than_half(offer: int, talks: int, lead: int, said: str) -> None:
    counts = {OFFER: offer, TALKS: talks, LEAD: lead}
    deals = [one for stage, n in counts.items() for one in lost_in(stage, n, stage.id)]
    assert structure(context(journal(*deals))).answer == f"{said} lost deals"


def test_of_few_that_began_counts_stand_for_how_many_of_100() -> None:
    few = [*begun(2024, 2, {LEAD: 2}), *begun(2025, 3, {OFFER: 2})]
    (section,) = structure(context(journal(*few))).sections
    where = section.tables[2]
    assert [row.head.aside for row in where.rows] == [
        "of 4: too few to say more, 1 more would do",
        "of 5",
    ]
    assert [[cell.text for cell in row.cells] for row in where.rows] == [
        ["2 of 4", "0 of 4", "0 of 4"],
        ["0", "40", "0"],
    ]
    assert where.rows[0].cells[0].aside == "4 notes, 60 days"
    assert (where.rows[0].cells[0].heat, where.rows[0].cells[0].path) == (
        None,
        "structure.html#sales.lead.2024",
    )
    for number, cells in (
        (4, ["2 of 4", "0 of 4", "0 of 4", "2 of 4"]),
        (5, ["40", "0", "0", "40"]),
    ):
        deals = begun(2024, number - 2, {LEAD: 2})
        table = structure(context(journal(*deals))).sections[0].tables[0]
        assert [row.cells[1].text for row in table.rows] == cells
        assert all((row.cells[1].aside == "") is (number == 4) for row in table.rows)


def test_no_stage_is_named_where_many_lose_as_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("site_builder.problems.counting.MOST_NAMED", 2)
    each = (*lost_in(LEAD, 2), *lost_in(TALKS, 2, "t"), *lost_in(OFFER, 2, "o"))
    assert structure(context(journal(*each))).answer == "No stage stands out among 6 lost deals"


GROWTH = replace(SCHEMA.pipelines[0], id="growth", name="Growth")


@pytest.mark.parametrize(
    ("sales", "growth", "said"),
    [
        ((3, 2), (2, 0), "More is lost in Offer of Sales than in any other stage: 3 of its 5 lost deals"),
        ((1, 0), (0, 2), "1 lost deal of Sales and 2 lost deals of Growth: too few to say where most is lost, 2 more would do"),
        ((4, 0), (0, 1), "Most is lost in Offer of Sales: 4 of its 4 lost deals"),
        ((5, 0), (0, 0), "All 5 lost deals of Sales ended in Offer"),
        ((3, 0), (0, 3), "No stage loses more than Offer of Sales: 3 of its 3 lost deals; and Talks of Growth: 3 of its 3 lost deals"),
        ((1, 1), (0, 1), "2 lost deals of Sales and 1 lost deal of Growth: too few to say where most is lost, 2 more would do"),
    ],
)  # fmt: skip
def test_the_pipeline_is_named_where_there_are_several(
    sales: tuple[int, int], growth: tuple[int, int], said: str
) -> None:
    deals = [
        replace(one, pipeline=pipeline)
        for pipeline, counts in ((SCHEMA.pipelines[0], sales), (GROWTH, growth))
        for stage, count in zip((OFFER, TALKS), counts, strict=True)
        for one in lost_in(stage, count, f"{pipeline.id}-{stage.id}")
    ]
    both = replace(SCHEMA, pipelines=(SCHEMA.pipelines[0], GROWTH))
    assert structure(context(journal(*deals, schema=both))).answer == said
    alone = context(journal(*(one for one in deals if one.pipeline is not GROWTH), schema=both))
    assert "Sales" in structure(alone).answer


def test_losses_of_no_known_stage_are_told_apart() -> None:
    bare = [deal(f"b{n}", LOST) for n in range(2)]
    assert structure(context(journal(*bare))).answer == (
        "Nobody knows in which stage 2 lost deals ended"
    )
    assert structure(context(journal(*bare, *lost_in(OFFER, 5)))).answer == (
        "5 lost deals ended in Offer, and 2 more nobody knows where"
    )


def test_a_shape_is_named_with_how_sure_it_is() -> None:
    made = structure(context(journal(*lost_in(LEAD, 10), *lost_in(TALKS, 10, "t"), *[
        moved(f"w{n}", ("2026-01-01", LEAD), ("2026-02-01", WON)) for n in range(20)])))  # fmt: skip
    assert (
        made.sections[0].answer
        == "Normal: centre of loss 0.50 ± 0.22; 50% won of 40 deals begun (35 to 65%)"
    )


def test_what_is_sunk_for_each_win_is_no_nothing_where_it_is_little() -> None:
    """Three losses of 3 notes and 59 days each, and many wins."""

    def said(wins: int) -> list[str]:
        won = [moved(f"w{n}", ("2026-01-01", LEAD), ("2026-02-01", WON)) for n in range(wins)]
        (section,) = structure(context(journal(*lost_in(OFFER, 3), *won))).sections
        (row,) = section.tables[1].rows
        return [cell.text for cell in row.cells[3:]]

    assert [said(wins) for wins in (5, 20, 95)] == [
        ["1.8", "35"],
        ["0.5", "8.8"],
        ["under 0.1", "1.9"],
    ]


def test_what_is_lost_nobody_knows_where_is_told() -> None:
    made = structure(context(journal(deal("a", LOST), *lost_in(LEAD, 1))))
    (table,) = made.sections[0].tables
    assert table.rows[-1].head.aside == "1 of 2"
    assert [one.label for one in made.sections[0].made_of] == [
        "Lost in Lead",
        "Lost in a known stage",
        "Lost, nobody knows where",
    ]


def test_years_stand_side_by_side() -> None:
    made = structure(context(journal(*lost_in(LEAD, 1), moved("b", ("2025-02-01", LEAD)))))
    *_, years = made.sections[0].tables
    assert [row.head.text for row in years.rows] == ["2025", "2026"]
    assert not made.sections[0].rule


@pytest.mark.parametrize(
    ("undated", "said"),
    [(1, "1 deal began nobody knows when, and is in no year."),
     (2, "2 deals began nobody knows when, and are in no year.")],
)  # fmt: skip
def test_what_is_in_no_year_is_counted(undated: int, said: str) -> None:
    dated = (*lost_in(LEAD, 1), moved("b", ("2025-02-01", LEAD)))
    made = structure(context(journal(*dated, *[deal(f"u{n}") for n in range(undated)])))
    assert made.sections[0].rule == said


def test_the_counts_of_a_year_lead_to_their_deals() -> None:
    parked = [moved(id, ("2025-03-01", PARKED)) for id in ("p", "q")]
    lost = lost_in(LEAD, 1)
    some = journal(*lost, deal("x", LOST, created=day("2026-01-01")), moved("b", ("2025-02-01", LEAD)), *parked)  # fmt: skip
    (section,) = structure(context(some)).sections
    *_, years = section.tables
    assert [[cell.text for cell in row.cells[2:7]] for row in years.rows] == [
        ["0", "0", "0", "1", "2"], ["2", "3", "59", "0", "0"]
    ]  # fmt: skip
    assert leads(section, years) == ["3", "1", "2", "2", "2", "1", "1"]


def leads(section: Section, table: Table) -> list[str]:
    """How many each link of a table leads to; no link leads nowhere."""
    numbers = {group.anchor: group.number for group in section.made_of}
    cells = [cell for row in table.rows for cell in row.cells if cell.path]
    return [numbers[cell.path.removeprefix("structure.html#")] for cell in cells]


def begun(year: int, won: int, lost: dict[Stage, int]) -> list[Deal]:
    """Deals that began in a year: won ones after 30 and one after 60 days, and lost ones."""
    first, later = f"{year}-01-01", f"{year}-01-31"
    wins = [moved(f"w{year}-{n}", (first, LEAD), (later, WON)) for n in range(won - 1)]
    losses = [
        moved(f"l{year}-{stage.id}-{n}", (first, stage), (later, LOST))
        for stage, count in lost.items()
        for n in range(count)
    ]
    return [*wins, moved(f"w{year}", (first, LEAD), (f"{year}-03-02", WON)), *losses]


def test_where_what_began_in_a_year_ended_is_told_of_each_100() -> None:
    deals = [*begun(2024, 6, {LEAD: 2, TALKS: 2}), *begun(2025, 4, {OFFER: 1})]
    (section,) = structure(context(journal(*deals))).sections
    _, efforts, where, years = section.tables
    assert told(where) == [["2024", "20", "0", "20"], ["2025", "0", "20", "0"]]
    assert [row.head.aside for row in where.rows] == ["of 10", "of 5"]
    assert [cell.heat for cell in where.rows[0].cells] == [4, 0, 4]
    assert [[cell.aside for cell in row.cells] for row in where.rows] == [
        ["6 to 51; 4 notes, 60 days", "0 to 28", "6 to 51; 4 notes, 60 days"],
        ["0 to 43", "4 to 62; 2 notes, 30 days", "0 to 43"],
    ]  # fmt: skip
    paths = [cell.path.partition("#")[2] for row in where.rows for cell in row.cells if cell.path]
    anchors = {group.anchor: group.number for group in section.made_of}
    assert [(path, anchors[path]) for path in paths] == [
        ("sales.lead.2024", "2"), ("sales.talks.2024", "2"), ("sales.offer.2025", "1")
    ]  # fmt: skip
    assert [row.cells[7].text for row in years.rows] == [
        "0.50 (0.00 to 1.00)",
        "0.50 (0.10 to 0.90)",
    ]
    assert [row.cells[8].aside for row in years.rows] == [
        "too few to say, 16 more would do", "too few to say, 19 more would do"
    ]  # fmt: skip
    assert [[cell.text for cell in row.cells[2:5]] for row in years.rows] == [
        ["4", "8", "120"], ["1", "2", "30"]
    ]  # fmt: skip
    won = [row.cells[1].path.partition("#")[2] for row in years.rows]
    assert [anchors[anchor] for anchor in won] == ["6", "4"]
    assert told(efforts) == [
        ["2024", "6", "2", "30", "1.3", "20"],
        ["2025", "4", "", "", "", ""],
        ["Any year", "10", "2", "30", "1", "15"],
    ]
    assert [efforts.rows[1].cells[1].aside, efforts.rows[2].cells[0].path] == [
        "too few to say, 1 more would do", "structure.html#sales-won"
    ]  # fmt: skip
    assert leads(section, efforts) == ["6", "4", "10"]


def test_of_many_years_the_tables_are_folded() -> None:
    many = [one for year in range(2018, 2025) for one in begun(year, 5, {LEAD: 1})]
    (section,) = structure(context(journal(*many))).sections
    assert [table.closed for table in section.tables] == [
        "", "What a win takes, of 7 years", "", "Outcomes of 7 years",
    ]  # fmt: skip
    (section,) = structure(context(journal(*many[6:]))).sections
    assert [table.closed for table in section.tables] == ["", "", "", ""]
    assert "centre of loss 0.00;" not in section.answer
    assert [row.cells[7].text for row in section.tables[3].rows][:2] == ["0.00 (0.00 to 0.79)"] * 2


def test_where_no_year_has_wins_enough_what_a_win_takes_is_told_of_all() -> None:
    (section,) = structure(context(journal(*begun(2024, 3, {}), *begun(2025, 2, {})))).sections
    assert told(section.tables[1]) == [["Any year", "5", "2", "30", "0", "0"]]


def told(table: Table) -> list[list[str]]:
    return [[cell.text for cell in (row.head, *row.cells)] for row in table.rows]


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ({2024: {LEAD: 12}, 2025: {LEAD: 6, TALKS: 6}},
         "moved towards the end: 0.00 (0.00 to 0.24) of 2024, 0.50 ± 0.30 of 2025"),
        ({2024: {TALKS: 12}, 2025: {LEAD: 12}},
         "moved towards the beginning: 1.00 (0.76 to 1.00) of 2024, 0.00 (0.00 to 0.24) of 2025"),
        ({2024: {LEAD: 6, TALKS: 6}, 2025: {LEAD: 5, TALKS: 7}},
         "no trend that chance would not explain: 0.50 ± 0.30 of 2024, 0.58 ± 0.29 of 2025"),
        ({2024: {LEAD: 12}, 2025: {LEAD: 12}},
         "no trend: all that was lost ended in one stage"),
        ({2024: {LEAD: 7}, 2025: {TALKS: 7}, 2026: {LEAD: 7}},
         "no trend that chance would not explain: 0.00 (0.00 to 0.35) of 2024, 0.00 (0.00 to 0.35) of 2026"),
        ({2023: {LEAD: 3}, 2024: {LEAD: 12}, 2025: {TALKS: 7}},
         "too few to tell a trend: 19 losses in years that can be compared, 1 more would do"),
        ({2024: {LEAD: 25}, 2025: {TALKS: 4}},
         "too few to tell a trend: 1 year can be compared, two would do"),
    ],
)  # fmt: skip
def test_a_trend_of_losses_is_a_sentence(years: dict[int, dict[Stage, int]], said: str) -> None:
    deals = [deal for year, lost in years.items() for deal in begun(year, 1, lost)]
    _, section = structure(context(journal(*deals))).sections
    assert section.answer == said
    assert "3.84" in section.rule and "5 or more" in section.rule and "20%" in section.rule


def test_the_mark_of_a_year_leads_to_its_losses() -> None:
    old = replace(OFFER, retired=True)
    pipeline = Pipeline("sales", "Sales", (LEAD, old, TALKS, WON, LOST))
    deals = [*begun(2024, 1, {LEAD: 17}), *begun(2025, 1, {old: 2, TALKS: 3})]
    made = journal(
        *(replace(one, pipeline=pipeline) for one in deals),
        schema=replace(SCHEMA, pipelines=(pipeline,)),
    )
    first, section = structure(context(made)).sections
    assert [(one.anchor, one.number) for one in section.made_of] == [(":trend:sales:2025", "3")]
    assert "sales-lost:2024" in {one.anchor for one in first.made_of}
    for text in ('<a href="#sales-lost:2024" tabindex="-1">', '<a href="#:trend:sales:2025" tabindex="-1">',
                 "<title>2025: 3 losses, 1.00 (0.44 to 1.00)</title>"):  # fmt: skip
        assert text in str(section.drawing)
    assert told(section.tables[0]) == [
        ["2024", "17", "0.00 (0.00 to 0.18)", "yes"],
        ["2025", "3", "1.00 (0.44 to 1.00)", "no, too few; 2 more would do"],
    ]  # fmt: skip


def test_without_losses_nothing_is_flagged() -> None:
    assert structure(context(journal(deal("a")))).answer == "Nothing is lost yet"
    assert structure(context(journal())).sections == ()
