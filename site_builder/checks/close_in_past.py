"""``close-in-past``: an open deal was expected to close before today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from site_builder.journal.journal import Journal
from site_builder.problems.problem import Problem, Severity


def check(journal: Journal, today: dt.date) -> Iterator[Problem]:
    """An open deal whose `close` is over is in nobody's forecast.

    Bad: `close: 2026-01-31` in a deal that is still in qualification in November.
    """
    for deal in journal.deals:
        if deal.is_placed and deal.stage.is_open and deal.close and deal.close < today:
            yield Problem(
                "close-in-past",
                f"`{deal.id}` was expected to close on `{deal.close}`, "
                f"and stands in `{deal.stage.id}` today.",
                "Ask the customer and set `close` to the new date, or move the deal.",
                deal.spans["close"],
                Severity.WARNING,
            )
