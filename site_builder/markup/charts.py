"""Numbers as SVG. Bars begin at zero, are labelled directly, and are links.

Colours and type come from the style sheet by class. Widths are shares of the space there
is, so that the letters keep their size on a phone. Every text is escaped; figures have
fixed decimals, so that the same numbers make the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

_ROW, _BAR, _TEXT_AT, _FOOT = 44, 16, 14, 22


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a bar. ``name`` says what it is with its number; ``kind`` is its class."""

    amount: Decimal
    kind: str
    name: str
    href: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A labelled row of marks, one after the other. A tick stands at the target."""

    label: str
    figure: str
    href: str
    marks: tuple[Mark, ...]
    target: Decimal | None = None
    target_name: str = ""

    @property
    def reach(self) -> Decimal:
        """The furthest that the bar and its target go from zero."""
        length = sum((max(mark.amount, Decimal(0)) for mark in self.marks), Decimal(0))
        return max(length, self.target or Decimal(0))


def stacked_bars(name: str, bars: Sequence[Bar], write: Callable[[Decimal], str]) -> Markup:
    """A chart of horizontal bars on one scale; ``write`` labels its grid.

    Negative amounts have no length.
    """
    reach = max((bar.reach for bar in bars), default=Decimal(0))
    step = grid_step(reach)
    foot = len(bars) * _ROW
    lines = [_grid_line(step * at, reach, foot, write) for at in range(1, _lines(step, reach))]
    rows = [_bar(bar, reach, number * _ROW) for number, bar in enumerate(bars)]
    return Markup(
        '<svg class="bars" width="100%" height="{}" role="group" aria-label="{}">{}{}</svg>'
    ).format(foot + _FOOT, name, Markup("").join(lines), Markup("").join(rows))


def grid_step(reach: Decimal) -> Decimal:
    """The distance of grid lines: 1, 2 or 5 times a power of ten, for at most five of them."""
    if reach <= 0:
        return Decimal(1)
    power = Decimal(1).scaleb((reach / 5).adjusted())
    return next(power * n for n in (1, 2, 5, 10) if power * n * 5 >= reach)


def _lines(step: Decimal, reach: Decimal) -> int:
    return int(reach // step) + 1 if reach > 0 else 0


def _share(amount: Decimal, reach: Decimal) -> str:
    share = max(amount, Decimal(0)) / reach * 100 if reach > 0 else Decimal(0)
    return f"{share:.2f}%"


def _grid_line(
    amount: Decimal, reach: Decimal, foot: int, write: Callable[[Decimal], str]
) -> Markup:
    at = _share(amount, reach)
    anchor = "end" if amount / reach > Decimal("0.9") else "middle"
    return Markup(
        '<line class="grid" x1="{0}" x2="{0}" y1="0" y2="{1}"/>'
        '<text class="label" x="{0}" y="{2}" text-anchor="{3}">{4}</text>'
    ).format(at, foot, foot + _FOOT - 6, anchor, write(amount))


def _bar(bar: Bar, reach: Decimal, top: int) -> Markup:
    words = Markup(
        '<a href="{}"><text class="bar-label" x="0" y="{}">{}</text></a>'
        '<text class="label" x="100%" y="{}" text-anchor="end">{}</text>'
    ).format(bar.href, top + _TEXT_AT, bar.label, top + _TEXT_AT, bar.figure)
    y = top + _TEXT_AT + 6
    marks, begun = [], Decimal(0)
    for mark in bar.marks:
        if mark.amount > 0:
            marks.append(_mark(mark, begun, reach, y))
            begun += mark.amount
    return words + Markup("").join(marks) + _target(bar, reach, y)


def _mark(mark: Mark, begun: Decimal, reach: Decimal, y: int) -> Markup:
    return Markup(
        '<a href="{}" aria-label="{}"><rect class="mark mark-{}" x="{}" y="{}" width="{}"'
        ' height="{}"><title>{}</title></rect></a>'
    ).format(
        mark.href,
        mark.name,
        mark.kind,
        _share(begun, reach),
        y,
        _share(mark.amount, reach),
        _BAR,
        mark.name,
    )


def _target(bar: Bar, reach: Decimal, y: int) -> Markup:
    if bar.target is None:
        return Markup("")
    return Markup(
        '<line class="target" x1="{0}" x2="{0}" y1="{1}" y2="{2}"><title>{3}</title></line>'
    ).format(_share(bar.target, reach), y - 3, y + _BAR + 3, bar.target_name)


def key(kinds: Sequence[tuple[str, str]]) -> Markup:
    """What the kinds of marks mean: a list of swatches, each with its words."""
    swatch = '<svg class="swatch" width="12" height="12" aria-hidden="true">{}</svg>'
    mark = '<rect class="mark mark-{}" width="12" height="12"/>'
    tick = '<line class="target" x1="6" x2="6" y1="0" y2="12"/>'
    items = [
        Markup(f"<li>{swatch}{{}}</li>").format(
            Markup(tick) if kind == "target" else Markup(mark).format(kind), words
        )
        for kind, words in kinds
    ]
    return Markup('<ul class="key">{}</ul>').format(Markup("").join(items))
