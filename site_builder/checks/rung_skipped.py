"""``rung-skipped``: a contact is said to trust before they liked, or to like before they knew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from site_builder.journal.journal import Journal
from site_builder.journal.ladder import skips, steps_by_climber
from site_builder.journal.note import Note
from site_builder.problems.problem import Problem, Severity
from site_builder.problems.suggest import listed


def check(journal: Journal, today: dt.date) -> Iterator[Problem]:
    """The ladder is climbed rung by rung, each way for itself.

    Of one day the notes of a file count as they stand there, and those of several files as their
    times say where all have one. Otherwise nobody knows which came first, so they count in the
    order in which the ladder is climbed, if there is one.

    Bad: `## 2026-10-12 trust from jane-roe` where no note says that she likes us.
    """
    rungs = journal.schema.rungs
    for climber, steps in steps_by_climber(journal).items():
        for step, below in skips(steps):
            yield _problem(step.note, climber, rungs[below + 1 : step.height])


def _problem(note: Note, climber: tuple[str, str], skipped: tuple[str, ...]) -> Problem:
    contact, direction = climber
    way = f"{direction} {contact}"
    return Problem(
        "rung-skipped",
        f"`{note.kind.id} {way}` comes without {listed(skipped)} before it.",
        f"Note when `{skipped[0]} {way}` came true, by `dealog log {contact} --kind {skipped[0]} "
        f"--{direction} {contact} --date DAY TEXT`, or give the relationship time.",
        note.places.kind,
        Severity.WARNING,
    )
