"""Scales: what goes out to the left of a line, what comes back to the right.

What is drawn is said in words beside it, so the drawing is hidden from those who listen, and the
keyboard goes by the words. Every text is escaped.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from site_builder.markup.drawing import drawing, grid_line


class Side(NamedTuple):
    """One side: so many of a kind next to the line, and so many of another behind them."""

    near: int
    far: int
    kinds: tuple[str, str]

    @property
    def reach(self) -> int:
        return self.near + self.far


class Scale(NamedTuple):
    """A row: its label and where that leads, both sides, and what they are in words."""

    label: str
    href: str
    left: Side
    right: Side
    said: str


def scales(name: str, rows: Sequence[Scale]) -> Markup:
    """The rows, all on one scale; ``name`` says what they are."""
    reach = max([1, *(side.reach for row in rows for side in (row.left, row.right))])
    made = Markup("").join([_row(row, reach) for row in rows])
    return Markup('<div class="chart scales"><ol aria-label="{}">{}</ol></div>').format(name, made)


def _row(row: Scale, reach: int) -> Markup:
    line = grid_line("50%", is_zero=True)
    marks = [*_side(row.left, reach, -1, row), line, *_side(row.right, reach, 1, row)]
    drawn = drawing("2em", Markup("").join(marks))
    return Markup(
        '<li><a class="bar-name" href="{}"><bdi>{}</bdi></a>{}<span class="bar-said">{}</span></li>'
    ).format(row.href, row.label, drawn, row.said)


def _side(side: Side, reach: int, way: int, row: Scale) -> list[Markup]:
    marks, begun = [], 0
    for count, kind in zip((side.near, side.far), side.kinds, strict=True):
        if count:
            ends = sorted(50 + way * 50 * at / reach for at in (begun, begun + count))
            marks.append(_mark(kind, ends[0], ends[1] - ends[0], row))
        begun += count
    return marks


def _mark(kind: str, start: float, width: float, row: Scale) -> Markup:
    return Markup(
        '<a href="{}" tabindex="-1"><rect class="mark mark-{}" x="{}%" y=".4em" width="{}%"'
        ' height="1.2em"><title>{}</title></rect></a>'
    ).format(row.href, kind, f"{start:.2f}", f"{width:.2f}", f"{row.label}: {row.said}")
