"""Small drawings that stand in a row of a table, before the words that say the same: where on the
way something stands and whence it came, and how many stand where. So they are hidden from those
who listen. Colours come from the style sheet by class."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

_SLOT, _HIGH = 9, 13
_MOST = 16
"""On ways with more places nothing could be told apart."""


def way(places: int, at: int, before: int | None = None) -> Markup:
    """A way of so many places, counted from 0, a dot where something stands and a line from where
    it stood ``before``. Nothing where there are too few or too many places."""
    if not 1 < places <= _MOST:
        return Markup("")
    line = Markup("")
    if before is not None and before != at:
        line = Markup('<line class="came" x1="{0}" x2="{1}" y1="{2}" y2="{2}"/>').format(
            _x(before), _x(at), _HIGH / 2
        )
    dot = Markup('<circle class="at" cx="{}" cy="{}" r="3.5"/>').format(_x(at), _HIGH / 2)
    return _drawing(places, _ground(places, _HIGH / 2) + line + dot)


def heap(counts: Sequence[int]) -> Markup:
    """How many stand at each place of a way, as bars from its ground."""
    most = max(counts, default=0)
    if not 1 < len(counts) <= _MOST or not most:
        return Markup("")
    bars = Markup("").join(
        Markup('<rect class="at" x="{}" y="{}" width="6" height="{}"/>').format(
            _x(place) - 3, _number(_HIGH - 1 - _tall(count, most)), _number(_tall(count, most))
        )
        for place, count in enumerate(counts)
        if count
    )
    return _drawing(len(counts), _ground(len(counts), _HIGH - 0.5) + bars)


def key() -> Markup:
    """What the drawings mean, by an example of each."""
    return Markup(
        '<p class="small muted">{} where a deal stands · {} and where it came from · {} how many '
        "stand where</p>"
    ).format(way(4, 1), way(4, 2, 0), heap([2, 1, 3, 1]))


def _tall(count: int, most: int) -> float:
    return max(1.5, (_HIGH - 1) * count / most)


def _ground(places: int, y: float) -> Markup:
    marks = Markup('<line class="ground" x1="{}" x2="{}" y1="{}" y2="{}"/>')
    return marks.format(_x(0), _x(places - 1), y, y)


def _drawing(places: int, content: Markup) -> Markup:
    return Markup(
        '<svg class="way" width="{0}" height="{1}" viewBox="0 0 {0} {1}" aria-hidden="true"'
        ' focusable="false">{2}</svg>'
    ).format(places * _SLOT, _HIGH, content)


def _x(place: int) -> float:
    return place * _SLOT + _SLOT / 2


def _number(value: float) -> str:
    return f"{value:.1f}"
