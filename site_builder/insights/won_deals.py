"""What is won: each deal with the value, the rate and the owner of the day it was won."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from site_builder.insights.totals import worth
from site_builder.journal.deal import Deal
from site_builder.journal.history import Outcome
from site_builder.journal.money import Money
from site_builder.journal.schema import Schema


class Won(NamedTuple):
    """A won deal, how it ended, and what it counts with in sums."""

    deal: Deal
    ended: Outcome
    worth: Money | None


def won_deal(deal: Deal, ended: Outcome | None, schema: Schema, today: dt.date) -> Won | None:
    """A deal that ``ended`` so, if it is won."""
    if ended is None or not ended.is_won:
        return None
    return Won(deal, ended, worth(deal, ended, schema, today))
