"""The lines of a note, laid out so that Python-Markdown finds the blocks that GitHub shows:
lists, tables, quotes and lines across need no blank line before them, and lists nest by any
indentation that lines up with their text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby

from site_builder.problems.patterns import late
from site_builder.source.code_blocks import codes, is_rule

CODE = "\x02wzxhzdk:"
"""How a line begins that stands for code; no text has such a sign."""

_ITEM = late(r"( *)([-*+]|([0-9]{1,9})[.)])( +|$)(.*)")
_HEADING = late(r" {0,3}(#{1,6})(?: +([^\n]*))?$")
_QUOTE = late(r" {0,3}> ?")
_OUTER = late(r"(?: {0,3}> ?| *(?:[-*+]|[0-9]{1,9}[.)]) +)*+")
_ALIGNED = late(r":?-+:?")
_BAR = late(r"(?<!\\)(?:\\\\)*(\|)")
_WIKI_BAR = late(r"(\[\[[a-z0-9-]{1,100})\|(?=[^\[\]|]*\]\])")


def without_code(text: str, kept: Callable[[list[str]], str]) -> list[str]:
    """The lines of a text with one line in place of each fence: what ``kept`` makes of it."""
    if "```" not in text and "~~~" not in text:  # as in most
        return text.split("\n")
    out, lines, row = list[str](), text.split("\n"), 0
    for code in codes(text):
        out += lines[row : code.first]
        out.append(code.before + kept(code.lines))
        row = code.last + 1
    return out + lines[row:]


def laid_out(lines: list[str]) -> list[str]:
    """Lines with blank ones between blocks, and lists indented by four blanks a level. What
    begins like an item or heading is one."""
    return _Layout(lines).run()


def stretches(text: str) -> Iterator[tuple[str, int]]:
    """What is looked through for marks by itself: a paragraph, an item's own lines, a row of a
    table. With each row, how many columns its table has; 0 otherwise."""
    lines = laid_out(without_code(text.expandtabs(4), lambda _lines: CODE))
    for is_blank, block in groupby(lines, key=lambda line: not line):
        rows = list(block)
        if is_blank:
            continue
        if len(rows) > 1 and is_table(rows[0], rows[1]):
            columns = len(_cells(rows[0]))
            yield from ((row, columns) for row in rows)
        else:
            for _, own in groupby(rows, key=partial(_count, [0])):
                yield "\n".join(own), 0


def _count(items: list[int], line: str) -> int:
    """Which item a line belongs to, of those that were counted so far."""
    items[0] += _ITEM.match(line) is not None
    return items[0]


def is_table(head: str, line: str) -> bool:
    """Whether two lines begin a table."""
    if "|" not in line or "-" not in line or "|" not in head or line.strip("|-: "):
        return False
    aligned = _cells(line)
    return all(map(_ALIGNED.fullmatch, aligned)) and len(aligned) == len(_cells(head))


def _cells(line: str) -> list[str]:
    line = line.strip(" ").removeprefix("|")
    bars = [match.start(1) for match in _BAR.finditer(line)]
    if not bars or bars[-1] < len(line) - 1:
        bars.append(len(line))
    starts = [0, *[bar + 1 for bar in bars]]
    return [line[start:bar].strip(" ") for start, bar in zip(starts, bars, strict=False)]


class _Layout:
    """Goes through lines; ``_within`` is what the line before leaves open: ``text``, or the
    own line of an ``item``, or a ``quote``, or nothing."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._row = 0
        self._out: list[str] = []
        # Of each level of lists that is open: where its text stands.
        self._levels: list[int] = []
        self._within = ""
        # In how many lists the item stands that the lines since the last blank one begin with.
        self._first = 0

    def run(self) -> list[str]:
        while self._row < len(self._lines):
            line = self._line()
            if not line.strip(" "):
                self._out.append("")
                self._within = ""
            elif not self._special(line):
                self._text(line)
            self._row += 1
        return self._out

    def _line(self) -> str:
        """The line of the row, with two blanks behind it where they break it."""
        line, bare = self._lines[self._row], self._lines[self._row].rstrip(" ")
        more = self._row + 1 < len(self._lines) and self._lines[self._row + 1].strip(" ")
        return bare + "  " if more and line.endswith("  ") else bare

    def _special(self, line: str) -> bool:
        if line.lstrip(" ")[0].isalpha() and "|" not in line:
            return False  # as most are
        return (
            self._code(line)
            or self._quote(line)
            or self._rule(line)
            or self._item(line)
            or self._heading(line)
            or self._table(line)
        )

    def _code(self, line: str) -> bool:
        bare = line.lstrip(" ")
        if not bare.startswith(CODE):
            return False
        self._leave(len(line) - len(bare))
        is_tight = self._within == "item" and not self._is_outer()
        if self._levels and is_tight:  # a blank line would make the list a loose one
            self._out.append("    " * len(self._levels) + bare)
            self._within = "item"
        else:
            self._block(bare)
        return True

    def _quote(self, line: str) -> bool:
        quote = _QUOTE.match(line)
        if not quote or (self._levels and line.index(">") >= self._levels[0]):
            return False
        self._levels.clear()
        inner = _Layout(list(self._quoted()))
        self._row -= 1
        self._out.extend([""] if self._within else [])
        lines = inner.run()
        while lines and not lines[-1]:  # which would be one more row of a table
            lines.pop()
        self._out.extend(f"> {one}" for one in lines)
        self._within = "quote" if inner._within else ""
        self._out.extend([] if inner._within else [""])
        return True

    def _quoted(self) -> Iterator[str]:
        """The lines of the quote that begins here, without its marks; also those that have none
        but go on with its text, if more of it follows."""
        while self._row < len(self._lines) and (quote := _QUOTE.match(self._lines[self._row])):
            line = self._lines[self._row][quote.end() :]
            yield line
            self._row += 1
            lazy = self._row
            if _ends_with_text(line):
                while lazy < len(self._lines) and _goes_on(self._lines[lazy]):
                    lazy += 1
            if lazy < len(self._lines) and _QUOTE.match(self._lines[lazy]):
                yield from map(_as_text, self._lines[self._row : lazy])
                self._row = lazy

    def _rule(self, line: str) -> bool:
        bare = line.strip(" ")
        if bare[0] not in "-*_" or not is_rule(bare):
            return False
        is_outside = self._leave(len(line) - len(line.lstrip(" ")))
        is_own = self._within in ("text", "item") and not is_outside
        if is_own and bare == "-" * len(bare):
            return False  # it underlines a heading
        self._block(bare)
        return True

    def _item(self, line: str) -> bool:
        item = _ITEM.match(line)
        if not item or not self._begins(item):
            return False
        indent, marker, _number, gap, text = item.groups()
        self._leave(len(indent))
        if self._within in ("text", "quote") or self._is_outer():
            self._out.append("")
        if self._out and not self._out[-1]:
            self._first = len(self._levels)
        self._out.append(f"{'    ' * len(self._levels)}{marker} {text}")
        self._levels.append(len(indent) + len(marker) + max(1, min(len(gap), 4)))
        self._within = "item"
        if _ITEM.match(text) and not is_rule(text):  # which has a line of its own
            self._out[-1] = self._out[-1][: -len(text)]
            self._item(" " * self._levels[-1] + text)
        return True

    def _is_outer(self) -> bool:
        """Whether a line is further out than the item that the lines since the last blank
        one begin with: without another, it would be taken for one within."""
        return self._within == "item" and len(self._levels) < self._first

    def _begins(self, item: re.Match[str]) -> bool:
        """Whether it is an item: in the middle of a text, a number other than 1 is not."""
        if self._levels or self._within in ("", "quote"):
            return True
        return bool(item[5]) and item[3] in (None, "1")

    def _heading(self, line: str) -> bool:
        heading = _HEADING.match(line)
        if not heading:
            return False
        self._leave(len(line) - len(line.lstrip(" ")))
        text = (heading[2] or "").strip(" ")
        bare = text.rstrip("#")
        closed = bare.rstrip(" ") if not bare or bare[-1] == " " else text
        self._block(f"{heading[1]} {closed}")
        return True

    def _table(self, line: str) -> bool:
        row = self._row + 1
        if "|" not in line or row >= len(self._lines) or not is_table(line, self._lines[row]):
            return False
        self._leave(len(line) - len(line.lstrip(" ")))
        while row < len(self._lines) and "|" in self._lines[row]:
            row += 1
        rows = [_WIKI_BAR.sub(r"\1\\|", one.strip(" ")) for one in self._lines[self._row : row]]
        self._block(*rows)
        self._row = row - 1
        return True

    def _block(self, *lines: str) -> None:
        """Lines with a blank one on both sides."""
        indent = "    " * len(self._levels)
        self._out += ["", *[indent + line for line in lines], ""]
        self._within = ""

    def _text(self, line: str) -> None:
        bare = line.lstrip(" ")
        if not self._within or self._is_apart(line, bare):
            if self._leave(len(line) - len(bare)) and self._out[-1]:
                self._out.append("")
            self._within = "text"
        level = len(self._levels) - (self._within == "item")
        is_line = _is_line(bare)
        is_own = not self._levels or len(line) - len(bare) >= self._levels[-1]
        if is_line and is_own and self._within != "quote":
            self._within = "" if self._out and self._out[-1] else "text"
        elif is_line or _ITEM.match(bare):
            bare = _escaped(bare)
        self._out.append("    " * max(level, 0) + bare)

    def _is_apart(self, line: str, bare: str) -> bool:
        """Whether a line, further out than the item above it, goes on with no text of that: a
        quote, or what stands behind code."""
        if not self._levels or len(line) - len(bare) >= self._levels[-1]:
            return False
        return bare[0] == ">" or self._out[-1].lstrip(" ").startswith(CODE)

    def _leave(self, indent: int) -> bool:
        """Leave the lists that a line of such an indentation is not in; whether there are any."""
        before = len(self._levels)
        while self._levels and indent < self._levels[-1]:
            self._levels.pop()
        return len(self._levels) < before


def _ends_with_text(line: str) -> bool:
    """Whether a line leaves a text open, in whatever quotes and items."""
    behind = _OUTER.sub("", line, count=1)
    return _is_text(behind) and not _is_line(behind)


def _goes_on(line: str) -> bool:
    """Whether a line goes on with the text that is open, though that is in a quote."""
    return _is_text(line) and not _ITEM.match(line)


def _is_text(line: str) -> bool:
    """Whether a line, which is no item, is nothing but text."""
    bare = line.strip(" ")
    is_other = bare.startswith((CODE, ">")) or _HEADING.match(bare) or is_rule(bare)
    return not (is_other or "|" in bare) if bare else False


def _is_line(bare: str) -> bool:
    """Whether it underlines the text above it, if it can."""
    return bare in ("-" * len(bare), "=" * len(bare))


def _as_text(line: str) -> str:
    """A line of text that underlines nothing."""
    bare = line.lstrip(" ")
    return _escaped(bare) if _is_line(bare.rstrip(" ")) else bare


def _escaped(bare: str) -> str:
    """Text that would be taken for an item or underline if it had no backslash in it."""
    number = re.match("[0-9]*", bare)
    at = number.end() if number else 0
    return f"{bare[:at]}\\{bare[at:]}"
