"""``proposal-incomplete``: a proposal leaves open what is done, how, by when or for how much."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from site_builder.insights.paper import lacking
from site_builder.insights.recorded import papers_where
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.journal.note import Note
from site_builder.problems.problem import Problem, Severity
from site_builder.problems.suggest import listed
from site_builder.source.note_drafts import field_place, field_sign


def check(journal: Journal, today: dt.date) -> Iterator[Problem]:
    """A proposal states services, terms, deadline and budget. It is told of the last one of a
    deal, in a pipeline where any proposal states any of them.

    Bad: `## 2026-10-09 proposal` with `services::` and `budget::` alone.
    """
    for deal, paper in papers_where(journal, "part"):
        for last in paper.proposals[-1:]:
            lacks = [part for part in lacking(last) if _is_sure(part, last, deal)]
            if lacks:
                yield _problem(deal, last, lacks)


def _is_sure(part: str, proposal: Note, deal: Deal) -> bool:
    """Whether what is not said is no slip that is told already."""
    return part not in proposal.field_spans and part not in deal.nearly_said


def _problem(deal: Deal, proposal: Note, lacks: list[str]) -> Problem:
    lines = listed([f"{part}{field_sign(deal.path)} …" for part in lacks])
    return Problem(
        "proposal-incomplete",
        f"This proposal does not state {listed(lacks)}.",
        f"Put {lines} {field_place(deal.path)}.",
        proposal.places.kind,
        Severity.WARNING,
    )
