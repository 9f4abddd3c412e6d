"""Bullet bars: what was reached beside what was to be, each on a scale of its own.

A bar begins at zero, and a tick stands at the target. What is drawn is said in words beside it, so
the drawing itself is hidden from those who listen. Every text is escaped.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from site_builder.markup.drawing import drawing, grid_line

_ROOM = 1.25
"""How much further than the larger of both a scale goes that has no end of its own."""


class Bullet(NamedTuple):
    """A bar: ``kind`` is its class. ``actual`` is None where nothing was measured, ``target``
    where there is none. ``end`` is where the scale ends, if it does by itself. ``name`` says it in
    full; ``heading`` and what is ``meant`` stand above the first of several."""

    label: str
    href: str
    kind: str
    actual: float | None
    target: float | None
    said: str
    name: str
    end: float | None = None
    aside: str = ""
    heading: str = ""
    meant: str = ""


def bullets(name: str, rows: Sequence[Bullet]) -> Markup:
    """A list of bars, each with its words."""
    listed = Markup("").join([_heading(row) + _row(row) for row in rows])
    return Markup('<div class="chart bullets"><ol aria-label="{}">{}</ol></div>').format(
        name, listed
    )


def _heading(row: Bullet) -> Markup:
    if not row.heading:
        return Markup("")
    return Markup('<li class="bar-head"><strong><bdi>{}</bdi></strong> <bdi>{}</bdi></li>').format(
        row.heading, row.meant
    )


def _row(row: Bullet) -> Markup:
    if row.actual is None and row.target is None:
        return Markup("")
    end = row.end or _ROOM * max(row.actual or 0, row.target or 0) or 1
    zero = grid_line("0", is_zero=True)
    drawn = drawing("1.6em", zero + _bar(row, end) + _tick(row, end))
    aside = Markup(' <span class="muted">{}</span>').format(row.aside) if row.aside else ""
    return Markup(
        '<li><a class="bar-name" href="{0}"><bdi>{1}</bdi></a>{2}<span class="bar-said">'
        '<a class="of-{3}" href="{0}">{4}</a>{5}</span></li>'
    ).format(row.href, row.label, drawn, row.kind, row.said, aside)


def _bar(row: Bullet, end: float) -> Markup:
    if not row.actual:
        return Markup("")
    return Markup(
        '<a href="{}" tabindex="-1"><rect class="mark mark-{}" x="0" y=".4em" width="{}"'
        ' height=".8em"><title>{}</title></rect></a>'
    ).format(row.href, row.kind, _at(row.actual, end), row.name)


def _tick(row: Bullet, end: float) -> Markup:
    if row.target is None:
        return Markup("")
    return Markup(
        '<rect class="target" x="{}" y=".1em" width="3" height="1.4em"'
        ' transform="translate(-1.5)"/>'
    ).format(_at(row.target, end))


def _at(amount: float, end: float) -> str:
    return f"{min(max(amount / end, 0.0), 1.0) * 100:.2f}%"
