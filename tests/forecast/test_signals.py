"""What notes told of a deal by a day: by what is dated until then alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from site_builder.forecast.signals import NO_TRAIL, NOTHING, SIGNALS, Signal, trail_of, trails_of
from site_builder.journal.kinds import Kind, KindRole, Tangibility
from site_builder.journal.note import Note, NoteFields, StepMark
from site_builder.journal.pipeline import Step
from tests import by_hand
from tests.by_hand import day, deal, journal, note

ASKED = (Step("options", "Options"), Step("numbers", "Numbers"))
SCHEMA = replace(by_hand.SCHEMA, rungs=("know", "like", "trust"))


def rung(date: str, name: str) -> Note:
    return replace(note(date, "note"), kind=Kind(name, Tangibility.NEITHER, KindRole.RUNG))


def done(date: str, step: Step) -> Note:
    return replace(note(date, "note"), steps=(StepMark(step, "", by_hand.span()),))


def closing(date: str, close: str) -> Note:
    return replace(note(date, "note"), fields=NoteFields(close=day(close)))


def sign(signal: Signal, on: str, *notes: Note) -> int:
    trail = trail_of(deal("d", by_hand.OFFER, notes), journal(schema=SCHEMA))
    return trail.on(day(on).toordinal(), ASKED)[[*SIGNALS].index(signal)]


CALL, MAIL = note("2026-03-10", "call", "jane-roe"), note("2026-03-10", "email", "jane-roe")
SENT = replace(MAIL, direction="to")
RUNGS = (rung("2026-03-01", "know"), rung("2026-03-10", "trust"), rung("2026-03-20", "like"))
STEPS = (done("2026-03-01", ASKED[0]), done("2026-03-10", ASKED[1]))
CLOSES = (
    closing("2026-03-01", "2026-04-30"), closing("2026-03-10", "2026-05-31"),
    closing("2026-03-20", "2026-05-01"), closing("2026-03-30", "2026-06-30"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("signal", "notes", "signs"),
    [
        ("silence", (CALL,), {"2026-03-09": 0, "2026-03-10": 1, "2026-03-24": 1, "2026-03-25": 2,
                              "2026-04-21": 2, "2026-04-22": 3, "2026-06-09": 3, "2026-06-10": 4}),
        ("silence", (SENT,), {"2026-03-10": 1}),
        ("silence", (note("2026-03-10", "call", "maria"),), {"2026-03-10": 0}),
        ("silence", (note("2026-03-10", "note", "jane-roe"),), {"2026-03-10": 0}),
        ("two-way", (MAIL,), {"2026-03-09": 0, "2026-03-10": 1, "2026-05-09": 1, "2026-05-10": 2}),
        ("two-way", (SENT,), {"2026-03-10": 0}),
        ("rung", RUNGS, {"2026-02-28": 0, "2026-03-01": 1, "2026-03-10": 3, "2026-03-20": 3}),
        ("steps", STEPS, {"2026-02-28": 0, "2026-03-01": 1, "2026-03-10": 2}),
        ("steps", (done("2026-03-01", Step("of-another", "")),), {"2026-03-01": 0}),
        ("pushes", CLOSES, {"2026-03-09": 0, "2026-03-10": 1, "2026-03-20": 1, "2026-03-30": 2}),
    ],
)  # fmt: skip
def test_a_sign_is_what_was_dated_by_then(
    signal: Signal, notes: tuple[Note, ...], signs: dict[str, int]
) -> None:
    assert {on: sign(signal, on, *notes) for on in signs} == signs


def test_front_matter_and_moves_tell_nothing() -> None:
    moved = note("2026-03-01", "stage", stage=by_hand.OFFER)
    one = deal("d", by_hand.OFFER, (moved,), close=day("2026-05-01"), created=day("2026-01-01"))
    assert trail_of(one, journal()) is NO_TRAIL
    assert trails_of([one, deal("e", by_hand.OFFER, (CALL,))], journal()).keys() == {"e"}
    assert NO_TRAIL.on(day("2026-05-01").toordinal(), ASKED) == NOTHING


def test_it_is_known_of_which_signals_notes_tell() -> None:
    said = [("silence", SENT), ("rung", RUNGS[0]), ("steps", STEPS[0])]
    for signal, one in said:
        trail = trail_of(deal("d", by_hand.OFFER, (one,)), journal(schema=SCHEMA))
        assert [SIGNALS[at] for at in trail.noted] == [signal]
    both = trail_of(deal("d", by_hand.OFFER, (CALL, *CLOSES)), journal())
    assert [SIGNALS[at] for at in both.noted] == ["silence", "two-way", "pushes"]
