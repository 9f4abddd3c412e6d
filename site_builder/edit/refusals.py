"""What an edit says where it can't be made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from site_builder.problems.problem import Problem

GATE = "gate-unmet"
"""The problem that a reason passes: an edit may be made with it."""


class NotDone(Exception):
    """An edit that can't be made; nothing was written. The text says why, and what to do."""


class TooLarge(NotDone):
    """An edit after which a file would be too large to be read."""


class Wrong(NotDone):
    """An edit after which a file would have errors that it has not now: ``problems``, in the
    text that it would have, ``sources``."""

    def __init__(self, text: str, problems: Sequence[Problem], sources: Mapping[str, str]) -> None:
        super().__init__(text)
        self.problems, self.sources = problems, sources

    @property
    def is_of_gates(self) -> bool:
        """Whether gates are unmet, which a reason passes."""
        return GATE in self._codes

    @property
    def is_of_gates_alone(self) -> bool:
        """Whether nothing else is wrong."""
        return self._codes == {GATE}

    @property
    def _codes(self) -> set[str]:
        return {problem.code for problem in self.problems}
