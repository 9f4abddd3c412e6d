"""Pipelines, their stages, and the fields that deals have in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal


class StageType(StrEnum):
    """What standing in a stage means for the deal."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"
    PARKED = "parked"


ENDED = (StageType.WON, StageType.LOST)
"""Types of the stages in which a deal has an outcome."""


@dataclass(frozen=True, slots=True)
class Step:
    """A mini-step of a stage; a required one must be done before a later stage."""

    id: str
    name: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """A stage's target: a fraction, a count or a duration, reached within a time."""

    measure: str
    target: Decimal | dt.timedelta
    within: dt.timedelta | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of a pipeline. ``number`` counts from 1 in the pipeline's order.

    ``was`` are the ids it had before, which old notes still have. A ``retired`` stage, in
    which only old notes say that a deal stood, has no number (0), gates or measures.
    """

    id: str
    name: str
    number: int
    type: StageType = StageType.OPEN
    probability: Decimal | None = None
    role: str = ""
    goal: str = ""
    measures: tuple[Measure, ...] = ()
    knowledge: str = ""
    buyer: str = ""
    steps: tuple[Step, ...] = ()
    requires: tuple[str, ...] = ()
    relationship: str = ""
    stale_after: dt.timedelta | None = None
    was: tuple[str, ...] = ()
    retired: bool = False

    @property
    def is_open(self) -> bool:
        return self.type is StageType.OPEN


@dataclass(frozen=True, slots=True)
class FieldType:
    """A field that a pipeline gives its deals: its type, one of ``fields.FIELD_TYPES``, and a
    choice's options."""

    name: str
    label: str
    type: str
    options: tuple[str, ...] = ()


def ids_of(stages: Iterable[Stage]) -> dict[str, str]:
    """The ids that stages have today, by all that they have or had."""
    return {id: stage.id for stage in stages for id in (stage.id, *stage.was)}


ProbabilityFrom = Literal["best", "stage", "own", "learned"]
"""Whose probabilities the forecast uses: those of the estimator that has been right most, those of
the stages, the owners' own, or what is learned."""
PROBABILITY_FROM: tuple[ProbabilityFrom, ...] = ("best", "stage", "own", "learned")


@dataclass(frozen=True, slots=True)
class Pipeline:
    """An ordered row of stages and the deal fields that go with them. ``probability_from`` is None
    where it is as the schema says."""

    id: str
    name: str
    stages: tuple[Stage, ...]
    fields: tuple[FieldType, ...] = ()
    probability_from: ProbabilityFrom | None = None

    def stage(self, id: str) -> Stage | None:
        for stage in self.stages:
            if stage.id == id:
                return stage
        return None

    def renamed(self, id: str) -> Stage | None:
        """The stage that had this id before."""
        return next((stage for stage in self.stages if id in stage.was), None)

    @property
    def present(self) -> tuple[Stage, ...]:
        """The stages that a deal can stand in today."""
        return tuple([stage for stage in self.stages if not stage.retired])

    @property
    def way(self) -> tuple[Stage, ...]:
        """The stages on the way to winning that a deal can stand in today."""
        return tuple([s for s in self.present if s.type in (StageType.OPEN, StageType.WON)])

    def place_of(self, stage: Stage) -> int:
        """The place of a stage on the way, from 1; 0 where it is none of its stages."""
        ids = [one.id for one in self.way]
        return ids.index(stage.id) + 1 if stage.id in ids else 0

    @property
    def first_open(self) -> Stage:
        """Where a deal stands before its first stage note."""
        present = self.present or self.stages
        return next((s for s in present if s.is_open), present[0])
