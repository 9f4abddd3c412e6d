"""The open stages of each pipeline with what stands in them, and what all that is worth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from site_builder.insights import totals
from site_builder.insights.totals import Totals
from site_builder.journal.deal import Deal
from site_builder.journal.pipeline import Pipeline, Stage
from site_builder.pages import coverage
from site_builder.pages.context import Context
from site_builder.pages.links import board_page, stage_page
from site_builder.problems import counting


class StageRow(NamedTuple):
    """An open stage: what is in it; ``share`` is the bar's length, 0 to 100: by what the
    deals are worth, or by how many they are where none of the pipeline has a value."""

    name: str
    path: str
    deals: str
    value: str
    expected: str
    share: str


@dataclass(frozen=True, slots=True)
class PipelineRows:
    """The open stages of one pipeline, if any deal stands in one, and their sums.
    ``unexpected`` says what is in no expected sum."""

    name: str
    path: str
    stages: tuple[StageRow, ...]
    count: str
    value: str
    expected: str
    unexpected: str


def pipelines(context: Context) -> tuple[PipelineRows, ...]:
    """The open stages of each pipeline."""
    return tuple(_pipeline(one, context) for one in context.journal.schema.pipelines)


def worth(context: Context) -> Totals:
    """What all open deals are worth."""
    every = context.journal.schema.pipelines
    return _sum([_of(one, context).worth for one in every], context)


def share(amount: Decimal, whole: Decimal) -> str:
    """A part of a whole as 0 to 100, for the length of a bar."""
    if whole <= 0 or amount <= 0:
        return "0"
    return f"{min(Decimal(100), amount * 100 / whole):.1f}"


class _Open(NamedTuple):
    """What stands in an open stage, or in those of a pipeline: how many deals, what they are worth
    and expected to bring, and which of them are in nothing that is expected."""

    number: int
    worth: Totals
    expected: Totals
    unexpected: tuple[Deal, ...]


def _of(pipeline: Pipeline, context: Context) -> _Open:
    """What stands in all open stages of a pipeline."""
    parts = [_in(stage, pipeline, context) for stage in _stages(pipeline, context)]
    return _Open(
        sum([one.number for one in parts]),
        _sum([one.worth for one in parts], context),
        _sum([one.expected for one in parts], context),
        tuple(chain.from_iterable(one.unexpected for one in parts)),
    )


def _stages(pipeline: Pipeline, context: Context) -> list[Stage]:
    return [stage for stage in context.insights.stages_of(pipeline) if stage.is_open]


def _in(stage: Stage, pipeline: Pipeline, context: Context) -> _Open:
    insights, key = context.insights, (pipeline.id, stage.id)
    return _Open(
        len(insights.by_stage.get(key, ())),
        insights.worth_by_stage[key],
        insights.expected_by_stage[key],
        insights.unexpected_by_stage[key],
    )


def _pipeline(pipeline: Pipeline, context: Context) -> PipelineRows:
    stages, every = _stages(pipeline, context), _of(pipeline, context)
    return PipelineRows(
        pipeline.name,
        board_page(pipeline.id),
        tuple(_rows(stages, pipeline, context)) if every.number else (),
        counting.grouped(every.number),
        _text(every.worth, context),
        _text(every.expected, context),
        coverage.unexpected(every.unexpected, every.number),
    )


def _rows(stages: Sequence[Stage], pipeline: Pipeline, context: Context) -> Iterator[StageRow]:
    home = context.journal.schema.currency
    found = [(stage, _in(stage, pipeline, context)) for stage in stages]
    sizes = [one.worth.in_currency(home) for _, one in found]
    if max(sizes) <= 0:
        sizes = [Decimal(one.number) for _, one in found]
    largest = max(sizes)
    for (stage, one), size in zip(found, sizes, strict=True):
        yield StageRow(
            stage.name,
            stage_page(pipeline.id, stage.id),
            counting.grouped(one.number),
            _text(one.worth, context),
            _text(one.expected, context),
            share(size, largest),
        )


def _sum(parts: Sequence[Totals], context: Context) -> Totals:
    return totals.add(parts, context.journal.schema)


def _text(sums: Totals, context: Context) -> str:
    return coverage.told(sums, context.journal.schema)
