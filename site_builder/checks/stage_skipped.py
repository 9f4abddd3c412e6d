"""``stage-skipped``: a move leapt over stages that the deal had never been in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.journal.note import Note
from site_builder.journal.pipeline import Stage, StageType
from site_builder.problems.problem import Problem, Severity
from site_builder.problems.suggest import listed

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
        is_sure = not deal.lacks_notes and "override" not in deal.nearly_said
        found = list(leaps(deal)) if is_sure else []
        if found:
            yield from _told(deal, found)


class Leap(NamedTuple):
    """A stage note, the stage the deal came from, and those it leapt over."""

    note: Note
    last: Stage
    stage: Stage
    over: list[str]


def _told(deal: Deal, found: list[Leap]) -> Iterator[Problem]:
    from_nowhere = _after_unknown(deal)
    for note, last, stage, over in found:
        if id(note) not in from_nowhere:
            yield Problem(
                "stage-skipped",
                f"From `{last.id}` to `{stage.id}`, `{deal.id}` skipped {listed(over)}.",
                "Add notes for the stages it went through, or leave this if it really leapt.",
                note.places.stage or note.span,
                Severity.WARNING,
            )


def _after_unknown(deal: Deal) -> set[int]:
    """The stage notes, by ``id``, before which one names an unknown stage: that is told, and what
    was skipped nobody knows."""
    moves = [note for note in deal.notes if note.is_stage]
    return {id(note) for before, note in pairwise(moves) if before.stage is None}


def leaps(deal: Deal) -> Iterator[Leap]:
    """The moves of a deal that leapt over stages, oldest first."""
    last: Stage | None = None
    been: set[str] = set()
    for note in deal.notes:
        stage = note.stage
        if stage is None or stage.type not in _ON_THE_WAY:
            continue
        if stage.retired:
            last = None
            continue
        over = [s.id for s in _between(deal, last, stage) if s.id not in been] if last else []
        if over and last is not None:
            yield Leap(note, last, stage, over)
        been.add(stage.id)
        last = stage


def _between(deal: Deal, last: Stage, stage: Stage) -> tuple[Stage, ...]:
    counted = StageType.WON if last.type is StageType.WON else StageType.OPEN
    between = range(last.number + 1, stage.number)
    return tuple(s for s in deal.pipeline.stages if s.number in between and s.type is counted)
