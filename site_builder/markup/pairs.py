"""Pairs of shares on one scale from 0 to 100%: a full dot and a hollow square, with a line between
them that is as long as they differ.

What is drawn is said in words beside it, each a link, so the drawing itself is hidden from those
who listen, and the keyboard goes by the words. Every text is escaped.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from site_builder.markup.drawing import drawing, grid_line
from site_builder.markup.formats import unbroken

_GRID = (0, 25, 50, 75, 100)


class Spot(NamedTuple):
    """A share, from 0 to 1. ``text`` is its label, ``name`` says it in full."""

    part: float
    text: str
    name: str
    href: str


class Pair(NamedTuple):
    """Two shares of something; either may be missing. ``said`` stands behind their labels;
    ``heading`` above the first pair of several that belong together."""

    label: str
    href: str
    full: Spot | None
    hollow: Spot | None
    said: str = ""
    heading: str = ""


def pairs(name: str, rows: Sequence[Pair]) -> Markup:
    """A list of pairs on one scale, each with its words."""
    grid = Markup("").join([grid_line(f"{at}%", is_zero=not at) for at in _GRID])
    listed = Markup("").join([_heading(row) + _row(row, grid) for row in rows])
    labels = Markup("").join([_axis_label(at) for at in _GRID])
    return Markup(
        '<div class="chart pairs-of"><ol aria-label="{}">{}</ol><div class="axis">{}</div></div>'
    ).format(name, listed, drawing("1.6em", labels))


def _heading(row: Pair) -> Markup:
    if not row.heading:
        return Markup("")
    return Markup('<li class="bar-head"><strong><bdi>{}</bdi></strong></li>').format(row.heading)


def _row(row: Pair, grid: Markup) -> Markup:
    drawn = drawing("1.6em", grid + _line(row) + _hollow(row.hollow) + _full(row.full))
    labels = [_label("won", row.full), _label("lost", row.hollow)]
    words = Markup(" ").join([*(label for label in labels if label), _quiet(row.said)])
    return Markup(
        '<li><a class="bar-name" href="{}"><bdi>{}</bdi></a>{}<span class="bar-said">{}</span></li>'
    ).format(row.href, row.label, drawn, words)


def _label(kind: str, spot: Spot | None) -> Markup:
    if spot is None:
        return Markup("")
    return Markup('<a class="of-{}" href="{}">{}</a>').format(kind, spot.href, spot.text)


def _quiet(text: str) -> Markup:
    return Markup('<span class="muted">{}</span>').format(unbroken(text)) if text else Markup("")


def _axis_label(at: int) -> Markup:
    anchor = {0: "start", 100: "end"}.get(at, "middle")
    return Markup('<text x="{0}%" y="1.1em" text-anchor="{1}">{0}%</text>').format(at, anchor)


def _line(row: Pair) -> Markup:
    if row.full is None or row.hollow is None:
        return Markup("")
    return Markup('<line class="between" x1="{}" x2="{}" y1="50%" y2="50%"/>').format(
        _at(row.full), _at(row.hollow)
    )


def _full(spot: Spot | None) -> Markup:
    if spot is None:
        return Markup("")
    return Markup(
        '<a href="{}" tabindex="-1"><circle class="mark mark-won" cx="{}" cy="50%" r="4.5">'
        "<title>{}</title></circle></a>"
    ).format(spot.href, _at(spot), spot.name)


def _hollow(spot: Spot | None) -> Markup:
    if spot is None:
        return Markup("")
    return Markup(
        '<a href="{}" tabindex="-1"><rect class="mark mark-hollow" x="{}" y="50%" width="13"'
        ' height="13" transform="translate(-6.5 -6.5)"><title>{}</title></rect></a>'
    ).format(spot.href, _at(spot), spot.name)


def _at(spot: Spot) -> str:
    return f"{min(max(spot.part, 0.0), 1.0) * 100:.2f}%"
