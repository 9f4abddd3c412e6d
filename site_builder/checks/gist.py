"""As much of a deal or contact as rules of all look at: to hold, to compare and to hand over.

Rows have all of it but for the place of the company. Their items are `Any`: they are handed on
as they are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from site_builder.insights.closings import is_reopened
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal, Participant
from site_builder.journal.kinds import PAPER, Kind, KindRole
from site_builder.journal.note import Note
from site_builder.journal.note_spans import UsualPlaces
from site_builder.journal.pipeline import Pipeline, Stage
from site_builder.journal.schema import Schema
from site_builder.journal.team import Person
from site_builder.problems.problem import Span

_OF_CONTACTS = 8  # items of a row
_PAPER = frozenset(PAPER)
_PAPER_AND_STAGES = _PAPER | {KindRole.STAGE.value}
_NO_SPANS: Mapping[str, Span] = {}
_ANYBODY = Person("", "")
_new = tuple.__new__  # makes a named tuple several times as fast as calling its class
_day_of = dt.date.fromordinal
Row = tuple[Any, ...]


def gist(subject: Deal | Contact) -> Deal | Contact:
    """A deal or contact of which nothing else is there."""
    notes = tuple([n if n.text == "" else Note(*_row(n)) for n in _kept_notes(subject)])
    rest = subject.company, notes, subject.gaps, subject.lacks_notes
    if isinstance(subject, Contact):
        return _contact(subject.id, subject.path, subject.is_company, *rest)
    place = _place(subject)
    first = subject.id, subject.path, subject.pipeline, subject.stage, subject.contacts[:1], place
    return _deal(*first, subject.lost_reason, subject.nearly_said, *rest)


def gist_row(subject: Deal | Contact) -> Row:
    """The row of a deal or contact."""
    plain, other = _note_rows(_kept_notes(subject))
    rest = subject.company, plain, other, subject.gaps, subject.lacks_notes
    if isinstance(subject, Contact):
        return subject.id, subject.path, subject.is_company, *rest
    pipeline, place = subject.pipeline.id, _place(subject)
    where = tuple(place) if place else None
    first = subject.id, subject.path, pipeline, subject.stage.id, subject.main_contact, where
    return *first, subject.lost_reason, subject.nearly_said, *rest


def is_plain(row: Row) -> bool:
    """Whether there are only plain values in a row."""
    return not row[-3]


def gist_from(row: Row, schema: Schema) -> Deal | Contact:
    """The same as ``gist`` gives, from its row."""
    *first, company, plain, other, gaps, lacks_notes = row
    notes: tuple[Note, ...] = ()
    if plain or other:
        notes = (*[_note(note, schema.kinds) for note in plain], *[Note(*note) for note in other])
    if len(row) == _OF_CONTACTS:
        id, path, is_company = first
        return _contact(id, path, is_company, company, notes, gaps, lacks_notes)
    id, path, in_pipeline, in_stage, contact, place, lost_reason, nearly_said = first
    pipeline = schema.pipeline(in_pipeline)
    stage = pipeline.stage(in_stage) if pipeline else None
    assert pipeline is not None
    assert stage is not None
    contacts = (Participant(contact),) if contact else ()
    span = None if place is None else Span(*place)
    more = lost_reason, nearly_said, company, notes, gaps, lacks_notes
    return _deal(id, path, pipeline, stage, contacts, span, *more)


def _contact(
    id: str,
    path: str,
    is_company: bool,
    company: str,
    notes: tuple[Note, ...],
    gaps: tuple[str, ...],
    lacks_notes: bool,
) -> Contact:
    return Contact(
        id, path, "", is_company, company, notes=notes, gaps=gaps, lacks_notes=lacks_notes
    )


def _deal(
    id: str,
    path: str,
    pipeline: Pipeline,
    stage: Stage,
    contacts: tuple[Participant, ...],
    place: Span | None,
    lost_reason: str,
    nearly_said: frozenset[str],
    company: str,
    notes: tuple[Note, ...],
    gaps: tuple[str, ...],
    lacks_notes: bool,
) -> Deal:
    return Deal(
        *(id, path, "", _ANYBODY, pipeline, stage, company, contacts),
        lost_reason=lost_reason,
        nearly_said=nearly_said,
        notes=notes,
        spans=_NO_SPANS if place is None else {"stage": place},
        gaps=gaps,
        lacks_notes=lacks_notes,
    )


def _place(deal: Deal) -> Span | None:
    """Where the stage stands that a relationship belongs to."""
    return deal.spans.get("stage") if deal.stage.relationship else None


def _kept_notes(subject: Deal | Contact) -> list[Note]:
    """The rungs and, of a deal, the paper; of one that was lost and went on its stages, too."""
    rung = KindRole.RUNG
    if isinstance(subject, Contact):
        return [note for note in subject.notes if note.kind.role is rung]
    kept = _PAPER_AND_STAGES if is_reopened(subject) else _PAPER
    return [note for note in subject.notes if note.kind.id in kept or note.kind.role is rung]


def _note_rows(notes: list[Note]) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Rows of notes: of plain values where all are rungs at no time, as nearly everywhere, for such
    are handed over in a fraction of the time; and otherwise others."""
    if not notes:
        return (), ()
    rung = KindRole.RUNG
    if [n for n in notes if n.time or n.kind.role is not rung or type(n.places) is not UsualPlaces]:
        return (), tuple(map(_row, notes))
    return tuple([_plain_row(note) for note in notes]), ()


def _plain_row(note: Note) -> Row:
    return note.date.toordinal(), note.kind.id, note.direction, note.parties, *note.places


def _row(note: Note) -> Row:
    """The row of any note. Of its text matters whether there is any."""
    row = note.date, note.kind, note.places, note.time, note.direction, note.parties
    if note.kind.role is KindRole.RUNG:
        return row
    return *row, None, "", note.text[:1], note.fields, note.field_spans, note.stage


def _note(row: Row, kinds: Mapping[str, Kind]) -> Note:
    day, kind, direction, parties, *places = row
    return Note(_day_of(day), kinds[kind], _new(UsualPlaces, places), None, direction, parties)
