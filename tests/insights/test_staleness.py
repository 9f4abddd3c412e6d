"""When a deal is stale, rule by rule and at each rule's edge."""

from __future__ import annotations

import datetime as dt

import pytest

from site_builder.insights.staleness import CODES, Reason, next_state, reasons, silent_since
from site_builder.journal.deal import Deal
from site_builder.journal.note import Note
from site_builder.journal.pipeline import Stage
from site_builder.pages.reasons import NAMES, in_words
from tests.by_hand import (
    LEAD,
    LOST,
    OFFER,
    PARKED,
    TALKS,
    TODAY,
    WON,
    day,
    deal,
    journal,
    note,
    planned,
)

LATER = planned("2026-12-01")


def codes(subject: Deal) -> list[str]:
    return [reason.code for reason in reasons(subject, journal(subject), TODAY)]


@pytest.mark.parametrize(
    ("date", "state"),
    [("2026-11-19", "overdue"), ("2026-11-20", "today"), ("2026-11-21", "later")],
)
def test_next_state(date: str, state: str) -> None:
    assert next_state(deal(next=planned(date)), TODAY) == state


def test_next_state_without_a_next_step() -> None:
    assert next_state(deal(), TODAY) == "none"


@pytest.mark.parametrize(("last", "stale"), [("2026-10-30", False), ("2026-10-29", True)])
def test_silent_after_more_than_the_stage_allows(last: str, stale: bool) -> None:
    subject = deal(next=LATER, notes=(note(last, "call", "jane-roe"),))
    assert codes(subject) == (["silent"] if stale else [])


def test_silent_says_for_how_long() -> None:
    subject = deal(next=LATER, notes=(note("2026-10-20", "call"),))
    (reason,) = reasons(subject, journal(subject), TODAY)
    assert reason == Reason("silent", 31, 10, dt.timedelta(21))
    assert in_words(reason) == "no contact for 31 days (21 days allowed)"


@pytest.mark.parametrize(("last", "stale"), [("2026-11-19", False), ("2026-11-18", True)])
def test_silent_after_hours(last: str, stale: bool) -> None:
    subject = deal(stage=OFFER, next=LATER, notes=(note(last, "call"),))
    found = reasons(subject, journal(subject), TODAY)
    assert [in_words(r) for r in found] == (
        ["no contact for 2 days (36h allowed)"] if stale else []
    )


@pytest.mark.parametrize(
    "later",
    [
        note("2026-11-19", "note"),
        note("2026-11-19", "call", "maria"),
        note("2026-11-19", "stage", stage=LEAD),
    ],
    ids=["a note", "a call among ourselves", "a stage"],
)
def test_what_is_no_contact_does_not_end_silence(later: Note) -> None:
    subject = deal(next=LATER, notes=(note("2026-10-01", "call", "jane-roe"), later))
    assert codes(subject) == ["silent"]


def test_silence_counts_from_the_beginning_without_any_contact() -> None:
    subject = deal(created=day("2026-10-01"), next=LATER)
    assert silent_since(subject, journal(subject)) == day("2026-10-01")
    assert codes(subject) == ["silent"]
    assert codes(deal(created=day("2026-11-01"), next=LATER)) == []


def test_a_stage_without_stale_after_never_goes_silent() -> None:
    assert codes(deal(stage=TALKS, created=day("2020-01-01"), next=LATER)) == []


def test_a_deal_of_which_no_day_is_known_is_not_silent() -> None:
    assert codes(deal(next=LATER)) == []


@pytest.mark.parametrize(
    ("date", "found"),
    [
        (None, ["no-next-step"]),
        ("2026-11-19", ["next-step-overdue"]),
        ("2026-11-20", []),
        ("2026-11-21", []),
    ],
)
def test_next_step(date: str | None, found: list[str]) -> None:
    step = planned(date) if date else None
    assert codes(deal(stage=TALKS, next=step)) == found


@pytest.mark.parametrize(("close", "stale"), [("2026-11-19", True), ("2026-11-20", False)])
def test_close_in_past(close: str, stale: bool) -> None:
    subject = deal(stage=TALKS, next=LATER, close=day(close))
    assert codes(subject) == (["close-in-past"] if stale else [])


@pytest.mark.parametrize(
    ("wake", "stale"),
    [(None, False), ("2026-11-21", False), ("2026-11-20", True), ("2026-11-10", True)],
)
def test_a_parked_deal_sleeps_until_its_wake_date(wake: str | None, stale: bool) -> None:
    subject = deal(stage=PARKED, created=day("2020-01-01"), close=day("2020-02-02"))
    subject = deal(stage=PARKED, created=day("2020-01-01"), wake=day(wake) if wake else None)
    assert codes(subject) == (["overslept"] if stale else [])


@pytest.mark.parametrize("stage", [WON, LOST])
def test_a_finished_deal_is_never_stale(stage: Stage) -> None:
    long_ago = dt.date(2020, 1, 1)
    assert codes(deal(stage=stage, created=long_ago, close=long_ago, wake=long_ago)) == []


def test_every_reason_there_is_in_the_order_of_their_names() -> None:
    subject = deal(created=day("2026-01-01"), next=planned("2026-02-01"), close=day("2026-03-01"))
    assert codes(subject) == ["silent", "next-step-overdue", "close-in-past"]
    assert [code for code in CODES if code in codes(subject)] == codes(subject)


def test_several_reasons_are_told_in_one_order() -> None:
    """Silent, then the next step, then the close: in words, codes and headings alike."""
    began = day("2026-10-01")
    late = deal(created=began, next=planned("2026-11-19"), close=day("2026-11-18"))
    assert codes(late) == ["silent", "next-step-overdue", "close-in-past"]
    without = deal(created=began, close=day("2026-11-18"))
    assert codes(without) == ["silent", "no-next-step", "close-in-past"]
    assert tuple(NAMES) == CODES
    order = list(NAMES)
    for subject in (late, without):
        found = [order.index(code) for code in codes(subject)]
        assert found == sorted(found)
