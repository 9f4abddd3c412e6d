"""Rules that look at a whole journal, one a file; a rule's docstring is its manual.

A rule takes the journal as written (not as of a day) and today, and yields problems. Rules of
the clock take the last day that has begun, too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from site_builder.checks import (
    close_in_past,
    company_is_person,
    created_in_future,
    duplicate_note,
    far_away,
    field_mismatch,
    future_note,
    gate_unmet,
    lost_reason_missing,
    negative_value,
    no_next_step,
    note_year_off,
    outcome_undated,
    rung_skipped,
    stage_mismatch,
    stage_skipped,
    trust_missing,
)
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.journal.note import Note
from site_builder.problems.problem import Problem, Span

_OF_CONTACTS = 7  # items of a row
_NO_SPANS: Mapping[str, Span] = {}
Rule = Callable[[Journal, dt.date], Iterator[Problem]]
ClockRule = Callable[[Journal, dt.date, dt.date], Iterator[Problem]]

OF_ONE: tuple[Rule, ...] = (
    close_in_past.check,
    duplicate_note.check,
    far_away.check,
    field_mismatch.check,
    gate_unmet.check,
    lost_reason_missing.check,
    negative_value.check,
    no_next_step.check,
    note_year_off.check,
    outcome_undated.check,
    stage_skipped.check,
)
"""Rules that look at one deal or contact at a time, so they may be given parts of a journal."""

OF_ALL: tuple[Rule, ...] = (company_is_person.check,)
"""Rules that look at all deals and contacts that there are. They, and OF_ALL_NOTES, look at nothing
that ``gist_row`` leaves out."""

OF_ALL_NOTES: tuple[Rule, ...] = (rung_skipped.check, trust_missing.check)
"""Rules that need the notes of the whole journal, for relationships are noted in many files."""

OF_THE_CLOCK: tuple[ClockRule, ...] = (
    created_in_future.check,
    future_note.check,
    stage_mismatch.check,
)
"""Rules that look at one deal or contact at a time. Where a day was asked for, all days have
begun for them: what is later is then simply not seen."""


# A row's items are `Any`: they are handed on as they are.
Row = tuple[Any, ...]


def gist_row(subject: Deal | Contact) -> Row:
    """All of a deal or contact that rules of all look at, but for the place of its company, in
    a row: much less to hold, to compare and to hand over between processes."""
    notes = tuple([_note_row(note) for note in subject.notes if note.is_rung])
    rest = subject.company, notes, subject.gaps, subject.lacks_notes
    if isinstance(subject, Contact):
        return subject.id, subject.path, subject.is_company, *rest
    stage = subject.stage
    place = subject.spans.get("stage") if stage.relationship else None
    contacts = subject.contacts[:1]
    return subject.id, subject.path, subject.owner, subject.pipeline, stage, contacts, place, *rest


def gist_from(row: Row) -> Deal | Contact:
    """A deal or contact of which nothing else is there than such a row has."""
    company, notes, gaps, lacks_notes = row[-4:]
    noted = tuple([Note(*note) for note in notes])
    if len(row) == _OF_CONTACTS:
        id, path, is_company = row[:3]
        return Contact(
            id, path, "", is_company, company, notes=noted, gaps=gaps, lacks_notes=lacks_notes
        )
    id, path, owner, pipeline, stage, contacts, place = row[:-4]
    spans = _NO_SPANS if place is None else {"stage": place}
    return Deal(
        *(id, path, "", owner, pipeline, stage, company, contacts),
        notes=noted,
        spans=spans,
        gaps=gaps,
        lacks_notes=lacks_notes,
    )


def _note_row(note: Note) -> Row:
    return note.date, note.kind, note.places, note.time, note.direction, note.parties
