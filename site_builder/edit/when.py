"""Days as people say them at a keyboard: also `fri`, which lies behind or ahead."""

from __future__ import annotations

import datetime as dt

from site_builder.edit.refusals import NotDone
from site_builder.journal.said_days import meant, moved, said_day

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FORMS = "Write a day as 2026-11-30, `today`, `yesterday`, `tomorrow`, `fri`, `+3d` or `-2w`."


def day_of(text: str, today: dt.date, *, is_past: bool) -> dt.date:
    """The day that is meant, seen from ``today``: of a weekday's name the next one, or the last
    one where the day ``is_past``, and never today. Raises NotDone."""
    weekday = _weekday(text)
    if weekday is None:
        day = said_day(text, today)
    else:
        ahead = (weekday - today.weekday() - 1) % 7 + 1
        day = moved(today, (ahead - 7 or -7) if is_past else ahead)
    if day is None:
        raise NotDone(f"`{text}` is no day. {meant(text, today) or _FORMS}")
    return day


def is_day(text: str, today: dt.date) -> bool:
    """Whether a word is one of the forms of a day."""
    return _weekday(text) is not None or said_day(text, today) is not None


def _weekday(text: str) -> int | None:
    word = text.strip().lower()
    found = [n for n, day in enumerate(_WEEKDAYS) if len(word) >= 3 and day.startswith(word)]
    return found[0] if len(found) == 1 else None
