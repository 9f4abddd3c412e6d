"""What was said against what came true: dots, and a line on which all of them would lie."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

from markupsafe import Markup

_LEAST, _MOST = 1.5, 5.0
"""The radius of a dot of the fewest and of the most."""


class Dot(NamedTuple):
    """So many were ``said`` to be this probable on average, and this share ``came``; what it says
    in full, and where it leads."""

    said: float
    came: float
    number: int
    name: str
    href: str


def reliability(dots: Sequence[Dot]) -> Markup:
    """The dots, larger for more. A table beside it has to say the same, for the drawing is hidden
    from those who listen."""
    most = max((dot.number for dot in dots), default=1)
    drawn = Markup("").join([_dot(dot, most) for dot in dots])
    return Markup(
        '<svg class="reliability" viewBox="-8 -8 122 122" aria-hidden="true" focusable="false">'
        '<path class="grid zero" d="M0 0V100H100"/><path class="grid" d="M0 100L100 0"/>{}'
        '<text x="0" y="111" text-anchor="start">said 0%</text>'
        '<text x="100" y="111" text-anchor="end">100%</text>'
        '<text x="2" y="-1">came 100%</text></svg>'
    ).format(drawn)


def _dot(dot: Dot, most: int) -> Markup:
    radius = _LEAST + (_MOST - _LEAST) * sqrt(dot.number / most)
    return Markup(
        '<a href="{}" tabindex="-1"><circle class="mark mark-expected" cx="{:.1f}" cy="{:.1f}"'
        ' r="{:.1f}"><title>{}</title></circle></a>'
    ).format(dot.href, dot.said * 100, 100 - dot.came * 100, radius, dot.name)
