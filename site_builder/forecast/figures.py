"""The figures of the forecast, for other programs: each deal with its probabilities, and what each
period sums up to.

Amounts are texts with two decimals. Sums are in the journal's currency; amounts in one without a
rate stand ``apart``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from site_builder.forecast.frame import Frame, frame, of_category, persons
from site_builder.forecast.outlook import LATER, OVERDUE, UNDATED, Bucket, Part
from site_builder.insights.insights import Insights
from site_builder.insights.totals import Totals, convert
from site_builder.insights.won_deals import Won
from site_builder.journal.deal import Deal
from site_builder.journal.money import Money
from site_builder.journal.pipeline import Pipeline, Stage
from site_builder.journal.team import Person

CATEGORIES: tuple[str | None, ...] = ("commit", "best-case", "pipeline", None)
"""The categories that sums count."""


class Probability(NamedTuple):
    """How probable a deal is, 0 to 1: by its stage, and by its owner's own estimate."""

    stage: Decimal | None
    own: Decimal | None


class OpenDeal(NamedTuple):
    """A deal that is not won or lost."""

    id: Deal
    pipeline: Pipeline
    stage: Stage
    owner: Person
    value: str | None
    currency: str | None
    close: dt.date | None
    category: str | None
    probability: Probability


class WonDeal(NamedTuple):
    """A won deal, with owner and value of the ``day`` it was won."""

    id: Deal
    owner: Person
    day: dt.date | None
    value: str | None
    currency: str | None


class Weighted(NamedTuple):
    """What deals are worth, weighted by their stages and by what their owners say."""

    stage: str
    own: str


class Apart(NamedTuple):
    """Sums in a currency without a rate."""

    currency: str
    open: str
    weighted: Weighted
    won: str
    target: str | None


class Period(NamedTuple):
    """What a period, or what has none, sums up to: how many ``deals`` are open, how many of them
    have a value (``valued``) and an own estimate (``estimated``), how many are won."""

    period: str | None
    open: str
    weighted: Weighted
    won: str
    target: str | None
    deals: int
    valued: int
    estimated: int
    won_deals: int
    apart: tuple[Apart, ...]


class OfPerson(NamedTuple):
    """What somebody has in the current quarter, and in all."""

    person: Person
    quarter: Period
    total: Period


class OfCategory(NamedTuple):
    """What is open of a category, or of none."""

    category: str | None
    total: Period


@dataclass(frozen=True, slots=True)
class Forecast:
    """The whole forecast. ``deals`` are all open ones, and ``periods`` quarters. ``overdue``,
    ``undated`` and ``later`` are the open deals of no period; ``omitted``, ``parked``, and those
    ``won_before`` what is shown or nobody knows when (``won_undated``) are in no sum."""

    currency: str
    deals: tuple[OpenDeal, ...]
    won: tuple[WonDeal, ...]
    periods: tuple[Period, ...]
    months: tuple[Period, ...]
    years: tuple[Period, ...]
    overdue: Period
    undated: Period
    later: Period
    total: Period
    people: tuple[OfPerson, ...]
    categories: tuple[OfCategory, ...]
    omitted: tuple[Deal, ...]
    parked: tuple[OpenDeal, ...]
    won_undated: tuple[WonDeal, ...]
    won_before: tuple[WonDeal, ...]


def forecast(insights: Insights) -> Forecast:
    """The figures of a journal's forecast."""
    made = frame(insights)
    look, whole = made.look, made.everything
    loose = {bucket.label: bucket for bucket in look.undated}
    return Forecast(
        made.schema.currency,
        _open((*whole.parts, *look.omitted)),
        _won(whole.won),
        tuple(_period(bucket, made) for bucket in made.quarters),
        tuple(_period(bucket, made) for bucket in made.months),
        tuple(_period(bucket, made) for bucket in made.years),
        _period(loose[OVERDUE], made),
        _period(loose[UNDATED], made),
        _period(loose[LATER], made),
        _period(whole, made),
        tuple(_person(person, made) for person in persons(made)),
        tuple(OfCategory(id, _period(of_category(whole, id), made)) for id in CATEGORIES),
        tuple(part.deal for part in look.omitted),
        _open(look.parked),
        _won(look.won_undated),
        _won(look.won_before),
    )


def _open(parts: Iterable[Part]) -> tuple[OpenDeal, ...]:
    return tuple(
        OpenDeal(
            deal,
            deal.pipeline,
            deal.stage,
            deal.owner,
            *_told(deal.value),
            deal.close,
            deal.category or None,
            Probability(deal.stage.probability, deal.probability),
        )
        for deal in sorted((part.deal for part in parts), key=lambda deal: deal.id)
    )


def _won(won: Iterable[Won]) -> tuple[WonDeal, ...]:
    return tuple(
        WonDeal(one.deal, one.ended.owner, one.ended.day, *_told(one.ended.value))
        for one in sorted(won, key=lambda one: one.deal.id)
    )


def _told(money: Money | None) -> tuple[str | None, str | None]:
    return (_amount(money.amount), money.currency) if money else (None, None)


def _amount(amount: Decimal) -> str:
    return f"{amount:.2f}"


def _person(person: Person, made: Frame) -> OfPerson:
    current, whole = made.owned(made.current, person), made.owned(made.everything, person)
    return OfPerson(person, _period(current, made, person), _period(whole, made, person))


def _period(bucket: Bucket, made: Frame, person: Person | None = None) -> Period:
    sums, period = made.sums(bucket), bucket.period
    goal = made.target(bucket.label, person) if period else None
    if goal is not None and period is not None:
        goal = convert(goal, made.schema, period.counted_on(made.today))
    lines = (sums.open, sums.by_stage, sums.by_own, sums.won)
    codes = {line.currency for found in lines for line in found.lines}
    codes |= {goal.currency} if goal else set()
    home = _sums(made.schema.currency, lines, goal)
    apart = [_sums(code, lines, goal) for code in sorted(codes - {made.schema.currency})]
    counts = (sums.deals, sums.open.counted, sums.own, sums.won_deals)
    return Period(bucket.label if period else None, *home[1:], *counts, tuple(apart))


def _sums(code: str, lines: Iterable[Totals], goal: Money | None) -> Apart:
    """The sums in a currency."""
    opened, by_stage, by_own, won = (_amount(found.in_currency(code)) for found in lines)
    target = _amount(goal.amount) if goal and goal.currency == code else None
    return Apart(code, opened, Weighted(by_stage, by_own), won, target)
