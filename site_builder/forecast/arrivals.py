"""What is not yet created: how much of what a period won came, in the past, from deals that did not
exist yet as long before its end."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from site_builder.forecast.past import each_deal
from site_builder.forecast.snapshots import value_on
from site_builder.insights.insights import Insights
from site_builder.journal import history
from site_builder.journal.deal import Deal
from site_builder.journal.periods import Period, month_of, quarter_of, year_of

LEAST, _MOST = 3, 8
"""So many past periods are enough, and so many count."""
_LEAST_VALUED = 5
_DAY = dt.timedelta(1)
_MONTHS_OF_QUARTER = 3


class NotYet(NamedTuple):
    """What deals that did not exist yet brought to each of so many past ``periods`` from as far on:
    so many wins (``deals``) on average, ``won`` of all ``of`` that these periods won from then on;
    and on average the ``amount``, in the journal's currency, where notes had set enough values."""

    periods: int
    deals: float
    won: int
    of: int
    amount: str | None


class _Win(NamedTuple):
    day: dt.date
    created: dt.date
    value: float | None


class Arrivals:
    """The wins of a journal's past, with the day on which each deal began."""

    def __init__(self, insights: Insights) -> None:
        self._today, self._starts = insights.today, insights.past.schema.fiscal_year_starts
        told = list(each_deal(_began_and_won, insights))
        self._wins = sorted([win for _, win in told if win], key=lambda one: one.day)
        self._days = [one.day for one in self._wins]
        self._first = min([began for began, _ in told if began is not None], default=None)

    def not_yet(self, period: Period) -> NotYet | None:
        """What such deals will bring to a period; None where it is over, and where too few like it
        are past."""
        if period.last < self._today or self._first is None:
            return None
        past = [
            (before, seen)
            for before in self._before(period)
            if self._first <= (seen := self._as_far(period, before))
        ]
        if len(past) < LEAST:
            return None
        wins = [one for before, seen in past for one in self._from(before, seen)]
        new = [win for win, is_new in wins if is_new]
        values = [win.value for win in new if win.value is not None]
        mean = len(new) / len(past)
        amount = mean * sum(values) / len(values) if len(values) >= _LEAST_VALUED else None
        return NotYet(
            len(past),
            round(mean, 2),
            len(new),
            len(wins),
            None if amount is None else f"{amount:.2f}",
        )

    def _before(self, period: Period) -> Iterator[Period]:
        """The last periods of the same kind that are over."""
        before = self._of_kind(period, self._today)
        for _ in range(_MOST):
            if before.first <= dt.date.min + _DAY:
                return
            before = self._of_kind(period, before.first - _DAY)
            yield before

    def _of_kind(self, period: Period, day: dt.date) -> Period:
        months = (period.last - period.first).days // 28
        if months < _MONTHS_OF_QUARTER:
            return month_of(day)
        return (
            quarter_of(day, self._starts)
            if months == _MONTHS_OF_QUARTER
            else year_of(day, self._starts)
        )

    def _as_far(self, period: Period, before: Period) -> dt.date:
        """The day as long before the end of a past period as today is before that of this one."""
        days = (period.last - self._today).days
        return before.last - dt.timedelta(min(days, (before.last - dt.date.min).days))

    def _from(self, period: Period, seen: dt.date) -> Iterator[tuple[_Win, bool]]:
        """The wins of a period after a day, and whether their deals did not exist by then."""
        first = max(bisect_right(self._days, seen), bisect_left(self._days, period.first))
        for win in self._wins[first : bisect_right(self._days, period.last)]:
            yield win, win.created > seen


def arrivals(insights: Insights) -> Arrivals:
    """The arrivals of the journal that is learned from."""
    return Arrivals(insights)


def _began_and_won(deal: Deal, insights: Insights) -> tuple[dt.date | None, _Win | None]:
    created, ended = history.created_on(deal), history.outcome(deal)
    if ended is None or not ended.is_won or ended.day is None or created is None:
        return created, None
    value = value_on(deal, ended.day, insights.past.schema)
    return created, _Win(ended.day, created, None if value is None else float(value))
