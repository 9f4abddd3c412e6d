"""How many deals a period wins, whatever they are worth: that can be said where values are
lacking, too."""

from __future__ import annotations

from math import fsum
from typing import NamedTuple

from site_builder.forecast.frame import Frame
from site_builder.forecast.landing import around
from site_builder.forecast.outlook import Bucket
from site_builder.forecast.spread import Part as Piece
from site_builder.forecast.used import Used
from site_builder.journal.team import Person

_DIGITS = 2


class Wins(NamedTuple):
    """How many deals a period wins, with those that it has won: how many are ``expected`` by the
    estimators that count, and how many it is at the least in nine, five and one of ten cases."""

    expected: float
    p10: int
    p50: int
    p90: int


def wins(bucket: Bucket, made: Frame, used: Used, person: Person | None = None) -> Wins | None:
    """The wins of a period, those of the team or of a person; None where it has open deals, and
    nobody says anything of any of them."""
    deals = [part.deal for part in used.coming(bucket, around(made, person))]
    said = [(deal, *used.counts(deal, bucket.period)) for deal in deals]
    pieces = [Piece(p, 1.0, deal.owner.id, deal.company) for deal, name, p in said if name]
    if deals and not pieces:
        return None
    won, sums = len(bucket.won), used.spread(pieces, used.together(deals))
    low, middle, high = (won + round(sums.quantile(part)) for part in (0.1, 0.5, 0.9))
    return Wins(round(won + fsum(one.probability for one in pieces), _DIGITS), low, middle, high)
