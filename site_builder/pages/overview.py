"""The start page: what is open and expected, what needs attention, where to go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from site_builder.forecast.frame import frame
from site_builder.insights.newest import Newest, newest
from site_builder.insights.won_deals import Won
from site_builder.journal.periods import Period, quarter_of, year_of
from site_builder.journal.schema import Target
from site_builder.markup import formats
from site_builder.pages import coverage, expectation, forecast_lists, open_stages
from site_builder.pages.cards import Card
from site_builder.pages.context import Context
from site_builder.pages.deals import OPEN_DEALS
from site_builder.pages.first_deal import FirstDeal, first_deal, has_no_deals
from site_builder.pages.forecast_rows import share_of
from site_builder.pages.links import FORECAST, NO_LINK, Link, named, subject_link
from site_builder.pages.note_body import kind_text
from site_builder.pages.note_paths import note_path
from site_builder.pages.open_stages import PipelineRows
from site_builder.pages.page import Nav, NavGroup, PageKind, once
from site_builder.pages.since_monday import SinceMonday, since_monday
from site_builder.pages.to_do import Attention, attention
from site_builder.problems import counting

SHOWN = 8
"""How many of the deals won are listed."""
RECENT = 12
"""How many notes of the journal are listed."""


class WonPeriod(NamedTuple):
    """What was won in a period beside its target; ``share`` as in StageRow. ``path`` leads to
    its deals, if there are any. ``of`` says how many of them have a value, if not all: ``1 of
    2``."""

    period: str
    path: str
    deals: str
    won: str
    of: str
    target: str
    share: str
    percent: str


class Recent(NamedTuple):
    """A note, anywhere in the journal."""

    day: str
    day_text: str
    kind: str
    home: Link
    headline: str


@dataclass(frozen=True, slots=True)
class Overview:
    """What the start page shows. ``first`` is a deal to copy where there is ``empty`` nothing."""

    answer: tuple[Link, ...]
    attention: Attention
    since: SinceMonday
    pipelines: tuple[PipelineRows, ...]
    won: tuple[WonPeriod, ...]
    won_deals: tuple[Card, ...]
    won_more: Link
    recent: tuple[Recent, ...]
    empty: bool
    first: FirstDeal | None


def overview(context: Context) -> Overview:
    """The start page of the journal."""
    every = context.insights.won
    won = _won_deals(every, context)
    return Overview(
        _answer(context),
        attention(context),
        since_monday(context),
        open_stages.pipelines(context),
        tuple(_won(period, every, context) for period in _periods(context)),
        tuple([_won_card(one, context) for one in won[:SHOWN]]),
        _won_more(won, context),
        tuple([_recent(one, context) for one in newest(context.insights, RECENT)]),
        has_no_deals(context),
        first_deal(context) if has_no_deals(context) else None,
    )


def _won_card(one: Won, context: Context) -> Card:
    value = formats.money(one.ended.value) if one.ended.value else ""
    return context.cards[one.deal.id]._replace(value=value)


def _answer(context: Context) -> tuple[Link, ...]:
    """What is open, and what is expected by the end of the quarter, as the forecast says."""
    if has_no_deals(context):
        return ()
    worth = open_stages.worth(context)
    opened = Link(coverage.opened(worth, context.journal.schema), OPEN_DEALS)
    return (opened, *_coming(context)) if worth.lines else (opened,)


def _coming(context: Context) -> Iterator[Link]:
    """What is expected by the end of the quarter, and what has no day to come."""
    schema = context.journal.schema
    quarter = quarter_of(context.today, schema.fiscal_year_starts)
    look = context.facts(frame).look
    end = formats.month(quarter.last).split()[0]
    for text, label in expectation.expected(look, quarter, end, schema, context.insights.total):
        yield Link(text, forecast_lists.place(context, label, "open") or FORECAST, ", ")


def _periods(context: Context) -> tuple[Period, Period]:
    starts = context.journal.schema.fiscal_year_starts
    return quarter_of(context.today, starts), year_of(context.today, starts)


def _won(period: Period, every: Sequence[Won], context: Context) -> WonPeriod:
    schema = context.journal.schema
    deals = _won_in(period, every)
    won = context.insights.total([one.worth for one in deals])
    target = next((t for t in schema.targets if _is_team_target(t, period)), None)
    share = (
        share_of(target.money, won, schema, period.counted_on(context.today)) if target else None
    )
    amount, of = coverage.amounts(won, schema), coverage.deals(won)
    if deals and not won.lines:
        amount, of = coverage.number(won), ""
    return WonPeriod(
        period.label,
        forecast_lists.place(context, period.label, "won"),
        "; ".join(filter(None, (of, coverage.lacking(won), _undated(every)))),
        amount,
        coverage.share(won),
        formats.rounded(target.money) if target else "",
        open_stages.share(share or Decimal(0), Decimal(1)),
        formats.percent_or_nothing(share),
    )


def _undated(won: Sequence[Won]) -> str:
    """Won deals that count in no period, for nothing says when they were won."""
    count = sum([one.ended.day is None for one in won])
    return f"{counting.grouped(count)} more won nobody knows when" if count else ""


def _won_in(period: Period, every: Sequence[Won]) -> list[Won]:
    return [one for one in every if (day := one.ended.day) is not None and day in period]


def _is_team_target(target: Target, period: Period) -> bool:
    return target.person is None and target.period == period.label


def _won_deals(every: Sequence[Won], context: Context) -> tuple[Won, ...]:
    """The deals won this quarter, the last first."""
    found = _won_in(_periods(context)[0], every)
    found.sort(key=lambda one: (one.ended.day or dt.date.min, one.deal.id), reverse=True)
    return tuple(found)


def _won_more(won: Sequence[Won], context: Context) -> Link:
    quarter = _periods(context)[0]
    rest = len(won) - SHOWN
    if rest <= 0:
        return NO_LINK
    place = forecast_lists.place(context, quarter.label, "won")
    return Link(f"{counting.grouped(rest)} more", place)


def _recent(one: Newest, context: Context) -> Recent:
    subject, note = one
    return Recent(
        note.date.isoformat(),
        formats.short_day(note.date),
        kind_text(note, subject, context.insights),
        Link(subject_link(subject).text, note_path(subject, note)),
        named(note.headline, context.journal),
    )


PAGE = PageKind(
    "overview",
    view=lambda context, _key: overview(context),
    keys=once,
    path=lambda _key: "index.html",
    nav=Nav(NavGroup.TODAY, "Overview", "index.html"),
    begins=("index",),
)
