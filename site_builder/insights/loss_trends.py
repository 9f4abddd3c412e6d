"""Whether what is lost ends later or earlier, year by year of when it began.

A year is over once no more than a fifth of what began in it is open or parked: of a younger one
only what ended soon has ended, and that ended early.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Literal, NamedTuple

FEWEST = 20
"""Of fewer losses a pipeline has no class, and of fewer in years that are over no trend."""
FEWEST_OF_YEAR = 5
"""A year of fewer losses is not compared."""
UNENDED = 0.2
"""Of a year that is over no larger share is open or parked."""
_CHANCE = 3.841459
"""What chi-squared of one degree of freedom is above once in 20 times."""

Direction = Literal["later", "earlier", "none"]


class Began(NamedTuple):
    """What began in a year: how many deals, how many of them have not ended, and where the lost
    ones ended, from 0 in the first open stage to 1 in the last."""

    year: str
    started: int
    unended: int
    places: Sequence[float]


class YearOfLosses(NamedTuple):
    """The losses of what began in a year, their mean place, and by how much that may be off, 19
    times of 20. Those of a year that is ``over`` and has enough of them are ``compared``."""

    year: str
    losses: int
    centre: float | None
    spread: float | None
    started: int
    unended: int
    over: bool
    compared: bool


@dataclass(frozen=True, slots=True)
class Trend:
    """Where the losses of a pipeline moved to, year by year. ``direction`` is None where there are
    too few in the years that are compared. ``strength`` is what it was told by: where nothing moves
    it is above 3.84 once in 20 times."""

    pipeline: str
    direction: Direction | None
    strength: float | None
    losses: int
    years: tuple[YearOfLosses, ...]


def trend(pipeline: str, began: Sequence[Began]) -> Trend:
    """The trend of what began in these years, the first of them first."""
    years = tuple(map(_year, began))
    points = [
        (int(one.year), place)
        for one, of in zip(years, began, strict=True)
        for place in of.places
        if one.compared
    ]
    strength = _strength(points) if _are_enough(years, len(points)) else None
    return Trend(pipeline, _direction(points, strength), strength, len(points), years)


def compared(one: Trend) -> Iterator[YearOfLosses]:
    """The years by which a trend is told."""
    return (year for year in one.years if year.compared)


def spread(places: Sequence[float]) -> float | None:
    """1.96 standard errors of the mean; None of fewer than two."""
    if len(places) < 2:
        return None
    mean = _mean(places)
    variance = sum((place - mean) ** 2 for place in places) / (len(places) - 1)
    return float(1.96 * (variance / len(places)) ** 0.5)


def _mean(places: Sequence[float]) -> float:
    """The mean; of those that are all one place that very place, which rounding would miss."""
    return places[0] if len({*places}) == 1 else fmean(places)


def _year(one: Began) -> YearOfLosses:
    count = len(one.places)
    over = one.unended <= UNENDED * one.started
    centre = _mean(one.places) if count else None
    is_compared = over and count >= FEWEST_OF_YEAR
    return YearOfLosses(
        one.year, count, centre, spread(one.places), one.started, one.unended, over, is_compared
    )


def _are_enough(years: Sequence[YearOfLosses], losses: int) -> bool:
    return losses >= FEWEST and sum(year.compared for year in years) > 1


def _strength(points: Sequence[tuple[int, float]]) -> float:
    """Mantel's statistic of linear association, n - 1 times the squared correlation (N. Mantel,
    Chi-square tests with one degree of freedom, 1963; A. Agresti, Categorical Data Analysis,
    3.4.1). Of what lies all in one place nothing moves."""
    year, place = fmean(x for x, _ in points), _mean([y for _, y in points])
    both = sum((x - year) * (y - place) for x, y in points)
    of_years = sum((x - year) ** 2 for x, _ in points)
    of_places = sum((y - place) ** 2 for _, y in points)
    return (len(points) - 1) * both**2 / (of_years * of_places) if of_places else 0.0


def _direction(points: Sequence[tuple[int, float]], strength: float | None) -> Direction | None:
    if strength is None:
        return None
    if strength <= _CHANCE:
        return "none"
    year = fmean(x for x, _ in points)
    return "later" if sum((x - year) * y for x, y in points) > 0 else "earlier"
