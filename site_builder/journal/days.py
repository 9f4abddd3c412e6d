"""Days counted from days."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange


def years_later(day: dt.date, years: int) -> dt.date:
    """The day of the same date so many years later (or, below 0, earlier); the 28th of February
    for the 29th where that year has none. Years end at 9999."""
    year = min(max(day.year + years, dt.MINYEAR), dt.MAXYEAR)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def months_later(day: dt.date, months: int) -> dt.date:
    """The day of the same date so many months later (or, below 0, earlier); the last of the month
    where that is shorter. Before the first day of the calendar it is that."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        return dt.date.min if year < dt.MINYEAR else dt.date.max
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
