"""Where the events of a YAML parser stand in their file.

PyYAML's two parsers have no class in common, nor have their marks, and what an event holds
depends on its own: events and marks are ``Any``.
"""

from __future__ import annotations

from typing import Any

from site_builder.problems.problem import Span
from site_builder.source.lines import line_at


class Places:
    """The places of a YAML text whose first line is line ``offset`` of the file at ``path``.
    Marks count lines and columns from 0, places from 1."""

    __slots__ = ("offset", "path", "text")

    def __init__(self, path: str, text: str, offset: int) -> None:
        self.path, self.text, self.offset = path, text, offset

    def line(self, mark: Any) -> str:
        """The line of a mark, without its end."""
        return line_at(self.text, mark.line)

    def of(self, start: Any, end: Any = None) -> Span:
        """From the start of an event to its end, or to that of another."""
        first, last = start.start_mark, (end or start).end_mark
        return Span(
            self.path,
            self.offset + first.line,
            first.column + 1,
            self.offset + last.line,
            last.column + 1,
        )

    def beginning(self, event: Any, length: int) -> Span:
        """The first ``length`` characters of an event."""
        return self.within(event.start_mark, event.start_mark.column, length)

    def within(self, mark: Any, column: int, length: int) -> Span:
        """A part of the line of a mark: its first column, counted from 0, and its length."""
        line = self.offset + mark.line
        return Span(self.path, line, column + 1, line, column + 1 + length)

    def character(self, mark: Any) -> Span:
        """The character at a mark; the beginning of the text where there is no mark."""
        row, column = (mark.line, mark.column) if mark is not None else (0, 0)
        width = 1 if column < len(line_at(self.text, row)) else 0
        line = self.offset + row
        return Span(self.path, line, column + 1, line, column + 1 + width)

    def of_block(self, event: Any) -> Span:
        """The place of a block's text, which begins below its indicator."""
        begin = event.start_mark.line + 1
        text = self.text[event.start_mark.index : event.end_mark.index].split("\n")[1:]
        for row, line in enumerate(text):
            if bare := line.strip():
                column = line.index(bare[0]) + 1
                last = begin + len(text) - 1
                while not text[last - begin].strip():
                    last -= 1
                end = len(text[last - begin].rstrip()) + 1
                return Span(self.path, self.offset + begin + row, column, self.offset + last, end)
        return self.of(event)
