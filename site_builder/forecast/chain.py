"""How probable it is that a deal is won some weeks on: its moves, followed week by week.

A semi-Markov chain: what comes next depends on where a deal stands and for how long, and on
nothing before. In a week it moves with the chances of its days, on average in the middle of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain, pairwise, repeat
from operator import add, mul
from typing import NamedTuple

from site_builder.forecast.hazards import STRETCHES, Moves, Rates, Shape
from site_builder.forecast.tallies import EDGES

_WEEK = 7
_ROUNDS = 3
"""Several moves in a week are followed up to so many."""
_STARTS = tuple(edge // _WEEK for edge in EDGES)
_LAST = _STARTS[-1]
"""The weeks in a state after which nothing changes any more."""
_WEEKS = tuple(behind - first for first, behind in pairwise((*_STARTS, _LAST + 1)))
"""How many weeks in a state each stretch has."""

Chances = dict[int, list[float]]
"""By state, and by whole weeks in it, how probable something is."""


class _Weekly(NamedTuple):
    """What happens in a week to deals in a state: how probable it is that they stay, by whole weeks
    in it (``stay``), and by stretch of time that they move (``moves``) ``to`` each other state."""

    stay: list[float]
    to: tuple[int, ...]
    moves: tuple[tuple[float, ...], ...]


class Chain:
    """The chances to stand in a state after some weeks, worked out as far as they are asked."""

    def __init__(self, rates: Rates, shape: Shape, target: int) -> None:
        self._weekly = {state: _weekly_of(state, rates) for state in shape.states}
        self._first = [
            (state, week.stay[0], tuple(zip(week.to, week.moves[0], strict=True)))
            for state, week in self._weekly.items()
            if week.to
        ]
        at_once = {s: [float(s == target)] * (_LAST + 1) for s in shape.states}
        self._after: list[Chances] = [at_once]

    def within(self, state: int, age: int, days: int) -> float:
        """The chance of a deal that has been in a state for so many days (``age``)."""
        weeks, rest = divmod(days, _WEEK)
        at = min(age // _WEEK, _LAST)
        chance = self._in_weeks(weeks)[state][at]
        if rest:
            chance += (self._in_weeks(weeks + 1)[state][at] - chance) * rest / _WEEK
        return chance

    def _in_weeks(self, weeks: int) -> Chances:
        while len(self._after) <= weeks:
            self._after.append(self._week_before(self._after[-1]))
        return self._after[weeks]

    def _week_before(self, then: Chances) -> Chances:
        """The chances a week earlier than some."""
        fresh = self._fresh(then)
        middle = {state: (then[state][0] + fresh[state]) / 2 for state in then}
        return {state: self._row(state, row, middle) for state, row in then.items()}

    def _fresh(self, then: Chances) -> dict[int, float]:
        """The chances of deals that have just entered each state."""
        before = {state: row[0] for state, row in then.items()}
        fresh = before.copy()
        weeks = [(state, p * then[state][1], moves) for state, p, moves in self._first]
        for _ in range(_ROUNDS):
            for state, stays, moves in weeks:
                moved = 0.0
                for to, p in moves:
                    moved += p * (before[to] + fresh[to]) / 2
                fresh[state] = stays + moved
        return fresh

    def _row(self, state: int, row: list[float], middle: Mapping[int, float]) -> list[float]:
        week = self._weekly[state]
        if not week.to:
            return row  # nothing leaves this state, so its chances never change
        later = [*row[1:], row[-1]]
        ends = [middle[to] for to in week.to]
        moved = [sum(map(mul, moves, ends)) for moves in week.moves]
        by_weeks = chain.from_iterable(map(repeat, moved, _WEEKS))
        return list(map(add, map(mul, week.stay, later), by_weeks))


def _weekly_of(state: int, rates: Rates) -> _Weekly:
    of = [_of_week(rates[state, at]) for at in STRETCHES]
    stay = chain.from_iterable(map(repeat, [one for one, _ in of], _WEEKS))
    return _Weekly(list(stay), tuple(rates[state, 0]), tuple([moves for _, moves in of]))


def _of_week(moves: Moves) -> tuple[float, tuple[float, ...]]:
    leaves = min(sum(moves.values()), 1.0)
    if not leaves:
        return 1.0, (0.0,) * len(moves)
    stay = 1.0
    for _ in range(_WEEK):
        stay *= 1 - leaves
    return stay, tuple([(1 - stay) * rate / leaves for rate in moves.values()])
