"""What happened in a pipeline, counted by month: for how many days deals stood in each state, by
how long they had stood there, and whither they moved.

A deal that has not moved yet is counted for the days that it stood: it is censored, not absent.
What moved in a clean-up is counted up to then alone, for nobody knows when it really ended. What
is older than the pipeline's records is counted from its first note on, for what died before that
left no trace.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar

from site_builder.forecast.courses import WON, Course, recorded_since

EDGES = (0, 7, 14, 28, 56, 91, 182, 364, 728)
"""Where the stretches of time in a state begin, in days; whole weeks each."""
_ENDS = (*EDGES[1:], dt.date.max.toordinal())
"""Where they end."""
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
        if number >= max(_BULK, _TIMES * _usual(before[state])):
            found.add((day, state))
        insort(before[state], number)
    return frozenset(found)


def _usual(ranked: Sequence[int]) -> float:
    """The median of numbers that rise; one where there are none."""
    if not ranked:
        return 1
    return (ranked[(len(ranked) - 1) // 2] + ranked[len(ranked) // 2]) / 2


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
    for at, first, last in _pieces(stay):
        tally, cell = found[month_number(last)], (stay.state, at)
        tally.at_risk[cell] += last - first
        if first == stay.entered + EDGES[at]:
            tally.seen[cell] += 1
        if last == stay.left and stay.to is not None and not is_bulk:
            tally.moves[cell, stay.to] += 1


def _pieces(stay: _Stay) -> Iterator[tuple[int, int, int]]:
    """The days of a stay, cut at the ends of months and of stretches: in which stretch, and from
    the end of one day to the end of a later one."""
    _, entered, left, _ = stay
    month = max(month_number(entered), month_number(left) - FURTHEST)
    end = end_of_month(month)
    for at, edge in enumerate(EDGES):
        first, behind = entered + edge, min(entered + _ENDS[at], left)
        while first < behind:
            while end <= first:
                month += 1
                end = end_of_month(month)
            last = min(end, behind)
            yield at, first, last
            first = last
