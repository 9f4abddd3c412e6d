"""What was known at past month ends of what notes tell of deals: each is asked with what had been
expected of the deals that were open then, and what became of them."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterable
from typing import NamedTuple

from site_builder.forecast.alike import Alike
from site_builder.forecast.courses import WON, Course
from site_builder.forecast.hazards import Shape
from site_builder.forecast.lifts import KNOTS, NOTHING_KNOWN, Lift, Track
from site_builder.forecast.signals import Signs

_WEEK = 7
Chances = Callable[[int, int, int], float]
"""The chance to be won of a deal that has been in a state for so many days, in so many days."""
SignsOn = Callable[[str, int, int], Signs | None]
"""What notes told of a deal of some id that stood in a state, by the end of a day."""


class _Cell(NamedTuple):
    """Deals that stood alike at a month end and of which notes told the same: so many, and how many
    of them were ``won`` within each horizon."""

    number: list[int]
    won: list[int]


_Cells = dict[tuple[int, int, Signs], _Cell]
"""By state, weeks in it, and signs."""


class Lifting:
    """What notes had told by past month ends."""

    def __init__(self, cells: list[_Cells]) -> None:
        self._cells = deque(cells)
        self._tracks = [Track(days) for days in KNOTS]

    @classmethod
    def of(
        cls,
        courses: Iterable[Course],
        shape: Shape,
        days: list[int],
        signs_on: SignsOn,
        until: int,
    ) -> Lifting:
        """By the courses of deals up to a day, at the end of each of some days."""
        return cls(_month_ends(courses, shape, days, signs_on, until))

    def lifts(self, day: int, chance: Chances) -> tuple[Lift, ...]:
        """What notes had told by the next of the days, where so much was expected by then."""
        cells, known = self._cells.popleft(), NOTHING_KNOWN
        found = []
        for at, (days, track) in enumerate(zip(KNOTS, self._tracks, strict=True)):
            stays = dict.fromkeys([(state, week) for state, week, _ in cells])
            said = {stay: chance(stay[0], stay[1] * _WEEK, days) for stay in stays}
            alike = [
                Alike(signs, cell.number[0], said[state, week], cell.won[at])
                for (state, week, signs), cell in cells.items()
            ]
            lift, known = track.lift(day, alike, known)
            found.append(lift)
        return tuple(found)

    def skip(self) -> None:
        """Leave out the next of the days, by which nothing was known yet."""
        self._cells.popleft()


def _month_ends(
    courses: Iterable[Course], shape: Shape, days: list[int], signs_on: SignsOn, until: int
) -> list[_Cells]:
    """How the deals that were open at the end of each of some days stood then."""
    found: list[_Cells] = [{} for _ in days]
    for course in courses:
        is_ever_won = WON in course.states
        for state, entered, left in course.stays:
            if state not in shape.open:
                continue
            for at in range(bisect_left(days, entered), bisect_left(days, left)):
                signs = signs_on(course.id, state, days[at])
                if signs is not None:
                    key = state, (days[at] - entered) // _WEEK, signs
                    cell = found[at].setdefault(key, _Cell([0], [0] * len(KNOTS)))
                    cell.number[0] += 1
                    if is_ever_won:
                        _count_wins(cell, course, days[at], until)
    return found


def _count_wins(cell: _Cell, course: Course, day: int, until: int) -> None:
    for at, ahead in enumerate(KNOTS):
        if day + ahead <= until and course.state_on(day + ahead) == WON:
            cell.won[at] += 1
