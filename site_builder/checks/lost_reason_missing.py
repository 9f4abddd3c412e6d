"""``lost-reason-missing``: a deal was lost and nobody wrote why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from site_builder.journal.deal import Deal
from site_builder.journal.history import outcome
from site_builder.journal.journal import Journal
from site_builder.journal.pipeline import StageType
from site_builder.journal.schema import Schema
from site_builder.problems.problem import Problem
from site_builder.problems.suggest import listed


def check(journal: Journal, today: dt.date) -> Iterator[Problem]:
    """A deal in a lost stage has a `lost-reason`; with `other`, its story is in a note. A note
    into a lost stage can say it, so that each closing keeps its reason.

    Bad: `stage: lost` without `lost-reason`, or `lost-reason: other` and no note from the
    day it was lost on.
    """
    for deal in journal.deals:
        if not deal.is_placed or deal.lacks_notes or deal.stage.type is not StageType.LOST:
            continue
        if "lost-reason" in deal.nearly_said:
            continue
        if "lost-reason" not in deal.spans:
            if any("lost-reason" in note.field_spans for note in deal.notes):
                continue  # front matter lacks it alone, which is told otherwise
            yield Problem(
                "lost-reason-missing",
                f"`{deal.id}` is lost, and nothing says why.",
                f"Ask the customer, then add {_line(journal.schema)}.",
                deal.spans["stage"],
            )
        elif deal.lost_reason == "other" and not _explained(deal):
            yield Problem(
                "lost-reason-missing",
                f"`{deal.id}` is lost for an `other` reason, and no note says which.",
                "Write it below the stage note, or in a note after it.",
                deal.spans["lost-reason"],
            )


def _line(schema: Schema) -> str:
    """The line that is missing: free text where the journal names no reasons."""
    if not schema.lost_reasons and "lost-reasons" not in schema.unsure:
        return "`lost-reason: …` with their words"
    return f"`lost-reason:` with one of {listed([*schema.lost_reasons, 'other'])}"


def _explained(deal: Deal) -> bool:
    ended = outcome(deal)
    lost = ended.day if ended else None
    return any((n.headline or n.text) and (lost is None or n.date >= lost) for n in deal.notes)
