"""Where code is in a Markdown text: fences, and the quotes and list items that they stand in, as
CommonMark has them.

Readers ask here which lines mean nothing and pages show the same lines as code, so that both
judge alike. Code that is only indented is text, so an item or a fence may stand at any
indentation. A fence that nothing closes is text too, unless a list item or quote around it
ends. Every text is read in time that grows as it does.
"""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import dataclass, field

from site_builder.problems.patterns import late

MAX_DEPTH = 50
"""How many quotes and items may be in each other; what would be deeper is text."""

_SECTION = late(r" {0,3}##[ \t]*[0-9]{4}-")
_QUOTE = late(r" {0,3}> ?")
_ITEM = late(r" *(?:[-*+]|([0-9]{1,9})[.)])(?: {1,4}(?! |$)|(?= |$))")
_FENCE = late(r" *(`{3,}(?=[^`]*$)|~{3,})")
_FENCE_END = late(r"( *)(`{3,}|~{3,}) *")
_HEADING = late(r" {0,3}#{1,6}(?: |$)")
_UNDERLINE = late(r" {0,3}(?:=+|-+) *")


@dataclass(slots=True)
class Code:
    """What stands in a fence: its lines, without what is before them in an item or quote.
    ``first`` and ``last`` are the rows of the fence itself, and ``before`` what its first row
    has before it."""

    first: int
    last: int
    before: str
    fence: str
    indent: int
    lines: list[str] = field(default_factory=list)


def codes(text: str, *, has_notes: bool = False) -> list[Code]:
    """The code in a text, in order. Where the text has notes in it, their headings end every
    quote and list."""
    return _Reader(text, has_notes).read()


def code_rows(text: str, *, has_notes: bool = False) -> list[tuple[int, int]]:
    """The first and the last row of each fence of code in a text, in order."""
    return [(code.first, code.last) for code in codes(text, has_notes=has_notes)]


class _Reader:
    """Goes through a text line by line, as CommonMark's appendix on parsing has it."""

    def __init__(self, text: str, has_notes: bool) -> None:
        self._lines = text.expandtabs(4).split("\n")
        self._has_notes = has_notes
        # The widths of what is open: quotes have none, items that of their indentation.
        self._open: list[int] = []
        self._code: Code | None = None
        self._in_text = False
        self._row = 0
        self._closings: dict[tuple[str, bool], tuple[list[int], list[int]]] | None = None
        self._codes: list[Code] = []

    def read(self) -> list[Code]:
        for row, line in enumerate(self._lines):
            self._row = row
            if not line.strip(" "):
                self._blank_line()
                continue
            depth, column = self._continued(line)
            if self._code and depth == len(self._open):
                self._in_code(self._code, line, column)
            elif self._has_notes and _SECTION.match(line):
                self._close(0)
            else:
                self._begin(line, depth, column)
        return self._codes

    def _blank_line(self) -> None:
        """It is in all items that are open, and ends quotes and whatever else is open."""
        if 0 in self._open:
            self._close(self._open.index(0))
        if self._code:
            self._code.lines.append("")
        self._in_text = False

    def _continued(self, line: str) -> tuple[int, int]:
        """How many of what is open go on in a line, and the column behind their marks."""
        column = 0
        for depth, width in enumerate(self._open):
            if width:
                end = column + width
                if line[column:end].strip(" "):
                    return depth, column
            elif quote := _QUOTE.match(line, column):
                end = quote.end()
            else:
                return depth, column
            column = end
        return len(self._open), column

    def _in_code(self, code: Code, line: str, column: int) -> None:
        code.last = self._row
        closing = _FENCE_END.fullmatch(line, column)
        if closing and closing[2].startswith(code.fence) and _may_close(closing[1], code.indent):
            self._code = None
        else:
            code.lines.append(_outdented(line[column:], code.indent))

    def _begin(self, line: str, depth: int, column: int) -> None:
        """Read what a line begins or goes on with, of which ``depth`` of the open go on."""
        while True:
            in_text = self._in_text and depth == len(self._open)
            if in_text and _UNDERLINE.fullmatch(line, column):
                self._in_text = False
                return
            end = self._quote_or_item(line, depth, column, in_text)
            if not end:
                break
            depth, column = len(self._open), end
        if line[column:].strip(" ") and not self._begins_other(line, depth, column):
            if not self._in_text:  # which goes on though marks are left out
                self._close(depth)
            self._in_text = True

    def _quote_or_item(self, line: str, depth: int, column: int, in_text: bool) -> int:
        """Open what a line begins; the column behind its mark, or 0 where it begins neither."""
        if depth >= MAX_DEPTH:
            return 0
        if quote := _QUOTE.match(line, column):
            self._close(depth)
            self._open.append(0)
            return quote.end()
        item = _ITEM.match(line, column)
        if item is None or is_rule(line[column:]):
            return 0
        if in_text and (not line[item.end() :].strip(" ") or item[1] not in (None, "1")):
            return 0
        self._close(depth)
        # Behind a bare mark, or many blanks, the text stands one blank apart.
        self._open.append(item.end() - item.start() + (not item[0].endswith(" ")))
        return item.end()

    def _begins_other(self, line: str, depth: int, column: int) -> bool:
        """Whether a line is a heading or rule, or begins a fence, which is added."""
        if _HEADING.match(line, column) or is_rule(line[column:]):
            self._close(depth)
            return True
        fence = _FENCE.match(line, column)
        if not fence or not (depth or self._is_closed(fence, column)):
            return False
        self._close(depth)
        start = fence.start(1)
        self._code = Code(self._row, self._row, line[:start], fence[1], start - column)
        self._codes.append(self._code)
        return True

    def _is_closed(self, fence: re.Match[str], column: int) -> bool:
        """Whether a fence outside of lists and quotes is closed somewhere below."""
        if self._closings is None:
            self._closings = _closings(self._lines)
        anywhere = fence.start(1) - column > 3
        rows, longest = self._closings.get((fence[1][0], anywhere), ([], []))
        below = bisect(rows, self._row)
        return below < len(rows) and longest[below] >= len(fence[1])

    def _close(self, depth: int) -> None:
        del self._open[depth:]
        self._code = None
        self._in_text = False


def _may_close(indent: str, opened: int) -> bool:
    return len(indent) <= 3 or opened > 3


def _closings(lines: list[str]) -> dict[tuple[str, bool], tuple[list[int], list[int]]]:
    """Where fences can be closed outside of lists and quotes, by their sign, and whether it
    may be at any indentation: the rows, and how long the longest is from there on."""
    found: dict[tuple[str, bool], tuple[list[int], list[int]]] = {}
    for row in range(len(lines) - 1, -1, -1):
        closing = _FENCE_END.fullmatch(lines[row])
        if closing is None:
            continue
        for anywhere in (False, True):
            if anywhere or len(closing[1]) <= 3:
                rows, longest = found.setdefault((closing[2][0], anywhere), ([], []))
                rows.append(row)
                longest.append(max(len(closing[2]), longest[-1] if longest else 0))
    for rows, longest in found.values():
        rows.reverse()
        longest.reverse()
    return found


def _outdented(line: str, indent: int) -> str:
    """A line without as many blanks as it begins with, up to a number."""
    return line[min(indent, len(line) - len(line.lstrip(" "))) :]


def is_rule(line: str) -> bool:
    """Whether a line is a line across the page, such as `---`."""
    marks = line.replace(" ", "")
    return len(marks) >= 3 and marks[0] in "-*_" and marks == marks[0] * len(marks)
