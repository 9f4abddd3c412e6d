"""What is wrong with a journal, as data: a place, a code, a message and what to do.

This module imports nothing else of the package.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of one file. Lines and columns count from 1, columns in characters.

    ``end_line`` and ``end_column`` stand just behind the last character, so an
    empty stretch ends where it begins. ``path`` is relative to the journal, with ``/``.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int

    @classmethod
    def start_of(cls, path: str) -> Span:
        """The very beginning of a file, for problems of the file as a whole."""
        return cls(path, 1, 1, 1, 1)


class Severity(StrEnum):
    """Errors make a journal wrong; warnings make a reader look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, where, and what to type instead.

    ``message`` is one sentence that names the value in backticks; ``help`` says what
    to do. Both are plain text.
    """

    code: str
    message: str
    help: str
    span: Span
    severity: Severity = Severity.ERROR


def by_place(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems sorted by place, each once."""
    return tuple(sorted(set(problems), key=lambda p: (p.span, p.code, p.message, p.help)))


def errors_in(problems: Iterable[Problem]) -> int:
    """Count the errors among the problems."""
    return sum(p.severity is Severity.ERROR for p in problems)
