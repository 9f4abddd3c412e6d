"""Two rows of people, ours at the left and theirs at the right, and a line for each exchange.

What is drawn is told in a table beside it, so the drawing is hidden from those who listen. The
names are HTML, so that they wrap and grow as other words do. What is written into the drawing is
escaped piece by piece: `Markup.format` takes six times as long, and there are tens of thousands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

MOST = 9
"""How many lines between two people are drawn."""
MOST_IN_ALL = 500
"""Of more lines in all, there is to be one for many."""
_ROW = 3.2
"""How high a row is, by the size of the letters: two lines of a name."""
_APART = 4


class End(NamedTuple):
    """A person: ``is_empty`` draws a seat that nobody has spoken to."""

    name: str
    href: str = ""
    is_empty: bool = False


class Line(NamedTuple):
    """An exchange between the person of a number at the left and one at the right: ``kind`` is
    its class, ``name`` says what it was, ``href`` leads there."""

    left: int
    right: int
    kind: str
    name: str
    href: str


def threads(lefts: Sequence[End], rights: Sequence[End], lines: Sequence[Line]) -> Markup:
    """The people and the lines between them: of more than ``MOST`` between two the last ones."""
    pairs: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        pairs.setdefault((line.left, line.right), []).append(line)
    drawn = [
        _line(line, apart, _height(line.left, lefts), _height(line.right, rights))
        for pair in pairs.values()
        for apart, line in _placed(pair)
    ]
    seats = [*_seats(lefts, "0"), *_seats(rights, "100%")]
    return Markup(
        '<div class="threads" aria-hidden="true">{}<svg width="100%" height="{}em"'
        ' focusable="false">{}{}</svg>{}</div>'
    ).format(
        _names(lefts),
        f"{max(len(lefts), len(rights), 1) * _ROW:.1f}",
        Markup("").join(drawn),
        Markup("").join(seats),
        _names(rights),
    )


def drawn_of(lines: Iterable[Line]) -> int:
    """How many of the lines would be drawn."""
    pairs = Counter((line.left, line.right) for line in lines)
    return sum(min(count, MOST) for count in pairs.values())


def _height(at: int, row: Sequence[End]) -> str:
    """Where the person of a number stands, so that the shorter row is spread over the longer."""
    return f"{(at + 0.5) / len(row) * 100:.2f}%"


def _placed(lines: Sequence[Line]) -> list[tuple[float, Line]]:
    """The last lines between two people, and how far from the middle each is drawn."""
    shown = lines[-MOST:]
    middle = (len(shown) - 1) / 2
    return [((at - middle) * _APART, line) for at, line in enumerate(shown)]


def _line(line: Line, apart: float, left: str, right: str) -> Markup:
    return Markup(
        f'<a href="{escape(line.href)}" tabindex="-1"><line class="thread thread-{line.kind}"'
        f' x1="0" y1="{left}" x2="100%" y2="{right}" transform="translate(0 {apart:g})">'
        f"<title>{escape(line.name)}</title></line></a>"
    )


def _seats(row: Sequence[End], x: str) -> list[Markup]:
    return [
        Markup(
            f'<circle class="seat{" seat-empty" if one.is_empty else ""}" cx="{x}"'
            f' cy="{_height(at, row)}" r="6"/>'
        )
        for at, one in enumerate(row)
    ]


def _names(row: Sequence[End]) -> Markup:
    names = [
        Markup(
            f'<li><a href="{escape(one.href)}" tabindex="-1"><bdi>{escape(one.name)}</bdi></a></li>'
            if one.href
            else f"<li><bdi>{escape(one.name)}</bdi></li>"
        )
        for one in row
    ]
    return Markup("<ol>{}</ol>").format(Markup("").join(names))
