"""What holds when: the state of deals on a day, worked out from their notes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, NamedTuple, TypeVar

from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.fields import COMPANY_STATE_FIELDS, STATE_FIELDS, attribute
from site_builder.journal.journal import Journal
from site_builder.journal.kinds import WHATEVER, KindRole
from site_builder.journal.money import Money
from site_builder.journal.note import Note
from site_builder.journal.pipeline import Stage, StageType
from site_builder.journal.team import Person

T = TypeVar("T", Deal, Contact)
NOTE_STATE = (*STATE_FIELDS, "lost-reason")
"""The deal fields that a note of a deal can set from its day on."""
COMPANY_STATE = tuple(COMPANY_STATE_FIELDS)
"""The contact fields that a note of a company can set from its day on."""
Moment = tuple[dt.date, dt.time]


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
        return max(0, ((self.left or today) - self.entered).days)


class Outcome(NamedTuple):
    """How a deal ended: won or lost, on which day (None where nothing says), and its value and
    owner on that day: what sums count, and for whom."""

    type: StageType
    day: dt.date | None
    value: Money | None
    owner: Person

    @property
    def is_won(self) -> bool:
        return self.type is StageType.WON


def created_on(deal: Deal) -> dt.date | None:
    """The day the deal began: `created`, or its first note, whichever is earlier."""
    first = deal.notes[0].date if deal.notes else None
    if deal.created is None or first is None:
        return deal.created or first
    return min(deal.created, first)


def entries(deal: Deal) -> tuple[Note, ...]:
    """The stage notes by which the deal entered a stage, oldest first: all but those that
    restate the stage in which it stood already."""
    notes = [note for note in deal.notes if note.stage is not None]
    moves = [note for before, note in pairwise(notes) if note.stage is not before.stage]
    return (*notes[:1], *moves)


def restatements(deal: Deal) -> Iterator[Note]:
    """The stage notes that restate the stage in which the deal stood already."""
    notes = [note for note in deal.notes if note.stage is not None]
    return (note for before, note in pairwise(notes) if note.stage is before.stage)


def entered_in(deal: Deal) -> Stage | None:
    """The stage in which a note has the deal enter its pipeline; None without such a note."""
    return next((note.stage for note in deal.notes if note.stage is not None), None)


def stage_path(deal: Deal) -> tuple[Visit, ...]:
    """The deal's stays in stages, oldest first; the last is the stage it stands in."""
    notes = entries(deal)
    if not notes:
        return (Visit(deal.stage, created_on(deal), None, None),)
    left = [*[note.date for note in notes[1:]], None]
    pairs = zip(notes, left, strict=True)
    return tuple([Visit(n.stage, n.date, until, n) for n, until in pairs if n.stage])


def stages_of_notes(deal: Deal) -> Iterator[tuple[Stage, Note]]:
    """Each note of the deal, oldest first, with the stage in which the deal stood when it was
    written; a stage note with that which it entered."""
    has_entered = any(note.stage is not None for note in deal.notes)
    stage = deal.pipeline.first_open if has_entered else deal.stage
    for note in deal.notes:
        stage = note.stage or stage
        yield stage, note


def outcome(deal: Deal) -> Outcome | None:
    """How the deal ended; None where it has not: it is open, or parked and was not won before.

    It ended on the day it first entered a stage of that type with no open stage after it, and
    none of the other outcome. Parking reopens what was lost, and leaves what was won.
    """
    here = deal.stage.type
    if here is StageType.OPEN:
        return None
    type, since = _ended(deal)
    if here is StageType.PARKED:
        return _credited(deal, type, since) if type is StageType.WON else None
    # Where front matter contradicts the notes, nobody knows since when it stands so.
    return _credited(deal, here, since if type is here else None)


def _ended(deal: Deal) -> tuple[StageType | None, dt.date | None]:
    ended: StageType | None = None
    since: dt.date | None = None
    for visit in stage_path(deal):
        now = ended_by(visit.stage.type, ended)
        if now is not ended:
            ended, since = now, visit.entered
    return ended, since


def ended_by(entered: StageType, before: StageType | None) -> StageType | None:
    """Whether a deal is won or lost, or neither, after it entered a stage of a type; ``before``
    is what it was until then."""
    if entered is StageType.PARKED:
        return before if before is StageType.WON else None
    return None if entered is StageType.OPEN else entered


def _credited(deal: Deal, type: StageType, day: dt.date | None) -> Outcome:
    return Outcome(type, day, _held_on(deal, "value", day), _held_on(deal, "owner", day))


# The value of a field that is named is `Any`: which type it has depends on the name.


def _held_on(deal: Deal, name: str, day: dt.date | None) -> Any:
    """A field of state on a day: as the last note until then set it or else, for somebody knew
    it, the first one after; as it is where no note sets it or no day is known."""
    found: Any = getattr(deal, name)
    if day is None:
        return found
    for note in reversed(deal.notes):
        said = getattr(note.fields, name)
        if said is not None:
            found = said
            if note.date <= day:
                break
    return found


def owner_on(deal: Deal, day: dt.date) -> Person:
    """Who owned a deal on a day."""
    owner: Person = _held_on(deal, "owner", day)
    return owner


def stage_since(deal: Deal) -> dt.date | None:
    """The day the deal entered the stage it stands in."""
    entered: dt.date | None = None
    stage: Stage | None = None
    for note in reversed(deal.notes):
        if note.stage is not None:
            if stage is not None and note.stage is not stage:
                break
            entered, stage = note.date, note.stage
    return entered or created_on(deal)


def is_contact(note: Note, journal: Journal) -> bool:
    """Whether a note is real contact with the customer, so that silence ends with it.

    An exchange of any kind but `note` counts, unless all it names are our own people.
    """
    if note.kind.role is not KindRole.EXCHANGE or note.kind.id == WHATEVER:
        return False
    return not note.parties or not journal.contacts_by_id.keys().isdisjoint(note.parties)


def last_contact(deal: Deal, journal: Journal) -> Note | None:
    """The last note of the deal that is real contact with the customer."""
    for note in reversed(deal.notes):
        if is_contact(note, journal):
            return note
    return None


def moments(notes: Sequence[Note]) -> list[Moment]:
    """The day and time of each note of one file, oldest first, for putting notes of several
    files in order: one without a time counts with the note before it on its day, so that the
    order within a file stays as it is."""
    if not [note for note in notes if note.time]:  # as in most files
        return [(note.date, dt.time.min) for note in notes]
    found: list[Moment] = []
    before: Moment = dt.date.min, dt.time.min
    for note in notes:
        time = note.time or dt.time.min
        before = (note.date, max(time, before[1]) if note.date == before[0] else time)
        found.append(before)
    return found


def steps_done(deal: Deal) -> dict[str, Note]:
    """The note that first ticked each step of the deal, by the step's id."""
    done: dict[str, Note] = {}
    for note in deal.notes:
        for mark in note.steps:
            done.setdefault(mark.step.id, note)
    return done


def without_later(journal: Journal, day: dt.date) -> Journal:
    """The journal without the notes that are dated after a day, and else as it is written: the
    deals and contacts that had such lack notes."""
    if not [s for s in journal.subjects if s.notes and s.notes[-1].date > day]:
        return journal
    deals, contacts = _without_later(journal.deals, day), _without_later(journal.contacts, day)
    return Journal(journal.schema, deals, contacts)


def _without_later(subjects: tuple[T, ...], day: dt.date) -> tuple[T, ...]:
    return tuple(
        [
            replace(s, notes=_until(s.notes, day), lacks_notes=True)
            if s.notes and s.notes[-1].date > day
            else s
            for s in subjects
        ]
    )


def as_of(journal: Journal, day: dt.date) -> Journal:
    """The journal as it stood at the end of ``day``: nothing later is in it."""
    return Journal(
        journal.schema,
        tuple([made for deal in journal.deals if (made := _begun_on(deal, day)) is not None]),
        tuple([_contact_on(contact, day) for contact in journal.contacts]),
    )


def subject_on(subject: Deal | Contact, day: dt.date) -> Deal | Contact | None:
    """The same of one deal or contact; None for a deal that had not begun."""
    return _begun_on(subject, day) if isinstance(subject, Deal) else _contact_on(subject, day)


def _begun_on(deal: Deal, day: dt.date) -> Deal | None:
    began = created_on(deal)
    return deal_on(deal, day) if began is None or began <= day else None


def _contact_on(contact: Contact, day: dt.date) -> Contact:
    if not contact.notes or contact.notes[-1].date <= day:
        return contact
    notes = _until(contact.notes, day)
    if any("level" in note.field_spans for note in contact.notes):
        return replace(contact, notes=notes, level=_last_set(notes, "level") or "")
    return replace(contact, notes=notes)


def deal_on(deal: Deal, day: dt.date) -> Deal:
    """A deal as it stood at the end of ``day``, when it had begun."""
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
    said = {name for note in deal.notes for name in note.field_spans}
    fields = {attribute(name): _set_by(notes, deal, name) for name in NOTE_STATE if name in said}
    return replace(deal, notes=notes, stage=stage, **fields)


def _set_by(notes: tuple[Note, ...], deal: Deal, name: str) -> Any:
    """A field of a deal as its notes so far have set it: nothing, if none has yet. But somebody
    has always owned the deal: until a note says who, whom the first one will name."""
    value = _last_set(notes, name)
    if value is None and name == "owner":
        return _held_on(deal, name, dt.date.min)
    return "" if value is None and name == "lost-reason" else value


def _last_set(notes: tuple[Note, ...], name: str) -> Any:
    note = next((n for n in reversed(notes) if name in n.field_spans), None)
    return getattr(note.fields, attribute(name)) if note else None


def _until(notes: tuple[Note, ...], day: dt.date) -> tuple[Note, ...]:
    return tuple(note for note in notes if note.date <= day)
