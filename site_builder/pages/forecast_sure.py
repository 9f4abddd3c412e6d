"""Where the current quarter will land and how sure that is, as far as anything has been learned:
what learns is imported only where a deal has ended, so that a small journal starts fast."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from site_builder.forecast.frame import frame
from site_builder.forecast.outlook import Bucket
from site_builder.insights.insights import Insights
from site_builder.journal.history import outcome
from site_builder.pages.context import Context
from site_builder.pages.links import NO_LINK, Link

BELIEF = "forecast-belief.html"
"""Where it stands how much to believe the forecast."""
TITLE = "How much to believe the forecast"
Range = tuple[Decimal, Decimal, Decimal]


class DecidingRow(NamedTuple):
    """A deal that decides about the quarter: its probability and by whom, and what is asked if it
    is won, and if it brings nothing."""

    path: str
    title: str
    value: str
    probability: str
    by: str
    if_won: str
    if_lost: str


class Lands(NamedTuple):
    """What the page says of where the quarter lands. ``asked`` is what the deals that decide are
    told by: the chance of the target, or what is expected; where there are none, ``undecided`` says
    so. ``believing`` says how much to believe it, and ``belief`` leads to all that is known of
    that. ``ranges`` are those of the periods ahead, by their labels."""

    sentence: str = ""
    asked: str = ""
    deciding: tuple[DecidingRow, ...] = ()
    undecided: str = "No deal alone changes it."
    believing: tuple[str, ...] = ()
    belief: Link = NO_LINK
    ranges: Mapping[str, Range] = {}


_NOBODY_KNOWS = Lands(
    believing=("Too few to say: no deal has been won or lost yet.",),
    belief=Link(TITLE, BELIEF),
)


def has_ended(insights: Insights) -> bool:
    """Whether any deal has been won or lost, so that there is something to learn from."""
    return any(outcome(deal) is not None for deal in insights.past.deals)


def lands(context: Context) -> Lands:
    """Where the current quarter lands."""
    if not context.facts(has_ended):
        is_open = bool(context.facts(frame).everything.parts)
        return _NOBODY_KNOWS if is_open else Lands()
    from site_builder.pages.forecast_landing import lands as landed

    return context.once(landed)


def landing_words(context: Context, bucket: Bucket) -> tuple[str, ...]:
    """What is said of where a coming quarter lands; nothing of what is no such."""
    if bucket.period is None or bucket.period.last < context.today or not bucket.parts:
        return ()
    if not context.facts(has_ended):
        return ()
    from site_builder.pages.forecast_landing import told

    return told(bucket, context)
