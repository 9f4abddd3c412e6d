"""What holds when: the state of deals on a day, worked out from their notes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from site_builder.model import Contact, Deal, Journal, KindRole, Note, Stage, StageType

NOTE_STATE = ("value", "close", "probability", "category", "owner")
"""The deal fields that any note of a deal can set from its day on."""


class Visit(NamedTuple):
    """A stay in a stage. ``entered`` is None where nothing says since when; ``left`` is
    None for the stage the deal still stands in. ``note`` is the stage note, if any."""

    stage: Stage
    entered: dt.date | None
    left: dt.date | None
    note: Note | None

    def days(self, today: dt.date) -> int | None:
        """Whole days of the stay up to ``today``."""
        if self.entered is None:
            return None
        return ((self.left or today) - self.entered).days


def created_on(deal: Deal) -> dt.date | None:
    """The day the deal began: `created`, or its first note, whichever is earlier."""
    first = deal.notes[0].date if deal.notes else None
    if deal.created is None or first is None:
        return deal.created or first
    return min(deal.created, first)


def stage_path(deal: Deal) -> tuple[Visit, ...]:
    """The deal's stays in stages, oldest first; the last is the stage it stands in."""
    visits: list[Visit] = []
    left: dt.date | None = None
    for note in reversed(deal.notes):
        if note.stage is not None:
            visits.append(Visit(note.stage, note.date, left, note))
            left = note.date
    if not visits:
        return (Visit(deal.stage, created_on(deal), None, None),)
    return tuple(reversed(visits))


def outcome_on(deal: Deal) -> dt.date | None:
    """The day the deal was won or lost, if it stands so: the first entry into a stage of
    that type with no open stage after it. None for other deals, or if no day is known."""
    if deal.stage.type not in (StageType.WON, StageType.LOST):
        return None
    day: dt.date | None = None
    for visit in reversed(stage_path(deal)):
        if visit.stage.is_open:
            break
        if visit.stage.type is deal.stage.type:
            day = visit.entered
    return day


def stage_since(deal: Deal) -> dt.date | None:
    """The day the deal entered the stage it stands in."""
    for note in reversed(deal.notes):
        if note.stage is not None:
            return note.date
    return created_on(deal)


def is_contact(note: Note, journal: Journal) -> bool:
    """Whether a note is real contact with the customer, so that silence ends with it.

    An exchange of any kind but `note` counts, unless all it names are our own people.
    """
    if note.kind.role is not KindRole.EXCHANGE or note.kind.id == "note":
        return False
    return not note.parties or not journal.contacts_by_id.keys().isdisjoint(note.parties)


def last_contact(deal: Deal, journal: Journal) -> Note | None:
    """The last note of the deal that is real contact with the customer."""
    for note in reversed(deal.notes):
        if is_contact(note, journal):
            return note
    return None


def steps_done(deal: Deal) -> dict[str, Note]:
    """The note that first ticked each step of the deal, by the step's id."""
    done: dict[str, Note] = {}
    for note in deal.notes:
        for mark in note.steps:
            done.setdefault(mark.step.id, note)
    return done


def as_of(journal: Journal, day: dt.date) -> Journal:
    """The journal as it stood at the end of ``day``: nothing later is in it."""
    return Journal(
        journal.schema,
        tuple(_deals_on(journal, day)),
        tuple(_contact_on(contact, day) for contact in journal.contacts),
    )


def _deals_on(journal: Journal, day: dt.date) -> Iterator[Deal]:
    for deal in journal.deals:
        began = created_on(deal)
        if began is None or began <= day:
            yield _deal_on(deal, day)


def _contact_on(contact: Contact, day: dt.date) -> Contact:
    if not contact.notes or contact.notes[-1].date <= day:
        return contact
    return replace(contact, notes=_until(contact.notes, day))


def _deal_on(deal: Deal, day: dt.date) -> Deal:
    state = _state_on(deal, day)
    if state.lost_reason and state.stage.type is not StageType.LOST:
        return replace(state, lost_reason="")
    return state


def _state_on(deal: Deal, day: dt.date) -> Deal:
    if not deal.notes or deal.notes[-1].date <= day:
        return deal
    notes = _until(deal.notes, day)
    stage = deal.stage
    if any(note.stage for note in deal.notes):
        stage = next(
            (n.stage for n in reversed(notes) if n.stage is not None), deal.pipeline.first_open
        )
    state = replace(deal, notes=notes, stage=stage)
    for name in NOTE_STATE:
        if any(name in note.field_spans for note in deal.notes):
            state = _with_last_set(state, name)
    return state


def _with_last_set(deal: Deal, name: str) -> Deal:
    """The deal with a field as its notes so far have set it: nothing, if none has yet (but
    somebody has always owned the deal)."""
    note = next((n for n in reversed(deal.notes) if name in n.field_spans), None)
    value: Any = getattr(note.fields, name) if note else None
    if value is None and name == "owner":
        return deal
    return replace(deal, **{name: value})


def _until(notes: tuple[Note, ...], day: dt.date) -> tuple[Note, ...]:
    return tuple(note for note in notes if note.date <= day)
