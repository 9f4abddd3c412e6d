"""Days as people say them at a keyboard: `today`, `fri`, `+3d`, `2026-11-30`."""

from __future__ import annotations

import datetime as dt
import re

from site_builder.edit.refusals import NotDone
from site_builder.journal import values
from site_builder.problems.written_dates import date_at

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NAMED = {"today": 0, "tomorrow": 1, "yesterday": -1}
_STEP = re.compile(r"([+-])([0-9]{1,4})([dwm]?)")
_LENGTHS = {"": 1, "d": 1, "w": 7, "m": 30}
"""Days; a month is 30 of them, as in durations."""
_FORMS = "Write a day as 2026-11-30, `today`, `yesterday`, `tomorrow`, `fri`, `+3d` or `-2w`."


def day_of(text: str, today: dt.date, *, is_past: bool) -> dt.date:
    """The day that is meant, seen from ``today``: of a weekday's name the next one, or the last
    one where the day ``is_past``, and never today. Raises NotDone."""
    word = text.strip().lower()
    if word in _NAMED:
        return _moved(today, _NAMED[word], text)
    step = _STEP.fullmatch(word)
    if step is not None:
        days = int(step[2]) * _LENGTHS[step[3]]
        return _moved(today, days if step[1] == "+" else -days, text)
    weekday = _weekday(word)
    if weekday is not None:
        ahead = (weekday - today.weekday() - 1) % 7 + 1
        back = ahead - 7 or -7
        return _moved(today, back if is_past else ahead, text)
    date = values.date(text.strip())
    if isinstance(date, values.Bad):
        raise NotDone(f"`{text}` is no day. {_meant(text, today)}")
    return date


def is_day(text: str) -> bool:
    """Whether a word is one of the forms of a day."""
    word = text.strip().lower()
    if word in _NAMED or _STEP.fullmatch(word) or _weekday(word) is not None:
        return True
    return not isinstance(values.date(word), values.Bad)


def _weekday(word: str) -> int | None:
    found = [n for n, day in enumerate(_DAYS) if len(word) >= 3 and day.startswith(word)]
    return found[0] if len(found) == 1 else None


def _moved(today: dt.date, days: int, text: str) -> dt.date:
    try:
        return today + dt.timedelta(days=days)
    except OverflowError:
        raise NotDone(f"`{text}` is beyond the calendar. {_FORMS}") from None


def _meant(text: str, today: dt.date) -> str:
    written = date_at(text.strip(), 0, range(today.year, today.year + 2))
    days = [day for day in written.days if day.replace("-", "").isdigit()] if written else []
    return f"Did you mean {' or '.join(f'`{day}`' for day in days)}?" if days else _FORMS
