"""Days as people say them, seen from today: `tomorrow`, `+3d`, `2026-11-30`."""

from __future__ import annotations

import datetime as dt
import re

from site_builder.journal import values
from site_builder.problems.suggest import listed
from site_builder.problems.written_dates import date_at

_NAMED = {"today": 0, "tomorrow": 1, "yesterday": -1}
_STEP = re.compile(r"([+-])([0-9]{1,4})([dwm]?)")
_LENGTHS = {"": 1, "d": 1, "w": 7, "m": 30}
"""Days; a month is 30 of them, as in durations."""


def said_day(word: str, today: dt.date) -> dt.date | None:
    """The day that a word means; None where it is none, or beyond the calendar."""
    low = word.strip().lower()
    days = _days(low)
    if days is None:
        date = values.date(low)
        return None if isinstance(date, values.Bad) else date
    return moved(today, days)


def moved(today: dt.date, days: int) -> dt.date | None:
    """A day so many days from today; None beyond the calendar."""
    try:
        return today + dt.timedelta(days)
    except OverflowError:
        return None


def _days(low: str) -> int | None:
    """How many days from today a word is, if it says that."""
    if low in _NAMED:
        return _NAMED[low]
    step = _STEP.fullmatch(low)
    if step is None:
        return None
    days = int(step[2]) * _LENGTHS[step[3]]
    return days if step[1] == "+" else -days


def meant(word: str, today: dt.date) -> str:
    """What to ask of a word that is a day in another spelling: `Did you mean …?`; nothing where
    it is none."""
    written = date_at(word.strip(), 0, range(today.year, today.year + 2))
    days = [day for day in written.days if day.replace("-", "").isdigit()] if written else []
    return f"Did you mean {listed(days, ' or ')}?" if days else ""
