"""Money in a currency, and what one currency is worth in another."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from site_builder.journal.record import quick

NO_CURRENCY = "XXX"


@quick
class Money:
    """An amount in one currency (ISO 4217 code)."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Rate:
    """What one unit of a currency is worth in the journal's own: ``steps`` are days and what it
    is worth from then on, the first day first. Before that day it is worth the same."""

    steps: tuple[tuple[dt.date, Decimal], ...]

    @classmethod
    def always(cls, worth: Decimal) -> Rate:
        """A rate that never changes."""
        return cls(((dt.date.min, worth),))

    def on(self, day: dt.date) -> Decimal:
        """What one unit is worth on a day."""
        worth = self.steps[0][1]
        for since, later in self.steps:
            if since > day:
                break
            worth = later
        return worth
