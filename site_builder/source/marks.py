"""Places in a text where PyYAML stopped or something is mended, and slips that have one."""

from __future__ import annotations

from typing import NamedTuple, Protocol


class Mark(Protocol):
    """A place in a text, counted from 0: ours, or that of one of PyYAML's two parsers, whose
    marks have no class in common."""

    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


class ParsersMark(Mark, Protocol):
    """A place that PyYAML names, which counts characters too."""

    @property
    def index(self) -> int: ...


class At(NamedTuple):
    """A place of ours, counted from 0."""

    line: int
    column: int


PlacedSlip = tuple[str, str, Mark]
"""What is wrong, what to type, and where."""
