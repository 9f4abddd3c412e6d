"""``outcome-undated``: a deal is won or lost, and no note says when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from site_builder.journal.deal import Deal
from site_builder.journal.history import created_on
from site_builder.journal.journal import Journal
from site_builder.journal.kinds import KindRole
from site_builder.journal.pipeline import ENDED
from site_builder.problems.problem import Problem, Severity


def check(journal: Journal, today: dt.date) -> Iterator[Problem]:
    """A deal without a stage note has stood in its stage since it was created, so one that is
    won or lost counts as won or lost on that day, which it hardly was.

    Bad: `stage: won` and `created: 2026-01-05` in a deal without `## 2026-10-20 stage won`.
    """
    for deal in journal.deals:
        if deal.stage.type in ENDED and deal.is_placed and not _is_told(deal):
            yield Problem(
                "outcome-undated",
                f"`{deal.id}` stands in `{deal.stage.id}`, and no note says since when: "
                f"{_taken(deal)}.",
                f"Add the note {_note(deal, today)}.",
                deal.spans["stage"],
                Severity.WARNING,
            )


def _is_told(deal: Deal) -> bool:
    """Whether there is a stage note, or what may be meant as one: it has a problem itself."""
    if deal.lacks_notes:
        return True
    stage = KindRole.STAGE
    for note in reversed(deal.notes):
        if note.kind.role is stage:
            return True
    meant = f"stage {deal.stage.id}"
    return meant in deal.summary or any(meant in note.text for note in deal.notes)


def _taken(deal: Deal) -> str:
    day = created_on(deal)
    if day is None:
        return "it counts in no period"
    if day == deal.created:
        return f"its day is taken from `created`, {day}"
    return f"its day is taken from its first note, {day}"


def _note(deal: Deal, today: dt.date) -> str:
    from site_builder.parse.near_notes.mending import stage_note

    began, close = created_on(deal) or dt.date.min, deal.close
    if close is not None and began < close <= today:
        note = stage_note(deal.path, deal.stage.id, str(close))
        return f"`{note}`, if that day of `close` was the one, or with the right day"
    note = stage_note(deal.path, deal.stage.id)
    return f"`{note}` with the day on which it was {deal.stage.type}"
