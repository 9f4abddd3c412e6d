"""What a text may be like to be shown as Markdown: its size, lines, marks and nesting.

Some short texts take a Markdown parser minutes or all of the stack; within the bounds none
takes a tenth of a second. No Markdown parser is needed here, so none is loaded to check.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from site_builder.problems.patterns import late

MAX_CHARACTERS = 50_000
MAX_LINES = 1_500
MAX_WORK = 1_000_000
SHORT = 800
"""A text of so few characters has neither so many lines nor is it so much work."""
MAX_INDENT = 60
MAX_MARKERS = 12

# With the line's end before it instead of `^`, for a search for a letter is many times faster.
_DEEP = late(
    rf"\n(?:(?:[ \t]*(?:>|[-*+][ \t]|[0-9]{{1,9}}[.)][ \t])){{{MAX_MARKERS + 1}}}"
    rf"|(?:[ >]{{{MAX_INDENT + 1}}}|\t{{{MAX_INDENT // 4 + 1}}})[ \t>]*"
    r"(?:[-*+]|[0-9]{1,9}[.)])[ \t])"
)
_ITEM = r"(?:[-*+]|[0-9]{1,9}[.)])[ \t]+"
_INNER = late(rf"^[ \t>]*{_ITEM}((?:{_ITEM})+)", re.MULTILINE)
_NESTING = "-*+>.) \t0123456789"
_SPLIT = "Split it into several notes."
_PARTS = "Split its paragraphs by blank lines, and the text into several notes."
_MARKS = bytes(ord("-" if chr(code) in _NESTING else "a") for code in range(256))
_RUN = b"-" * (MAX_MARKERS + 1)

_INLINE = "\\`*_~[]<>&|!/:#"
_NOT_INLINE = bytes(code for code in range(256) if chr(code) not in _INLINE)
# How much work marks are, in that of a character that one is looked for in.
_A_MARK, _A_LINE, _A_CELL, _AN_INNER_ITEM = 60, 150, 200, 400
_PAIRS = 8  # marks that others may close, which are looked for to the end
_QUICK = 256  # marks of any kind


class Excess(NamedTuple):
    """Why a text is not shown as Markdown, as the end of a sentence; what to do, and the row
    to do it in, from 0."""

    reason: str
    help: str
    row: int = 0


def all_within(joined: str, texts: Callable[[], Iterable[str]]) -> bool:
    """Whether texts surely are within the bounds, with one look at all of them, which is all
    that most take: ``joined`` has each behind a line's end. If not, ``over_bounds`` tells of
    each."""
    if len(joined) > SHORT and max(map(len, texts()), default=0) > SHORT:
        return False
    if joined.isascii() and _RUN not in joined.encode().translate(_MARKS):
        return True  # what nests so deep is a long run of marks, and looked for sooner
    return _DEEP.search(joined) is None


def over_bounds(text: str) -> Excess | None:
    """Why a text is not shown as Markdown; None if it is."""
    if len(text) > SHORT and (excess := _too_long(text)):
        return excess
    if deep := _DEEP.search("\n" + text):
        return Excess(
            f"nests lists or quotes more than {MAX_MARKERS} deep",
            "Begin this line with fewer marks or blanks.",
            text.count("\n", 0, deep.start()),
        )
    return _too_much(text) if len(text) > SHORT else None


def _too_long(text: str) -> Excess | None:
    if len(text) > MAX_CHARACTERS:
        return Excess(f"has more than {MAX_CHARACTERS:,} characters", _SPLIT)
    if text.count("\n") >= MAX_LINES:
        return Excess(f"has more than {MAX_LINES:,} lines", _SPLIT)
    return None


def _too_much(text: str) -> Excess | None:
    # Most texts are that light even if they are one paragraph, and one table.
    inner = sum(len(items.split()) for items in _INNER.findall(text)) * _AN_INNER_ITEM
    if inner + _work(text, _most_cells(text)) <= MAX_WORK:
        return None
    from site_builder.markup.layout import stretches

    if inner + sum(_work(*one) for one in stretches(text)) > MAX_WORK:
        return Excess("has too many signs such as `*`, `[` and `|` for its paragraphs", _PARTS)
    return None


def _most_cells(text: str) -> int:
    lines = text.split("\n") if "|" in text else []
    return len(lines) * max((line.count("|") + 1 for line in lines), default=0)


def _work(text: str, cells: int) -> int:
    """How much work it is to find the marks in a paragraph, or in the row of a table."""
    marks = len(text.encode("utf-8", "surrogatepass").translate(None, _NOT_INLINE))
    marks += text.count("  \n")
    pairs = sum(map(text.count, "*_`~"))
    searched = pairs // _PAIRS + marks // _QUICK
    lines = (text.count("\n") + 1) * _A_LINE
    return marks * _A_MARK + searched * len(text) + cells * _A_CELL + lines
