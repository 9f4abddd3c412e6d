"""Which day it is, and which days have begun."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

_FIRST = dt.timezone(dt.timedelta(hours=14))
"""Where on earth a day begins first."""


class Today(NamedTuple):
    """``date`` is the day that pages and rules call today. ``begun`` is the last day that has
    begun: what is dated later is of the future. It is a day later where nobody knows whose
    today counts, and somebody's is further."""

    date: dt.date
    begun: dt.date


class Days(NamedTuple):
    """What says which day it is: the day that was asked for, or else `as-of` of pipeline.yml, or
    else the clock, in the `time-zone` there."""

    asked: dt.date | None
    as_of: dt.date | None = None
    time_zone: str = ""


NO_DAYS = Days(None)


def today_of(days: Days, clock: Callable[[], dt.date]) -> Today:
    """Which day it is."""
    day = days.asked or days.as_of
    return pinned(day) if day else by_clock(clock(), days.time_zone)


def pinned(day: dt.date) -> Today:
    """A day that somebody named."""
    return Today(day, day)


def by_clock(now: dt.date, time_zone: str) -> Today:
    """The day of a moment: in a time zone, if one is named, else in the moment's own. What is
    only a day is that day."""
    if not isinstance(now, dt.datetime):
        return pinned(now)
    if time_zone:
        from site_builder.parse.pipeline_yml.zones import zone

        return pinned(_day(now, zone(time_zone)))
    return Today(now.date(), _day(now, _FIRST))


def _day(moment: dt.datetime, where: dt.tzinfo) -> dt.date:
    try:
        return moment.astimezone(where).date()
    except OverflowError:  # at either end of the calendar
        return moment.date()
