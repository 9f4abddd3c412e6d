"""What is won: each deal with the value, the rate and the owner of the day it was won."""

from __future__ import annotations

import datetime as dt
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


def won_deals(journal: Journal, today: dt.date) -> tuple[Won, ...]:
    """The deals that are won, those that are parked by now among them, by id."""
    ended = [(deal, outcome(deal)) for deal in journal.deals]
    return tuple(
        [
            Won(deal, how, worth(deal, how, journal.schema, today))
            for deal, how in ended
            if how is not None and how.is_won
        ]
    )
