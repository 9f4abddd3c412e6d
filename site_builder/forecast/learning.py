"""What a pipeline's past has taught up to the end of each month, and how much of it still holds.

Several memories are kept, from one that forgets nothing to one in which a month weighs half of
what it did six months later. Each is asked, before a month is counted, how probable its moves are;
the one that has answered best of late is believed. So older history weighs less where that has
proved itself, and nowhere else. Beside it stands what is known of late: all that happened, at the
levels of the last months, where these have answered better still.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from site_builder.forecast.courses import LOST, WON, Course
from site_builder.forecast.hazards import Rates, Shape, rates_of
from site_builder.forecast.levels import DOUBT, MEMORIES, OF_LATE, Levels, lifted
from site_builder.forecast.lifts import Lift
from site_builder.forecast.tallies import (
    FURTHEST,
    Cell,
    Tally,
    empty,
    end_of_month,
    month_number,
    tallies,
)
from site_builder.forecast.trends import Month, trend

HALVES = (0, 36, 24, 12, 6)
"""After how many months what happened weighs half: never, three years, two, one, half a year."""
_KEPT = tuple(dict.fromkeys((*HALVES, *MEMORIES)))
_LEAST = 1e-5
KNOTS = (30, 90, 180)
"""The horizons, in days, at which past forecasts are looked at to correct what is said."""
TRUST = 4
"""The corrected answer counts so many times as much as each other before anything tells."""


class Correction(NamedTuple):
    """How much each of three answers weighs: what the chain says by the rates of all time, what it
    says by those of late, and the latter corrected: where ``factor`` times as much leads to a
    win."""

    weights: tuple[float, float, float]
    factor: float

    @property
    def late(self) -> float:
        """How much what is known of late weighs."""
        return self.weights[1] + self.weights[2]


_NOT_CORRECTED = Correction((1 / (2 + TRUST), 1 / (2 + TRUST), TRUST / (2 + TRUST)), 1.0)


class Learned(NamedTuple):
    """What was known at the end of a ``day``: the ``rates`` of the memory that was believed, which
    halves in so many months (``half``, 0: never); the same as of late (``recent``); how many deals
    had been ``won`` or ``lost``, each time that they were; and how many stays had come how far
    (``seen``, up to the last day). Of each of `KNOTS`, ``trends`` says how many times as many wins
    will come as by the rates of late, and ``corrections`` what has come of all this. ``lifts`` are
    what else notes tell of deals, where any do."""

    day: int
    rates: Rates
    half: int
    won: float
    lost: float
    seen: Mapping[Cell, float]
    recent: Rates
    trends: tuple[float, ...] = (1.0,) * len(KNOTS)
    corrections: tuple[Correction, ...] = (_NOT_CORRECTED,) * len(KNOTS)
    lifts: tuple[Lift, ...] = ()

    @property
    def ended(self) -> float:
        """How many deals had been won or lost."""
        return self.won + self.lost


def learnings(courses: tuple[Course, ...], shape: Shape, until: int) -> Iterator[Learned]:
    """What was known at the end of each month, and at last on a day."""
    by_month = tallies(courses, until)
    if not by_month:
        return
    past, last = _Past(shape), month_number(until)
    for month in range(max(min(by_month), last - FURTHEST), last + 1):
        past.add(by_month.get(month, empty()))
        yield past.learned(min(end_of_month(month), until))


class _Past:
    """The memories of what was counted so far, and how right each has been."""

    def __init__(self, shape: Shape) -> None:
        self._shape, self._levels = shape, Levels(shape)
        self._memories = {half: empty() for half in _KEPT}
        self._right = dict.fromkeys(HALVES, 0.0)
        self._months: list[Month] = []
        self._rates: dict[int, Rates] = {}

    def add(self, more: Tally) -> None:
        """Score what each memory says of a month, and count it."""
        memories = self._memories
        if memories[0].moves:
            rates = {half: self._rates_of(half) for half in HALVES}
            for half in HALVES:
                probable = _probable(more, rates[half], self._shape)
                self._right[half] = self._right[half] * OF_LATE + probable
            self._levels.score(more, memories, rates[0])
        self._months.append(Month.of(more, self._shape))
        for half, memory in memories.items():
            memory.add(more, 0.5 ** (1 / half) if half else 1.0)
        self._rates.clear()

    def learned(self, day: int) -> Learned:
        """What is known by the end of a day."""
        right, memories = self._right, self._memories
        believed = max(HALVES, key=lambda half: right[half] - (DOUBT if half else 0))
        rates, of_all = self._rates_of(believed), self._rates_of(0)
        recent, best = rates, right[believed] - (DOUBT if believed else 0)
        if right[0] + self._levels.gain >= best:
            levels = self._levels.of_late(memories, of_all)
            recent = lifted(of_all, levels, self._shape) if levels else rates
        won, lost = _moved(memories[0], WON), _moved(memories[0], LOST)
        ahead = trend(self._months, recent, KNOTS)
        return Learned(day, rates, believed, won, lost, memories[0].seen, recent, ahead)

    def _rates_of(self, half: int) -> Rates:
        if half not in self._rates:
            self._rates[half] = rates_of(self._memories[half], self._shape)
        return self._rates[half]


def _moved(tally: Tally, state: int) -> float:
    return sum([number for (_, to), number in tally.moves.items() if to == state])


def _probable(tally: Tally, rates: Rates, shape: Shape) -> float:
    """The logarithm of how probable what happened was, up to a constant."""
    stayed = sum(
        days * sum(rates[cell].values())
        for cell, days in tally.at_risk.items()
        if cell[0] in shape.open
    )
    moved = sum(
        number * math.log(max(rates[cell].get(to, 0.0), _LEAST))
        for (cell, to), number in tally.moves.items()
        if cell[0] in shape.open
    )
    return moved - stayed
