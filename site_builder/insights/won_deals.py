"""What is won: each deal with the value, the rate and the owner of the day it was won."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

from site_builder.insights.totals import worth
from site_builder.journal.deal import Deal
from site_builder.journal.history import Outcome, outcome
from site_builder.journal.journal import Journal
from site_builder.journal.money import Money


class Won(NamedTuple):
    """A won deal, how it ended, and what it counts with in sums."""

    deal: Deal
    ended: Outcome
    worth: Money | None


def won_deals(
    journal: Journal, today: dt.date, ended_of: Callable[[Deal], Outcome | None] = outcome
) -> tuple[Won, ...]:
    """The deals that are won, those that are parked by now among them, by id. ``ended_of`` tells
    how each ended, where that is known."""
    ended = [(deal, ended_of(deal)) for deal in journal.deals]
    return tuple(
        [
            Won(deal, how, worth(deal, how, journal.schema, today))
            for deal, how in ended
            if how is not None and how.is_won
        ]
    )
