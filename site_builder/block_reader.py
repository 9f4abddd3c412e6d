"""The blocks of a Markdown text, as CommonMark and GitHub have them: quotes, lists, fences,
headings, rules, tables and paragraphs.

Readers ask here which lines are code and pages are made of the same blocks, so that both judge
alike. What notes do without is text: HTML, references, and code that is only indented; so an
item or a fence may stand at any indentation. A fence that nothing closes is text too, unless
a list item or quote around it ends. Every text is read in time that grows as it does.
"""

from __future__ import annotations

import re
from bisect import bisect
from itertools import pairwise

from site_builder.blocks import Block, Code, Heading, Item, Listing, Paragraph, Quote, Rule, Table

MAX_DEPTH = 50
"""How many quotes and items may be in each other; what would be deeper is text."""

_SECTION = re.compile(r" {0,3}##[ \t]*[0-9]{4}-")
_QUOTE = re.compile(r" {0,3}> ?")
_ITEM = re.compile(r" *(?:([-*+])|([0-9]{1,9})([.)]))(?: {1,4}(?! |$)|(?= |$))")
_FENCE = re.compile(r" *(`{3,}(?=[^`]*$)|~{3,})")
_CLOSING = re.compile(r"( *)(`{3,}|~{3,}) *")
_HEADING = re.compile(r" {0,3}(#{1,6})(?: |$)")
_UNDERLINE = re.compile(r" {0,3}(?:(=+)|-+) *")
_ALIGNED = re.compile(r" *(:?)-+(:?) *")
_BAR = re.compile(r"\\.|\[\[[a-z0-9-]{1,100}\|[^\[\]|]*\]\]|(\|)")


def blocks(text: str) -> list[Block]:
    """The blocks of a text."""
    return _Reader(text, has_notes=False).read()


def code_rows(text: str, *, has_notes: bool = False) -> list[tuple[int, int]]:
    """The first and the last row of each fence of code in a text, in order. Where the text has
    notes in it, their headings end every quote and list."""
    reader = _Reader(text, has_notes)
    reader.read()
    return [(code.first, code.last) for code in reader.codes]


class _Reader:
    """Goes through a text line by line, as CommonMark's appendix on parsing has it."""

    def __init__(self, text: str, has_notes: bool) -> None:
        self._lines = text.expandtabs(4).split("\n")
        self._has_notes = has_notes
        self._top: list[Block] = []
        # What is open: quotes, which have no width, and items, with that of their indentation.
        self._open: list[tuple[Quote | Item, int]] = []
        self._leaf: Paragraph | Code | Table | None = None
        self._after_blank = False
        self._row = 0
        self._closings: dict[tuple[str, bool], tuple[list[int], list[int]]] | None = None
        self.codes: list[Code] = []

    def read(self) -> list[Block]:
        for row, line in enumerate(self._lines):
            self._row = row
            if not line.strip(" "):
                self._blank_line()
                continue
            depth, column = self._continued(line)
            if isinstance(self._leaf, Code) and depth == len(self._open):
                self._in_code(self._leaf, line, column)
            elif self._has_notes and _SECTION.match(line):
                self._close(0)
            else:
                self._begin(line, depth, column)
            self._after_blank = False
        return self._top

    def _blank_line(self) -> None:
        """It is in all items that are open, and ends quotes and whatever else is open."""
        for depth, (_, width) in enumerate(self._open):
            if not width:
                self._close(depth)
                break
        if isinstance(self._leaf, Code):
            self._leaf.lines.append("")
        else:
            self._leaf = None
            self._after_blank = True

    def _continued(self, line: str) -> tuple[int, int]:
        """How many of what is open go on in a line, and the column behind their marks."""
        column = 0
        for depth, (_, width) in enumerate(self._open):
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
        closing = _CLOSING.fullmatch(line, column)
        if closing and closing[2].startswith(code.fence) and _may_close(closing[1], code.indent):
            code.last = self._row
            self._leaf = None
        else:
            code.last = self._row
            code.lines.append(_outdented(line[column:], code.indent))

    def _begin(self, line: str, depth: int, column: int) -> None:
        """Read what a line begins or goes on with, of which ``depth`` of the open go on."""
        while True:
            in_text = isinstance(self._leaf, Paragraph) and depth == len(self._open)
            if in_text and self._is_text_ended(line, column):
                return
            end = self._quote_or_item(line, depth, column, in_text)
            if not end:
                break
            depth, column = len(self._open), end
        if line[column:].strip(" ") and not self._leaf_begins(line, depth, column):
            self._text(line, depth, column)

    def _quote_or_item(self, line: str, depth: int, column: int, in_text: bool) -> int:
        """Open what a line begins; the column behind its mark, or 0 where it begins neither."""
        if depth >= MAX_DEPTH:
            return 0
        if quote := _QUOTE.match(line, column):
            opened = Quote()
            self._add(opened, depth)
            self._open.append((opened, 0))
            return quote.end()
        item = _ITEM.match(line, column)
        if item is None or _is_rule(line, column):
            return 0
        if in_text and (not line[item.end() :].strip(" ") or item[2] not in (None, "1")):
            return 0
        self._add_item(item, depth)
        return item.end()

    def _add_item(self, match: re.Match[str], depth: int) -> None:
        self._close(depth)
        siblings = self._blocks()
        last = siblings[-1] if siblings else None
        item, mark = Item(), match[1] or match[3]
        if isinstance(last, Listing) and last.mark == mark:
            if self._after_blank:
                item.is_loose = last.items[-1].is_loose = True
            last.items.append(item)
        else:
            self._add(Listing(mark, int(match[2] or 1), [item]), depth)
        # Behind a bare mark, or many blanks, the text stands one blank apart.
        width = match.end() - match.start() + (not match[0].endswith(" "))
        self._open.append((item, width))

    def _leaf_begins(self, line: str, depth: int, column: int) -> bool:
        """Whether a line begins a fence, heading or rule, which is added."""
        if heading := _HEADING.match(line, column):
            level = len(heading[1])
            self._add(Heading(level, _heading_text(line[heading.start(1) + level :])), depth)
        elif _is_rule(line, column):
            self._add(Rule(), depth)
        elif (fence := _FENCE.match(line, column)) and (depth or self._is_closed(fence, column)):
            code = Code(self._row, self._row, fence[1], fence.start(1) - column)
            self._add(code, depth)
            self.codes.append(code)
            self._leaf = code
        else:
            return False
        return True

    def _text(self, line: str, depth: int, column: int) -> None:
        """Add a line to a paragraph or table that is open, or begin a paragraph."""
        if isinstance(self._leaf, Paragraph):  # which goes on though marks are left out
            self._leaf.lines.append(line[column:].lstrip(" "))
        elif isinstance(self._leaf, Table) and depth == len(self._open) and "|" in line:
            self._leaf.rows.append(_cells(line[column:])[: len(self._leaf.head)])
        else:
            paragraph = Paragraph([line[column:].lstrip(" ")])
            self._add(paragraph, depth)
            self._leaf = paragraph

    def _is_text_ended(self, line: str, column: int) -> bool:
        """Whether a line makes a heading or a table of the paragraph that is open."""
        text, around = self._leaf, self._blocks()
        assert isinstance(text, Paragraph)
        if underline := _UNDERLINE.fullmatch(line, column):
            around[-1] = Heading(1 if underline[1] else 2, "\n".join(text.lines).rstrip())
            self._leaf = None
        elif table := _table(text.lines[-1], line[column:]):
            text.lines.pop()
            if not text.lines:
                around.pop()
            around.append(table)
            self._leaf = table
        else:
            return False
        return True

    def _is_closed(self, fence: re.Match[str], column: int) -> bool:
        """Whether a fence outside of lists and quotes is closed somewhere below."""
        if self._closings is None:
            self._closings = _closings(self._lines)
        anywhere = fence.start(1) - column > 3
        rows, longest = self._closings.get((fence[1][0], anywhere), ([], []))
        below = bisect(rows, self._row)
        return below < len(rows) and longest[below] >= len(fence[1])

    def _blocks(self) -> list[Block]:
        return self._open[-1][0].blocks if self._open else self._top

    def _add(self, block: Block, depth: int) -> None:
        self._close(depth)
        around = self._open[-1][0] if self._open else None
        if self._after_blank and isinstance(around, Item) and around.blocks:
            around.is_loose = True
        self._blocks().append(block)

    def _close(self, depth: int) -> None:
        del self._open[depth:]
        self._leaf = None


def _may_close(indent: str, opened: int) -> bool:
    return len(indent) <= 3 or opened > 3


def _closings(lines: list[str]) -> dict[tuple[str, bool], tuple[list[int], list[int]]]:
    """Where fences can be closed outside of lists and quotes, by their sign, and whether it
    may be at any indentation: the rows, and how long the longest is from there on."""
    found: dict[tuple[str, bool], tuple[list[int], list[int]]] = {}
    for row in range(len(lines) - 1, -1, -1):
        closing = _CLOSING.fullmatch(lines[row])
        for anywhere in (False, True) if closing else ():
            assert closing
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


def _is_rule(line: str, column: int) -> bool:
    marks = line[column:].replace(" ", "")
    return len(marks) >= 3 and marks[0] in "-*_" and marks == marks[0] * len(marks)


def _heading_text(text: str) -> str:
    text = text.strip(" ")
    bare = text.rstrip("#")
    return bare.rstrip(" ") if not bare or bare[-1] == " " else text


def _table(head: str, line: str) -> Table | None:
    """The table that two lines begin; None if they don't."""
    if "|" not in line or "-" not in line or "|" not in head or line.strip("|-: "):
        return None
    aligned = [_ALIGNED.fullmatch(cell) for cell in _cells(line)]
    cells = _cells(head)
    if len(aligned) != len(cells) or None in aligned:
        return None
    return Table(cells, [bool(m and m[2] and not m[1]) for m in aligned])


def _cells(line: str) -> list[str]:
    """What stands between the bars of a line; `\\|` is none, nor is the bar of `[[id|words]]`."""
    line = line.strip(" ")
    bars = [match.start() for match in _BAR.finditer(line) if match[1]]
    if not bars or bars[0] > 0:
        bars.insert(0, -1)
    if bars[-1] < len(line) - 1:
        bars.append(len(line))
    return [line[start + 1 : end].strip(" ").replace("\\|", "|") for start, end in pairwise(bars)]
