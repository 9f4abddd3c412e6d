"""The lists of deals: all by stage, and each stage's on pages of its own."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.insights.insights import Standing
from site_builder.journal.pipeline import Pipeline, Stage
from site_builder.pages import coverage
from site_builder.pages.cards import Card
from site_builder.pages.context import Context
from site_builder.pages.parts import Link, board_page, stage_page
from site_builder.problems import counting

SHOWN = 25
"""How many deals of a stage the list of all deals shows."""
PER_PAGE = 500


@dataclass(frozen=True, slots=True)
class StageDeals:
    """Deals of one stage: those shown here, and where all of them are."""

    anchor: str
    title: str
    summary: str
    path: str
    deals: tuple[Card, ...]
    more: str


@dataclass(frozen=True, slots=True)
class PipelineDeals:
    """The stages of a pipeline that have deals."""

    title: str
    stages: tuple[StageDeals, ...]


@dataclass(frozen=True, slots=True)
class Deals:
    """The list of all deals."""

    answer: str
    pipelines: tuple[PipelineDeals, ...]


@dataclass(frozen=True, slots=True)
class StageList:
    """One page of a stage's deals. ``pages`` leads to all of them, if several; ``range`` then
    says which of the deals are here."""

    title: str
    stage: str
    answer: str
    board: Link
    path: str
    pages: tuple[Link, ...]
    range: str
    deals: tuple[Card, ...]


def deals(context: Context) -> Deals:
    """All deals by pipeline and stage, as many of each as are read at once."""
    every = len(context.journal.deals)
    opened = sum(deal.stage.is_open for deal in context.journal.deals)
    pipelines = [_pipeline(pipeline, context) for pipeline in context.journal.schema.pipelines]
    return Deals(
        f"{counting.count(every, 'deal')}, {counting.grouped(opened)} of them open."
        if every
        else "",
        tuple(found for found in pipelines if found.stages),
    )


def stage_list(context: Context, pipeline: Pipeline, stage: Stage, number: int) -> StageList:
    """Page ``number``, from 1, of the deals of a stage."""
    found = context.insights.by_stage.get((pipeline.id, stage.id), ())
    start = (number - 1) * PER_PAGE
    pages = page_count(context, pipeline, stage)
    return StageList(
        stage.name,
        stage.id,
        _summary(found, context),
        Link(pipeline.name, board_page(pipeline.id)),
        stage_page(pipeline.id, stage.id, number),
        tuple(
            Link(_range(n, len(found)), stage_page(pipeline.id, stage.id, n))
            for n in range(1, pages + 1)
        )
        if pages > 1
        else (),
        _range(number, len(found)) if pages > 1 else "",
        context.cards_of(found[start : start + PER_PAGE]),
    )


def page_count(context: Context, pipeline: Pipeline, stage: Stage) -> int:
    """How many pages the deals of a stage take; at least one."""
    return max(1, -(-len(context.insights.by_stage.get((pipeline.id, stage.id), ())) // PER_PAGE))


def _pipeline(pipeline: Pipeline, context: Context) -> PipelineDeals:
    filled = [
        stage for stage in pipeline.stages if (pipeline.id, stage.id) in context.insights.by_stage
    ]
    return PipelineDeals(pipeline.name, tuple(_stage(pipeline, s, context) for s in filled))


def _stage(pipeline: Pipeline, stage: Stage, context: Context) -> StageDeals:
    found = context.insights.by_stage[pipeline.id, stage.id]
    more = len(found) - SHOWN
    return StageDeals(
        f"{pipeline.id}.{stage.id}",
        stage.name,
        _summary(found, context),
        stage_page(pipeline.id, stage.id),
        context.cards_of(found[:SHOWN]),
        f"{counting.count(more, 'more deal')} in {stage.name}" if more > 0 else "",
    )


def _summary(found: tuple[Standing, ...], context: Context) -> str:
    schema = context.journal.schema
    worth = context.insights.total([one.worth for one in found])
    count = counting.count(len(found), "deal")
    text = f"{count}, {coverage.amounts(worth, schema)}{coverage.explained(worth)}"
    return text if worth.lines else count


def _range(number: int, count: int) -> str:
    first = (number - 1) * PER_PAGE + 1
    return f"{first} to {min(count, number * PER_PAGE)}"
