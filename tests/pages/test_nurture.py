"""The page of long gestation."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from site_builder.pages.nurture import FEWEST, nurture
from site_builder.pages.sheet import NOTHING
from tests.by_hand import LEAD, LOST, PARKED, WON, context, day, deal, journal, note
from tests.insights.test_structure import moved


def test_what_should_be_awake_is_told_first() -> None:
    deals = [
        deal("a", PARKED, wake=day("2026-10-01")),
        deal("b", PARKED, wake=day("2027-01-01")),
        deal("c", PARKED),
    ]
    made = nurture(context(journal(*deals, deal("d", need=True, want=False))))
    assert (
        made.answer
        == "3 deals asleep, 1 should be awake, the next wakes on 1 Jan 2027, 1 that needs it and does not want it yet"
    )
    rows = made.sections[0].tables[0].rows
    assert [(row.cells[1].text, row.cells[1].status) for row in rows] == [
        ("1 Oct", "overdue"), ("1 Jan 2027", ""), ("no day set", "")]  # fmt: skip


def test_where_no_sleeper_has_a_wake_date_the_first_line_says_so() -> None:
    def answer(*wakes: str) -> str:
        deals = [
            deal(f"d{n}", PARKED, wake=day(one) if one else None) for n, one in enumerate(wakes)
        ]
        return nurture(context(journal(*deals))).answer

    assert answer("", "") == "2 deals asleep, none with a wake date"
    assert answer("") == "1 deal asleep, with no wake date"
    assert answer("", "2027-01-01") == "2 deals asleep, the next wakes on 1 Jan 2027"
    assert nurture(context(journal(deal("a", need=True, want=False)))).answer.startswith("1 that")


def test_the_strips_have_a_key() -> None:
    slept = moved("a", ("2026-01-01", LEAD), ("2026-02-01", PARKED), ("2026-03-01", WON))
    asleep = replace(moved("b", ("2026-01-01", PARKED)), wake=day("2027-01-01"))
    drawn = [str(one.drawing) for one in nurture(context(journal(slept, asleep))).sections]
    assert [re.findall(r"</svg>([a-z ]+)</span>", one) for one in drawn] == [
        ["asleep", "wake date"], ["awake", "asleep", "won"]]  # fmt: skip


def test_the_last_that_was_said_leads_to_its_note() -> None:
    said = replace(note("2026-02-01", "call"), headline="Not before they move")
    notes = (said, note("2026-03-01", "email"), note("2026-03-02", "stage", stage=PARKED))
    silent = deal("c", PARKED, notes[1:])
    made = nurture(context(journal(deal("a", PARKED, notes), deal("b", PARKED), silent)))
    first, second, third = (row.cells[4] for row in made.sections[0].tables[0].rows)
    assert (first.text, first.aside) == ("Not before they move", "1 Feb")
    assert first.path == "deals/a.html#note-2026-02-01"
    assert second == NOTHING
    assert (third.text, third.path) == ("Email", "deals/c.html#note-2026-03-01")
    both = nurture(context(journal(*[deal(id, need=True, want=False) for id in "ab"])))
    assert both.answer == "2 that need it and do not want it yet"


@pytest.mark.parametrize(
    ("asleep", "shown"), [(12, [12]), (13, [10, 3]), (30, [10, 20]), (51, [10, 40, 1])]
)
def test_of_many_the_next_to_wake_stand_open(asleep: int, shown: list[int]) -> None:
    deals = [deal(f"d{n:02}", PARKED, wake=day("2027-01-01")) for n in range(1, asleep + 1)]
    first, *more = nurture(context(journal(*deals))).sections[0].tables
    assert [len(table.rows) for table in (first, *more)] == shown
    section = nurture(context(journal(*deals))).sections[0]
    told = [len(section.stories), len(section.more_stories)]
    assert told == [*shown[:2], 0][:2]
    assert (first.rows[0].head.text, first.closed) == ("D01", "")
    if more:
        assert more[0].closed == f"{shown[1]} more deals asleep"


def test_of_many_each_count_of_when_they_wake_leads_to_them() -> None:
    wakes = ["2026-10-01", *["2027-01-07"] * 44, *["2027-04-01"] * 5, None]
    deals = [
        deal(f"d{n:02}", PARKED, wake=day(one) if one else None) for n, one in enumerate(wakes)
    ]
    section = nurture(context(journal(*deals))).sections[0]
    rows = [(row.head.text, row.cells[0]) for row in section.tables[-1].rows]
    assert [(when, cell.text) for when, cell in rows] == [
        ("should be awake", "1"), ("2027-Q1", "44"), ("2027-Q2", "5"), ("no day set", "1")]  # fmt: skip
    assert [(cell.path, cell.text) for _, cell in rows] == [
        (f"nurture.html#{one.anchor}", one.number) for one in section.made_of
    ]


def test_of_few_no_share_is_told() -> None:
    slept = [moved(f"a{n}", ("2026-01-01", PARKED), ("2026-01-31", WON)) for n in range(FEWEST)]
    few = nurture(context(journal(*slept[:-1]))).sections[0]
    assert few.answer == "4 won of 4 deals that have ended: too few to say, 1 more would do"
    enough = nurture(context(journal(*slept))).sections[0]
    assert (
        enough.answer
        == "100% won of 5 that have ended (57 to 100%); slept 30 days before the win, by median"
    )
    lost = moved("l", ("2026-01-01", PARKED), ("2026-01-31", LOST))
    assert nurture(context(journal(*slept[1:], lost))).sections[0].answer == (
        "80% won of 5 that have ended (38 to 96%); "
        "too few to say how long they slept before the win, 1 more would do"
    )


def test_where_nothing_sleeps_it_says_what_would() -> None:
    assert nurture(context(journal(deal("a")))).sections == ()
