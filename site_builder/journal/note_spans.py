"""Where the parts of a note's heading stand in its file."""

from __future__ import annotations

from typing import NamedTuple

from site_builder.problems.problem import Span

NOWHERE = Span("", 1, 1, 1, 1)
_new = tuple.__new__  # makes a named tuple several times as fast as calling its class


class Places(NamedTuple):
    """Where a note and the parts of its heading stand."""

    whole: Span
    date: Span = NOWHERE
    kind: Span = NOWHERE
    stage: Span | None = None

    @property
    def path(self) -> str:
        return self.whole.path

    @property
    def line(self) -> int:
        return self.whole.line


class UsualPlaces(NamedTuple):
    """The same for a heading in one line that begins ``## 2026-11-20``, by the columns its
    parts have: there are many such, and few of their spans are ever asked for.

    ``stage_end`` is 0 where no stage is named."""

    path: str
    line: int
    end: int
    kind_column: int
    kind_end: int
    stage_end: int

    @property
    def whole(self) -> Span:
        return self._between(1, self.end)

    @property
    def date(self) -> Span:
        return self._between(4, 14)

    @property
    def kind(self) -> Span:
        return self._between(self.kind_column, self.kind_end)

    @property
    def stage(self) -> Span | None:
        return self._between(self.kind_end + 1, self.stage_end) if self.stage_end else None

    def _between(self, column: int, end: int) -> Span:
        line = self.line
        return _new(Span, (self.path, line, column, line, end))
