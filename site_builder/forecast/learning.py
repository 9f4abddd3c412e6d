"""What a pipeline's past has taught up to the end of each month, and how much of it still holds.

Several memories are kept, from one that forgets nothing to one in which a month weighs half of
what it did six months later. Each is asked, before a month is counted, how probable its moves are;
the one that has answered best of late is believed. So older history weighs less where that has
proved itself, and nowhere else.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from site_builder.forecast.courses import LOST, WON, Course
from site_builder.forecast.hazards import Rates, Shape, rates_of
from site_builder.forecast.tallies import (
    FURTHEST,
    Cell,
    Tally,
    empty,
    end_of_month,
    month_number,
    tallies,
)

HALVES = (0, 36, 24, 12, 6)
"""After how many months what happened weighs half: never, three years, two, one, half a year."""
_DOUBT = 3.0
"""By how much (in nats) forgetting has to have answered better."""
_OF_LATE = 0.94
"""How much an answer weighs a month later."""
_LEAST = 1e-5


class Learned(NamedTuple):
    """What was known at the end of a ``day``: the ``rates`` of the memory that was believed, which
    halves in so many months (``half``, 0: never); how many deals had been ``won`` or ``lost``, each
    time that they were; and how many stays had come how far (``seen``, up to the last day)."""

    day: int
    rates: Rates
    half: int
    won: float
    lost: float
    seen: Mapping[Cell, float]

    @property
    def ended(self) -> float:
        """How many deals had been won or lost."""
        return self.won + self.lost


def learnings(courses: tuple[Course, ...], shape: Shape, until: int) -> Iterator[Learned]:
    """What was known at the end of each month, and at last on a day."""
    by_month = tallies(courses, until)
    if not by_month:
        return
    memories, right = {half: empty() for half in HALVES}, dict.fromkeys(HALVES, 0.0)
    last = month_number(until)
    for month in range(max(min(by_month), last - FURTHEST), last + 1):
        more = by_month.get(month, empty())
        rates = {half: rates_of(memory, shape) for half, memory in memories.items()}
        for half, memory in memories.items():
            if memory.moves:
                right[half] = right[half] * _OF_LATE + _probable(more, rates[half], shape)
            memory.add(more, 0.5 ** (1 / half) if half else 1.0)
        believed = max(HALVES, key=lambda half: right[half] - (_DOUBT if half else 0))
        yield Learned(
            min(end_of_month(month), until),
            rates_of(memories[believed], shape),
            believed,
            _moved(memories[0], WON),
            _moved(memories[0], LOST),
            memories[0].seen,
        )


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
