"""The lines of a text by their numbers, counted from 0."""

from __future__ import annotations

from functools import lru_cache


def line_at(text: str, row: int) -> str:
    """A line of a text; nothing behind the last."""
    lines = lines_of(text)
    return lines[row] if row < len(lines) else ""


@lru_cache(maxsize=1)  # a text is asked for many of its lines, one after the other
def lines_of(text: str) -> list[str]:
    """All lines of a text."""
    return text.split("\n")
