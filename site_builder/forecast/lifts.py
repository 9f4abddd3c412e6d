"""How much what notes tell of deals moves the chance that they are won."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from site_builder.forecast.signals import Signs

HORIZONS = (30, 90, 180, 365)
"""In days, those at which it is learned."""
ALMOST = 0.9999
"""What is more probable counts as so probable: how often what leads to it comes has an end."""


class Lift(NamedTuple):
    """How much what notes tell moves a horizon. ``weights`` say how much each of `SIGNALS` counts,
    from 0 to 1; ``factors`` how many times as often what leads to a win comes by each of its signs,
    with that weight; and ``level`` what keeps all open deals together where they were."""

    weights: tuple[float, ...]
    factors: tuple[tuple[float, ...], ...]
    level: float

    def times(self, signs: Signs) -> float:
        """How many times as often what leads to a win comes."""
        found = self.level
        for of_signal, sign in zip(self.factors, signs, strict=True):
            found *= of_signal[sign]
        return found


def times_of(lifts: Sequence[Lift], days: int, signs: Signs) -> float:
    """How many times as often what leads to a win in so many days comes; what lies between two
    horizons leans on both."""
    if not lifts:
        return 1.0
    at = bisect_left(HORIZONS, days)
    if at in (0, len(HORIZONS)):
        return lifts[min(at, len(HORIZONS) - 1)].times(signs)
    low, high = HORIZONS[at - 1], HORIZONS[at]
    before, after = lifts[at - 1].times(signs), lifts[at].times(signs)
    return before + (after - before) * (days - low) / (high - low)


def nearest(lifts: Sequence[Lift], days: int) -> Lift | None:
    """What is known of the horizon that is nearest to so many days, if anything is."""
    at = min(range(len(HORIZONS)), key=lambda at: abs(HORIZONS[at] - days))
    return lifts[at] if lifts else None


def lifted(p: float, times: float) -> float:
    """A chance where what leads to it comes so many times as often."""
    return p if times == 1 else 1 - (1 - min(p, ALMOST)) ** times
