"""Which things of their deals the people of a pipeline record at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from site_builder.insights.paper import PARTS, Paper, paper_of
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal

Thing = Literal["proposal", "part", "money", "delivery"]


def recorded(journal: Journal, thing: Thing) -> frozenset[str]:
    """The ids of the pipelines in which anybody ever noted a proposal, a part of one, an invoice or
    payment, or a delivery."""
    papers = ((deal.pipeline.id, paper_of(deal)) for deal in journal.deals_with_paper)
    return frozenset([pipeline for pipeline, paper in papers if thing in _things(paper)])


def papers_where(journal: Journal, thing: Thing) -> Iterator[tuple[Deal, Paper]]:
    """The deals with paper of pipelines in which such a thing was noted, and of a stage that is
    known, each with its paper."""
    pipelines = recorded(journal, thing)
    for deal in journal.deals_with_paper if pipelines else ():
        if deal.pipeline.id in pipelines and deal.is_placed:
            yield deal, paper_of(deal)


def _things(paper: Paper) -> Iterator[Thing]:
    if paper.proposals:
        yield "proposal"
    if any(part in note.field_spans for note in paper.proposals for part in PARTS):
        yield "part"
    if paper.invoices or paper.payments:
        yield "money"
    if paper.deliveries:
        yield "delivery"
