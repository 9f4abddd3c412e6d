"""Dates as exports write them. A format is stated, or decided from the whole column.

A format has the parts ``YYYY YY MM M Mon Month DD D`` and whatever stands between them.
A time of day behind the date is recognised by itself. Dates that begin with a four-digit
year, and dates that spell the month in English, need no format.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from site_builder.problems.written_dates import month_number

_PARTS = {
    "YYYY": r"(?P<year>[0-9]{4})",
    "YY": r"(?P<short>[0-9]{2})",
    "MM": r"(?P<month>[0-9]{1,2})",
    "M": r"(?P<month>[0-9]{1,2})",
    "Month": r"(?P<name>[A-Za-z]{3,9})\.?",
    "Mon": r"(?P<name>[A-Za-z]{3,9})\.?",
    "DD": r"(?P<day>[0-9]{1,2})",
    "D": r"(?P<day>[0-9]{1,2})",
}
_PART = re.compile("YYYY|YY|Month|Mon|MM|M|DD|D")
_STATED_TIME = re.compile(r"[ T,]*(?:HH|hh|H:|h:).*$")
_TIME = (
    r"(?:[ T,]+(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::[0-9]{2}(?:[.,][0-9]+)?)?"
    r"(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?"
    r"(?: ?(?P<zone>[Zz]|(?:UTC|GMT)?[+−-][0-9]{1,2}(?::?[0-9]{2})?|UTC|GMT))?)?"
)
_ZONE = re.compile(r"([+−-])([0-9]{1,2}):?([0-9]{2})?")
_FARTHEST_EAST = 14 * 60
_SERIAL = re.compile(r"([0-9]{2,7})(?:[.,]([0-9]{1,20}))?")
EXCEL_START = dt.date(1899, 12, 30)
_FIRST_SERIAL = 61  # before, Excel counts a 29 February 1900, and others do not
_LAST_SERIAL = 2_958_465  # the end of 9999
_DAY_SECONDS = 24 * 60 * 60
EXCEL = "excel"

_UNMISTAKABLE = (
    "YYYY-MM-DD", "YYYY/MM/DD", "YYYY.MM.DD",
    "D Mon, YYYY", "D Mon YYYY", "D-Mon-YYYY", "Mon D, YYYY", "Mon D YYYY",
)  # fmt: skip
CANDIDATES = tuple(
    separator.join(parts)
    for separator in "/-. "
    for parts in (
        ("DD", "MM", "YYYY"), ("MM", "DD", "YYYY"),
        ("DD", "MM", "YY"), ("MM", "DD", "YY"), ("YY", "MM", "DD"),
    )
)  # fmt: skip


class Moment(NamedTuple):
    """A day, and the time of day where the cell has one, both as written; ``east`` is the
    distance from UTC in minutes, if it says so."""

    date: dt.date
    time: dt.time | None = None
    east: int | None = None

    def in_utc(self) -> Moment:
        """The same moment by the clock of UTC; unchanged if nothing says the time zone."""
        if self.time is None or not self.east:
            return self
        try:
            there = dt.datetime.combine(self.date, self.time) - dt.timedelta(minutes=self.east)
        except OverflowError:
            return self
        return Moment(there.date(), there.time(), 0)


@dataclass(frozen=True, slots=True)
class Decision:
    """How a column is read. ``rivals`` has what else would fit, if nothing decides."""

    formats: tuple[str, ...] = ()
    guessed: bool = False
    rivals: tuple[str, ...] = ()


def is_format(text: str) -> bool:
    """Whether a text is a date format: year, month and day, once each."""
    if text == EXCEL:
        return True
    parts = sorted(part[0] for part in _PART.findall(_STATED_TIME.sub("", text)))
    return parts == ["D", "M", "Y"]


def read(text: str, formats: Sequence[str]) -> Moment | None:
    """The moment a cell means, or None if no format fits, or two that disagree."""
    found = {moment for moment in (read_as(text, f) for f in formats) if moment}
    if not found:
        found = {moment for moment in (read_as(text, f) for f in _UNMISTAKABLE) if moment}
    return found.pop() if len(found) == 1 else None


def decide(cells: Iterable[str], stated: tuple[str, ...]) -> Decision:
    """How to read a column: as stated, or by the only format that fits all its cells.

    Never cell by cell: a column of which one cell says ``26-02-2018`` and another
    ``05-06-2018`` is day first in both.
    """
    if stated:
        return Decision(stated)
    unclear = [cell for cell in dict.fromkeys(cells) if read(cell, ()) is None]
    fitting = [f for f in CANDIDATES if unclear and all(read_as(c, f) for c in unclear)]
    if len(fitting) == 1:
        return Decision((fitting[0],), guessed=True)
    return Decision(rivals=tuple(fitting))


def ambiguous_example(cells: Iterable[str], rivals: Sequence[str]) -> tuple[str, list[dt.date]]:
    """A cell that the rival formats read as different days, and those days."""
    for cell in cells:
        days = list(dict.fromkeys(m.date for m in (read_as(cell, f) for f in rivals) if m))
        if len(days) > 1:
            return cell, days
    return "", []


def read_as(text: str, format: str) -> Moment | None:
    """The moment a cell means in a format, or None if that does not fit."""
    if format == EXCEL:
        return _from_excel(text)
    match = _pattern(format).fullmatch(text)
    if match is None:
        return None
    parts = match.groupdict(default="")
    try:
        date = dt.date(_year(parts), _month(parts), int(parts["day"]))
        return Moment(date, _time(parts), _east(parts["zone"]))
    except ValueError:
        return None


def _from_excel(text: str) -> Moment | None:
    """Days since the end of 1899, the fraction being the time of day. None for what is
    before March 1900: 0 is an empty cell, and below 1 stands a time without a day."""
    match = _SERIAL.fullmatch(text)
    if match is None or int(match[1]) < _FIRST_SERIAL:
        return None
    days, seconds = int(match[1]), round(Decimal(f"0.{match[2] or 0}") * _DAY_SECONDS)
    days += seconds // _DAY_SECONDS
    if days > _LAST_SERIAL:
        return None
    date = EXCEL_START + dt.timedelta(days=days)
    minutes = seconds % _DAY_SECONDS // 60
    return Moment(date, dt.time(minutes // 60, minutes % 60) if minutes else None)


@lru_cache(maxsize=128)
def _pattern(format: str) -> re.Pattern[str]:
    bare = _STATED_TIME.sub("", format)
    pattern, at = "", 0
    for part in _PART.finditer(bare):
        pattern += re.escape(bare[at : part.start()]) + _PARTS[part[0]]
        at = part.end()
    return re.compile(pattern + re.escape(bare[at:]) + _TIME)


def _year(parts: dict[str, str]) -> int:
    if "year" in parts:
        return int(parts["year"])
    short = int(parts["short"])
    return short + (2000 if short < 69 else 1900)  # as POSIX has it


def _month(parts: dict[str, str]) -> int:
    return int(parts["month"]) if "month" in parts else month_number(parts["name"])


def _east(zone: str) -> int | None:
    """Minutes east of UTC that ``Z``, ``+02``, ``-0330``, ``UTC+5:30`` say."""
    match = _ZONE.search(zone)
    if match is None:
        return 0 if zone else None
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    if minutes > _FARTHEST_EAST or int(match[3] or 0) >= 60:
        raise ValueError("no clock is that far from UTC")
    return minutes if match[1] == "+" else -minutes


def _time(parts: dict[str, str]) -> dt.time | None:
    if not parts["hour"]:
        return None
    hour, half = int(parts["hour"]), parts["half"].lower()
    if half:
        if not 1 <= hour <= 12:
            raise ValueError("an hour of the 12-hour clock lies between 1 and 12")
        hour = hour % 12 + (12 if half == "p" else 0)
    return dt.time(hour, int(parts["minute"]))
