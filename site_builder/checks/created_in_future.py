"""``created-in-future``: a deal is said to begin on a day that has not come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from site_builder.journal.history import created_on
from site_builder.journal.journal import Journal
from site_builder.problems.problem import Problem, Severity


def check(journal: Journal, today: dt.date, begun: dt.date) -> Iterator[Problem]:
    """Before it was created a deal is not in the journal, so nobody sees it on the site.

    Bad: `created: 2027-01-10` in a journal of 2026.
    """
    for deal in journal.deals:
        if deal.created is None or deal.created <= begun:
            continue
        began = created_on(deal)
        is_hidden = began is None or began > begun
        yield Problem(
            "created-in-future",
            f"`created` is `{deal.created}`, which is after today ({today})"
            + ("; the site does not show the deal before." if is_hidden else "."),
            "Correct the date; without a date here the first note's counts.",
            deal.spans["created"],
            Severity.WARNING,
        )
