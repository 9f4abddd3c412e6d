"""Rules that look at a whole journal, one a file; a rule's docstring is its manual.

A rule takes the journal as written (not as of a day) and today, and yields problems. Rules of
the clock take the last day that has begun, too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import TypeVar

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
from site_builder.problems.problem import Problem

T = TypeVar("T", Deal, Contact)
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
that ``gist`` leaves out."""

OF_ALL_NOTES: tuple[Rule, ...] = (rung_skipped.check, trust_missing.check)
"""Rules that need the notes of the whole journal, for relationships are noted in many files."""

OF_THE_CLOCK: tuple[ClockRule, ...] = (
    created_in_future.check,
    future_note.check,
    stage_mismatch.check,
)
"""Rules that look at one deal or contact at a time. Where a day was asked for, all days have
begun for them: what is later is then simply not seen."""


def gist(subject: T) -> T:
    """All of a deal or contact that rules of all look at, but for the place of its company: much
    less to hand over between processes."""
    notes = tuple([_gist_of_note(note) for note in subject.notes if note.is_rung])
    if isinstance(subject, Contact):
        return type(subject)(
            subject.id,
            subject.path,
            "",
            subject.is_company,
            subject.company,
            notes=notes,
            gaps=subject.gaps,
            lacks_notes=subject.lacks_notes,
        )
    return type(subject)(
        subject.id,
        subject.path,
        "",
        subject.owner,
        subject.pipeline,
        subject.stage,
        subject.company,
        subject.contacts[:1],
        notes=notes,
        spans={"stage": subject.spans["stage"]} if "stage" in subject.spans else {},
        gaps=subject.gaps,
        lacks_notes=subject.lacks_notes,
    )


def _gist_of_note(note: Note) -> Note:
    return Note(
        note.date,
        note.kind,
        note.places,
        note.time,
        note.direction,
        note.parties,
    )
