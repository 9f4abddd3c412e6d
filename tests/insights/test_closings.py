"""Each time a deal was lost, by hand."""

from __future__ import annotations

from dataclasses import replace

from site_builder.insights.closings import Closing, closings
from site_builder.journal.deal import Deal
from site_builder.journal.note import Note, NoteFields
from site_builder.journal.pipeline import Stage
from tests.by_hand import LEAD, LOST, OFFER, PARKED, TALKS, WON, day, deal, note

GONE = replace(LOST, id="gone", name="Gone")


def move(when: str, stage: Stage, why: str = "") -> Note:
    made = note(when, "stage", stage=stage)
    return replace(made, fields=NoteFields(lost_reason=why)) if why else made


def told(one: Deal) -> list[tuple[str, str, str, bool]]:
    return [(str(c.day), c.stage.id if c.stage else "", c.reason, c.stands) for c in closings(one)]


def test_each_closing_keeps_its_reason_and_its_stage() -> None:
    one = deal(
        "a",
        LOST,
        (
            move("2026-01-01", LEAD),
            move("2026-02-01", LOST, "price"),
            move("2026-03-01", TALKS),
            move("2026-04-01", LOST, "timing"),
        ),
        lost_reason="timing",
    )
    assert told(one) == [
        ("2026-02-01", "lead", "price", False),
        ("2026-04-01", "talks", "timing", True),
    ]


def test_one_that_gives_none_has_that_of_the_front_matter_only_while_it_stands() -> None:
    notes = (move("2026-01-01", OFFER), move("2026-02-01", LOST), move("2026-03-01", OFFER))
    assert told(deal("a", OFFER, notes)) == [("2026-02-01", "offer", "", False)]
    again = (*notes, move("2026-04-01", LOST, "price"))
    assert [row[2] for row in told(deal("a", LOST, again, lost_reason="price"))] == ["", "price"]
    silent = (*notes[:1], move("2026-02-01", LOST, "price"), notes[2], move("2026-04-01", LOST))
    assert [row[2] for row in told(deal("a", LOST, silent, lost_reason="price"))] == ["price"] * 2


def test_where_no_note_gives_one_that_of_the_front_matter_has_always_held() -> None:
    notes = (move("2026-02-01", LOST), move("2026-03-01", LEAD), move("2026-04-01", LOST))
    assert [row[2] for row in told(deal("a", LOST, notes, lost_reason="price"))] == ["price"] * 2


def test_a_note_that_restates_may_say_why_and_another_lost_stage_is_no_other_loss() -> None:
    notes = (
        move("2026-01-01", LEAD),
        move("2026-02-01", LOST),
        move("2026-02-09", LOST, "price"),
        move("2026-02-10", GONE),
    )
    assert told(deal("a", GONE, notes, lost_reason="price")) == [
        ("2026-02-01", "lead", "price", True)
    ]


def test_parking_reopens_and_winning_does() -> None:
    for after in (PARKED, WON):
        notes = (move("2026-01-01", LEAD), move("2026-02-01", LOST), move("2026-03-01", after))
        assert told(deal("a", after, notes)) == [("2026-02-01", "lead", "", False)]


def test_without_stage_notes_it_was_lost_as_long_as_it_is_there() -> None:
    one = deal("a", LOST, created=day("2026-01-01"), lost_reason="price")
    assert closings(one) == (Closing(one, day("2026-01-01"), None, "price", stands=True),)


def test_nobody_knows_the_day_of_a_loss_that_contradicts_the_notes() -> None:
    assert told(deal("a", LOST, (move("2026-01-01", TALKS),))) == [("None", "talks", "", True)]


def test_what_is_not_lost_has_none() -> None:
    assert closings(deal("a", WON, (move("2026-01-01", WON),))) == ()
