"""How the deals that were open at month ends stood then, and how many of them were won later."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from site_builder.forecast.courses import WON, Course
from site_builder.forecast.hazards import Shape
from site_builder.forecast.signals import Signs

WEEK = 7
"""Days."""
_MONTH = 30
OF_LATE = 0.98
"""How much what was said at a month end weighs a month later."""
SignsOn = Callable[[str, int, int], Signs | None]
"""What notes told of a deal of some id that stood in a state, by the end of a day."""


@dataclass(slots=True)
class Cell:
    """Deals that stood alike at a month end: so many, and how many of them were ``won`` within each
    horizon."""

    number: int
    won: list[int]


Cells = dict[tuple[int, int, Signs], Cell]
"""By state, weeks in it, and what notes had told; nothing where that was not asked for."""


def anew(days: int) -> float:
    """How much a month end tells anew of what comes in so many days: those of several overlap."""
    return min(_MONTH / days, 1.0)


def month_ends(
    courses: Iterable[Course],
    shape: Shape,
    days: Sequence[int],
    horizons: Sequence[int],
    until: int,
    signs_on: SignsOn | None = None,
) -> list[Cells]:
    """How the deals that were open at the end of each of some days stood then, by what has become
    of them ``until`` a day. Horizons are in days."""
    found: list[Cells] = [{} for _ in days]
    for course in courses:
        is_ever_won = WON in course.states
        for state, entered, left in course.stays:
            if state not in shape.open:
                continue
            for at in range(bisect_left(days, entered), bisect_left(days, left)):
                signs = signs_on(course.id, state, days[at]) if signs_on else None
                key = state, (days[at] - entered) // WEEK, signs or ()
                cell = found[at].setdefault(key, Cell(0, [0] * len(horizons)))
                cell.number += 1
                if is_ever_won:
                    _count_wins(cell, course, days[at], horizons, until)
    return found


def _count_wins(cell: Cell, course: Course, day: int, horizons: Sequence[int], until: int) -> None:
    for at, ahead in enumerate(horizons):
        if day + ahead <= until and course.state_on(day + ahead) == WON:
            cell.won[at] += 1
