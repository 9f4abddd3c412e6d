"""``unpaid-start``: work began before the money was there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from site_builder.insights.paper import Paper, is_paid_on, is_unpaid_start
from site_builder.insights.recorded import papers_where
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.journal.note import Note
from site_builder.problems.problem import Problem, Severity
from site_builder.source.note_drafts import why_in_text


def check(journal: Journal, today: dt.date) -> Iterator[Problem]:
    """Work begins, with the first `order` or `delivery`, when half of what was invoiced is paid.
    It is settled when the money came later and the note says why work began before; and it is told
    in a pipeline where invoices or payments are noted at all.

    Bad: `## 2026-10-09 order` before the first `payment`.
    """
    for deal, paper in papers_where(journal, "money"):
        began = paper.work
        if began is not None and is_unpaid_start(paper, journal.schema):
            is_paid = is_paid_on(paper, dt.date.max, journal.schema)
            if not (is_paid and began.text):
                yield _problem(deal, paper, began, is_paid)


def _problem(deal: Deal, paper: Paper, began: Note, is_paid: bool) -> Problem:
    invoiced = [note for note in paper.invoices if note.date <= began.date]
    lacking = "half of what was invoiced was paid" if invoiced else "anything was paid"
    begin = "Write" if is_paid else "Get half of it paid, note the `payment`, and write"
    return Problem(
        "unpaid-start",
        f"Work on `{deal.id}` began on `{began.date}`, before {lacking}.",
        f"{begin} {why_in_text(deal.path)}; or correct the date.",
        began.places.kind,
        Severity.WARNING,
    )
