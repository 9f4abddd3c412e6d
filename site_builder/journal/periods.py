"""Months, quarters and years, of the calendar or of a fiscal year.

A fiscal year is named by the calendar year in which it ends: with a fiscal year that
starts in July, 2026-10-24 lies in `2027` and in its second quarter, `2027-Q2`. Starting in
January, both are the calendar's. Months are always the calendar's: `2026-10`. Labels are
written as the keys of `targets` in pipeline.yml.

What would begin before the first day of the calendar that Python knows, or end after its
last (31 December 9999), is cut off there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of whole months, from its first to its last day."""

    label: str
    first: dt.date
    last: dt.date

    def __contains__(self, day: dt.date) -> bool:
        return self.first <= day <= self.last

    def counted_on(self, today: dt.date) -> dt.date:
        """The day whose rates hold for the period as a whole: its last, or today before that."""
        return min(self.last, today)


def month_of(day: dt.date) -> Period:
    """The calendar month of a day."""
    return _months(f"{day.year}-{day.month:02}", day.year, day.month, 1)


def quarter_of(day: dt.date, starts: int = 1) -> Period:
    """The quarter of a day, in fiscal years that start in month ``starts`` (1 to 12)."""
    into = (day.month - starts) % 12
    year, month = _back(day, into % 3)
    return _months(f"{_fiscal_year(day, starts)}-Q{into // 3 + 1}", year, month, 3)


def year_of(day: dt.date, starts: int = 1) -> Period:
    """The fiscal year of a day."""
    year, month = _back(day, (day.month - starts) % 12)
    return _months(str(_fiscal_year(day, starts)), year, month, 12)


def between(
    first: dt.date, last: dt.date, period_of: Callable[[dt.date], Period]
) -> tuple[Period, ...]:
    """All periods of one kind from that of the first day to that of the last."""
    found = [period_of(first)]
    while found[-1].last < last:
        found.append(period_of(day_after(found[-1].last)))
    return tuple(found)


def day_after(day: dt.date) -> dt.date:
    """The next day; the last day of all has none and is given back."""
    return day if day == dt.date.max else day + dt.timedelta(1)


def _fiscal_year(day: dt.date, starts: int) -> int:
    return day.year + (starts > 1 and day.month >= starts)


def _back(day: dt.date, months: int) -> tuple[int, int]:
    """Year and month, so many months before the day's."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return year, month + 1


def _months(label: str, year: int, month: int, count: int) -> Period:
    after, next_month = divmod(month - 1 + count, 12)
    end = _first_of(year + after, next_month + 1)
    last = end if end == dt.date.max else end - dt.timedelta(1)
    return Period(label, _first_of(year, month), last)


def _first_of(year: int, month: int) -> dt.date:
    if year < dt.MINYEAR:
        return dt.date.min
    return dt.date.max if year > dt.MAXYEAR else dt.date(year, month, 1)
