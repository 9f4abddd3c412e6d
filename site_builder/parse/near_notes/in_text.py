"""Where stretches of the texts of notes stand in their files."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache

from site_builder.problems.patterns import pattern
from site_builder.problems.problem import Span
from site_builder.source.note_drafts import NoteDraft

_FAR_IN = 10_000


def in_text(draft: NoteDraft, start: int, length: int) -> Span:
    """Where a stretch of a note's text stands in its file."""
    row = _row(draft.text, start)
    column = start - draft.text.rfind("\n", 0, start) + draft.text_column - 1
    line, last = draft.text_line + row, draft.text_span
    if last is not None and (line, column + length) > (last.end_line, last.end_column):
        return last
    return Span(draft.places.path, line, column, line, column + length)


def _row(text: str, at: int) -> int:
    """In which row of a text a place is, from 0. In a long text there may be thousands to tell."""
    return text.count("\n", 0, at) if at < _FAR_IN else bisect_left(_line_ends(text), at)


@lru_cache(maxsize=1)
def _line_ends(text: str) -> list[int]:
    return [match.start() for match in pattern("\n").finditer(text)]
