"""The problems that a change has to answer for."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from site_builder.journal.journal import Journal
from site_builder.problems.problem import Problem, Span, by_place
from site_builder.review.compare import Comparison


def touched(
    made: Comparison, problems: Iterable[Problem], changed: Collection[str]
) -> tuple[Problem, ...]:
    """Of the problems after a change those in files that it changed and those that are new because
    of it, with all that should make a reviewer look twice. Of stages that were skipped nothing is
    said where the note says why."""
    new = set(made.introduced)
    why = set(_with_reason(made.after))
    kept = [
        problem
        for problem in problems
        if (problem.span.path in changed or problem in new)
        and not (problem.code == "stage-skipped" and problem.span in why)
    ]
    return by_place([*kept, *made.suspicions])


def _with_reason(journal: Journal) -> Iterable[Span]:
    """Where the stage notes stand that say why they are out of order."""
    for deal in journal.deals:
        for note in deal.notes:
            if note.stage is not None and note.fields.override:
                yield note.places.stage or note.span
