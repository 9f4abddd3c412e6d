"""What happened to deals since a day, of which their notes tell."""

from __future__ import annotations

from dataclasses import replace

import pytest

from site_builder.insights.insights import Insights
from site_builder.insights.moves import last_monday, moves
from site_builder.journal.deal import Deal
from site_builder.journal.note import Note
from site_builder.journal.pipeline import Stage
from tests.by_hand import LEAD, LOST, OFFER, PARKED, TALKS, WON, day, deal, journal, note
from tests.catalogue import deal as written
from tests.journals import loaded

MONDAY, FRIDAY = day("2026-11-16"), day("2026-11-20")


def entered(when: str, stage: Stage) -> Note:
    return note(when, "stage", stage=stage)


def happened(*deals: Deal) -> list[tuple[str, str]]:
    return [(move.deal.id, move.what) for move in moves(Insights(journal(*deals), FRIDAY))]


@pytest.mark.parametrize(
    ("today", "monday"),
    [
        ("2026-11-16", "2026-11-09"),
        ("2026-11-17", "2026-11-16"),
        ("2026-11-20", "2026-11-16"),
        ("2026-11-22", "2026-11-16"),
        ("2026-11-23", "2026-11-16"),
    ],
)
def test_the_monday_is_the_one_before_today(today: str, monday: str) -> None:
    assert last_monday(day(today)) == day(monday)


def test_a_deal_entered_when_it_began() -> None:
    old = deal("old", created=day("2026-11-15"), notes=(note("2026-11-17", "call"),))
    assert happened(deal("new", created=MONDAY), old, deal("unknown")) == [("new", "entered")]


def test_a_deal_that_began_and_was_won_did_both_and_moved_nowhere() -> None:
    one = deal("a", WON, notes=(entered("2026-11-16", LEAD), entered("2026-11-18", WON)))
    assert happened(one) == [("a", "entered"), ("a", "won")]


@pytest.mark.parametrize(("stage", "what"), [(WON, "won"), (LOST, "lost"), (PARKED, "moved")])
def test_what_ended_or_moved_before_does_not_count(stage: Stage, what: str) -> None:
    old = entered("2026-10-01", LEAD)
    before = deal("before", stage, notes=(old, entered("2026-11-15", stage)))
    since = deal("since", stage, notes=(old, entered("2026-11-16", stage)))
    said = replace(before, id="said", notes=(*before.notes, note("2026-11-17", "call")))
    assert happened(before, since, said) == [("since", what)]


def test_a_deal_that_came_back_to_its_stage_did_not_move() -> None:
    steps = (entered("2026-10-01", LEAD), entered("2026-11-16", OFFER), entered("2026-11-18", LEAD))
    assert happened(deal("a", LEAD, notes=steps)) == []
    there = deal("a", TALKS, notes=(*steps[:2], entered("2026-11-18", TALKS)))
    (move,) = moves(Insights(journal(there), FRIDAY))
    assert move.stages == (LEAD, TALKS)


@pytest.mark.parametrize(
    ("changed", "closes", "stage", "slipped"),
    [
        ("2026-11-17", "2026-12-24", "lead", [("2026-11-30", "2026-12-24")]),
        ("2026-11-16", "2026-12-01", "lead", [("2026-11-30", "2026-12-01")]),
        ("2026-11-15", "2026-12-24", "lead", []),
        ("2026-11-17", "2026-11-30", "lead", []),
        ("2026-11-17", "2026-11-25", "lead", []),
        ("2026-11-17", "2026-12-24", "lost", []),
    ],
)
def test_a_close_date_that_was_put_off_since_monday_is_a_slip_of_an_open_deal(
    changed: str, closes: str, stage: str, slipped: list[tuple[str, str]]
) -> None:
    notes = (
        f"## 2026-10-01 stage lead\nclose:: 2026-11-30\n\n## {changed} change\nclose:: {closes}\n\n"
    )
    end = f"## {changed} stage {stage}\n" if stage != "lead" else ""
    text = written(stage=f"stage: {stage}", front=f"close: {closes}", notes=notes + end)
    found = loaded({"deals/bad.md": text}).seen
    assert found is not None
    told = [one for one in moves(Insights(found, FRIDAY)) if one.what == "slipped"]
    assert [one.closes for one in told] == [(day(was), day(now)) for was, now in slipped]
