"""Which of several lines is indented wrongly, where YAML only tells which one does not fit."""

from __future__ import annotations

from collections.abc import Sequence

_MOST_ROWS = 400


def indent(line: str) -> int:
    """How many spaces a line begins with."""
    return len(line) - len(line.lstrip(" "))


def spaces(count: int) -> str:
    """``a space``, ``2 spaces``."""
    return "a space" if count == 1 else f"{count} spaces"


def says(line: str) -> bool:
    """Whether there is more in a line than a comment."""
    return bool(line.strip()) and line.lstrip()[:1] != "#"


def culprit(lines: Sequence[str], row: int) -> int:
    """The line that is to be mended so that ``row`` fits: one above it, or itself."""
    rows = [at for at in range(max(0, row - _MOST_ROWS), row) if says(lines[at])]
    own, unit = indent(lines[row]), _unit(lines)
    for name, first in zip(rows[-2::-1], rows[:0:-1], strict=False):
        is_open = lines[name].rstrip().endswith(":") and indent(lines[name]) == own - unit
        if is_open and indent(lines[first]) <= indent(lines[name]):
            return first  # what should stand below a name stands beside it
    above = next((at for at in reversed(rows) if indent(lines[at]) < own), None)
    if above is None or rows.index(above) + 1 == len(rows):
        return _beside(lines, rows, own, row)
    rest = rows[rows.index(above) + 1 :]
    is_odd = indent(lines[rest[0]]) - indent(lines[above]) != unit
    if not is_odd or own - indent(lines[above]) != unit:
        return row
    return above if _stand_together(lines, rest) else rest[0]


def _stand_together(lines: Sequence[str], rows: list[int]) -> bool:
    """Whether the first of the lines has others beside it, so that it stands where it should."""
    first, *rest = (indent(lines[row]) for row in rows)
    is_open = lines[rows[0]].rstrip().endswith(":")
    return first in rest and not (is_open and rest[0] <= first)


def _beside(lines: Sequence[str], rows: list[int], own: int, row: int) -> int:
    """The line above, where those around it stand as this one does."""
    before = (indent(lines[at]) for at in rows[-2::-1])
    behind = (indent(line) for line in lines[row + 1 : row + _MOST_ROWS] if says(line))
    same = next((i for i in before if i <= own), -1), next((i for i in behind if i <= own), -1)
    return rows[-1] if rows and same == (own, own) else row


def _unit(lines: Sequence[str]) -> int:
    deep = [indent(line) for line in lines[:_MOST_ROWS] if says(line) and line[:1] == " "]
    return min(deep, default=2)
