"""How probable each move of a deal is on a day, by where it stands and for how long.

Little evidence leans on more: what is counted of a stretch of time in a stage leans on the stage
(bent as the pipeline is by such a stretch), and the stage on the pipeline. What leans counts as if
`LEAN` more moves had been seen, shared out as where it leans.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from site_builder.forecast.courses import LOST, WON
from site_builder.forecast.tallies import EDGES, Cell, Tally
from site_builder.journal.pipeline import Pipeline, StageType

LEAN = 4
"""As much as so many moves weighs what is known of the whole, in what is known of a part."""
STRETCHES = range(len(EDGES))

Kind = Literal["won", "lost", "parked", "back", "on"]
"""What a move is, whatever the stage."""
Moves = dict[int, float]
"""Something of the moves to each state."""
Rates = dict[Cell, Moves]
"""The chance of each move on a day, by cell."""


class Shape(NamedTuple):
    """The states of a pipeline: its ``open`` stages in their order, and the ``parked`` ones."""

    open: tuple[int, ...]
    parked: tuple[int, ...]

    @property
    def states(self) -> tuple[int, ...]:
        """All of them, those that come last first."""
        return (WON, LOST, *self.parked, *reversed(self.open))

    def kind(self, state: int, to: int) -> Kind:
        """What a move from one state to another is."""
        if to == WON:
            return "won"
        if to == LOST:
            return "lost"
        if to in self.parked:
            return "parked"
        return "back" if state in self.open and to < state else "on"


def shape_of(pipeline: Pipeline) -> Shape:
    """The states of a pipeline."""
    places = list(enumerate(pipeline.stages))
    return Shape(
        tuple(at for at, stage in places if stage.is_open),
        tuple(at for at, stage in places if stage.type is StageType.PARKED),
    )


def rates_of(tally: Tally, shape: Shape) -> Rates:
    """The chance of each move on a day."""
    whole = _Whole.of(tally)
    found: Rates = {}
    for group in (shape.open, shape.parked, (LOST,), (WON,)):
        found.update(_of_group(tally, whole, shape, group))
    return found


class _Whole(NamedTuple):
    """What is counted of states, whatever the time in them."""

    at_risk: dict[int, float]
    moves: dict[int, Moves]

    @classmethod
    def of(cls, tally: Tally) -> _Whole:
        at_risk: dict[int, float] = defaultdict(float)
        moves: dict[int, Moves] = defaultdict(lambda: defaultdict(float))
        for (state, _), days in tally.at_risk.items():
            at_risk[state] += days
        for ((state, _), to), number in tally.moves.items():
            moves[state][to] += number
        return cls(at_risk, moves)


def _of_group(tally: Tally, whole: _Whole, shape: Shape, group: tuple[int, ...]) -> Rates:
    """The chances in states that are alike."""
    usual = _usual(whole, shape, group)
    of_states = {
        state: _leaning(whole.moves[state], whole.at_risk[state], usual[state]) for state in group
    }
    bent = _bent(tally, shape, of_states)
    return {
        (state, at): _leaning(
            {to: tally.moves.get(((state, at), to), 0.0) for to in of_state},
            tally.at_risk.get((state, at), 0.0),
            {to: rate * bent[shape.kind(state, to), at] for to, rate in of_state.items()},
        )
        for state, of_state in of_states.items()
        for at in STRETCHES
    }


def _usual(whole: _Whole, shape: Shape, group: tuple[int, ...]) -> dict[int, Moves]:
    """The chances of moves in all states of a group together, as those of each: on is to the next
    open stage, and from the last to won."""
    days = sum(whole.at_risk[state] for state in group)
    found: dict[int, Moves] = {}
    for state in group:
        moves: Moves = defaultdict(float, dict.fromkeys(whole.moves[state], 0.0))
        for one in group if days else ():
            for to, number in whole.moves[one].items():
                kind = shape.kind(one, to)
                moves[_as_of(kind, to, state, shape)] += number / days
        moves.pop(state, None)
        found[state] = moves
    return found


def _as_of(kind: Kind, to: int, state: int, shape: Shape) -> int:
    if kind in ("won", "lost", "parked") or state not in shape.open:
        return to
    ahead = [one for one in shape.open if one > state]
    if kind == "back":
        return shape.open[0]
    return ahead[0] if ahead else WON


def _leaning(own: Mapping[int, float], days: float, usual: Moves) -> Moves:
    """The chances by what was counted in so many days, leaning on what is usual."""
    every = sum(usual.values())
    if not every:
        return {}
    weight = LEAN / every
    return {to: (own.get(to, 0.0) + weight * rate) / (days + weight) for to, rate in usual.items()}


def _bent(
    tally: Tally, shape: Shape, of_states: Mapping[int, Moves]
) -> dict[tuple[Kind, int], float]:
    """How many times as often as in all a kind of move comes in each stretch of time. Each leans
    on the one before, so that what nobody has reached yet goes on as it was."""
    expected: dict[tuple[Kind, int], float] = defaultdict(float)
    came: dict[tuple[Kind, int], float] = defaultdict(float)
    for state, of_state in of_states.items():
        for to, rate in of_state.items():
            for at in STRETCHES:
                key = shape.kind(state, to), at
                expected[key] += tally.at_risk.get((state, at), 0.0) * rate
                came[key] += tally.moves.get(((state, at), to), 0.0)
    return dict(_leaning_back(expected, came))


def _leaning_back(
    expected: Mapping[tuple[Kind, int], float], came: Mapping[tuple[Kind, int], float]
) -> Iterable[tuple[tuple[Kind, int], float]]:
    before: dict[Kind, float] = {}
    for kind, at in sorted(expected, key=lambda key: key[1]):
        lean = LEAN * before.get(kind, 1.0)
        before[kind] = (came[kind, at] + lean) / (expected[kind, at] + LEAN)
        yield (kind, at), before[kind]
