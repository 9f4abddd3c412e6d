"""Which deal counts in which period, and what the deals of a period sum up to.

An open deal counts in the month of its expected close; one whose close has passed, or that
has none, counts in a bucket of its own, and so does one that closes beyond the horizon: two
fiscal years after the current one. A won deal counts in the month in which it was won, with
the value, the rate and the owner of that day.

Left out of every sum, and kept to be shown apart: deals of the category `omitted`, parked
deals that were not won before, won deals of which no day is known, and those won before the
years shown. Lost deals are no part of the outlook.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, TypeVar

from site_builder.insights import totals
from site_builder.insights.insights import Insights
from site_builder.insights.totals import Totals, expected, total, weighted
from site_builder.insights.won_deals import Won
from site_builder.journal.deal import Deal
from site_builder.journal.money import Money
from site_builder.journal.periods import Period, between, day_after, month_of, quarter_of, year_of
from site_builder.journal.pipeline import StageType
from site_builder.journal.schema import Schema

T = TypeVar("T")
OVERDUE, UNDATED, LATER = "overdue", "undated", "later"


class Part(NamedTuple):
    """An open deal's part in the forecast.

    ``worth`` is its value in sums. ``by_stage`` is its value times the stage's probability,
    ``by_own`` what is `expected`. None without a value, or without a probability.
    """

    deal: Deal
    worth: Money | None
    by_stage: Money | None
    by_own: Money | None


Counted = TypeVar("Counted", Part, Won)


@dataclass(frozen=True, slots=True)
class Bucket:
    """The deals of one period, or of none: then ``label`` says why."""

    label: str
    period: Period | None = None
    parts: tuple[Part, ...] = ()
    won: tuple[Won, ...] = ()


@dataclass(frozen=True, slots=True)
class Sums:
    """What a bucket sums up to. ``own`` counts the deals with an own estimate."""

    deals: int
    own: int
    open: Totals
    by_stage: Totals
    by_own: Totals
    won_deals: int
    won: Totals


@dataclass(frozen=True, slots=True)
class Outlook:
    """The whole forecast: the months of whole fiscal years in order, the last one up to the
    last that has anything (and on a quarter's last day to the next quarter, where any deal is
    open), and what has no month. ``omitted``, ``parked`` and ``won_undated``
    are what no sum counts, and so are the deals ``won_before`` the months shown."""

    months: tuple[Bucket, ...]
    undated: tuple[Bucket, ...]
    omitted: tuple[Part, ...]
    parked: tuple[Part, ...]
    won_undated: tuple[Won, ...]
    won_before: tuple[Won, ...]

    @property
    def first(self) -> dt.date:
        """The first day of the first month."""
        return next(month.period.first for month in self.months if month.period)

    @property
    def buckets(self) -> tuple[Bucket, ...]:
        return self.months + self.undated


def outlook(insights: Insights) -> Outlook:
    """Lay the deals of a journal as of today out over the months."""
    today, starts = insights.today, insights.journal.schema.fiscal_year_starts
    won, alive = insights.won, insights.each_deal.having(_part_of).values()
    parts = [one for one in alive if one.deal.stage.is_open and one.deal.category != "omitted"]
    omitted = [one for one in alive if one.deal.stage.is_open and one.deal.category == "omitted"]
    sold = {one.deal.id for one in won}
    parked = [one for one in alive if not one.deal.stage.is_open and one.deal.id not in sold]
    closes = [one.deal.close for one in parts if one.deal.close]
    if parts and today == quarter_of(today, starts).last:
        closes.append(quarter_of(day_after(today), starts).last)
    months = _months_shown(closes, [one.ended.day for one in won if one.ended.day], today, starts)
    labels = {period.label for period in months}
    opened = _by_label((_label(part.deal.close, today, labels), part) for part in parts)
    closed = _by_label((_month(one.ended.day), one) for one in won if one.ended.day)
    return Outlook(
        tuple(
            Bucket(m.label, m, tuple(opened.get(m.label, ())), tuple(closed.get(m.label, ())))
            for m in months
        ),
        tuple(
            Bucket(label, None, tuple(opened.get(label, ()))) for label in (LATER, OVERDUE, UNDATED)
        ),
        tuple(omitted),
        tuple(parked),
        tuple(one for one in won if one.ended.day is None),
        tuple(one for one in won if one.ended.day and one.ended.day < months[0].first),
    )


def gather(label: str, period: Period | None, buckets: Iterable[Bucket]) -> Bucket:
    """One bucket of several; only those that lie in the period, if there is one."""
    inside = [b for b in buckets if period is None or (b.period and b.period.first in period)]
    parts = tuple(part for bucket in inside for part in bucket.parts)
    return Bucket(label, period, parts, tuple(one for bucket in inside for one in bucket.won))


def sums(bucket: Bucket, schema: Schema, today: dt.date) -> Sums:
    """Sum up a bucket, what is open at today's rates."""
    return Sums(
        len(bucket.parts),
        sum([part.deal.probability is not None for part in bucket.parts]),
        total([part.worth for part in bucket.parts], schema, today),
        total([part.by_stage for part in bucket.parts], schema, today),
        total([part.by_own for part in bucket.parts], schema, today),
        len(bucket.won),
        total([one.worth for one in bucket.won], schema, today),
    )


def by_value(found: Iterable[Counted], schema: Schema) -> list[Counted]:
    """Parts or won deals with the largest first: those in the journal's currency or with a
    rate, then other currencies by code, then those without a value."""
    return sorted(found, key=lambda one: _size(one, schema))


def _size(one: Part | Won, schema: Schema) -> tuple[int, str, Decimal, str]:
    money = one.worth
    if money is None:
        return 2, "", Decimal(0), one.deal.id
    foreign = money.currency != schema.currency
    return int(foreign), money.currency if foreign else "", -money.amount, one.deal.id


def _months_shown(
    closes: list[dt.date], won: list[dt.date], today: dt.date, starts: int
) -> tuple[Period, ...]:
    """From the start of the current fiscal year, or of that of the first won deal of the four
    quarters up to now, to the last expected close within the horizon: years are whole."""
    horizon = today
    for _ in range(3):
        horizon = day_after(year_of(horizon, starts).last)
    quarter = quarter_of(today, starts)
    ahead = [day for day in closes if today <= day < horizon]
    before = _year_before(quarter.last)
    recent = [day for day in won if before < day <= today]
    first = min([year_of(today, starts).first, *recent])
    return between(year_of(first, starts).first, max([quarter.last, *ahead]), month_of)


def _year_before(day: dt.date) -> dt.date:
    """The last day of the same month, a year earlier; the first of all days in the first year."""
    if day.year == dt.MINYEAR:
        return dt.date.min
    return month_of(day.replace(year=day.year - 1, day=1)).last


def _label(close: dt.date | None, today: dt.date, months: set[str]) -> str:
    if close is None:
        return UNDATED
    if close < today:
        return OVERDUE
    label = _month(close)
    return label if label in months else LATER


def _month(day: dt.date) -> str:
    """The label of a day's month, without making the month."""
    return f"{day.year}-{day.month:02}"


def _by_label(labelled: Iterator[tuple[str, T]]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = {}
    for label, one in labelled:
        found.setdefault(label, []).append(one)
    return found


def _part_of(deal: Deal, insights: Insights) -> Part | None:
    """The part of a deal that is open or parked."""
    if not deal.stage.is_open and deal.stage.type is not StageType.PARKED:
        return None
    worth = totals.worth(deal, None, insights.journal.schema, insights.today)
    return Part(deal, worth, weighted(deal.value, deal.stage.probability), expected(deal))
