"""The stages of a pipeline with their deals, and what these sum up to."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from site_builder.insights import totals
from site_builder.insights.insights import Insights
from site_builder.insights.standing import Standing
from site_builder.insights.totals import EMPTY, Totals
from site_builder.journal.pipeline import Pipeline, Stage, StageType


class Column(NamedTuple):
    """A stage, its deals in their order, what they are worth and, of an open stage, what they are
    expected to bring."""

    stage: Stage
    type: StageType
    value: Totals
    expected: Totals
    deals: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The stages of a pipeline that pages show, and what all open deals are worth together."""

    pipeline: Pipeline
    open: Totals
    stages: tuple[Column, ...]

    @property
    def open_deals(self) -> tuple[Standing, ...]:
        """The deals in open stages, also in retired ones."""
        columns = (one.deals for one in self.stages if one.type is StageType.OPEN)
        return tuple(chain.from_iterable(columns))


def board(insights: Insights, pipeline: Pipeline) -> Board:
    """The board of a pipeline of the journal."""
    stages = tuple(_column(stage, pipeline, insights) for stage in insights.stages_of(pipeline))
    opened = [column.value for column in stages if column.stage.is_open]
    return Board(pipeline, totals.add(opened, insights.journal.schema), stages)


def _column(stage: Stage, pipeline: Pipeline, insights: Insights) -> Column:
    key = pipeline.id, stage.id
    return Column(
        stage,
        stage.type,
        insights.worth_by_stage[key],
        insights.expected_by_stage[key] if stage.is_open else EMPTY,
        insights.by_stage.get(key, ()),
    )
