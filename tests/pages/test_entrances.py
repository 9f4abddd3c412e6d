"""The page of entrances."""

from __future__ import annotations

import pytest

from site_builder.insights.topics import Topic
from site_builder.pages.entrances import CHANNELS, PAGE, entrances
from site_builder.pages.sheet import Cell
from tests.by_hand import LOST, OFFER, PARKED, SCHEMA, WON, context, deal, journal
from tests.insights.test_structure import moved


def test_how_many_entered_further_on_is_the_answer() -> None:
    deals = [moved(f"d{n}", ("2026-01-01", OFFER), ("2026-01-02", WON if n else LOST)) for n in range(5)]  # fmt: skip
    made = entrances(context(journal(deal("a"), *deals)))
    assert made.answer == (
        "5 of 6 deals entered elsewhere than in the first stage: 83% (44 to 97%)"
    )
    few = entrances(context(journal(deal("a"), *deals[:1])))
    assert few.answer == (
        "1 of 2 deals entered elsewhere than in the first stage: too few to say more, 3 more would do"
    )
    assert made.rule.endswith("nothing here is flagged.")
    (section,) = made.sections
    fared, counts = section.tables
    assert [(row.head.text, row.cells[0].text) for row in fared.rows] == [("Offer", "80%")]
    assert section.answer == "too few have ended to say how 1 of the 2 fare; 5 of each would do"
    _lead, offer = counts.rows
    assert counts.is_below
    assert [cell.text for cell in offer.cells] == ["5", "4", "1", "0", "0"]
    assert [cell.path.partition("#")[2] for cell in (_lead.cells[0], *offer.cells[:2])] == [
        ":sales.lead.open", ":sales.offer.", ":sales.offer.won"]  # fmt: skip
    assert [(one.anchor, one.number) for one in section.made_of] == [
        (":further", "5"), (":sales.lead.open", "1"), (":sales.offer.won", "4"), (":sales.offer.lost", "1"),
        (":sales.offer.", "5")]  # fmt: skip
    assert 'href="#:sales.offer.lost">1 lost</a>' in section.drawing


def test_where_all_entered_first_it_says_so() -> None:
    made = entrances(context(journal(deal("a"))))
    assert made.answer == "All of 1 deal entered in the first stage of their pipeline"


def test_channels_say_what_they_leave_out() -> None:
    deals = [deal(f"d{n:02}", channel=f"way {n:02}") for n in range(CHANNELS + 1)]
    section = entrances(context(journal(deal("x"), deal("y", OFFER, channel="way 00"), *deals))).sections[-1]  # fmt: skip
    assert section.answer == (
        "41 channels; 1 more not shown; 1 deal without one; "
        "too few have ended to say how they fare; 5 of each would do"
    )
    first = section.tables[0].rows[0]
    assert (first.head, first.cells[0].text) == (Cell("way 00", aside="1 further on"), "2")
    assert section.made_of[-1].label == "No channel recorded"


def test_without_deals_the_page_says_what_would_fill_it() -> None:
    made = entrances(context(journal()))
    assert (made.answer, made.sections) == ("", ())
    assert "`channel`" in made.empty


@pytest.mark.parametrize(
    ("topics", "is_there"),
    [
        ((Topic.ENTRANCE, Topic.SOME), False),
        ((Topic.ENTRANCE, Topic.SOME, Topic.MANY), True),
        ((Topic.CHANNEL, Topic.SOME), True),
        ((Topic.SOME, Topic.MANY), False),
    ],
)
def test_of_few_deals_it_leads_to_the_page_that_a_channel_was_written_down(
    topics: tuple[Topic, ...], is_there: bool
) -> None:
    """Not that one of them began further on, of which nothing can be said."""
    assert PAGE.nav is not None
    assert PAGE.nav.shows(SCHEMA, frozenset(topics)) is is_there


def test_what_is_parked_does_not_look_as_what_is_open() -> None:
    made = entrances(context(journal(deal("a", OFFER), deal("b", PARKED))))
    drawing = str(made.sections[0].drawing)
    assert "mark-open" in drawing and "mark-parked" in drawing
