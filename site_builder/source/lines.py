"""The lines of a text by their numbers, counted from 0, and where its characters stand."""

from __future__ import annotations

from functools import lru_cache

from site_builder.problems.problem import Span


def line_at(text: str, row: int) -> str:
    """A line of a text; nothing behind the last."""
    lines = lines_of(text)
    return lines[row] if row < len(lines) else ""


def row_and_column(text: str, at: int) -> tuple[int, int]:
    """In which line of a text a character stands, counted from 0, and in which column of it,
    counted from 1."""
    return text.count("\n", 0, at), at - text.rfind("\n", 0, at)


def place_in(path: str, text: str, at: int, length: int = 1, first_line: int = 1) -> Span:
    """Where a stretch of one line stands in a file, of which a text begins in ``first_line``."""
    row, column = row_and_column(text, at)
    return Span(path, first_line + row, column, first_line + row, column + length)


@lru_cache(maxsize=1)  # a text is asked for many of its lines, one after the other
def lines_of(text: str) -> list[str]:
    """All lines of a text."""
    return text.split("\n")
