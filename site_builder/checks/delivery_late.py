"""``delivery-late``: something was not delivered by the day it was due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from site_builder.insights.paper import Late, Paper, late
from site_builder.insights.recorded import papers_where
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.journal.note import Note
from site_builder.journal.pipeline import StageType
from site_builder.problems.problem import Problem, Severity, Span
from site_builder.source.note_drafts import field_sign, why_in_text


def check(journal: Journal, today: dt.date) -> Iterator[Problem]:
    """A delivery is due on its `due`, or else on the `deadline` that was proposed last. One that
    came later is settled when its note says why. A won deal without a delivery is late after that
    day, in a pipeline where deliveries are noted at all.

    Bad: `## 2026-10-09 delivery` with `due:: 2026-10-01`.
    """
    for deal, paper in papers_where(journal, "delivery"):
        for one in late(paper, deal.stage.type is StageType.WON, today):
            if one.note is None:
                yield _overdue(deal, paper, one)
            elif not one.note.text:
                yield _came_late(deal, one, one.note)


def _came_late(deal: Deal, one: Late, delivery: Note) -> Problem:
    days = f"{one.days} day{'s' if one.days > 1 else ''}"
    return Problem(
        "delivery-late",
        f"This delivery was due on `{one.due}`, came {days} later, and nothing says why.",
        f"Write {why_in_text(deal.path)}, and how they took it; or correct the date.",
        delivery.field_spans.get("due", delivery.places.kind),
        Severity.WARNING,
    )


def _overdue(deal: Deal, paper: Paper, one: Late) -> Problem:
    sign = field_sign(deal.path)
    return Problem(
        "delivery-late",
        f"`{deal.id}` was to be delivered by `{one.due}`, and nothing is.",
        "Note the `delivery`, and below it why it is late; or agree on another day with them, and "
        f"note a `proposal` with `deadline{sign} DATE`.",
        _deadline(paper, one),
        Severity.WARNING,
    )


def _deadline(paper: Paper, one: Late) -> Span:
    last = next(note for note in reversed(paper.proposals) if note.fields.deadline == one.due)
    return last.field_spans["deadline"]
