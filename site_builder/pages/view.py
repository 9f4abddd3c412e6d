"""The deals of a saved view, by pipeline and stage, on as many pages as they need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from site_builder.insights.insights import Standing
from site_builder.journal.schema import Schema, View
from site_builder.pages.cards import Card
from site_builder.pages.context import Context
from site_builder.pages.deals import summary
from site_builder.pages.links import Link, view_page
from site_builder.pages.page import Nav, NavGroup, PageKind
from site_builder.pages.paging import Paging
from site_builder.pages.scopes import scope
from site_builder.pages.views import IN_NAVIGATION
from site_builder.pages.views import PATH as ALL
from site_builder.problems import counting
from site_builder.query.saved import deals_by_view

PER_PAGE = 500


class StageRows(NamedTuple):
    """The deals of a view in a stage, on a page; ``number`` is how many there are of them."""

    of: str
    title: str
    number: str
    deals: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class ViewPage:
    """One page of a view. ``pages`` leads to all of them, if several; ``range`` then says which
    of the deals are here."""

    title: str
    query: str
    of: str
    answer: str
    path: str
    pages: tuple[Link, ...]
    range: str
    stages: tuple[StageRows, ...]


def view(context: Context, one: View, number: int = 1) -> ViewPage:
    """Page ``number``, from 1, of the deals of a view."""
    found = _deals(context, one)
    paging = Paging(len(found), PER_PAGE)
    return ViewPage(
        one.name,
        one.query,
        scope(view=one.id),
        summary(found, context) if found else "",
        view_page(one.id, number),
        paging.links(lambda n: view_page(one.id, n)),
        paging.range(number),
        tuple(_by_stage(paging.part(found, number), context)),
    )


def _deals(context: Context, one: View) -> Sequence[Standing]:
    return context.facts(deals_by_view)[one.id]


def _by_stage(found: Sequence[Standing], context: Context) -> Iterator[StageRows]:
    several = len(context.journal.schema.pipelines) > 1
    for (pipeline, stage), deals in groupby(found, lambda one: (one.deal.pipeline, one.deal.stage)):
        rows = tuple(deals)
        yield StageRows(
            scope(pipeline=pipeline.id, stage=stage.id),
            f"{pipeline.name}: {stage.name}" if several else stage.name,
            counting.count(len(rows), "deal"),
            context.cards_of(rows),
        )


class _Key(NamedTuple):
    """Page ``number`` of a view."""

    view: View
    number: int


def _keys(context: Context) -> Iterator[_Key]:
    for one in context.journal.schema.views:
        numbers = Paging(len(_deals(context, one)), PER_PAGE).numbers
        yield from (_Key(one, number) for number in numbers)


def _entries(schema: Schema) -> Iterator[Link]:
    return (Link(one.name, view_page(one.id)) for one in schema.views[:IN_NAVIGATION])


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
