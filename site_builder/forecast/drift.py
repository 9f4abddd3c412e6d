"""Whether more wins were expected than came, or fewer, by how far ahead it was said."""

from __future__ import annotations

from typing import NamedTuple

from site_builder.forecast.backtest import against, far
from site_builder.forecast.lessons import Lessons

AHEAD = (30, 90, 180, 365)
"""Days."""


class Drift(NamedTuple):
    """So many days ahead, in ``n`` past forecasts of open deals: how many wins were ``expected`` by
    what was learned, and how many ``came``."""

    days: int
    expected: float
    came: int
    n: int

    @property
    def far(self) -> str:
        """By how much more wins were expected than came, or fewer: ``34% more``; nothing where it
        is less than a fifth."""
        return far(self.expected, self.came)

    @property
    def said(self) -> str:
        """That in words: ``90 days ahead 12 wins were expected, and 11 came``."""
        return f"{self.days} days ahead {against(self.expected, self.came)}"


def drifts(lessons: Lessons) -> tuple[Drift, ...]:
    """The drift of all horizons that have passed since anything was said."""
    scores = [(days, lessons.backtest(days).predictors["learned"]) for days in AHEAD]
    return tuple([Drift(days, one.expected, one.actual, one.n) for days, one in scores if one.n])
