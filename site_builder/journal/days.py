"""Days counted from days."""

from __future__ import annotations

import datetime as dt


def years_later(day: dt.date, years: int) -> dt.date:
    """The day of the same date so many years later (or, below 0, earlier); the 28th of February
    for the 29th where that year has none. Years end at 9999."""
    year = min(max(day.year + years, dt.MINYEAR), dt.MAXYEAR)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
