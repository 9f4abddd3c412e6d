"""Places on a way from 0 to 1, one a row: a dot, and a line as long as it may be off.

What is drawn is said in words beside it, so the drawing is hidden from those who listen, and the
keyboard goes by the words. Every text is escaped.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from site_builder.markup.drawing import drawing, grid_line

_HIGH = "1.6em"


class Place(NamedTuple):
    """A dot at ``at``, from 0 to 1, that may be off by ``spread``; its label, what it says, and
    where both lead. One that does not count ``is_pale``, and ``aside`` says why."""

    label: str
    href: str
    at: float
    spread: float
    said: str
    name: str
    aside: str = ""
    is_pale: bool = False


def places(name: str, ends: tuple[str, str], rows: Sequence[Place], steps: int) -> Markup:
    """The rows, on a way of so many steps between its two ends, each with its words."""
    lines = [grid_line(_at(at / max(1, steps)), is_zero=not at) for at in range(steps + 1)]
    grid = Markup("").join(lines)
    listed = Markup("").join([_row(row, grid) for row in rows])
    axis = Markup(
        '<text x="0" y="1.1em" text-anchor="start">{}</text>'
        '<text x="100%" y="1.1em" text-anchor="end">{}</text>'
    ).format(*ends)
    return Markup(
        '<div class="chart pairs-of"><ol aria-label="{}">{}</ol><div class="axis">{}</div></div>'
    ).format(name, listed, drawing(_HIGH, axis))


def _row(row: Place, grid: Markup) -> Markup:
    quiet = Markup('<span class="muted">{}</span>').format(row.aside) if row.aside else ""
    return Markup(
        '<li><a class="bar-name" href="{}"><bdi>{}</bdi></a>{}'
        '<span class="bar-said">{}{}</span></li>'
    ).format(row.href, row.label, drawing(_HIGH, grid + _mark(row)), row.said, quiet)


def _mark(row: Place) -> Markup:
    low, high = max(0.0, row.at - row.spread), min(1.0, row.at + row.spread)
    line = Markup('<line class="between" x1="{}" x2="{}" y1="50%" y2="50%"/>')
    return (line.format(_at(low), _at(high)) if high > low else Markup("")) + Markup(
        '<a href="{}" tabindex="-1"><circle class="mark mark-{}" cx="{}" cy="50%" r="4.5">'
        "<title>{}</title></circle></a>"
    ).format(row.href, "open" if row.is_pale else "lost", _at(row.at), row.name)


def _at(part: float) -> str:
    return f"{part * 100:.2f}%"
