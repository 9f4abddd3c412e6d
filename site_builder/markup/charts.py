"""Numbers as bars. They begin at zero, are labelled directly, and every mark is a link.

Colours and type come from the style sheet by class. Words are HTML, so that they wrap and grow
as other words do; drawings have widths that are shares of the space there is. Every text is
escaped; figures have fixed decimals, so that the same numbers make the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from markupsafe import Markup

from site_builder.markup.drawing import drawing, grid_line
from site_builder.problems.counting import grouped

_LOW, _HIGH, _AXIS = "2em", "2.95em", "1.6em"
"""The heights of a bar's drawing, of one with a target named below it, and of the axis: by the
size of the letters, so that nothing overlaps where these are large."""
_EDGE = Decimal("0.14")
"""So near to an end, as a share of the width, a label would leave the drawing."""


class Mark(NamedTuple):
    """A stretch of a bar. ``kind`` is its class, ``text`` its label, ``name`` says it in full."""

    amount: Decimal
    kind: str
    text: str
    name: str
    href: str


class Target(NamedTuple):
    """Where a bar should reach. ``text`` is its label, ``name`` says it in full."""

    amount: Decimal
    text: str
    name: str
    href: str


class Band(NamedTuple):
    """Between what a bar will probably end, and in the middle. ``text`` is its label, ``name`` says
    it in full."""

    low: Decimal
    middle: Decimal
    high: Decimal
    text: str
    name: str
    href: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of marks, one after the other. A tick stands at the target, and a ``band`` where it
    will probably end; ``instead`` is said where no mark has an amount."""

    label: str
    href: str
    marks: tuple[Mark, ...]
    target: Target | None = None
    instead: str = ""
    band: Band | None = None

    @property
    def reach(self) -> Decimal:
        """The furthest that the bar, its target and its band go from zero."""
        length = sum((max(mark.amount, Decimal(0)) for mark in self.marks), Decimal(0))
        ends = [self.target.amount] if self.target else []
        return max([length, *ends, *([self.band.high] if self.band else [])])


def counted_bars(name: str, bars: Sequence[Bar], unit: str = "") -> Markup:
    """Stacked bars of what is counted: the axis has whole numbers alone, each with the unit."""
    return stacked_bars(name, bars, lambda count: f"{grouped(int(count))}{unit}", Decimal(1))


def stacked_bars(
    name: str,
    bars: Sequence[Bar],
    write: Callable[[Decimal], str],
    finest: Decimal = Decimal(0),
) -> Markup:
    """A list of horizontal bars on one scale, each with its words; ``write`` labels the axis,
    whose lines are at least ``finest`` apart.

    Negative amounts have no length. What is drawn is said in words beside it, so the drawing
    itself is hidden from those who listen.
    """
    reach = max((bar.reach for bar in bars), default=Decimal(0))
    step = max(finest, grid_step(reach))
    ticks = [step * at for at in range(_lines(step, reach))]
    lines = [grid_line(_share(amount, reach), is_zero=not amount) for amount in ticks]
    grid = Markup("").join(lines)
    rows = Markup("").join([_row(bar, reach, grid) for bar in bars])
    labels = Markup("").join([_axis_label(amount, reach, write(amount)) for amount in ticks])
    return Markup(
        '<div class="chart"><ol aria-label="{}">{}</ol><div class="axis">{}</div></div>'
    ).format(name, rows, drawing(_AXIS, labels))


def grid_step(reach: Decimal) -> Decimal:
    """The distance of grid lines: 1, 2 or 5 times a power of ten, for at most five of them."""
    if reach <= 0:
        return Decimal(1)
    power = Decimal(1).scaleb((reach / 5).adjusted())
    return next(power * n for n in (1, 2, 5, 10) if power * n * 5 >= reach)


def _lines(step: Decimal, reach: Decimal) -> int:
    return int(reach // step) + 1 if reach > 0 else 1


def _part(amount: Decimal, reach: Decimal) -> Decimal:
    return max(amount, Decimal(0)) / reach if reach > 0 else Decimal(0)


def _share(amount: Decimal, reach: Decimal) -> str:
    return f"{_part(amount, reach) * 100:.2f}%"


def _anchor(amount: Decimal, reach: Decimal) -> str:
    """How a label stands at its place, so that it stays inside."""
    part = _part(amount, reach)
    return "start" if part < _EDGE else "end" if part > 1 - _EDGE else "middle"


def _axis_label(amount: Decimal, reach: Decimal, text: str) -> Markup:
    at, anchor = _share(amount, reach), _anchor(amount, reach)
    return Markup('<text x="{}" y="1.1em" text-anchor="{}">{}</text>').format(at, anchor, text)


def _row(bar: Bar, reach: Decimal, grid: Markup) -> Markup:
    height = _HIGH if bar.target else _LOW
    drawn = drawing(height, grid + _marks(bar, reach) + _band(bar, reach) + _tick(bar, reach))
    return Markup(
        '<li><a class="bar-name" href="{}"><bdi>{}</bdi></a>{}<span class="bar-said">{}</span></li>'
    ).format(bar.href, bar.label, drawn, _said(bar))


def _said(bar: Bar) -> Markup:
    """The labels of the marks, and of the target to those who don't see it."""
    words = [
        Markup('<a class="of-{}" href="{}">{}</a>').format(mark.kind, mark.href, mark.text)
        for mark in bar.marks
        if mark.amount
    ] or [Markup("{}").format(bar.instead)]
    if bar.band:
        words.append(
            Markup('<a class="of-band" href="{}">{}</a>').format(bar.band.href, bar.band.text)
        )
    if bar.target:
        words.append(Markup('<span class="unseen">{}</span>').format(bar.target.text))
    return Markup(" ").join(words)


def _marks(bar: Bar, reach: Decimal) -> Markup:
    """The keyboard goes by the labels, which lead to the same."""
    marks, begun = [], Decimal(0)
    for mark in bar.marks:
        if mark.amount > 0:
            marks.append(_mark(mark, begun, reach))
            begun += mark.amount
    return Markup("").join(marks)


def _mark(mark: Mark, begun: Decimal, reach: Decimal) -> Markup:
    return Markup(
        '<a href="{}" tabindex="-1"><rect class="mark mark-{}" x="{}" y=".4em" width="{}"'
        ' height="1.2em"><title>{}</title></rect></a>'
    ).format(mark.href, mark.kind, _share(begun, reach), _share(mark.amount, reach), mark.name)


def _band(bar: Bar, reach: Decimal) -> Markup:
    band = bar.band
    if band is None:
        return Markup("")
    low = max(band.low, Decimal(0))
    return Markup(
        '<a href="{}" tabindex="-1"><rect class="band" x="{}" y=".85em" width="{}" height=".3em">'
        '<title>{}</title></rect><circle class="band" cx="{}" cy="1em" r=".3em"/></a>'
    ).format(
        band.href,
        _share(low, reach),
        _share(band.high - low, reach),
        band.name,
        _share(band.middle, reach),
    )


def _tick(bar: Bar, reach: Decimal) -> Markup:
    goal = bar.target
    if goal is None:
        return Markup("")
    return Markup(
        '<a href="{0}" tabindex="-1"><rect class="target" x="{1}" y=".15em" width="3"'
        ' height="1.7em" transform="translate(-1.5)"><title>{2}</title></rect>'
        '<text x="{1}" y="2.7em" text-anchor="{3}">{4}</text></a>'
    ).format(
        goal.href,
        _share(goal.amount, reach),
        goal.name,
        _anchor(goal.amount, reach),
        goal.text,
    )
