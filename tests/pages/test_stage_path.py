"""A deal's way: every stage of the pipeline once, with the deal's stays in it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from site_builder.journal.deal import Deal
from site_builder.journal.note import NoteFields
from site_builder.journal.pipeline import Stage
from site_builder.pages.stage_path import Stop, at_stage, stops
from tests.by_hand import LEAD, LOST, OFFER, PARKED, PIPELINE, TALKS, TODAY, WON, deal, note


def way(one: Deal) -> list[tuple[str, str, str]]:
    return [(stop.name, stop.state, stop.said) for stop in stops(one, TODAY)]


def entered(*moves: tuple[str, Stage]) -> Deal:
    notes = tuple(note(day, "stage", stage=stage) for day, stage in moves)
    return deal(stage=moves[-1][1], notes=notes)


def test_all_stages_to_winning_are_shown_and_what_was_leapt_is_hollow() -> None:
    assert way(entered(("2026-10-01", LEAD), ("2026-10-11", TALKS))) == [
        ("Lead", "past", ""),
        ("Offer", "skipped", "skipped"),
        ("Talks", "here", ""),
        ("Won", "ahead", "ahead"),
    ]


def test_other_stages_are_shown_once_the_deal_was_there() -> None:
    assert way(entered(("2026-10-01", LEAD), ("2026-10-11", PARKED), ("2026-10-12", OFFER))) == [
        ("Lead", "past", ""),
        ("Offer", "here", ""),
        ("Talks", "ahead", "ahead"),
        ("Parked", "past", ""),
        ("Won", "ahead", "ahead"),
    ]


def test_what_a_lost_deal_did_not_reach_is_not_ahead() -> None:
    assert way(entered(("2026-10-01", OFFER), ("2026-10-11", LOST))) == [
        ("Lead", "skipped", "skipped"),
        ("Offer", "past", ""),
        ("Talks", "ahead", "not reached"),
        ("Won", "ahead", "not reached"),
        ("Lost", "here", ""),
    ]


def test_stays_tell_reopenings_who_asked_and_that_a_gate_was_passed() -> None:
    asked = NoteFields(asked_by="customer")
    pushed = NoteFields(override="They need it by May")
    notes = (
        note("2026-10-01", "stage", stage=LEAD),
        note("2026-10-11", "stage", stage=LOST),
        replace(note("2026-10-21", "stage", stage=LEAD), fields=asked),
        replace(note("2026-11-01", "stage", stage=OFFER), fields=pushed),
    )
    found: dict[str, Stop] = {s.name: s for s in stops(deal(stage=OFFER, notes=notes), TODAY)}
    assert list(found) == ["Lead", "Offer", "Talks", "Won", "Lost"]
    assert found["Lead"].said == "2 times"
    first, again = found["Lead"].stays
    assert first == ("1 Oct 2026", "10 days", (), "#note-2026-10-01")
    assert again[:3] == ("21 Oct 2026", "11 days", ("reopened", "the customer asked"))
    (here,) = found["Offer"].stays
    assert here[:3] == ("since 1 Nov 2026", "19 days", ("gate passed: They need it by May",))


def test_a_deal_without_stage_notes_stands_where_its_file_says() -> None:
    one = deal(stage=OFFER, notes=(note("2026-11-01", "call"),))
    assert [s.state for s in stops(one, TODAY)] == ["skipped", "here", "ahead", "ahead"]
    assert [s.stays for s in stops(one, TODAY)][1] == (("since 1 Nov 2026", "19 days", (), ""),)


@pytest.mark.parametrize("stage", [LEAD, OFFER, TALKS, WON])
def test_the_place_in_words_is_that_on_the_way(stage: Stage) -> None:
    shown = stops(deal(stage=stage), TODAY)
    number = [stop.state for stop in shown].index("here") + 1
    assert at_stage(PIPELINE, stage).place == f"Stage {number} of {len(shown)}"


def test_a_stage_for_parking_in_between_is_no_step_of_the_way() -> None:
    between = replace(PIPELINE, stages=(LEAD, PARKED, OFFER, WON))
    assert at_stage(between, OFFER).place == "Stage 2 of 3"
    assert at_stage(between, PARKED).place == ""
