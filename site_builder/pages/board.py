"""The board of one pipeline: a column a stage, a card a deal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from site_builder.insights import board as facts
from site_builder.insights.insights import Insights
from site_builder.insights.standing import Standing
from site_builder.insights.topics import Topics, on_board
from site_builder.journal import periods
from site_builder.journal.pipeline import ENDED, Pipeline, StageType
from site_builder.journal.schema import Schema
from site_builder.markup import formats
from site_builder.pages import coverage, windows
from site_builder.pages.cards import Card
from site_builder.pages.context import Context
from site_builder.pages.first_deal import has_no_deals
from site_builder.pages.links import NO_LINK, Link, board_page, filtered, stage_page
from site_builder.pages.page import Nav, NavGroup, PageKind
from site_builder.pages.scopes import scope
from site_builder.pages.sheet import Cell, Row, Section, Sheet, Table, numbers, texts
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
    of: str
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

    ``boards`` lead to all boards, this one at ``path``, where some are empty. ``legend`` says in
    what order cards stand and what they say in short. ``unexpected`` says what is in no expected
    sum. ``of`` are the deals of the pipeline. ``late`` says how many open deals have an overdue
    next step, and leads to them. ``no_deals`` says that the whole journal has none, ``foot`` how
    many the pipeline has, ``empty`` what there is without an open one.
    """

    title: str
    path: str
    boards: tuple[Link, ...]
    of: str
    answer: str
    late: Link
    legend: str
    unexpected: str
    columns: tuple[Column, ...]
    lanes: tuple[Column, ...]
    no_deals: bool
    foot: str
    empty: str = ""


def board(context: Context, pipeline: Pipeline) -> Board:
    """The board of a pipeline of the journal."""
    found = facts.board(context.insights, pipeline)
    columns = tuple(_column(column, pipeline, context) for column in found.stages)
    others = [column for column in columns if column.type != StageType.OPEN]
    lanes = tuple(sorted(others, key=lambda column: column.type != StageType.PARKED))
    deals = found.open_deals
    return Board(
        pipeline.name,
        _entry(context.journal.schema, pipeline.id),
        _others(context),
        scope(pipeline=pipeline.id),
        coverage.opened(found.open, context.journal.schema) if deals else "",
        _late(deals, pipeline, context),
        _legend(deals, context),
        _unexpected(found, context),
        tuple(c for c in columns if c.type == StageType.OPEN),
        lanes,
        has_no_deals(context),
        windows.of(one.deal for column in found.stages for one in column.deals),
        "" if deals else _empty(lanes, found),
    )


def _empty(lanes: Sequence[Column], found: facts.Board) -> str:
    """What stands below where no deal is open, or else what would."""
    sizes = {one.stage.id: len(one.deals) for one in found.stages}
    some = [lane for lane in lanes if sizes[lane.stage]]
    there = [f"{lane.number} in {formats.isolated(lane.title)}" for lane in some]
    if there:
        return f"No open deals in this pipeline; below stand {counting.together(there)}."
    return (
        "No open deals in this pipeline. A deal stands in the column of its stage as soon as its "
        "file is in the folder `deals/`."
    )


def _unexpected(found: facts.Board, context: Context) -> str:
    by_stage, of = context.insights.unexpected_by_stage, found.pipeline.id
    opened = [one for one in found.stages if one.type is StageType.OPEN]
    out = [deal for column in opened for deal in by_stage[of, column.stage.id]]
    return coverage.unexpected(out, sum([len(column.deals) for column in opened]))


def _column(found: facts.Column, pipeline: Pipeline, context: Context) -> Column:
    stage, deals = found.stage, found.deals
    has_ended = stage.type in ENDED
    shown = deals[: CLOSED_CARDS if has_ended else OPEN_CARDS]
    more = len(deals) - len(shown)
    now = _of_this_quarter(shown, context) if has_ended else len(shown)
    return Column(
        stage.id,
        str(stage.type),
        scope(stage=stage.id),
        stage.name,
        stage_page(pipeline.id, stage.id),
        counting.count(len(deals), "deal"),
        counting.grouped(len(deals)),
        coverage.told(found.value, context.journal.schema),
        _expected_text(found, context),
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


def _expected_text(found: facts.Column, context: Context) -> str:
    sums = found.expected
    if not sums.lines:
        return ""
    by = coverage.by_owners([one.deal for one in found.deals if one.is_expected])
    amounts = coverage.amounts(sums, context.journal.schema)
    return f"{amounts} expected {by}{coverage.beside(sums)}"


def _legend(deals: Sequence[Standing], context: Context) -> str:
    """The order of cards, and what their dots mean, by the first one that has some."""
    order = "Next steps overdue stand first, then today's, none planned, and later ones."
    one = next((one for one in deals if one.deal.stage.steps), None)
    if one is None:
        return order if deals else ""
    card = context.cards[one.deal.id]
    return f"{order} On a card, {card.dots} is {card.progress_text.lower()}."


def _late(deals: Sequence[Standing], pipeline: Pipeline, context: Context) -> Link:
    """How many have an overdue next step; the list of these is of all pipelines, so that scripts
    filter it where there are several."""
    overdue = sum(one.status == "overdue" for one in deals)
    if not overdue:
        return NO_LINK
    text = f"{counting.grouped(overdue)} with an overdue next step"
    several = len(context.journal.schema.pipelines) > 1
    path = reason_path("next-step-overdue")
    return Link(text, filtered(path, f"pipeline:{pipeline.id}") if several else path)


def _boards(schema: Schema, topics: Topics) -> Iterator[Link]:
    """The ways to the boards on which deals stand, by their pipelines where these are several."""
    there = [one for one in schema.pipelines if on_board(one.id) in topics]
    for pipeline in there:
        name = pipeline.name if len(there) > 1 else "Board"
        yield Link(name, _entry(schema, pipeline.id))


def _others(context: Context) -> tuple[Link, ...]:
    """The ways to all boards, where the navigation has not all: those without deals say so."""
    schema, filled = context.journal.schema, {one.pipeline.id for one in context.journal.deals}
    if not filled or len(filled) == len(schema.pipelines):
        return ()
    return tuple(
        Link(
            pipeline.name if pipeline.id in filled else f"{pipeline.name}: no deals",
            _entry(schema, pipeline.id),
        )
        for pipeline in schema.pipelines
    )


def _entry(schema: Schema, id: str) -> str:
    return FIRST if id in ("", schema.pipelines[0].id) else board_page(id)


def _pipelines(context: Context) -> tuple[str, ...]:
    return ("", *(pipeline.id for pipeline in context.journal.schema.pipelines))


def _pipeline(insights: Insights, id: str) -> Pipeline:
    """The pipeline of an id; without one the first."""
    schema = insights.journal.schema
    return schema.pipeline(id) or schema.pipelines[0]


def _board_of(context: Context, id: str) -> Board:
    return board(context, _pipeline(context.insights, id))


def _facts(insights: Insights, id: str) -> facts.Board:
    return facts.board(insights, _pipeline(insights, id))


def _sheet(context: Context, id: str) -> Sheet:
    """The same for a terminal: a section a stage, a row a deal."""
    made = _board_of(context, id)
    answer = f"{made.answer}, {made.late.text}" if made.late.text else made.answer
    columns = tuple(_as_section(column) for column in (*made.columns, *made.lanes))
    return Sheet(made.title, answer or "No open deals", columns, made.unexpected, foot=made.foot)


def _as_section(column: Column) -> Section:
    cards = (*column.cards, *column.earlier)
    answer = ", ".join(filter(None, (column.count, column.total, column.expected)))
    columns = (*texts("Deal", "Owner", "When", "Next", "Steps"), *numbers("Value"))
    rows = tuple(_as_row(card) for card in cards)
    tables = (Table(column.title, columns, rows),) if rows else ()
    return Section(column.stage, column.title, answer, tables=tables, rule=column.more)


def _as_row(card: Card) -> Row:
    why = "; ".join(filter(None, (card.stale and f"stale: {card.stale}", card.was_won)))
    cells = (card.owner, card.when, card.next or card.because or why, card.steps, card.value)
    return Row(Cell(card.title, card.path, card.beside), tuple(map(Cell, cells)))


PAGE = PageKind(
    "board",
    view=_board_of,
    keys=_pipelines,
    path=lambda id: board_page(id) if id else FIRST,
    nav=Nav(NavGroup.PIPELINE, "Board", FIRST, each=_boards),
    entry=lambda context, id: _entry(context.journal.schema, id),
    facts=lambda insights: _facts(insights, ""),
    facts_of=_facts,
    each="pipeline",
    sheet=_sheet,
)
