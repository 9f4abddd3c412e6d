"""``invoice-without-proposal``: something is invoiced that was never proposed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from site_builder.insights.paper import PARTS
from site_builder.insights.recorded import papers_where
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.journal.note import Note
from site_builder.problems.problem import Problem, Severity
from site_builder.source.note_drafts import field_sign


def check(journal: Journal, today: dt.date) -> Iterator[Problem]:
    """An invoice follows a proposal that states services, terms, deadline and budget. It is told
    of the first invoice of a deal, in a pipeline where proposals are noted at all.

    Bad: `## 2026-10-09 invoice` in a deal without a `proposal` on that day or before.
    """
    for deal, paper in papers_where(journal, "proposal"):
        for first in paper.invoices[:1]:
            if not [note for note in paper.proposals if note.date <= first.date]:
                yield _problem(deal, first)


def _problem(deal: Deal, invoice: Note) -> Problem:
    from site_builder.parse.near_notes.mending import typed_note

    sign, note = field_sign(deal.path), typed_note(deal.path, "proposal")
    parts = ", ".join(f"`{part}{sign} …`" for part in PARTS[:-1])
    return Problem(
        "invoice-without-proposal",
        f"`{deal.id}` is invoiced on `{invoice.date}`, and nothing was proposed by then.",
        f"Add the note `{note}` of what was agreed, with {parts} and `{PARTS[-1]}{sign} …`.",
        invoice.places.kind,
        Severity.WARNING,
    )
