"""What notes tell of deals beside where they stand, as far as it has told winners from losers.

Each signal, and each set of several, says how many times as probable a win is by what was noted:
by how many wins came of deals like it at past month ends whose horizon has passed, for what had
been expected. What it would have said then is scored by what came, as it was known then, beside
what is said without it; sets are averaged by how right they have been, and each signal in one has
to make up for a doubt first. A set is tried once one that lacks a single signal of it counts for
something.

All of it tells deals apart alone: that of all open ones together stays what it was.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from site_builder.forecast.alike import (
    LEAN,
    Alike,
    Groups,
    Sum,
    Times,
    grouped,
    level_of,
    merged,
    of_set,
)
from site_builder.forecast.lifts import HORIZONS, Lift
from site_builder.forecast.month_ends import OF_LATE, WEEK, Cells, anew
from site_builder.forecast.signals import MOST, SIGNALS, Signs

Chances = Callable[[int, int, int], float]
"""The chance to be won of a deal that has been in a state for so many days, in so many days."""
_DOUBT = 3.0
"""By how much (in nats) a signal has to have answered better than none."""
_FROM_SHORTER = 0.5
"""How much what counts is at first what counts for the next shorter horizon."""
_MOST_TIMES = 12.0
_LIVE = 0.1
"""Sets that count for so much are tried with another signal."""

Chosen = tuple[int, ...]
"""Some of the signals, by their places, rising."""
Factors = dict[int, list[float]]
"""How many times as probable a win is, by signal and sign."""


class _Told(NamedTuple):
    """What was said at a month end, ``known_on`` a day, of the deals that were open (``groups``):
    by each set of signals those of the same signs of it, and how many times as often what leads to
    a win was said to come."""

    known_on: int
    groups: Groups
    by_set: dict[Chosen, tuple[Groups, Times]]


class Known(NamedTuple):
    """What was known of a horizon: by each set its ``factors``, and how much it counts."""

    factors: dict[Chosen, Factors]
    weights: dict[Chosen, float]


NOTHING_KNOWN = Known({}, {})


class Track:
    """The past forecasts of one horizon."""

    def __init__(self, days: int) -> None:
        self._days = days
        self._part = anew(days)
        self._waiting: deque[_Told] = deque()
        self._past: dict[Signs, Sum] = {}
        self._past_by: dict[Chosen, dict[Signs, Sum]] = {}
        self._gains: dict[Chosen, float] = {(): 0.0}
        self._known = Known({}, {(): 1.0})
        self._seen: set[int] = set()

    def lift(self, day: int, alike: Iterable[Alike], shorter: Known) -> tuple[Lift, Known]:
        """What is said at the end of a day of the deals that are open, by what was known by then,
        also of the next ``shorter`` horizon."""
        while self._waiting and self._waiting[0].known_on <= day:
            self._learn(self._waiting.popleft())
        groups = grouped(alike)
        self._seen |= {at for signs in groups for at, sign in enumerate(signs) if sign}
        self._try_more()
        factors = {
            some: self._fitted(some, of, shorter.factors.get(some, {}))
            for some, of in self._known.factors.items()
        }
        self._known = Known(factors, self._weights(shorter.weights))
        said = {some: _said(groups, some, of) for some, of in factors.items()}
        self._waiting.append(_Told(day + self._days, groups, said))
        return self._averaged(groups), self._known

    def _learn(self, told: _Told) -> None:
        for some in self._gains:
            self._gains[some] *= OF_LATE
        for some, (groups, times) in told.by_set.items():
            gain = sum([group.gain(times[signs]) for signs, group in groups.items()])
            self._gains[some] += gain * self._part
        self._count(self._past, told.groups)
        for some, past in self._past_by.items():
            is_told = some in told.by_set
            self._count(past, told.by_set[some][0] if is_told else merged(told.groups, some))

    def _count(self, past: dict[Signs, Sum], groups: Groups) -> None:
        for one in past.values():
            one.age()
        for signs, group in groups.items():
            past.setdefault(signs, Sum()).add(group, self._part)

    def _try_more(self) -> None:
        """Try the sets with one signal more than those that count for something: from the first
        they have been as right as the best of these."""
        for before, weight in sorted(self._known.weights.items(), key=lambda one: -one[1]):
            if before and weight < _LIVE:
                continue
            for at in sorted(self._seen.difference(before)):
                some = tuple(sorted((*before, at)))
                if some not in self._gains:
                    self._gains[some] = self._gains[before]
                    self._known.factors[some] = dict(self._known.factors.get(before, {}))
                    past = self._past_by[some] = {}
                    for signs, one in self._past.items():
                        past.setdefault(of_set(signs, some), Sum()).add(one, 1.0)

    def _fitted(self, some: Chosen, before: Factors, shorter: Factors) -> Factors:
        """The factors of a set of signals, each by those of the others."""
        found = {at: before.get(at, [1.0] * MOST) for at in some}
        for place, at in enumerate(some):
            of = [found[one] for one in some]
            found[at] = self._of_signal(some, place, of, shorter.get(at, [1.0] * MOST))
        return found

    def _of_signal(
        self, some: Chosen, place: int, of: list[list[float]], usual: list[float]
    ) -> list[float]:
        """The factors of the signal at a place of a set, by those ``of`` all in it."""
        expected, came = [0.0] * MOST, [0.0] * MOST
        for signs, past in self._past_by[some].items():
            sign, times = signs[place], _product(of, signs)
            expected[sign] += past.rate * times / of[place][sign]
            came[sign] += past.causes(times)
        whole = sum(came) / sum(expected) if sum(came) else 1.0
        pairs = zip(came, expected, usual, strict=True)
        return [_bounded((n / whole + LEAN * lean) / (of + LEAN)) for n, of, lean in pairs]

    def _weights(self, shorter: Mapping[Chosen, float]) -> dict[Chosen, float]:
        doubts = {some: math.exp(-_DOUBT * len(some)) for some in self._gains}
        whole = sum(doubts.values())
        first = {
            some: doubt / whole * (1 - _FROM_SHORTER) + shorter.get(some, 0.0) * _FROM_SHORTER
            for some, doubt in doubts.items()
        }
        best = max(self._gains.values())
        right = {some: first[some] * math.exp(self._gains[some] - best) for some in first}
        whole = sum(right.values())
        return {some: one / whole for some, one in right.items()}

    def _averaged(self, groups: Groups) -> Lift:
        """All sets together, by how much each counts: of factors the geometric mean."""
        weights, logs = [0.0] * len(SIGNALS), [[0.0] * MOST for _ in SIGNALS]
        for some, factors in self._known.factors.items():
            weight = self._known.weights[some]
            for at in some:
                weights[at] += weight
                for sign, factor in enumerate(factors[at]):
                    logs[at][sign] += weight * math.log(factor)
        lift = Lift(tuple(weights), tuple([tuple(map(math.exp, one)) for one in logs]), 1.0)
        times = {signs: lift.times(signs) for signs in groups}
        level = level_of(groups, times)
        return lift._replace(level=level)


class Tracks:
    """The past forecasts of all horizons."""

    def __init__(self) -> None:
        self._tracks = [Track(days) for days in HORIZONS]

    def lifts(self, day: int, cells: Cells, chance: Chances) -> tuple[Lift, ...]:
        """What is said at the end of a day of the deals that are open, of which by stage and time
        so much is expected; days rise from call to call."""
        found, known = [], NOTHING_KNOWN
        stays = dict.fromkeys([(state, week) for state, week, _ in cells])
        for at, (days, track) in enumerate(zip(HORIZONS, self._tracks, strict=True)):
            said = {(state, week): chance(state, week * WEEK, days) for state, week in stays}
            alike = [
                Alike(signs, cell.number, said[state, week], cell.won[at])
                for (state, week, signs), cell in cells.items()
            ]
            lift, known = track.lift(day, alike, known)
            found.append(lift)
        return tuple(found)


def _product(of: Iterable[Sequence[float]], signs: Signs) -> float:
    return math.prod([factors[sign] for factors, sign in zip(of, signs, strict=True)])


def _said(groups: Groups, some: Chosen, factors: Factors) -> tuple[Groups, Times]:
    """What a set says of the deals that are open."""
    of, mine = [factors[at] for at in some], merged(groups, some)
    times = {signs: _product(of, signs) for signs in mine}
    level = level_of(mine, times)
    return mine, {signs: level * one for signs, one in times.items()}


def _bounded(times: float) -> float:
    return min(max(times, 1 / _MOST_TIMES), _MOST_TIMES)
