"""Files that could not be read whole: what an audience is shown of them would be a guess."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.problems.problem import Problem, Severity

_READ = frozenset(
    "field-mismatch future-note gate-unmet lost-reason-missing stage-mismatch".split()
)
"""Errors of files that could be read whole."""


def doubtful(problems: Iterable[Problem]) -> frozenset[str]:
    """The paths of files that could not be read whole."""
    error = Severity.ERROR
    return frozenset(p.span.path for p in problems if p.severity is error and p.code not in _READ)
