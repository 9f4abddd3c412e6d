"""Rules that look at a whole journal, one a file; a rule's docstring is its manual.

A rule takes the journal as written (not as of a day) and today, and yields problems. Rules of
the clock take the last day that has begun, too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

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
from site_builder.journal.journal import Journal
from site_builder.problems.problem import Problem

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

CODES_OF_RULES = frozenset(
    rule.__module__.rpartition(".")[2].replace("_", "-")
    for rule in (*OF_ONE, *OF_ALL, *OF_ALL_NOTES, *OF_THE_CLOCK)
)
"""The codes of what rules find."""
