"""All deals of a stage, on as many pages as they need."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from site_builder.insights.standing import Standing
from site_builder.journal.pipeline import Pipeline, Stage
from site_builder.pages.cards import Card
from site_builder.pages.context import Context
from site_builder.pages.deals import summed
from site_builder.pages.first_deal import has_no_deals
from site_builder.pages.first_few import FirstFew, first_many
from site_builder.pages.links import Link, board_page, stage_page
from site_builder.pages.page import PageKind
from site_builder.pages.paging import Paging
from site_builder.pages.scopes import scope
from site_builder.pages.sentence import Sentence

PER_PAGE = 500


@dataclass(frozen=True, slots=True)
class StageList:
    """One page of a stage's deals. ``pages`` leads to all of them, if several; ``range`` then
    says which of the deals are here. ``no_deals`` says that the whole journal has none."""

    title: str
    of: str
    stage: str
    answer: Sentence
    board: Link
    path: str
    pages: tuple[Link, ...]
    range: str
    deals: FirstFew[Card]
    no_deals: bool


def stage_list(context: Context, pipeline: Pipeline, stage: Stage, number: int) -> StageList:
    """Page ``number``, from 1, of the deals of a stage."""
    found = _deals(context, pipeline, stage)
    paged = paging(context, pipeline, stage)
    return StageList(
        stage.name,
        scope(pipeline=pipeline.id, stage=stage.id),
        stage.id,
        summed(found, context, stage_page(pipeline.id, stage.id)),
        Link(pipeline.name, board_page(pipeline.id)),
        stage_page(pipeline.id, stage.id, number),
        paged.links(lambda n: stage_page(pipeline.id, stage.id, n)),
        paged.range(number),
        first_many(context.cards_of(paged.part(found, number)), "deal", "deals"),
        has_no_deals(context),
    )


def paging(context: Context, pipeline: Pipeline, stage: Stage) -> Paging:
    """The deals of a stage by page."""
    return Paging(len(_deals(context, pipeline, stage)), PER_PAGE)


def _deals(context: Context, pipeline: Pipeline, stage: Stage) -> tuple[Standing, ...]:
    return context.insights.by_stage.get((pipeline.id, stage.id), ())


class _Key(NamedTuple):
    """Page ``number`` of the deals of a stage."""

    pipeline: Pipeline
    stage: Stage
    number: int


def _keys(context: Context) -> Iterator[_Key]:
    for pipeline in context.journal.schema.pipelines:
        for stage in context.insights.stages_of(pipeline):
            numbers = paging(context, pipeline, stage).numbers
            yield from (_Key(pipeline, stage, number) for number in numbers)


PAGE = PageKind(
    "stage",
    view=lambda context, key: stage_list(context, *key),
    keys=_keys,
    path=lambda key: stage_page(key.pipeline.id, key.stage.id, key.number),
    within="deals",
    begins=("deals-",),
)
