"""Stairs: what stands where along a row of stages, and how high; with a stepped line that says how
high it should be.

It is a table, so that it can be read without seeing it: each mark is a link with its words,
of which a phone shows the marks alone. Every text is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from markupsafe import Markup

MOST = 500
"""Of more marks in all, each cell has one for all that stand in it."""
SHOWN = 6
"""So many marks a cell has; the others are counted."""
_SHAPES = {
    "below": "M0 2H10L5 10Z",
    "on": "M5 1A4 4 0 1 1 5 9A4 4 0 1 1 5 1Z",
    "above": "M0 8H10L5 0Z",
    "none": "M1.5 1.5H8.5V8.5H1.5Z",
}

Kind = Literal["below", "on", "above", "none"]


class Spot(NamedTuple):
    """A mark, of a kind that gives its shape; ``name`` says it in full."""

    label: str
    name: str
    href: str


class Cell(NamedTuple):
    """How much stands in a stage on a height, and the marks of the first of it; ``href`` leads to
    all."""

    kind: Kind
    size: int
    spots: tuple[Spot, ...]
    href: str


class Stair(NamedTuple):
    """A stage, the height that it expects, if any, and what stands there on each height, the lowest
    first."""

    label: str
    expected: int | None
    cells: tuple[Cell, ...]


def stairs(name: str, heights: Sequence[str], row: Sequence[Stair]) -> Markup:
    """The stages beside each other, and the heights, the lowest first, above each other."""
    count = sum(cell.size for stair in row for cell in stair.cells)
    head = Markup("").join(
        [Markup('<th scope="col"><bdi>{}</bdi></th>').format(s.label) for s in row]
    )
    rows = Markup("").join(
        [
            _row(heights[height], height, row, count > MOST)
            for height in reversed(range(len(heights)))
        ]
    )
    return Markup(
        '<table class="stairs" aria-label="{}"><thead><tr><td></td>{}</tr></thead>'
        "<tbody>{}</tbody></table>"
    ).format(name, head, rows)


def _row(label: str, height: int, row: Sequence[Stair], is_grouped: bool) -> Markup:
    cells = Markup("").join([_cell(at, height, row, is_grouped) for at in range(len(row))])
    return Markup('<tr><th scope="row">{}</th>{}</tr>').format(label, cells)


def _cell(at: int, height: int, row: Sequence[Stair], is_grouped: bool) -> Markup:
    cell, kinds = row[at].cells[height], " ".join(_lines(at, height, row))
    content = Markup("").join(_marks(cell, is_grouped))
    kind = Markup(' class="{}"').format(kinds) if kinds else ""
    label = Markup(' data-label="{}"').format(row[at].label) if content else ""
    return Markup("<td{}{}>{}</td>").format(kind, label, content)


def _lines(at: int, height: int, row: Sequence[Stair]) -> Iterator[str]:
    """The pieces of the stepped line at a cell: it lies below the height that is expected, and goes
    up and down where the stage before expects another."""
    here = row[at].expected
    if here is None:
        return
    before = row[at - 1].expected if at else None
    if height == here:
        yield "step"
    if height < here:
        yield "under"
    if before is not None and min(before, here) <= height < max(before, here):
        yield "rise"


def _marks(cell: Cell, is_grouped: bool) -> Iterator[Markup]:
    spots = () if is_grouped else cell.spots[:SHOWN]
    for spot in spots:
        yield _mark(cell.kind, spot)
    more = cell.size - len(spots)
    if more:
        text = f"{more} more" if spots else f"{more} deals" if more > 1 else "1 deal"
        yield Markup('<a class="more" href="{}">{}</a>').format(cell.href, text)


def _mark(kind: Kind, spot: Spot) -> Markup:
    return Markup(
        '<a class="spot spot-{}" href="{}" title="{}"><svg viewBox="0 0 10 10" width="10"'
        ' height="10" aria-hidden="true" focusable="false"><path d="{}"/></svg>'
        "<bdi>{}</bdi></a>"
    ).format(kind, spot.href, spot.name, _SHAPES[kind], spot.label)
