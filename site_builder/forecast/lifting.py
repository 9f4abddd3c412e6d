"""What was known at past month ends of what notes tell of deals: each is asked with what had been
expected of the deals that were open then, and what became of them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable

from site_builder.forecast.alike import Alike
from site_builder.forecast.courses import Course
from site_builder.forecast.hazards import Shape
from site_builder.forecast.lifts import KNOTS, NOTHING_KNOWN, Lift, Track
from site_builder.forecast.month_ends import WEEK, Cells, SignsOn, month_ends

Chances = Callable[[int, int, int], float]
"""The chance to be won of a deal that has been in a state for so many days, in so many days."""


class Lifting:
    """What notes had told by past month ends."""

    def __init__(self, cells: list[Cells]) -> None:
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
        return cls(month_ends(courses, shape, days, KNOTS, until, signs_on))

    def lifts(self, day: int, chance: Chances) -> tuple[Lift, ...]:
        """What notes had told by the next of the days, where so much was expected by then."""
        cells, known = self._cells.popleft(), NOTHING_KNOWN
        found = []
        for at, (days, track) in enumerate(zip(KNOTS, self._tracks, strict=True)):
            stays = dict.fromkeys([(state, week) for state, week, _ in cells])
            said = {stay: chance(stay[0], stay[1] * WEEK, days) for stay in stays}
            alike = [
                Alike(signs, cell.number, said[state, week], cell.won[at])
                for (state, week, signs), cell in cells.items()
            ]
            lift, known = track.lift(day, alike, known)
            found.append(lift)
        return tuple(found)

    def skip(self) -> None:
        """Leave out the next of the days, by which nothing was known yet."""
        self._cells.popleft()
