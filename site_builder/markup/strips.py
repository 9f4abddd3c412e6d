"""Lives as strips on one scale of years, with flags at days to come, and a key of what occurs.

What is drawn is told in a table beside it, so the drawing and its key are hidden from those who
listen, and the keyboard goes by the words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from site_builder.markup.drawing import drawing, grid_line


class Piece(NamedTuple):
    """A stretch of a strip: ``kind`` is its class, ``name`` says what it is."""

    since: dt.date
    until: dt.date
    kind: str
    name: str


class Flag(NamedTuple):
    """A day to come, and what is then."""

    day: dt.date
    name: str


class Strip(NamedTuple):
    """A row: its label and where that leads, its pieces, and a flag where it has one."""

    label: str
    href: str
    pieces: tuple[Piece, ...]
    flag: Flag | None = None


_FLAG_DRAWN = "M0 2V28M0 2L9 6L0 10Z"
_PATCH = Markup(
    '<svg width="18" height="12" focusable="false">'
    '<rect class="strip-{}" x="1" y="1" width="16" height="10"/></svg>'
)
_FLAG = Markup(
    '<svg width="12" height="14" focusable="false">'
    '<path class="flag" d="M1 1V14M1 1L10 5L1 9Z"/></svg>'
)
"""Signs of the key: a piece of a kind, and a flag."""


class _Scale(NamedTuple):
    first: dt.date
    days: int

    def at(self, day: dt.date) -> str:
        part = min(max((day - self.first).days, 0), self.days) / max(self.days, 1)
        return f"{part * 100:.2f}%"


def strips(label: str, rows: Sequence[Strip], flagged: str = "") -> Markup:
    """The strips, one below the other, from their first to their last day, below a key of their
    kinds and of what is ``flagged``; ``label`` says what they are."""
    days = [d for row in rows for piece in row.pieces for d in (piece.since, piece.until)]
    days += [row.flag.day for row in rows if row.flag]
    if not days:
        return Markup("")
    scale = _Scale(min(days), (max(days) - min(days)).days)
    lines = [grid_line(scale.at(year), is_zero=False) for year in _years(scale)]
    grid = Markup("").join(lines)
    made = Markup("").join([_row(row, scale, grid) for row in rows])
    axis = Markup("").join([_axis_label(year, scale) for year in _years(scale)])
    return Markup(
        '<div class="chart strips">{}<ol aria-label="{}">{}</ol><div class="axis">{}</div></div>'
    ).format(_key(rows, flagged), label, made, drawing("1.6em", axis))


def _key(rows: Sequence[Strip], flagged: str) -> Markup:
    """What each kind of piece looks like that occurs, in the order in which they first do, and a
    flag."""
    kinds = dict.fromkeys(piece.kind for row in rows for piece in row.pieces)
    signs = [(_PATCH.format(kind), kind) for kind in kinds]
    if flagged and any(row.flag for row in rows):
        signs.append((_FLAG, flagged))
    made = [Markup('<span class="sign">{}{}</span>').format(*one) for one in signs]
    return Markup('<p class="strips-key" aria-hidden="true">{}</p>').format(Markup(" ").join(made))


def _years(scale: _Scale) -> list[dt.date]:
    """The first days of the years that begin on the scale, at most some twelve of them."""
    last = scale.first.toordinal() + scale.days
    years = range(scale.first.year + 1, dt.date.fromordinal(last).year + 1)
    return [dt.date(year, 1, 1) for year in years[:: len(years) // 12 + 1]]


def _axis_label(day: dt.date, scale: _Scale) -> Markup:
    return Markup('<text x="{}" y="1.1em" text-anchor="middle">{}</text>').format(
        scale.at(day), day.year
    )


def _row(row: Strip, scale: _Scale, grid: Markup) -> Markup:
    pieces = Markup("").join([_piece(piece, row, scale) for piece in row.pieces])
    flag = _flag(row.flag, row, scale) if row.flag else Markup("")
    return Markup('<li><a class="bar-name" href="{}"><bdi>{}</bdi></a>{}</li>').format(
        row.href, row.label, drawing("2em", grid + pieces + flag)
    )


def _piece(piece: Piece, row: Strip, scale: _Scale) -> Markup:
    part = (piece.until - piece.since).days / max(scale.days, 1)
    return Markup(
        '<a href="{}" tabindex="-1"><rect class="mark strip-{}" x="{}" y=".4em" width="{}%"'
        ' height="1.2em"><title>{}</title></rect></a>'
    ).format(row.href, piece.kind, scale.at(piece.since), f"{part * 100:.2f}", piece.name)


def _flag(flag: Flag, row: Strip, scale: _Scale) -> Markup:
    return Markup(
        '<a href="{}" tabindex="-1"><svg x="{}" y="0" width="10" height="2em" overflow="visible">'
        '<path class="flag" d="{}"/><title>{}</title></svg></a>'
    ).format(row.href, scale.at(flag.day), _FLAG_DRAWN, flag.name)
