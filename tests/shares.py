"""The yardstick of what is learned: plain shares, counted at past month ends, by stage and time in it."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence

from site_builder.forecast.courses import WON, Course
from site_builder.forecast.hazards import Shape
from site_builder.forecast.snapshots import Said
from site_builder.forecast.tallies import end_of_month, month_number

Key = tuple[int, ...]
"""A stage and a stretch of time in it; a stage alone; nothing, for all."""


def brier(said: Sequence[Said], courses: Iterable[Course], shape: Shape, edges: Sequence[int],
          horizon: int) -> float:  # fmt: skip
    """The Brier score of these shares, of the deals and month ends of what was said: of those that
    stood in the same stage for the same stretch of time (from so many days on, ``edges``) at month
    ends whose horizon had passed, the share that was won within it; that of the stage, and then of
    all, where there were none."""
    told = {(one.day.toordinal(), one.deal): one.was_won for one in said}
    of, won, missed, known = Counter[Key](), Counter[Key](), 0.0, 0
    every = _snapshots(courses, shape, edges, max(day for day, _ in told))
    snapshots = sorted(every, key=lambda one: one[0])
    for day, course, keys in snapshots:
        while snapshots[known][0] + horizon <= day:
            before, past, places = snapshots[known]
            of.update(places)
            won.update(places if past.state_on(before + horizon) == WON else ())
            known += 1
        if (day, course.id) in told:
            key = next(one for one in keys if of[one])
            missed += (won[key] / of[key] - told.pop((day, course.id))) ** 2
    assert not told
    return missed / len(said)


def _snapshots(
    courses: Iterable[Course], shape: Shape, edges: Sequence[int], last: int
) -> Iterable[tuple[int, Course, tuple[Key, ...]]]:
    """Each deal at each month end at which it was open: the narrowest of what it stood in first."""
    for course in courses:
        for month in range(month_number(course.days[0]), month_number(last) + 1):
            day = end_of_month(month)
            state = course.state_on(day)
            if state is not None and state in shape.open:
                stretch = bisect_right(edges, day - course.since(day))
                yield day, course, ((state, stretch), (state,), ())
