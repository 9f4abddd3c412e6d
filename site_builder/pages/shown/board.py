"""The board of the deals that are shown: a column a stage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from site_builder.journal.deal import Deal
from site_builder.journal.pipeline import Pipeline, Stage
from site_builder.pages.cards import has_name
from site_builder.pages.context import Context
from site_builder.pages.links import deal_path
from site_builder.pages.page import PageKind
from site_builder.pages.shown.fields import fact_of, text_of
from site_builder.pages.shown.lists import in_order
from site_builder.pages.shown.tables import RULE, counted, sum_of
from site_builder.problems import counting

_MOST = 100
FIRST = "board.html"


class ShownCard(NamedTuple):
    """A deal on the board, with what is listed of its company, where the title does not have that
    in it, its value, its expected close and whose it is."""

    id: str
    path: str
    title: str
    company: str
    value: str
    close: str
    owner: str


class ShownColumn(NamedTuple):
    """A stage, ``pipeline`` where those are listed, and the deals in it; ``more`` says how many
    there are beside those on cards."""

    stage: str
    anchor: str
    title: str
    pipeline: str
    number: str
    total: str
    cards: tuple[ShownCard, ...]
    more: str


class ShownBoard(NamedTuple):
    """The page."""

    answer: str
    rule: str
    columns: tuple[ShownColumn, ...]


def board(context: Context, _key: str = "") -> ShownBoard:
    """The board of all deals that are shown."""
    columns = [
        _column(context, anchor_of(row), *one) for row, one in enumerate(context.once(by_stage), 1)
    ]
    return ShownBoard(f"{counted(context.journal.deals, context)}.", RULE, tuple(columns))


def by_stage(context: Context) -> tuple[tuple[Pipeline, Stage, Sequence[Deal]], ...]:
    """The stages in which shown deals stand, with these."""
    there = defaultdict[int, list[Deal]](list)
    for deal in context.once(in_order):
        there[id(deal.stage)].append(deal)
    every = [(line, stage) for line in context.journal.schema.pipelines for stage in line.stages]
    return tuple([(*one, there[id(one[1])]) for one in every if id(one[1]) in there])


def anchor_of(row: int) -> str:
    """The anchor of a column."""
    return f"stage-{row}"


def _column(
    context: Context, anchor: str, pipeline: Pipeline, stage: Stage, deals: Sequence[Deal]
) -> ShownColumn:
    more = len(deals) - _MOST
    return ShownColumn(
        stage.id,
        anchor,
        stage.name,
        pipeline.name if "pipeline" in context.audience.deals else "",
        counting.count(len(deals), "deal"),
        sum_of(deals, context),
        tuple([_card(deal, context) for deal in deals[:_MOST]]),
        f"and {counting.grouped(more)} more" if more > 0 else "",
    )


def _card(deal: Deal, context: Context) -> ShownCard:
    def said(name: str) -> str:
        is_listed = name in context.audience.deals
        return text_of(fact_of(deal, name, context, "")) if is_listed else ""

    company = said("company")
    return ShownCard(
        deal.id,
        deal_path(deal),
        deal.title,
        "" if has_name(deal.title.casefold(), company.casefold()) else company,
        said("value"),
        said("close"),
        said("owner"),
    )


PAGE = PageKind(
    "shown_board",
    view=board,
    keys=lambda context: ("",) if "stage" in context.audience.deals else (),
    path=lambda _key: FIRST,
)
