"""Dates with a slip in them, and days up to another: what they were meant as."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

from site_builder.problems.patterns import pattern
from site_builder.problems.suggest import within
from site_builder.problems.written_dates import NO_DAY, NO_YEAR, WrittenDate, date_at

_SLIPPED = (
    r"([0-9OoIl]{3,6})[-=:;,._/|~+]{1,3}([0-9OoIl]{1,4})(?:[-=:;,._/|~+]{1,3}([0-9OoIl]{1,3}))?"
    r"(?![-=:,._/]?[0-9OoIl]|\w)"
)
_SIX_DIGITS = r"[0-9]{6}(?![-=:,._/]?\w)"
_ZERO_TOO_MANY = r"^0(?=[0-9]{2}$)"
_AS_DIGITS = str.maketrans("OoIl", "0011")
_UNTIL = r"(?i)(?:\.{2,3}|[/—–-]|\.?-| (?:to|till|until|bis) )(?=[0-9])"
_PARTED = r" [—–-] (?=[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9]))"
_LAST = r"([0-9]{1,2})\.?(?![0-9]|[-/.:][0-9])"
_FIRST_OF_DAYS = r"([0-9]{1,2})\.? ?[-/+&—–] ?(?=[0-9]{1,2}(?:[^0-9\s]| [^\W\d_]{3}))"


def slipped_date(text: str, at: int, years: Collection[int], begun: dt.date) -> WrittenDate | None:
    """The date at a place whose year has a digit too many, too few or another, or with a hyphen
    that is missing, moved or another sign. It counts as one that does not say its year."""
    likely = {*years, begun.year, begun.year - 1}
    days: dict[str, None] = {}
    if (match := pattern(_SIX_DIGITS).match(text, at)) is not None:
        days = dict.fromkeys(_solid(f"20{match[0]}", likely))
    elif (match := pattern(_SLIPPED).match(text, at)) is not None:
        parts = [part.translate(_AS_DIGITS) for part in match.groups("")]
        parts = [parts[0], *(pattern(_ZERO_TOO_MANY).sub("", part) for part in parts[1:])]
        solid = _solid("".join(parts), likely)
        days = dict.fromkeys([*solid, *_misspelt(parts, set(years), likely)])
    return WrittenDate(match.end(), tuple(days), has_year=False) if match and days else None


def _solid(digits: str, years: Collection[int]) -> Iterator[str]:
    """The day that all digits together say."""
    if len(digits) == 8 and int(digits[:4]) in years:
        yield from _real(digits[:4], digits[4:6], digits[6:])


def _misspelt(parts: list[str], known: Collection[int], likely: Collection[int]) -> Iterator[str]:
    """The day in the year that is all but written there: in one that the file has, if any."""
    year, month, day = parts
    if len(year) == 4 and int(year) in likely:
        return
    near = [y for some in (known, likely) for y in some if within(year, str(y), 1)]
    if near and len(month) <= 2 and day:
        is_sure = len(set(near)) == 1 or sum(y in known for y in set(near)) == 1
        for found in _real(str(near[0]), month, day):
            yield found if is_sure else NO_YEAR + found[4:]


def _real(year: str, month: str, day: str) -> Iterator[str]:
    try:
        yield dt.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return


def first_of_days(text: str, at: int, years: Collection[int]) -> tuple[WrittenDate, str] | None:
    """The first of some days and the last, of which only that has its month: `10.-12.11.2026`."""
    match = pattern(_FIRST_OF_DAYS).match(text, at)
    last = date_at(text, match.end(), years) if match else None
    if match is None or last is None or not last.has_year or last.days[0].endswith(NO_DAY):
        return None
    day = f"{last.days[0][:8]}{match[1]:0>2}"
    return (last._replace(days=(day,)), last.days[0]) if "00" < day[8:] < last.days[0][8:] else None


def last_day(text: str, first: WrittenDate, years: Collection[int]) -> tuple[str, int]:
    """The last day where a date is the first of several, and where that ends."""
    match = pattern(_UNTIL).match(text, first.end) or pattern(_PARTED).match(text, first.end)
    if match is None:
        return "", first.end
    date = date_at(text, match.end(), years)
    if date is not None and date.has_year and date.days[0] > first.days[0]:
        return date.days[0], date.end
    day = pattern(_LAST).match(text, match.end())
    found = f"{first.days[0][:8]}{day[1]:0>2}" if day else ""
    if day is None or not first.days[0] < found or int(day[1]) > 31:
        return "", first.end
    return found, day.end()
