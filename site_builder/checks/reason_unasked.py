"""``reason-unasked``: a deal was lost once, went on, and nobody knows why it was lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from site_builder.insights.closings import closings, is_reopened
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.journal.note import Note
from site_builder.problems.problem import Problem, Severity
from site_builder.problems.suggest import listed
from site_builder.source.note_drafts import field_place, field_sign


def check(journal: Journal, today: dt.date) -> Iterator[Problem]:
    """Each time a deal was lost it is said why, also where it was reopened: by `lost-reason` of
    the stage note, or of the front matter where no note says any. It is told in a pipeline where
    any deal says why it was lost. (Of one that is lost today `lost-reason-missing` tells.)

    Bad: `## 2026-05-02 stage lost` without `lost-reason::`, and a stage note after it.
    """
    unsaid = [
        (deal, note)
        for deal in journal.deals
        if is_reopened(deal) and deal.is_placed and "lost-reason" not in deal.nearly_said
        for note in _unsaid(deal)
    ]
    speaking = _speaking(journal) if unsaid else frozenset()
    for deal, note in unsaid:
        if deal.pipeline.id in speaking:
            yield _problem(deal, note, journal)


def _unsaid(deal: Deal) -> Iterator[Note]:
    for one in closings(deal):
        note = None if one.stands or one.reason else one.note
        if note is not None and "lost-reason" not in note.field_spans:
            yield note


def _speaking(journal: Journal) -> frozenset[str]:
    """The pipelines in which any deal says why it was lost."""
    return frozenset(
        [
            deal.pipeline.id
            for deal in journal.deals
            if deal.lost_reason or any(note.fields.lost_reason for note in deal.notes)
        ]
    )


def _problem(deal: Deal, note: Note, journal: Journal) -> Problem:
    named = journal.schema.lost_reasons
    line = f"lost-reason{field_sign(deal.path)}"
    choice = f"`{line}` with one of {listed([*named, 'other'])}" if named else f"`{line} …`"
    return Problem(
        "reason-unasked",
        f"`{deal.id}` was lost on `{note.date}`, and nothing says why.",
        f"Ask the customer, then put {choice} {field_place(deal.path)}.",
        note.places.stage or note.places.kind,
        Severity.WARNING,
    )
