"""What commands tell of a journal, without the journal itself: it can be kept between runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from typing import Any

from site_builder.journal.repository import Repository
from site_builder.problems.problem import Problem, Severity, Span


@dataclass(frozen=True, slots=True)
class Findings:
    """The problems of a journal as of ``today``, the texts of the files that they stand in, and
    how many deals and contacts it has. ``repository`` is None where pipeline.yml could not be
    understood."""

    problems: tuple[Problem, ...]
    sources: Mapping[str, str]
    today: dt.date
    deals: int = 0
    contacts: int = 0
    repository: Repository | None = None


def plain(found: Findings) -> tuple[Any, ...]:
    """The same in numbers, texts and rows of them."""
    return (
        [plain_problem(problem) for problem in found.problems],
        dict(found.sources),
        found.today.toordinal(),
        found.deals,
        found.contacts,
        found.repository and astuple(found.repository),
    )


def from_plain(row: tuple[Any, ...]) -> Findings:
    """What ``plain`` was given."""
    problems, sources, today, deals, contacts, repository = row
    return Findings(
        tuple(map(problem_from, problems)),
        sources,
        dt.date.fromordinal(today),
        deals,
        contacts,
        repository and Repository(*repository),
    )


def plain_problem(problem: Problem) -> tuple[Any, ...]:
    """A problem in numbers and texts."""
    is_error = problem.severity is Severity.ERROR
    return problem.code, problem.message, problem.help, tuple(problem.span), is_error


def problem_from(row: tuple[Any, ...]) -> Problem:
    """What ``plain_problem`` was given."""
    code, message, help, span, is_error = row
    severity = Severity.ERROR if is_error else Severity.WARNING
    return Problem(code, message, help, Span(*span), severity)
