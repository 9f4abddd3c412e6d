"""A waterfall: how one amount became another, step by step, on one scale.

Every step is labelled directly, and its words are a link. What is drawn is said in words beside it,
so the drawing itself is hidden from those who listen. Every text is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from markupsafe import Markup

from site_builder.markup.drawing import drawing, grid_line

_NONE = Decimal(0)
_LEAST = Decimal("0.004")
"""The least width of a bar that is not of nothing, as a share."""


class Fall(NamedTuple):
    """A row: an ``amount`` that is reached where it ``is_level``, else by how much the amount
    before goes up or, below zero, down. ``name`` says it in full. What ``is_won`` goes down, and is
    no loss."""

    label: str
    amount: Decimal
    said: str
    name: str
    href: str
    is_level: bool = False
    is_won: bool = False


class _Bar(NamedTuple):
    low: Decimal
    high: Decimal
    level: Decimal


def waterfall(name: str, falls: Sequence[Fall]) -> Markup:
    """The rows, from the amount that was to the amount that is."""
    bars = list(_bars(falls))
    low = min([_NONE, *[bar.low for bar in bars]])
    high = max([_NONE, *[bar.high for bar in bars]])
    reach = high - low or Decimal(1)
    rows = [_row(fall, bar, low, reach) for fall, bar in zip(falls, bars, strict=True)]
    return Markup('<div class="chart falls"><ol aria-label="{}">{}</ol></div>').format(
        name, Markup("").join(rows)
    )


def _bars(falls: Sequence[Fall]) -> Iterator[_Bar]:
    level = _NONE
    for fall in falls:
        before = _NONE if fall.is_level else level
        level = before + fall.amount
        yield _Bar(min(before, level), max(before, level), level)


def _kind(fall: Fall) -> str:
    if fall.is_level:
        return "kept"
    return "done" if fall.is_won else "won" if fall.amount > 0 else "lost"


def _row(fall: Fall, bar: _Bar, low: Decimal, reach: Decimal) -> Markup:
    kind = _kind(fall)
    marks = Markup(
        '<line class="between" x1="{0}" x2="{0}" y1="50%" y2="100%"/>'
        '<a href="{1}" tabindex="-1"><rect class="mark mark-{2}" x="{3}" y=".3em" width="{4}"'
        ' height="1em"><title>{5}</title></rect></a>'
    ).format(
        _at((bar.level - low) / reach),
        fall.href,
        kind,
        _at((bar.low - low) / reach),
        _at(max((bar.high - bar.low) / reach, _LEAST if fall.amount else _NONE)),
        fall.name,
    )
    drawn = drawing("1.6em", grid_line(_at(-low / reach), is_zero=True) + marks)
    return Markup(
        '<li><a class="bar-name" href="{0}"><bdi>{1}</bdi></a>{2}<span class="bar-said">'
        '<a class="of-{3}" href="{0}">{4}</a></span></li>'
    ).format(fall.href, fall.label, drawn, kind, fall.said)


def _at(share: Decimal) -> str:
    return f"{share * 100:.2f}%"
