"""What happened in a pipeline, counted by month: for how many days deals stood in each state, by
how long they had stood there, and whither they moved.

A deal that has not moved yet is counted for the days that it stood: it is censored, not absent.
What moved in a clean-up is counted up to then alone, for nobody knows when it really ended. What
is older than the pipeline's records is counted from its first note on, for what died before that
left no trace.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from statistics import median
from typing import NamedTuple, TypeVar

from site_builder.forecast.courses import WON, Course, recorded_since

EDGES = (0, 7, 14, 28, 56, 91, 182, 364, 728)
"""Where the stretches of time in a state begin, in days; whole weeks each."""
FURTHEST = 360
"""So many months back is counted: a day that is older is a slip of the pen, or long past."""
_BULK = 10
"""So many moves of a day can be a clean-up, if they are also..."""
_TIMES = 6
"""...so many times what is usual on days with such a move."""

_DAYS = 20_000
"""So many answers are kept, for the days of deals recur."""

Cell = tuple[int, int]
"""A state, and a stretch of time in it."""
Key = TypeVar("Key")


class Tally(NamedTuple):
    """Of each cell the days ``at_risk`` of a move, how many ``moves`` led to each state, and how
    many stays came so far (``seen``)."""

    at_risk: dict[Cell, float]
    moves: dict[tuple[Cell, int], float]
    seen: dict[Cell, float]

    def add(self, more: Tally, keep: float = 1) -> None:
        """Count more, and let what was counted so far weigh a part of what it did."""
        _add(self.at_risk, more.at_risk, keep)
        _add(self.moves, more.moves, keep)
        _add(self.seen, more.seen, 1)


def _add(mine: dict[Key, float], more: Mapping[Key, float], keep: float) -> None:
    if keep < 1:
        for key in mine:
            mine[key] *= keep
    for key, number in more.items():
        mine[key] += number


def empty() -> Tally:
    """A tally of nothing."""
    return Tally(defaultdict(float), defaultdict(float), defaultdict(float))


@lru_cache(maxsize=_DAYS)
def month_number(day: int) -> int:
    """The months from the year 0 to that of a day."""
    date = dt.date.fromordinal(day)
    return date.year * 12 + date.month - 1


@lru_cache(maxsize=_DAYS)
def end_of_month(number: int) -> int:
    """The last day of a month."""
    year, month = divmod(number + 1, 12)
    return dt.date.max.toordinal() if year > dt.MAXYEAR else _first(year, month + 1) - 1


def _first(year: int, month: int) -> int:
    return dt.date(year, month, 1).toordinal()


def stretch_of(age: int) -> int:
    """The stretch of so many days in a state."""
    return bisect_right(EDGES, age) - 1


def clean_ups(courses: Iterable[Course]) -> frozenset[tuple[int, int]]:
    """The days on which far more deals than on any usual day before were moved to one state other
    than won, each with that state."""
    moved = Counter(
        (state, day)
        for one in courses
        for day, state in zip(one.days[1:], one.states[1:], strict=True)
        if state != WON
    )
    found: set[tuple[int, int]] = set()
    before: dict[int, list[int]] = defaultdict(list)
    for (state, day), number in sorted(moved.items()):
        usual = median(before[state]) if before[state] else 1
        if number >= max(_BULK, _TIMES * usual):
            found.add((day, state))
        before[state].append(number)
    return frozenset(found)


def tallies(courses: tuple[Course, ...], until: int) -> dict[int, Tally]:
    """The tally of each month up to a day, by the month's number."""
    found: dict[int, Tally] = defaultdict(empty)
    courses = tuple([cut for one in courses if (cut := one.until(until))])
    since, bulk = recorded_since(courses) or until, clean_ups(courses)
    for course in courses:
        for stay in _stays(course, until, since):
            _count(found, stay, (stay.left, stay.to) in bulk)
    return dict(found)


class _Stay(NamedTuple):
    state: int
    entered: int
    left: int
    to: int | None


def _stays(course: Course, until: int, since: int) -> Iterator[_Stay]:
    is_untold = course.is_inferred and course.days[0] < since
    ends, nexts = (*course.days[1:], until), (*course.states[1:], None)
    stays = list(map(_Stay, course.states, course.days, ends, nexts))
    return (stay for stay in stays[int(is_untold) :] if stay.entered < stay.left)


def _count(found: dict[int, Tally], stay: _Stay, is_bulk: bool) -> None:
    for first, last in _pieces(stay):
        tally = found[month_number(last)]
        age = first - stay.entered
        cell = stay.state, stretch_of(age)
        tally.at_risk[cell] += last - first
        if age in EDGES:
            tally.seen[cell] += 1
        if last == stay.left and stay.to is not None and not is_bulk:
            tally.moves[cell, stay.to] += 1


def _pieces(stay: _Stay) -> Iterator[tuple[int, int]]:
    """The days of a stay, cut at the ends of months and of stretches: each from the end of one day
    to the end of a later one."""
    cuts = {stay.left}
    cuts.update(edge for edge in (stay.entered + days for days in EDGES) if edge < stay.left)
    month = max(month_number(stay.entered), month_number(stay.left) - FURTHEST)
    while (end := end_of_month(month)) < stay.left:
        cuts.add(max(end, stay.entered))
        month += 1
    return pairwise(sorted(cuts))
