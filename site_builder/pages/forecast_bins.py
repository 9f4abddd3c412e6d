"""What was said of deals of which much the same was said, and what came of it: in words, and as the
dot of a drawing."""

from __future__ import annotations

from site_builder.forecast.scores import Bin
from site_builder.insights.share import Share
from site_builder.markup.reliability import Dot
from site_builder.pages.sheet import sure
from site_builder.problems.counting import grouped


def said(one: Bin) -> str:
    """Between what that was: ``20% to 30%``."""
    return f"{one.low:.0%} to {one.high:.0%}"


def dot(one: Bin, path: str) -> Dot:
    """How often it came true, how sure that is, and what ``path`` leads to."""
    came = f"{one.actual:.0%} of {grouped(one.n)} came true ({sure(Share(one.won, one.n))})"
    return Dot(one.expected, one.actual, one.n, f"{said(one)} said: {came}", path)
