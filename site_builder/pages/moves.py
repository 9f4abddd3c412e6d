"""The commands that move a deal, to copy."""

from __future__ import annotations

from typing import NamedTuple

from site_builder.journal.deal import Deal
from site_builder.journal.pipeline import Pipeline, Stage, StageType


class Move(NamedTuple):
    """A stage by name, and the command that moves a deal there; empty where there is none."""

    stage: str
    command: str


NO_MOVE = Move("", "")


def move_on(deal: Deal) -> Move:
    """To the next stage on the way; where the deal is parked, to where that begins. None of one
    that has ended."""
    if deal.stage.type is StageType.PARKED:
        return move_to(deal, deal.pipeline.first_open)
    if not deal.stage.is_open:
        return NO_MOVE
    ids = [stage.id for stage in deal.pipeline.stages]
    ahead = ids[ids.index(deal.stage.id) + 1 :]
    to = next((stage for stage in deal.pipeline.way if stage.id in ahead), None)
    return move_to(deal, to) if to else NO_MOVE


def moves(deal: Deal) -> tuple[Move, ...]:
    """To every other stage that a deal can stand in."""
    return tuple([move_to(deal, s) for s in deal.pipeline.present if s.id != deal.stage.id])


def move_to(deal: Deal, stage: Stage) -> Move:
    """To a stage: what is won and lost has commands of its own."""
    at = f" --stage {stage.id}" if _has_several(deal.pipeline, stage.type) else ""
    if stage.type is StageType.WON:
        return Move(stage.name, f"dealog won {deal.id}{at}")
    if stage.type is StageType.LOST:
        return Move(stage.name, f"dealog lost {deal.id} --reason REASON{at}")
    return Move(stage.name, f"dealog move {deal.id} {stage.id}")


def _has_several(pipeline: Pipeline, type: StageType) -> bool:
    return sum([stage.type is type for stage in pipeline.present]) > 1
