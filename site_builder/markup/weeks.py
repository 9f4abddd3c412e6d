"""What was said week by week, as lines that go towards what came."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup


class Course(NamedTuple):
    """A line: its label and where that leads, what was ``said`` at each step, what ``came`` in the
    end, and in words what the drawing shows."""

    label: str
    href: str
    said: tuple[float, ...]
    came: float
    words: str


def courses(name: str, lines: Sequence[Course]) -> Markup:
    """The lines, all on one scale from zero, each with a line across at what came in the end. A
    table beside it has to say the same, for the drawing is hidden from those who listen."""
    highest = max([1.0, *[value for line in lines for value in (*line.said, line.came)]])
    rows = Markup("").join([_row(line, highest) for line in lines])
    return Markup('<div class="chart weeks"><ol aria-label="{}">{}</ol></div>').format(name, rows)


def _row(line: Course, highest: float) -> Markup:
    steps = max(1, len(line.said) - 1)
    points = " ".join(
        f"{at * 100 / steps:.2f},{_height(value, highest)}" for at, value in enumerate(line.said)
    )
    drawn = Markup(
        '<svg width="100%" height="3.4em" viewBox="0 0 100 100" preserveAspectRatio="none"'
        ' aria-hidden="true" focusable="false"><path class="grid zero" d="M0 100H100"/>'
        '<path class="came" d="M0 {}H100"/><polyline class="said" points="{}"/></svg>'
    ).format(_height(line.came, highest), points)
    return Markup(
        '<li><a class="bar-name" href="{}"><bdi>{}</bdi></a>{}<span class="bar-said">{}</span></li>'
    ).format(line.href, line.label, drawn, line.words)


def _height(value: float, highest: float) -> str:
    return f"{100 - 96 * value / highest:.2f}"
