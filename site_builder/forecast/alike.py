"""Open deals of month ends by what notes tell of them: how many wins were expected, and how many
came."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from site_builder.forecast.lifts import ALMOST
from site_builder.forecast.month_ends import OF_LATE
from site_builder.forecast.signals import Signs

LEAN = 4
"""As much as so many wins weighs what is usual."""
_ROUNDS = 3
_LEAST = 0.0005
"""So probable at least counts what was said, so that anything can lead to it."""


class Alike(NamedTuple):
    """Open deals of a month end of which the same is said: their ``signs``, how many they are, the
    chance of each to be won, and how many were ``won``, once that is known."""

    signs: Signs
    number: int
    chance: float
    won: int


class Group:
    """The deals of the same signs: how many, how often what leads to a win was to come to each
    (summed up), to those that were not won, and to each that was; and how many these are."""

    def __init__(self) -> None:
        self.number = self.rate = self.not_won = self.came = 0.0
        self.won: list[tuple[float, int]] = []

    def add(self, one: Alike) -> None:
        """Count deals."""
        rate, won = _rate(one.chance), one.won
        self.number += one.number
        self.rate += one.number * rate
        self.not_won += (one.number - won) * rate
        self.came += won
        if won:
            self.won.append((rate, won))

    def merge(self, other: Group) -> None:
        """Take in the deals of other signs of which the same is said."""
        self.number += other.number
        self.rate += other.rate
        self.not_won += other.not_won
        self.came += other.came
        self.won += other.won

    def chance(self, times: float) -> float:
        """How many wins are expected of it."""
        return self.number * (1 - math.exp(-times * self.rate / self.number))

    def gain(self, times: float) -> float:
        """How much better (in nats) it is told where that comes so many times as often."""
        won = sum([number * _log_times(rate, times) for rate, number in self.won])
        return won - (times - 1) * self.not_won


def _rate(p: float) -> float:
    return -math.log(1 - min(max(p, _LEAST), ALMOST))


def _log_times(rate: float, times: float) -> float:
    return math.log(math.expm1(-times * rate) / math.expm1(-rate))


Groups = dict[Signs, Group]
"""By the signs of all signals, or of those of a set."""
Times = dict[Signs, float]


class Sum:
    """What came in the past of deals with the same signs, for what was to come."""

    def __init__(self) -> None:
        self.number = self.rate = self.came = 0.0

    def age(self) -> None:
        """Let it weigh less, a month later."""
        self.number *= OF_LATE
        self.rate *= OF_LATE
        self.came *= OF_LATE

    def add(self, group: Group | Sum, part: float) -> None:
        """Count a part of it."""
        self.number += group.number * part
        self.rate += group.rate * part
        self.came += group.came * part

    def causes(self, times: float) -> float:
        """How often what leads to a win has come: of each win at least once. (The expectation of a
        Poisson count that is not 0.)"""
        if not self.came:
            return 0.0
        mean = times * self.rate / self.number
        return self.came * mean / -math.expm1(-mean)


def grouped(alike: Iterable[Alike]) -> Groups:
    """Deals by their signs."""
    found: Groups = defaultdict(Group)
    for one in alike:
        found[one.signs].add(one)
    return dict(found)


def of_set(signs: Signs, some: tuple[int, ...]) -> Signs:
    """Those of the signs that are of a set of signals, by their places."""
    return tuple([signs[at] for at in some])


def merged(groups: Groups, some: tuple[int, ...]) -> Groups:
    """The same by the signs of a set of signals."""
    found: Groups = defaultdict(Group)
    for signs, group in groups.items():
        found[of_set(signs, some)].merge(group)
    return dict(found)


def level_of(groups: Groups, times: Mapping[Signs, float]) -> float:
    """What all has to be multiplied by for as many wins to be expected as without; where they are
    few it is less."""
    level, usual = 1.0, sum([group.chance(1.0) for group in groups.values()])
    for _ in range(_ROUNDS):
        said = sum([group.chance(level * times[signs]) for signs, group in groups.items()])
        level *= (usual + LEAN) / (said + LEAN)
    return level
