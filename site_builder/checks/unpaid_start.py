"""``unpaid-start``: work began before the money was there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from site_builder.insights.paper import Paper, is_paid_on, is_unpaid_start, paper_of
from site_builder.insights.recorded import recorded
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.journal.note import Note
from site_builder.problems.problem import Problem, Severity


def check(journal: Journal, today: dt.date) -> Iterator[Problem]:
    """Work begins, with the first `order` or `delivery`, when half of what was invoiced is paid.
    It is settled when the money came later and the note says why work began before; and it is told
    in a pipeline where invoices or payments are noted at all.

    Bad: `## 2026-10-09 order` before the first `payment`.
    """
    speaking = recorded(journal, "money")
    for deal in journal.deals_with_paper if speaking else ():
        if deal.pipeline.id in speaking and deal.is_placed:
            paper = paper_of(deal)
            began = paper.work
            if began is not None and is_unpaid_start(paper, journal.schema):
                is_paid = is_paid_on(paper, dt.date.max, journal.schema)
                if not (is_paid and began.text):
                    yield _problem(deal, paper, began, is_paid)


def _problem(deal: Deal, paper: Paper, began: Note, is_paid: bool) -> Problem:
    invoiced = [note for note in paper.invoices if note.date <= began.date]
    lacking = "half of what was invoiced was paid" if invoiced else "anything was paid"
    is_markdown = deal.path.endswith(".md")
    why = "write below this heading why" if is_markdown else "write why into `text` of this note"
    ask = "" if is_paid else "Get half of it paid, note the `payment`, and "
    help = f"{ask}{why}; or correct the date."
    return Problem(
        "unpaid-start",
        f"Work on `{deal.id}` began on `{began.date}`, before {lacking}.",
        help[0].upper() + help[1:],
        began.places.kind,
        Severity.WARNING,
    )
