"""The list of open deals, by stage; all deals of each stage are listed by ``stage``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from site_builder.insights.standing import Standing
from site_builder.insights.topics import Topic
from site_builder.journal.pipeline import Pipeline, Stage
from site_builder.pages import coverage
from site_builder.pages.cards import Card
from site_builder.pages.context import Context
from site_builder.pages.links import stage_page
from site_builder.pages.page import Nav, NavGroup, PageKind, once
from site_builder.pages.scopes import scope
from site_builder.pages.sentence import Figure, Sentence, counted
from site_builder.problems import counting

PATH = "deals.html"
SHOWN = 25
"""How many deals of a stage the list shows."""
LIST, OPEN = "deals", "open"
"""Where the deals of a list begin, and where the open ones do."""
OPEN_DEALS = f"{PATH}#{OPEN}"
"""Where all open deals are listed."""


@dataclass(frozen=True, slots=True)
class StageDeals:
    """Deals of one stage: those shown here, and where all of them are."""

    anchor: str
    of: str
    title: str
    summary: str
    path: str
    deals: tuple[Card, ...]
    more: str


class Way(NamedTuple):
    """The way to all deals of a stage, and what they come to."""

    title: str
    path: str
    of: str
    summary: str


@dataclass(frozen=True, slots=True)
class PipelineDeals:
    """A pipeline: its open stages that have deals, and the ways to those of its other stages.
    ``anchor`` is where the open deals of all pipelines begin, if they do here."""

    anchor: str
    title: str
    of: str
    others: tuple[Way, ...]
    stages: tuple[StageDeals, ...]


@dataclass(frozen=True, slots=True)
class Deals:
    """The list of all open deals, and the ways to the others."""

    answer: Sentence
    pipelines: tuple[PipelineDeals, ...]


def deals(context: Context) -> Deals:
    """The open deals by pipeline and stage, as many of each as are read at once."""
    every = len(context.journal.deals)
    opened = sum(deal.stage.is_open for deal in context.journal.deals)
    pipelines = [_pipeline(pipeline, context) for pipeline in context.journal.schema.pipelines]
    first = next((one for one in pipelines if one.stages), None)
    return Deals(
        _answer(every, opened),
        tuple(
            replace(found, anchor=OPEN) if found is first else found
            for found in pipelines
            if found.stages or found.others
        ),
    )


def _answer(every: int, opened: int) -> Sentence:
    """``60 deals, 22 of them open.``"""
    if not every:
        return Sentence()
    some = counted(opened, counting.grouped(opened), f"#{OPEN}", "number type:open")
    count = Figure(counting.count(every, "deal"), f"#{LIST}", "count")
    return Sentence(count, ", ", some, " of them open.")


def _pipeline(pipeline: Pipeline, context: Context) -> PipelineDeals:
    by_stage = context.insights.by_stage
    filled = [stage for stage in pipeline.stages if (pipeline.id, stage.id) in by_stage]
    return PipelineDeals(
        "",
        pipeline.name,
        scope(pipeline=pipeline.id),
        tuple(_way(pipeline, stage, context) for stage in filled if not stage.is_open),
        tuple(_stage(pipeline, stage, context) for stage in filled if stage.is_open),
    )


def _way(pipeline: Pipeline, stage: Stage, context: Context) -> Way:
    found = context.insights.by_stage[pipeline.id, stage.id]
    path = stage_page(pipeline.id, stage.id)
    return Way(stage.name, path, scope(stage=stage.id), summary(found, context))


def _stage(pipeline: Pipeline, stage: Stage, context: Context) -> StageDeals:
    found = context.insights.by_stage[pipeline.id, stage.id]
    more = len(found) - SHOWN
    return StageDeals(
        f"{pipeline.id}.{stage.id}",
        scope(stage=stage.id),
        stage.name,
        summary(found, context),
        stage_page(pipeline.id, stage.id),
        context.cards_of(found[:SHOWN]),
        f"{counting.count(more, 'more deal')} in {stage.name}" if more > 0 else "",
    )


def summary(found: Sequence[Standing], context: Context) -> str:
    """How many deals there are, and what they are worth together."""
    worth = context.insights.total([one.worth for one in found])
    count = counting.count(len(found), "deal")
    value = coverage.told(worth, context.journal.schema, cover=coverage.explained)
    return f"{count}, {value}" if value else count


def summed(found: Sequence[Standing], context: Context, path: str) -> Sentence:
    """The same as the first line of the list of these deals, which begins at the address of its
    first page; nothing of none."""
    if not found:
        return Sentence()
    return Sentence(Figure(summary(found, context), f"{path}#{LIST}", "summary"))


PAGE = PageKind(
    "deals",
    view=lambda context, _key: deals(context),
    keys=once,
    path=lambda _key: PATH,
    nav=Nav(NavGroup.PIPELINE, "Deals", PATH, shows=lambda _, topics: Topic.SOME in topics),
)
