"""``no-next-step``: an open deal that nobody has planned anything for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.journal.pipeline import StageType
from site_builder.problems.problem import Problem, Severity


def check(journal: Journal, today: dt.date) -> Iterator[Problem]:
    """An open deal says what happens next, and when; where its pipeline has a parked stage it can
    sleep until it is time.

    Bad: a deal in qualification without a line `next: 2026-11-24 Call Jane`.
    """
    for deal in journal.deals:
        if deal.is_placed and deal.stage.is_open and "next" not in deal.spans:
            yield Problem(
                "no-next-step",
                f"`{deal.id}` is open in `{deal.stage.id}` and has no next step.",
                _help(deal),
                deal.spans["stage"],
                Severity.WARNING,
            )


def _help(deal: Deal) -> str:
    can_park = any(s.type is StageType.PARKED and not s.retired for s in deal.pipeline.stages)
    return "Add `next: DATE text` to the front matter" + (
        ", or park the deal." if can_park else "."
    )
