"""Shares: so many of so many, and how sure that is."""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

_Z = 1.959964
"""How many standard errors to each side hold 95 of 100 samples of a normal distribution."""


class Share(NamedTuple):
    """``n`` of ``of``."""

    n: int
    of: int

    @property
    def part(self) -> float | None:
        """From 0 to 1; None of nothing."""
        return self.n / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Between which parts the true one lies, 19 times of 20: Wilson's score interval
        (E. B. Wilson, Probable inference, the law of succession, and statistical inference,
        1927). None of nothing."""
        if not self.of:
            return None
        n, z2 = self.of, _Z * _Z
        part = self.n / n
        middle = (part + z2 / (2 * n)) / (1 + z2 / n)
        half = _Z / (1 + z2 / n) * sqrt(part * (1 - part) / n + z2 / (4 * n * n))
        return max(0.0, middle - half), min(1.0, middle + half)


class Difference(NamedTuple):
    """By how much a share is larger than another, and between what that lies, 19 times of 20; all
    from -1 to 1."""

    part: float
    low: float
    high: float

    @property
    def is_sure(self) -> bool:
        """Whether it is hardly chance that there is one."""
        return self.low > 0 or self.high < 0


def difference(one: Share, other: Share) -> Difference | None:
    """The difference of two shares of different deals; None where one is of nothing.

    Newcombe's hybrid score interval, made of Wilson's of each (R. G. Newcombe, Interval estimation
    for the difference between independent proportions, Statistics in Medicine 17, 1998, method 10).
    """
    if one.interval is None or other.interval is None:
        return None
    a, b = one.n / one.of, other.n / other.of
    (low_a, high_a), (low_b, high_b) = one.interval, other.interval
    low = sqrt((a - low_a) ** 2 + (high_b - b) ** 2)
    high = sqrt((high_a - a) ** 2 + (b - low_b) ** 2)
    return Difference(a - b, a - b - low, a - b + high)
