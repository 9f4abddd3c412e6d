"""The deals of a saved view, by pipeline and stage, on as many pages as they need."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from site_builder.insights.standing import Standing
from site_builder.insights.topics import Topic, Topics
from site_builder.journal.pipeline import Pipeline, Stage
from site_builder.journal.schema import Schema, View
from site_builder.pages.cards import Card
from site_builder.pages.context import Context
from site_builder.pages.deals import summed
from site_builder.pages.first_few import cut
from site_builder.pages.links import Link, view_page
from site_builder.pages.page import Nav, NavGroup, PageKind
from site_builder.pages.paging import Paging
from site_builder.pages.scopes import scope
from site_builder.pages.sentence import Sentence
from site_builder.pages.views import IN_NAVIGATION
from site_builder.pages.views import PATH as ALL
from site_builder.problems import counting
from site_builder.query.saved import deals_by_view

PER_PAGE = 500


class StageRows(NamedTuple):
    """The deals of a view in a stage, on a page; ``number`` is how many there are of them, empty
    where a fold goes on with those that begin above it."""

    of: str
    title: str
    number: str
    deals: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class ViewPage:
    """One page of a view. ``pages`` leads to all of them, if several; ``range`` then says which
    of the deals are here. Behind the first ``stages`` stand the ``folded`` ones, under ``fold``."""

    title: str
    query: str
    of: str
    answer: Sentence
    path: str
    pages: tuple[Link, ...]
    range: str
    stages: tuple[StageRows, ...]
    folded: tuple[StageRows, ...]
    fold: str


def view(context: Context, one: View, number: int = 1) -> ViewPage:
    """Page ``number``, from 1, of the deals of a view."""
    found = _deals(context, one)
    paging = Paging(len(found), PER_PAGE)
    here = _by_stage(paging.part(found, number))
    first, rest, fold = cut(here, "deal", "deals")
    return ViewPage(
        one.name,
        one.query,
        scope(view=one.id),
        summed(found, context, view_page(one.id)),
        view_page(one.id, number),
        paging.links(lambda n: view_page(one.id, n)),
        paging.range(number),
        tuple(_rows(first, here, (), context)),
        tuple(_rows(rest, here, first, context)),
        fold,
    )


def _deals(context: Context, one: View) -> Sequence[Standing]:
    return context.facts(deals_by_view)[one.id]


_Stages = Mapping[tuple[Pipeline, Stage], Sequence[Standing]]


def _by_stage(found: Sequence[Standing]) -> _Stages:
    parts = groupby(found, lambda one: (one.deal.pipeline, one.deal.stage))
    return {where: tuple(deals) for where, deals in parts}


def _rows(
    part: _Stages, here: _Stages, above: Collection[object], context: Context
) -> Iterator[StageRows]:
    """The rows of a part of what is here; those of a stage ``above`` go on."""
    several = len(context.journal.schema.pipelines) > 1
    for where, deals in part.items():
        pipeline, stage = where
        yield StageRows(
            scope(pipeline=pipeline.id, stage=stage.id),
            f"{pipeline.name}: {stage.name}" if several else stage.name,
            "" if where in above else counting.count(len(here[where]), "deal"),
            context.cards_of(deals),
        )


class _Key(NamedTuple):
    """Page ``number`` of a view."""

    view: View
    number: int


def _keys(context: Context) -> Iterator[_Key]:
    for one in context.journal.schema.views:
        numbers = Paging(len(_deals(context, one)), PER_PAGE).numbers
        yield from (_Key(one, number) for number in numbers)


def _entries(schema: Schema, topics: Topics) -> Iterator[Link]:
    shown = schema.views[:IN_NAVIGATION] if Topic.SOME in topics else ()
    return (Link(one.name, view_page(one.id)) for one in shown)


def _entry(context: Context, key: _Key) -> str:
    own = key.view in context.journal.schema.views[:IN_NAVIGATION]
    return view_page(key.view.id) if own else ALL


PAGE = PageKind(
    "view",
    view=lambda context, key: view(context, *key),
    keys=_keys,
    path=lambda key: view_page(key.view.id, key.number),
    nav=Nav(NavGroup.VIEWS, "View", ALL, each=_entries),
    entry=_entry,
)
