"""Whether wins become more or fewer: how many times as often as in the months that are known they
will come in the months ahead.

What is learned of many months lags where less is won each year, and a forecast of half a year needs
the level of its middle. So the wins of each month are set beside those that its days at risk let
expect, and a level is followed through them in several ways: none; one that rises or falls
steadily; one that wanders; and one that wanders while its slope does, which fades. Each is scored
by how probable it has found each month before it was counted, and all are averaged by that. Where
wins come several at a time, each tells less.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from site_builder.forecast.courses import WON
from site_builder.forecast.hazards import Rates, Shape
from site_builder.forecast.tallies import Tally

_LEAST_MONTHS = 12
"""Within a year nobody can tell what is a trend."""
_MOST_MONTHS = 120
"""A trend of so many months is looked for."""
_MONTH = 30
_MOST = 2.0
"""So many times is the most, either way."""
_DOUBT = 2.0
"""By how much (in nats) a moving level has to have answered better than none to weigh as much."""
_LEAN = 10
_ROUNDS = 6
_NEAR = 1e-6
_START = 0.3
"""By so much (in logarithms) the level of the first months differs from that of all."""


class _Way(NamedTuple):
    """How a level can move: by how much it and its slope (both in logarithms) wander in a month,
    by how much slopes differ at first, and what is left of a slope a month later."""

    wanders: float = 0.0
    bends: float = 0.0
    slopes: float = 0.0
    keeps: float = 1.0


_WAYS = (
    _Way(slopes=0.02),
    _Way(wanders=0.05),
    _Way(wanders=0.03, bends=0.004, slopes=0.02, keeps=0.97),
)


class Month(NamedTuple):
    """The days at risk of a win in open states, by cell, and the wins that came."""

    days: tuple[tuple[tuple[int, int], float], ...]
    won: float

    @classmethod
    def of(cls, tally: Tally, shape: Shape) -> Month:
        opened = frozenset(shape.open)
        days = [(cell, days) for cell, days in tally.at_risk.items() if cell[0] in opened]
        won = [n for (cell, to), n in tally.moves.items() if to == WON and cell[0] in opened]
        return cls(tuple(days), sum(won))

    def expected(self, rates: Rates) -> float:
        """The wins that the days let expect."""
        return sum([days * rates[cell].get(WON, 0.0) for cell, days in self.days])


def trend(months: Sequence[Month], rates: Rates, horizons: Iterable[int]) -> tuple[float, ...]:
    """How many times as many wins as by the ``rates`` will come within each of some numbers of days
    after the last of the months."""
    if len(months) < _LEAST_MONTHS:
        return (1.0,) * len(tuple(horizons))
    seen = [(one.expected(rates), one.won) for one in months[-_MOST_MONTHS:]]
    together = _together(seen)
    found = [_followed(way, [(e / together, c / together) for e, c in seen]) for way in _WAYS]
    better = [one.right - _DOUBT for one in found]
    best = max(0.0, *better)
    none, weights = math.exp(-best), [math.exp(one - best) for one in better]
    return tuple([_averaged(days, found, weights, none) for days in horizons])


def _together(months: Sequence[tuple[float, float]]) -> float:
    """How many wins come as one: how many times as much as independent ones they vary from month to
    month, leaning on one. A level that moves slowly changes nothing of it."""
    more = [came - expected for expected, came in months]
    varied = sum([(after - before) ** 2 for before, after in pairwise(more)])
    usual = sum([before + after for (before, _), (after, _) in pairwise(months)])
    return max((varied + _LEAN) / (usual + _LEAN), 1.0)


def _averaged(days: int, found: Sequence[_Level], weights: Sequence[float], none: float) -> float:
    """The mean of what the levels say of so many days, and of there being none."""
    pairs = zip(weights, found, strict=True)
    times = none + sum([weight * one.ahead(days) for weight, one in pairs])
    return min(max(times / (none + sum(weights)), 1 / _MOST), _MOST)


class _Level(NamedTuple):
    """A level and its ``slope`` a month, in logarithms; how surely they are known (``variance``,
    that of the slope, and how both go together); and how ``right`` it has been, in nats beyond no
    level."""

    way: _Way
    level: float
    slope: float
    variance: float
    together: float
    of_slope: float
    right: float

    def ahead(self, days: int) -> float:
        """How many times as many wins come within so many days, on average of their months."""
        level, slope, months = self.level, self.slope, max(round(days / _MONTH), 1)
        times = []
        for _ in range(months):
            slope *= self.way.keeps
            times.append(math.exp(level + slope / 2))
            level += slope
        return sum(times) / months

    def a_month_later(self) -> _Level:
        way, keeps = self.way, self.way.keeps
        slope, of_slope = self.slope * keeps, self.of_slope * keeps**2
        return self._replace(
            level=self.level + slope,
            slope=slope,
            variance=self.variance + 2 * self.together * keeps + of_slope + way.wanders**2,
            together=self.together * keeps + of_slope,
            of_slope=of_slope + way.bends**2,
        )

    def seen(self, expected: float, came: float) -> _Level:
        """What is known of it after a month, by Laplace's approximation."""
        level = _likeliest(self.level, self.variance, expected, came)
        usual = expected * math.exp(level)
        gain = 1 / (self.variance + 1 / usual)
        more = came * level - usual - (level - self.level) ** 2 / (2 * self.variance)
        surer = math.log(1 + self.variance * usual) / 2
        return self._replace(
            level=level,
            slope=self.slope + self.together / self.variance * (level - self.level),
            variance=self.variance * (1 - self.variance * gain),
            together=self.together * (1 - self.variance * gain),
            of_slope=self.of_slope - self.together**2 * gain,
            right=self.right + more - surer + expected,
        )


def _followed(way: _Way, months: Iterable[tuple[float, float]]) -> _Level:
    """The level after months of which so many wins were expected, and so many came."""
    found = _Level(way, 0.0, 0.0, _START**2, 0.0, way.slopes**2, 0.0)
    for expected, came in months:
        found = found.a_month_later()
        if expected > _NEAR:
            found = found.seen(expected, came)
    return found


def _likeliest(level: float, variance: float, expected: float, came: float) -> float:
    """The level that is likeliest after so many wins, by Newton's method."""
    at = level
    for _ in range(_ROUNDS):
        usual = expected * math.exp(at)
        step = (came - usual - (at - level) / variance) / (usual + 1 / variance)
        at += min(max(step, -1.0), 1.0)
        if abs(step) < _NEAR:
            break
    return at
