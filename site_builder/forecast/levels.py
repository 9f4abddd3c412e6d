"""How the moves of late compare with those of all time: a level for each kind of move.

What tells stages and times in them apart is learned from all that happened, for it takes many
moves. That fewer deals are won than before, say, shows in far fewer: so a level for each kind of
move follows the last months, while what tells deals apart stays as it is. Several memories are
asked, before a month is counted, how many moves of a kind it will bring, by what came in them for
what was to be expected; their levels are averaged by how right each has been.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping

from site_builder.forecast.hazards import LEAN, Kind, Rates, Shape
from site_builder.forecast.tallies import Tally

MEMORIES = (36, 24, 12, 6, 3)
"""After how many months what happened weighs half."""
DOUBT = 3.0
"""By how much (in nats) what follows the last months has to have answered better than what
does not."""
OF_LATE = 0.94
"""How much an answer weighs a month later."""
_LEAST_MONTHS = 12
"""Within a year nobody can tell what is a change."""

Memories = Mapping[int, Tally]
"""What was counted, by the months after which it weighs half."""


class Levels:
    """How right the levels of each memory have been, by kind of move."""

    def __init__(self, shape: Shape) -> None:
        self._shape, self._months = shape, 0
        self._right: dict[Kind, dict[int, float]] = defaultdict(lambda: dict.fromkeys(MEMORIES, 0))

    def score(self, more: Tally, memories: Memories, rates: Rates) -> None:
        """Score what the memories say of a month, before it is counted in them, beside what the
        ``rates`` of all time say."""
        expected, came = counted(more, rates, self._shape)
        levels = self._of_memories(memories, rates)
        self._months += 1
        for kind, usual in sorted(expected.items()):
            right = self._right[kind]
            for half, level in levels.get(kind, {}).items():
                gain = came.get(kind, 0.0) * math.log(level) - (level - 1) * usual
                right[half] = right[half] * OF_LATE + gain

    def of_late(self, memories: Memories, rates: Rates) -> dict[Kind, float]:
        """The levels of the kinds of moves that have one, by what was counted so far."""
        if self._months < _LEAST_MONTHS:
            return {}
        levels = self._of_memories(memories, rates)
        found = {kind: _averaged(self._right[kind], of) for kind, of in levels.items()}
        return {kind: level for kind, level in found.items() if level is not None}

    @property
    def gain(self) -> float:
        """By how much (in nats) they have answered better than none."""
        return sum([max(0.0, max(right.values()) - DOUBT) for right in self._right.values()])

    def _of_memories(self, memories: Memories, rates: Rates) -> dict[Kind, dict[int, float]]:
        found: dict[Kind, dict[int, float]] = defaultdict(dict)
        for half in MEMORIES:
            expected, came = counted(memories[half], rates, self._shape)
            for kind, usual in sorted(expected.items()):
                found[kind][half] = (came.get(kind, 0.0) + LEAN) / (usual + LEAN)
        return found


def _averaged(right: Mapping[int, float], levels: Mapping[int, float]) -> float | None:
    """The level of a kind of move, of which having none is one; None where no memory was better."""
    best = max(right.values()) - DOUBT
    if best <= 0:
        return None
    none = math.exp(-best)
    weights = {half: math.exp(right[half] - DOUBT - best) for half in levels}
    whole = none + sum(weights.values())
    return (none + sum([weights[half] * levels[half] for half in levels])) / whole


def counted(
    tally: Tally, rates: Rates, shape: Shape
) -> tuple[dict[Kind, float], dict[Kind, float]]:
    """How many moves of each kind from open stages were to be expected of the days at risk, and
    how many came."""
    expected: dict[Kind, float] = defaultdict(float)
    came: dict[Kind, float] = defaultdict(float)
    for cell, days in tally.at_risk.items():
        if cell[0] in shape.open:
            for to, rate in rates[cell].items():
                expected[shape.kind(cell[0], to)] += days * rate
    for (cell, to), number in tally.moves.items():
        if cell[0] in shape.open:
            came[shape.kind(cell[0], to)] += number
    return expected, came


def lifted(rates: Rates, levels: Mapping[Kind, float], shape: Shape) -> Rates:
    """The rates of moves from open stages at such levels."""
    if not levels:
        return rates
    return {
        cell: {to: rate * levels.get(shape.kind(cell[0], to), 1.0) for to, rate in moves.items()}
        if cell[0] in shape.open
        else moves
        for cell, moves in rates.items()
    }
