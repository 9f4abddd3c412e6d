"""The board of one pipeline: a column a stage, a card a deal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from site_builder.insights.insights import Standing
from site_builder.journal import periods
from site_builder.journal.pipeline import Pipeline, Stage, StageType
from site_builder.journal.schema import Schema
from site_builder.pages import coverage
from site_builder.pages.cards import Card
from site_builder.pages.context import Context
from site_builder.pages.first_deal import has_no_deals
from site_builder.pages.links import NO_LINK, Link, board_page, stage_page
from site_builder.pages.page import Nav, NavGroup, PageKind
from site_builder.pages.stale_deals import reason_path
from site_builder.problems import counting

OPEN_CARDS = 100
"""How many cards an open or parked stage shows: the most urgent."""
CLOSED_CARDS = 20
"""How many cards a won or lost stage shows: the newest, those of earlier quarters folded."""
FIRST = "board.html"
"""The first pipeline's board, which also stands at an address of its own."""


@dataclass(frozen=True, slots=True)
class Column:
    """A stage, what its deals sum up to, and their cards.

    ``number`` is the bare ``count`` of its deals, ``total`` their value, ``expected`` weighs them
    as the forecast does. Where deals have ended, ``earlier`` are those before this quarter, and
    ``fold`` says how many. ``more`` says how many have no card here; ``path`` leads to the list of
    all.
    """

    stage: str
    type: str
    title: str
    path: str
    count: str
    number: str
    total: str
    expected: str
    cards: tuple[Card, ...]
    earlier: tuple[Card, ...]
    fold: str
    more: str


@dataclass(frozen=True, slots=True)
class Board:
    """What a board shows: open stages as columns, the others as lanes below them, first the
    parked ones, for their deals wait for somebody.

    ``legend`` says in what order cards stand and what they say in short. ``unexpected`` says what
    is in no expected sum. ``late`` says how many open
    deals have an overdue next step, and leads to them. ``no_deals`` says that the whole journal
    has none.
    """

    title: str
    answer: str
    late: Link
    legend: str
    unexpected: str
    columns: tuple[Column, ...]
    lanes: tuple[Column, ...]
    no_deals: bool


def board(context: Context, pipeline: Pipeline) -> Board:
    """The board of a pipeline of the journal."""
    stages = context.insights.stages_of(pipeline)
    columns = tuple(_column(stage, pipeline, context) for stage in stages)
    others = (column for column in columns if column.type != StageType.OPEN)
    opened = (
        context.insights.by_stage.get((pipeline.id, s.id), ()) for s in pipeline.stages if s.is_open
    )
    deals = tuple(chain.from_iterable(opened))
    return Board(
        pipeline.name,
        _answer(deals, context),
        _late(deals),
        _legend(deals, context),
        coverage.unexpected(deals),
        tuple(c for c in columns if c.type == StageType.OPEN),
        tuple(sorted(others, key=lambda column: column.type != StageType.PARKED)),
        has_no_deals(context),
    )


def _column(stage: Stage, pipeline: Pipeline, context: Context) -> Column:
    deals = context.insights.by_stage.get((pipeline.id, stage.id), ())
    has_ended = stage.type in (StageType.WON, StageType.LOST)
    shown = deals[: CLOSED_CARDS if has_ended else OPEN_CARDS]
    more = len(deals) - len(shown)
    now = _of_this_quarter(shown, context) if has_ended else len(shown)
    worth = context.insights.total([one.worth for one in deals])
    return Column(
        stage.id,
        str(stage.type),
        stage.name,
        stage_page(pipeline.id, stage.id),
        counting.count(len(deals), "deal"),
        counting.grouped(len(deals)),
        coverage.told(worth, context.journal.schema),
        _expected_text(stage, deals, context),
        context.cards_of(shown[:now]),
        context.cards_of(shown[now:]),
        _fold(len(deals) - now, now),
        f"and {counting.count(more, 'more deal')}" if more else "",
    )


def _of_this_quarter(deals: Sequence[Standing], context: Context) -> int:
    """How many deals, the newest of which come first, have ended in this quarter."""
    starts = context.journal.schema.fiscal_year_starts
    first = periods.quarter_of(context.today, starts).first
    return sum(one.ended_on is not None and one.ended_on >= first for one in deals)


def _fold(count: int, beside: int) -> str:
    number = counting.grouped(count)
    return f"{number} more" if beside else f"{number} before this quarter"


def _expected_text(stage: Stage, deals: Sequence[Standing], context: Context) -> str:
    if not stage.is_open:
        return ""
    schema = context.journal.schema
    sums = context.insights.total([one.expected for one in deals])
    text = f"{coverage.amounts(sums, schema)} expected{coverage.beside(sums)}"
    return text if sums.lines else ""


def _answer(deals: Sequence[Standing], context: Context) -> str:
    if not deals:
        return ""
    worth = context.insights.total([one.worth for one in deals])
    return coverage.opened(worth, context.journal.schema)


def _legend(deals: Sequence[Standing], context: Context) -> str:
    """The order of cards, and what their dots mean, by the first one that has some."""
    order = "Next steps overdue stand first, then today's, none planned, and later ones."
    one = next((one for one in deals if one.deal.stage.steps), None)
    if one is None:
        return order if deals else ""
    card = context.cards[one.deal.id]
    return f"{order} On a card, {card.dots} is {card.progress_text.lower()}."


def _late(deals: Sequence[Standing]) -> Link:
    overdue = sum(one.status == "overdue" for one in deals)
    if not overdue:
        return NO_LINK
    text = f"{counting.grouped(overdue)} with an overdue next step"
    return Link(text, reason_path("next-step-overdue"))


def _boards(schema: Schema) -> Iterator[Link]:
    """The ways to the boards, by their pipelines where there are several."""
    several = len(schema.pipelines) > 1
    for pipeline in schema.pipelines:
        yield Link(pipeline.name if several else "Board", _entry(schema, pipeline.id))


def _entry(schema: Schema, id: str) -> str:
    return FIRST if id in ("", schema.pipelines[0].id) else board_page(id)


def _pipelines(context: Context) -> tuple[str, ...]:
    return ("", *(pipeline.id for pipeline in context.journal.schema.pipelines))


def _board_of(context: Context, id: str) -> Board:
    schema = context.journal.schema
    return board(context, schema.pipeline(id) or schema.pipelines[0])


PAGE = PageKind(
    "board",
    view=_board_of,
    keys=_pipelines,
    path=lambda id: board_page(id) if id else FIRST,
    nav=Nav(NavGroup.PIPELINE, "Board", FIRST, each=_boards),
    entry=lambda context, id: _entry(context.journal.schema, id),
)
