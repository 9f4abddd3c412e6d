"""``trust-missing``: a deal is ahead of its relationship."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from site_builder.journal.journal import Journal
from site_builder.journal.ladder import rungs_reached
from site_builder.journal.pipeline import StageType
from site_builder.problems.problem import Problem, Severity


def check(journal: Journal, today: dt.date) -> Iterator[Problem]:
    """A stage can name the rung that the deal's main contact should have reached with us.

    It never blocks, for a pitch can be won before trust; but then trust is the work to do.

    Bad: a deal in negotiation, which asks for `trust`, whose main contact only knows us.
    """
    rungs = journal.schema.rungs
    reached = rungs_reached(journal)
    for deal in journal.deals:
        wanted, id = deal.stage.relationship, deal.main_contact
        if (
            not deal.is_placed
            or not wanted
            or not id
            or deal.stage.type not in (StageType.OPEN, StageType.WON)
        ):
            continue
        rung = reached.get((id, "from"))
        if rung is None or rungs.index(rung) < rungs.index(wanted):
            so_far = f"the last rung noted is `{rung}`" if rung else "no rung is noted"
            yield Problem(
                "trust-missing",
                f"In `{deal.stage.id}`, `{id}` should have reached `{wanted}`; {so_far}.",
                "Put extra work into the relationship; when it is so, "
                f"`dealog log {id} --kind {wanted} --from {id} TEXT` notes it.",
                deal.spans["stage"],
                Severity.WARNING,
            )
