"""Where the current quarter will land and how sure that is; what works that out is imported only
where a deal is open or has ended."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from site_builder.forecast.frame import frame
from site_builder.forecast.outlook import Bucket
from site_builder.forecast.used import has_ended
from site_builder.pages.context import Context
from site_builder.pages.links import NO_LINK, Link

BELIEF = "forecast-belief.html"
"""Where it stands how much to believe the forecast."""
TITLE = "How much to believe the forecast"
Range = tuple[Decimal, Decimal, Decimal]


class DecidingRow(NamedTuple):
    """A deal that decides about the quarter: its probability and by whom, what its notes tell that
    moves that (``told``), and what is asked if it is won, and if it brings nothing."""

    path: str
    title: str
    value: str
    probability: str
    by: str
    told: str
    if_won: str
    if_lost: str


class Lands(NamedTuple):
    """What the page says of where the quarter lands. ``asked`` is what the deals that decide are
    told by, and what scripts can work out anew: the chance of the target, or what is expected;
    nothing where that is not told in money. Where no deal decides, ``undecided`` says why.
    ``believing`` says how much to believe it, and ``belief`` leads to all that is known of that.
    ``ranges`` are those of the periods ahead, by their labels."""

    sentence: str = ""
    asked: str = ""
    deciding: tuple[DecidingRow, ...] = ()
    undecided: str = ""
    believing: tuple[str, ...] = ()
    belief: Link = NO_LINK
    ranges: Mapping[str, Range] = {}


def lands(context: Context) -> Lands:
    """Where the current quarter lands."""
    if not context.facts(frame).everything.parts and not context.facts(has_ended):
        return Lands()
    from site_builder.pages.forecast_landing import lands as landed

    return context.once(landed)


def landing_words(context: Context, bucket: Bucket) -> tuple[str, ...]:
    """What is said of where a coming quarter lands; nothing of what is no such."""
    if bucket.period is None or bucket.period.last < context.today or not bucket.parts:
        return ()
    from site_builder.pages.forecast_landing import told

    return told(bucket, context)
