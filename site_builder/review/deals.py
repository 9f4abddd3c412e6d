"""What a change does to single deals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal, NamedTuple

from site_builder.checks.gate_unmet import passed_unmet
from site_builder.checks.stage_skipped import leaps
from site_builder.journal import history
from site_builder.journal.deal import Deal
from site_builder.journal.note import Note
from site_builder.journal.pipeline import Stage, StageType
from site_builder.review.fields import FieldChange, field_changes
from site_builder.review.notes import NoteChange, note_changes
from site_builder.review.sides import Renames, stage_now

What = Literal["added", "removed", "renamed", "changed"]
Turn = Literal["won", "lost", "reopened", "parked", "woken"]
_WAY = (StageType.OPEN, StageType.WON)


class Move(NamedTuple):
    """A move from a stage to another. ``day`` is None where no note tells of it. It ``skipped``
    stages, passed a gate that ``lacked`` fields or steps, or went ``back``; an ``override`` says
    why."""

    before: str
    after: str
    day: dt.date | None
    skipped: tuple[str, ...]
    lacked: tuple[str, ...]
    back: bool
    override: str


class DealChange(NamedTuple):
    """What became of a deal. ``was`` is its id before where that was another. ``pushed`` says how
    often its close has been put off by now, where the change put it off. ``steps`` are those done
    by the change, and ``undone`` those that were and are no longer."""

    id: str
    what: What
    was: str | None
    before: Deal | None
    after: Deal | None
    turn: Turn | None
    moves: tuple[Move, ...]
    fields: tuple[FieldChange, ...]
    pushed: int | None
    notes: tuple[NoteChange, ...]
    steps: tuple[str, ...]
    undone: tuple[str, ...]

    @property
    def deal(self) -> Deal:
        """The deal as it is now, or was."""
        deal = self.after or self.before
        assert deal is not None
        return deal

    @property
    def added(self) -> list[Note]:
        """The notes that came."""
        return [one.after for one in self.notes if one.how == "added" and one.after]


def deal_change(before: Deal | None, after: Deal | None, names: Renames) -> DealChange | None:
    """What became of a deal; None of one that is as it was."""
    if before is None or after is None:
        return _come_or_gone(before, after, names)
    notes = note_changes(before, after, names)
    fields = field_changes(before, after, names)
    done, did = history.steps_done(after), history.steps_done(before)
    change = DealChange(
        after.id,
        "changed" if before.id == after.id else "renamed",
        before.id if before.id != after.id else None,
        before,
        after,
        _turn(before, after),
        tuple(_moves(before, after, notes)),
        fields,
        _pushed(before, after, notes),
        notes,
        tuple(id for id in done if id not in did),
        tuple(id for id in did if id not in done),
    )
    same = (change.turn, change.moves, change.fields, change.notes, change.steps, change.undone)
    return change if change.was or any(same) else None


def _come_or_gone(before: Deal | None, after: Deal | None, names: Renames) -> DealChange | None:
    deal = after or before
    if deal is None:
        return None
    turn = None if after is None else _new_turn(after)
    notes = note_changes(before, after, names)
    what: What = "added" if after is not None else "removed"
    steps = tuple(history.steps_done(after)) if after else ()
    return DealChange(deal.id, what, None, before, after, turn, (), (), None, notes, steps, ())


def _new_turn(after: Deal) -> Turn | None:
    ended = history.outcome(after)
    if ended is not None:
        return "won" if ended.is_won else "lost"
    return "parked" if after.stage.type is StageType.PARKED else None


def _turn(before: Deal, after: Deal) -> Turn | None:
    was, now = history.outcome(before), history.outcome(after)
    if now is not None and (was is None or was.type is not now.type):
        return "won" if now.is_won else "lost"
    slept, sleeps = (deal.stage.type is StageType.PARKED for deal in (before, after))
    if sleeps and not slept:
        return "parked"
    if was is not None and now is None and not sleeps:
        return "reopened"
    return "woken" if slept and not sleeps and now is None else None


def _moves(before: Deal, after: Deal, notes: tuple[NoteChange, ...]) -> list[Move]:
    """The moves that came notes tell, and where they don't lead to where it stands, that one."""
    come = {id(one.after) for one in notes if one.how == "added"}
    moves = [
        _move(after, stage, note)
        for note, stage in _entered(before, after)
        if id(note) in come and stage_now(stage, after.pipeline) != (note.stage and note.stage.id)
    ]
    stood = moves[-1].after if moves else stage_now(before.stage, after.pipeline)
    return moves if stood == after.stage.id else [*moves, _move(after, before.stage, None)]


def _entered(before: Deal, after: Deal) -> Iterator[tuple[Note, Stage]]:
    """The notes by which the deal entered stages, each with the stage that it left."""
    entries = history.entries(after)
    if entries:
        yield entries[0], after.pipeline.first_open if history.entries(before) else before.stage
    for was, now in pairwise(entries):
        if was.stage is not None:
            yield now, was.stage


def _move(deal: Deal, before: Stage, note: Note | None) -> Move:
    """A move into the stage of a note, or into that in which the deal stands."""
    after = (note and note.stage) or deal.stage
    skipped = [leap.over for leap in leaps(deal) if leap.note is note] if note else []
    lacked = [passed.lacking for passed in passed_unmet(deal) if passed.note is note]
    return Move(
        stage_now(before, deal.pipeline),
        after.id,
        note.date if note else None,
        tuple(id for over in skipped for id in over),
        tuple(id for lacking in lacked for id in lacking),
        _is_back(deal, before, after),
        note.fields.override if note else "",
    )


def _is_back(deal: Deal, before: Stage, after: Stage) -> bool:
    now = deal.pipeline.stage(stage_now(before, deal.pipeline))
    if now is None or now.type not in _WAY or after.type not in _WAY:
        return False
    return bool(after.number) and after.number < now.number


def _pushed(before: Deal, after: Deal, notes: tuple[NoteChange, ...]) -> int | None:
    """How often the close was put off, by all notes that set it and by this change; None where
    this change doesn't put it off."""
    if before.close is None or after.close is None or after.close <= before.close:
        return None
    said = [note.fields.close for note in before.notes if note.fields.close]
    said += [before.close]
    come = [one.note.fields.close for one in notes if one.how == "added"]
    said += [close for close in come if close]
    said += [after.close]
    return sum(later > earlier for earlier, later in pairwise(said))
