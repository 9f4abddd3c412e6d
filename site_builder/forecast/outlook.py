"""Which deal counts in which period, and what the deals of a period sum up to.

An open deal counts in the month of its expected close; one whose close has passed, or that
has none, counts in a bucket of its own, and so does one that closes beyond the horizon: two
fiscal years after the current one. A won deal counts in the month in which it was won.

Left out of every sum, and kept to be shown apart: deals of the category `omitted`, parked
deals, and won deals of which no day is known. Lost deals, and deals won before the months
shown, are no part of the outlook.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from site_builder.forecast.periods import (
    Period,
    between,
    day_after,
    month_of,
    quarter_of,
    year_of,
)
from site_builder.model import Deal, Journal, Money, Schema, StageType
from site_builder.states import outcome_on
from site_builder.totals import Totals, convert, total, weighted

OVERDUE, UNDATED, LATER = "overdue", "undated", "later"


class Part(NamedTuple):
    """An open deal's part in the forecast.

    ``by_stage`` is its value times the stage's probability; ``by_own`` its value times the
    owner's own estimate or, where there is none, the stage's probability. None without a
    value, or without a probability.
    """

    deal: Deal
    by_stage: Money | None
    by_own: Money | None


@dataclass(frozen=True, slots=True)
class Bucket:
    """The deals of one period, or of none: then ``label`` says why."""

    label: str
    period: Period | None = None
    parts: tuple[Part, ...] = ()
    won: tuple[Deal, ...] = ()


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
    """The whole forecast: months in order, and what has no month. ``apart`` holds open
    deals that no sum counts; ``won_undated`` won deals of which no day is known."""

    months: tuple[Bucket, ...]
    undated: tuple[Bucket, ...]
    omitted: tuple[Part, ...]
    parked: tuple[Part, ...]
    won_undated: tuple[Deal, ...]

    @property
    def buckets(self) -> tuple[Bucket, ...]:
        return self.months + self.undated


def outlook(journal: Journal, today: dt.date) -> Outlook:
    """Lay the deals of a journal, as of ``today``, out over the months."""
    starts = journal.schema.fiscal_year_starts
    counted = [d for d in journal.deals if d.stage.is_open and d.category != "omitted"]
    omitted = [d for d in journal.deals if d.stage.is_open and d.category == "omitted"]
    parked = [d for d in journal.deals if d.stage.type is StageType.PARKED]
    won = [(outcome_on(d), d) for d in journal.deals if d.stage.type is StageType.WON]
    months = _months_shown(counted, [day for day, _ in won if day], today, starts)
    labels = {period.label for period in months}
    opened = _by_label((_label(d.close, today, labels), d) for d in counted)
    closed = _by_label((_month(day), d) for day, d in won if day)
    return Outlook(
        tuple(
            Bucket(m.label, m, _parts(opened.get(m.label, ())), tuple(closed.get(m.label, ())))
            for m in months
        ),
        tuple(
            Bucket(label, None, _parts(opened.get(label, ())))
            for label in (LATER, OVERDUE, UNDATED)
        ),
        _parts(omitted),
        _parts(parked),
        tuple(deal for day, deal in won if day is None),
    )


def gather(label: str, period: Period | None, buckets: Iterable[Bucket]) -> Bucket:
    """One bucket of several; only those that lie in the period, if there is one."""
    inside = [b for b in buckets if period is None or (b.period and b.period.first in period)]
    parts = tuple(part for bucket in inside for part in bucket.parts)
    return Bucket(label, period, parts, tuple(deal for bucket in inside for deal in bucket.won))


def sums(bucket: Bucket, schema: Schema) -> Sums:
    """Sum up a bucket."""
    return Sums(
        len(bucket.parts),
        sum([part.deal.probability is not None for part in bucket.parts]),
        total([part.deal.value for part in bucket.parts], schema),
        total([part.by_stage for part in bucket.parts], schema),
        total([part.by_own for part in bucket.parts], schema),
        len(bucket.won),
        total([deal.value for deal in bucket.won], schema),
    )


def by_value(deals: Iterable[Deal], schema: Schema) -> list[Deal]:
    """The deals with the largest first: those in the journal's currency or with a rate,
    then other currencies by code, then those without a value."""
    return sorted(deals, key=lambda deal: _size(deal, schema))


def _size(deal: Deal, schema: Schema) -> tuple[int, str, Decimal, str]:
    if deal.value is None:
        return 2, "", Decimal(0), deal.id
    money = convert(deal.value, schema)
    foreign = money.currency != schema.currency
    return int(foreign), money.currency if foreign else "", -money.amount, deal.id


def _months_shown(
    deals: list[Deal], won: list[dt.date], today: dt.date, starts: int
) -> tuple[Period, ...]:
    """From the current fiscal year's start, or the first won deal of the four quarters up
    to now if that is earlier, to the last expected close within the horizon."""
    horizon = today
    for _ in range(3):
        horizon = day_after(year_of(horizon, starts).last)
    quarter = quarter_of(today, starts)
    closes = [d.close for d in deals if d.close and today <= d.close < horizon]
    recent = [day for day in won if _years_back(quarter.last, 1) < day <= today]
    first = min([year_of(today, starts).first, *recent])
    return between(quarter_of(first, starts).first, max([quarter.last, *closes]), month_of)


def _years_back(day: dt.date, years: int) -> dt.date:
    """The last day of the same month, years earlier."""
    if day.year - years < dt.MINYEAR:
        return dt.date.min
    return month_of(day.replace(year=day.year - years, day=1)).last


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


def _by_label(labelled: Iterator[tuple[str, Deal]]) -> dict[str, list[Deal]]:
    found: dict[str, list[Deal]] = {}
    for label, deal in labelled:
        found.setdefault(label, []).append(deal)
    return found


def _parts(deals: Iterable[Deal]) -> tuple[Part, ...]:
    return tuple(map(_part, deals))


def _part(deal: Deal) -> Part:
    by_stage = _times(deal.value, deal.stage.probability)
    own = deal.probability
    return Part(deal, by_stage, by_stage if own is None else _times(deal.value, own))


def _times(value: Money | None, probability: Decimal | None) -> Money | None:
    if value is None or probability is None:
        return None
    return weighted(value, probability)
