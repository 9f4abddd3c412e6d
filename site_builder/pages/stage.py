"""All deals of a stage, on as many pages as they need."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from site_builder.journal.pipeline import Pipeline, Stage
from site_builder.pages.cards import Card
from site_builder.pages.context import Context
from site_builder.pages.deals import summary
from site_builder.pages.links import Link, board_page, stage_page
from site_builder.pages.page import PageKind
from site_builder.pages.paging import Paging

PER_PAGE = 500


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


def stage_list(context: Context, pipeline: Pipeline, stage: Stage, number: int) -> StageList:
    """Page ``number``, from 1, of the deals of a stage."""
    found = context.insights.by_stage.get((pipeline.id, stage.id), ())
    paging = Paging(len(found), PER_PAGE)
    return StageList(
        stage.name,
        stage.id,
        summary(found, context),
        Link(pipeline.name, board_page(pipeline.id)),
        stage_page(pipeline.id, stage.id, number),
        paging.links(lambda n: stage_page(pipeline.id, stage.id, n)),
        paging.range(number),
        context.cards_of(paging.part(found, number)),
    )


def page_count(context: Context, pipeline: Pipeline, stage: Stage) -> int:
    """How many pages the deals of a stage take; at least one."""
    return Paging(len(context.insights.by_stage.get((pipeline.id, stage.id), ())), PER_PAGE).pages


class _Key(NamedTuple):
    """Page ``number`` of the deals of a stage."""

    pipeline: Pipeline
    stage: Stage
    number: int


def _keys(context: Context) -> Iterator[_Key]:
    for pipeline in context.journal.schema.pipelines:
        for stage in context.insights.stages_of(pipeline):
            for number in range(1, page_count(context, pipeline, stage) + 1):
                yield _Key(pipeline, stage, number)


PAGE = PageKind(
    "stage",
    view=lambda context, key: stage_list(context, *key),
    keys=_keys,
    path=lambda key: stage_page(key.pipeline.id, key.stage.id, key.number),
    within="deals",
)
