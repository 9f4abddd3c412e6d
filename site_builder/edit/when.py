"""Days as people say them at a keyboard: also `fri`, which lies behind or ahead."""

from __future__ import annotations

import datetime as dt
import re

from site_builder.edit.refusals import NotDone
from site_builder.journal.said_days import meant, moved, said_day
from site_builder.problems.suggest import nearest

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NAMES = frozenset({*_WEEKDAYS, "today", "tomorrow", "yesterday"})
_OF_A_YEAR = re.compile(r"(\d{1,2})\. ?(\d{1,2})\.?")
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
        raise NotDone(
            f"`{text}` is no day. {meant(text, today) or _nearly(text, today, is_past) or _FORMS}"
        )
    return day


def _nearly(text: str, today: dt.date, is_past: bool) -> str:
    """What to ask of a word that is nearly a day: `24.11.` of no year, or `tomorow`."""
    if found := _OF_A_YEAR.fullmatch(text.strip()):
        near = [_date(today.year + n, int(found[2]), int(found[1])) for n in (-1, 0, 1)]
        days = [day for day in near if day and (day <= today if is_past else day >= today)]
        return f"Did you mean `{(days[-1:] if is_past else days)[0]}`?" if days else ""
    word = nearest(text, _NAMES)
    return f"Did you mean `{word}`?" if word else ""


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def is_day(text: str, today: dt.date) -> bool:
    """Whether a word is one of the forms of a day."""
    return _weekday(text) is not None or said_day(text, today) is not None


def _weekday(text: str) -> int | None:
    word = text.strip().lower()
    found = [n for n, day in enumerate(_WEEKDAYS) if len(word) >= 3 and day.startswith(word)]
    return found[0] if len(found) == 1 else None
