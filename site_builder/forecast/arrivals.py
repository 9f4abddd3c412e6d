"""What is not yet created: how much of what a period won came, in the past, from deals that did not
exist yet as long before its end."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from site_builder.forecast.snapshots import value_on
from site_builder.insights.insights import Insights
from site_builder.journal import history
from site_builder.journal.journal import Journal
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

    def __init__(self, journal: Journal, today: dt.date) -> None:
        self._today, self._starts = today, journal.schema.fiscal_year_starts
        self._wins = sorted(_wins(journal), key=lambda one: one.day)
        self._days = [one.day for one in self._wins]
        began = [day for deal in journal.deals if (day := history.created_on(deal)) is not None]
        self._first = min(began, default=None)

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
    return Arrivals(insights.past, insights.today)


def _wins(journal: Journal) -> Iterator[_Win]:
    for deal in journal.deals:
        ended, created = history.outcome(deal), history.created_on(deal)
        if ended is not None and ended.is_won and ended.day is not None and created is not None:
            value = value_on(deal, ended.day, journal.schema)
            yield _Win(ended.day, created, None if value is None else float(value))
