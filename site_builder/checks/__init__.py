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
    delivery_late,
    duplicate_note,
    far_away,
    field_mismatch,
    future_note,
    gate_unmet,
    invoice_without_proposal,
    lost_reason_missing,
    negative_value,
    no_next_step,
    note_year_off,
    outcome_undated,
    proposal_incomplete,
    reason_unasked,
    rung_skipped,
    stage_mismatch,
    stage_skipped,
    trust_missing,
    unpaid_start,
    win_one_sided,
)
from site_builder.insights.closings import is_reopened
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.journal.kinds import PAPER, KindRole
from site_builder.journal.note import Note
from site_builder.problems.problem import Problem, Span

_OF_CONTACTS = 7  # items of a row
_PAPER = frozenset(PAPER)
_PAPER_AND_STAGES = _PAPER | {KindRole.STAGE.value}
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
    win_one_sided.check,
)
"""Rules that look at one deal or contact at a time, so they may be given parts of a journal."""

OF_ALL: tuple[Rule, ...] = (company_is_person.check,)
"""Rules that look at all deals and contacts that there are. They, and OF_ALL_NOTES, look at nothing
that ``gist_row`` leaves out."""

OF_ALL_NOTES: tuple[Rule, ...] = (
    delivery_late.check,
    invoice_without_proposal.check,
    proposal_incomplete.check,
    reason_unasked.check,
    rung_skipped.check,
    trust_missing.check,
    unpaid_start.check,
)
"""Rules that need the notes of the whole journal: relationships are noted in many files, and some
speak only in a pipeline of which anybody ever noted such a thing."""

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
    notes = _note_rows(subject)
    rest = subject.company, notes, subject.gaps, subject.lacks_notes
    if isinstance(subject, Contact):
        return subject.id, subject.path, subject.is_company, *rest
    stage = subject.stage
    place = subject.spans.get("stage") if stage.relationship else None
    contacts = subject.contacts[:1]
    first = subject.id, subject.path, subject.owner, subject.pipeline, stage, contacts, place
    return *first, subject.lost_reason, subject.nearly_said, *rest


def gist_from(row: Row) -> Deal | Contact:
    """A deal or contact of which nothing else is there than such a row has."""
    company, notes, gaps, lacks_notes = row[-4:]
    noted = tuple([Note(*note) for note in notes])
    if len(row) == _OF_CONTACTS:
        id, path, is_company = row[:3]
        return Contact(
            id, path, "", is_company, company, notes=noted, gaps=gaps, lacks_notes=lacks_notes
        )
    id, path, owner, pipeline, stage, contacts, place, lost_reason, nearly_said = row[:-4]
    spans = _NO_SPANS if place is None else {"stage": place}
    return Deal(
        *(id, path, "", owner, pipeline, stage, company, contacts),
        lost_reason=lost_reason,
        nearly_said=nearly_said,
        notes=noted,
        spans=spans,
        gaps=gaps,
        lacks_notes=lacks_notes,
    )


def _note_rows(subject: Deal | Contact) -> tuple[Row, ...]:
    """Rows of rungs and, of a deal, of paper; of one that was lost and went on of its stages, too.
    Of texts matters whether there are any."""
    if isinstance(subject, Contact):
        return tuple([_rung_row(note) for note in subject.notes if note.is_rung])
    kept = _PAPER_AND_STAGES if is_reopened(subject) else _PAPER
    return tuple(
        [
            _rung_row(note) if note.is_rung else _paper_row(note)
            for note in subject.notes
            if note.kind.id in kept or note.is_rung
        ]
    )


def _rung_row(note: Note) -> Row:
    return note.date, note.kind, note.places, note.time, note.direction, note.parties


def _paper_row(note: Note) -> Row:
    more = None, "", note.text[:1], note.fields, note.field_spans, note.stage
    return *_rung_row(note), *more
