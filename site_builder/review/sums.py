"""The forecast before a change and after it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from site_builder.forecast.frame import Frame, frame, is_filled
from site_builder.forecast.outlook import Bucket
from site_builder.insights.insights import Insights
from site_builder.insights.totals import EMPTY, Totals
from site_builder.journal.journal import Journal


class Expected(NamedTuple):
    """What a period sums up to: how many ``deals`` are open and what they are worth, that
    ``weighted`` by what their owners or else their stages say, how many are won, and what that is
    worth."""

    deals: int
    open: Totals
    weighted: Totals
    won_deals: int
    won: Totals


NOTHING = Expected(0, EMPTY, EMPTY, 0, EMPTY)


class Row(NamedTuple):
    """A quarter, or `overdue`, `undated` or `later` for what is of none, or `total`."""

    period: str
    before: Expected
    after: Expected


def forecasts(before: Journal, after: Journal, today: dt.date) -> tuple[Row, ...]:
    """The forecast by quarter, what is of none, and the total last; what is empty on both sides is
    left out, but for the total."""
    was = dict(_expected(frame(Insights(before, today))))
    now = dict(_expected(frame(Insights(after, today))))
    quarters = sorted(label for label in {*was, *now} if label not in _LAST)
    labels = [*quarters, *(label for label in _LAST if label in was or label in now)]
    return tuple(Row(label, was.get(label, NOTHING), now.get(label, NOTHING)) for label in labels)


_LAST = ("later", "overdue", "undated", "total")


def _expected(made: Frame) -> Iterator[tuple[str, Expected]]:
    for bucket in (*made.quarters, *made.loose):
        if is_filled(bucket):
            yield bucket.label, _of(bucket, made)
    yield "total", _of(made.everything, made)


def _of(bucket: Bucket, made: Frame) -> Expected:
    sums = made.sums(bucket)
    return Expected(sums.deals, sums.open, sums.by_own, sums.won_deals, sums.won)
