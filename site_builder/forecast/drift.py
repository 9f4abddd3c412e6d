"""Whether more wins were expected than came, or fewer, by how far ahead it was said."""

from __future__ import annotations

from typing import NamedTuple

from site_builder.forecast.backtest import Helps, against, far, helps
from site_builder.forecast.scores import told
from site_builder.forecast.snapshots import Said

AHEAD = (30, 90, 180, 365)
"""Days."""


class Drift(NamedTuple):
    """So many days ahead, in ``n`` past forecasts of open deals: how many wins were ``expected`` by
    what was learned, and how many ``came``; and whether that was better than the base rate (None
    where that is not known)."""

    days: int
    expected: float
    came: int
    n: int
    helps: Helps | None = None

    @property
    def far(self) -> str:
        """By how much more wins were expected than came, or fewer: ``34% more``; nothing where it
        is less than a fifth."""
        return far(self.expected, self.came)

    @property
    def said(self) -> str:
        """That in words: ``90 days ahead 12 wins were expected, and 11 came``."""
        return f"{self.days} days ahead {against(self.expected, self.came)}"


def drift(days: int, said: list[Said]) -> Drift:
    """The drift of what was said so many days ahead."""
    pairs = told("learned", said)
    expected = round(sum([p for _, p in pairs]), 2)
    return Drift(days, expected, sum([one.was_won for one, _ in pairs]), len(pairs), helps(said))
