"""Two rows of people, ours at the left and theirs at the right, and a line for each exchange.

What is drawn is told in a table beside it, so the drawing is hidden from those who listen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

MOST = 9
"""How many lines between two people are drawn."""
_ROW = 48
_APART = 4
_LONGEST = 18
_LEFT, _RIGHT = "32%", "68%"


class End(NamedTuple):
    """A person: ``is_empty`` draws a seat that nobody has spoken to."""

    name: str
    href: str = ""
    is_empty: bool = False


class Line(NamedTuple):
    """An exchange between the person of a number at the left and one at the right: ``kind`` is
    its class, ``name`` says what it was, ``href`` leads there."""

    left: int
    right: int
    kind: str
    name: str
    href: str


def threads(lefts: Sequence[End], rights: Sequence[End], lines: Sequence[Line]) -> Markup:
    """The people and the lines between them: of more than ``MOST`` between two the last ones."""
    rows = max(len(lefts), len(rights), 1)
    pairs: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        pairs.setdefault((line.left, line.right), []).append(line)
    heights = (
        {at: _height(at, len(lefts), rows) for at in range(len(lefts))},
        {at: _height(at, len(rights), rows) for at in range(len(rights))},
    )
    drawn = [
        _line(line, place, heights) for pair in pairs.values() for place, line in _placed(pair)
    ]
    ends = [
        *(_end(one, _LEFT, heights[0][at], "end") for at, one in enumerate(lefts)),
        *(_end(one, _RIGHT, heights[1][at], "start") for at, one in enumerate(rights)),
    ]
    return Markup(
        '<svg class="threads" width="100%" height="{}" aria-hidden="true" focusable="false">'
        "{}{}</svg>"
    ).format(rows * _ROW, Markup("").join(drawn), Markup("").join(ends))


def _height(at: int, count: int, rows: int) -> float:
    """Where the person of a number stands, so that the shorter row is spread over the longer."""
    return (at + 0.5) * rows / count * _ROW


def _placed(lines: Sequence[Line]) -> list[tuple[float, Line]]:
    """The last lines between two people, and how far from the middle each is drawn."""
    shown = lines[-MOST:]
    middle = (len(shown) - 1) / 2
    return [((at - middle) * _APART, line) for at, line in enumerate(shown)]


def _line(
    line: Line, place: float, heights: tuple[Mapping[int, float], Mapping[int, float]]
) -> Markup:
    return Markup(
        '<a href="{}" tabindex="-1"><line class="thread thread-{}" x1="{}" y1="{}" x2="{}" y2="{}">'
        "<title>{}</title></line></a>"
    ).format(
        line.href,
        line.kind,
        _LEFT,
        f"{heights[0][line.left] + place:.1f}",
        _RIGHT,
        f"{heights[1][line.right] + place:.1f}",
        line.name,
    )


def _end(one: End, x: str, y: float, anchor: str) -> Markup:
    shift = -10 if anchor == "end" else 10
    name = one.name if len(one.name) <= _LONGEST else one.name[: _LONGEST - 1].rstrip() + "…"
    text = Markup('<text x="{}" y="{}" dx="{}" dy=".35em" text-anchor="{}">{}</text>').format(
        x, f"{y:.1f}", shift, anchor, name
    )
    linked = (
        Markup('<a href="{}" tabindex="-1">{}</a>').format(one.href, text) if one.href else text
    )
    return Markup('<circle class="seat{}" cx="{}" cy="{}" r="6"/>{}').format(
        " seat-empty" if one.is_empty else "", x, f"{y:.1f}", linked
    )
