"""What a terminal shows: whether in colours, how wide, and what part of a line fits.

Nothing here looks at the terminal itself, or at the environment.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from unicodedata import category, east_asian_width

from site_builder.problems.problem import Span

USUAL_COLUMNS = 100
"""The width of what is no terminal, such as a file."""
_FEWEST_COLUMNS = 20
_KEPT = "\N{NARROW NO-BREAK SPACE}"  # stands between thousands
_MARKS = 4
"""How many characters a column can hold before its line counts as long: marks take none."""


class Excerpt(NamedTuple):
    """The part of a line that is shown, how many columns stand before what is marked in it,
    and how many are marked."""

    text: str
    before: int
    marked: int


def is_coloured(environment: Mapping[str, str], is_terminal: bool) -> bool:
    """Whether to show colours: NO_COLOR says no, whatever else is said, and FORCE_COLOR yes;
    otherwise terminals show them unless TERM is `dumb`."""
    if environment.get("NO_COLOR"):
        return False
    if forced := environment.get("FORCE_COLOR"):
        return forced != "0"
    return is_terminal and environment.get("TERM") != "dumb"


def columns(environment: Mapping[str, str], of_terminal: int = 0) -> int:
    """How many columns there are: what COLUMNS says, or else the terminal, if there is one."""
    said = environment.get("COLUMNS", "")
    wanted = int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 0
    return wanted or of_terminal or USUAL_COLUMNS


def excerpt(line: str, span: Span, columns: int) -> Excerpt:
    """As much of a line as fits into some columns, cut around the place that it is about."""
    room = max(columns, _FEWEST_COLUMNS)
    at = min(span.column - 1, len(line))
    end = min(span.end_column - 1, len(line)) if span.end_line == span.line else len(line)
    start, stop = _window(line, at, room)
    before, after = "…" * (start > 0), "…" * (stop < len(line))
    marked = printable(line[at : min(max(end, at + 1), stop)])
    return Excerpt(
        before + printable(line[start:stop]) + after,
        len(before) + width(printable(line[start:at])),
        max(1, width(marked)),
    )


def _window(line: str, at: int, room: int) -> tuple[int, int]:
    """Which characters of a line fit: all, or those around a place, with `…` for the others."""
    near = _MARKS * room
    if len(line) <= near and width(printable(line)) <= room:
        return 0, len(line)
    room -= 2
    # What is not needed behind the place is left for what stands before it.
    behind = min(width(printable(line[at : at + near])), room - room // 2)
    start = at - _fitting(line[max(0, at - near) : at][::-1], room - behind)
    free = room - width(printable(line[start:at])) + (start == 0)
    return start, at + _fitting(line[at : at + near], free)


def _fitting(text: str, room: int) -> int:
    """How many characters of a text fit into some columns."""
    for count, character in enumerate(printable(text)):
        room -= width(character)
        if room < 0:
            return count
    return len(text)


def width(text: str) -> int:
    """Columns that a text takes on a terminal: none for marks upon other characters, two for
    what is wide in East Asia."""
    if text.isascii():
        return len(text)
    return sum(map(_width, text))


def _width(character: str) -> int:
    if category(character) in ("Mn", "Me") or "\u1160" <= character <= "\u11ff":
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def printable(text: str) -> str:
    """A text without control characters, which could move a terminal's cursor."""
    if text.isprintable():
        return text
    return "".join(
        " " if c == "\t" else c if c.isprintable() or c in _KEPT else "\N{REPLACEMENT CHARACTER}"
        for c in text
    )
