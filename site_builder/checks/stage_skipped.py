"""``stage-skipped``: a move leapt over stages that the deal had never been in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from site_builder.diagnostics import Problem, Severity
from site_builder.model import Deal, Journal, Stage, StageType
from site_builder.suggest import listed

_ON_THE_WAY = (StageType.OPEN, StageType.WON)


def check(journal: Journal, today: dt.date) -> Iterator[Problem]:
    """A deal may enter a pipeline anywhere, but then goes on stage by stage.

    Between open stages, and on the way to a won one, open stages are counted; between won
    stages, won ones. Losing, parking and going back skip nothing; nor do moves into a retired
    stage or out of one, for when those were made the pipeline was another.

    Bad: `## 2026-10-01 stage qualification`, then `## 2026-10-12 stage negotiation` with
    solution design and decision between them.
    """
    for deal in journal.deals:
        yield from _moves(deal)


def _moves(deal: Deal) -> Iterator[Problem]:
    last: Stage | None = None
    been: set[str] = set()
    for note in deal.notes:
        stage = note.stage
        if stage is None or stage.type not in _ON_THE_WAY:
            continue
        if stage.retired:
            last = None
            continue
        leapt = [s.id for s in _between(deal, last, stage) if s.id not in been] if last else []
        if leapt and last is not None:
            yield Problem(
                "stage-skipped",
                f"From `{last.id}` to `{stage.id}`, `{deal.id}` skipped {listed(leapt)}.",
                "Add notes for the stages it went through, or leave this if it really leapt.",
                note.places.stage or note.span,
                Severity.WARNING,
            )
        been.add(stage.id)
        last = stage


def _between(deal: Deal, last: Stage, stage: Stage) -> tuple[Stage, ...]:
    counted = StageType.WON if last.type is StageType.WON else StageType.OPEN
    if stage.number <= last.number + 1:
        return ()
    between = range(last.number + 1, stage.number)
    return tuple(s for s in deal.pipeline.stages if s.number in between and s.type is counted)
