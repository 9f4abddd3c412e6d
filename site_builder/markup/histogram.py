"""How often something took how long: columns side by side, with a line between those within a
limit and those beyond."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

_TOP, _FOOT = 16, 82
"""Where the highest column ends and where all stand, in percent of the drawing from above."""
_LOW = Markup(' class="low"')
"""Every other label stands lower where there is little room."""
_GAP = 12
"""The space between columns, in percent of one."""


class Column(NamedTuple):
    """A column: how many, what stands below it, what it says in full, its class and where it
    leads."""

    number: int
    label: str
    name: str
    kind: str
    href: str


def histogram(columns: Sequence[Column], limit: int, limit_text: str) -> Markup:
    """The columns on one scale, and a line behind the first ``limit`` of them.

    A table beside it has to say the same, for the drawing is hidden from those who listen.
    """
    highest = max((column.number for column in columns), default=0)
    width = 100 / max(1, len(columns))
    drawn = Markup("").join(
        [_column(column, at, width, highest) for at, column in enumerate(columns)]
    )
    frame = (
        '<svg class="histogram" width="100%" height="11em" aria-hidden="true" focusable="false">'
        '{0}<line class="grid zero" x1="0" x2="100%" y1="{1}%" y2="{1}%"/>{2}</svg>'
    )
    return Markup(frame).format(drawn, _FOOT, _limit(limit * width, limit_text))


def _column(column: Column, at: int, width: float, highest: int) -> Markup:
    height = (_FOOT - _TOP) * column.number / highest if highest else 0.0
    left, middle = at * width + width * _GAP / 200, (at + 0.5) * width
    mark = Markup("")
    if column.number:
        mark = Markup(
            '<a href="{}" tabindex="-1"><rect class="mark mark-{}" x="{}" y="{}" width="{}"'
            ' height="{}"><title>{}</title></rect></a>'
        ).format(
            column.href,
            column.kind,
            _percent(left),
            _percent(_FOOT - height),
            _percent(width * (100 - _GAP) / 100),
            _percent(height),
            column.name,
        )
    labels = Markup(
        '<text x="{0}" y="{1}" dy="-.35em" text-anchor="middle">{2}</text>'
        '<text{5} x="{0}" y="{3}%" dy="1.3em" text-anchor="middle">{4}</text>'
    ).format(
        _percent(middle),
        _percent(_FOOT - height),
        column.number,
        _FOOT,
        column.label,
        _LOW if at % 2 else "",
    )
    return mark + labels


def _limit(at: float, text: str) -> Markup:
    return Markup(
        '<line class="limit" x1="{0}" x2="{0}" y1="0" y2="{1}%"/>'
        '<text class="limit-name" x="{0}" y="1em" dx=".4em">{2}</text>'
    ).format(_percent(at), _FOOT, text)


def _percent(share: float) -> str:
    return f"{share:.2f}%"
