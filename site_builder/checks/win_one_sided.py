"""``win-one-sided``: it is written down what one side gains from a deal, and not what the other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from site_builder.journal.journal import Journal
from site_builder.journal.pipeline import StageType
from site_builder.problems.problem import Problem, Severity


def check(journal: Journal, today: dt.date) -> Iterator[Problem]:
    """A won deal says what both sides gain, once it says it of one. Until then the page of win-win
    shows which say it.

    Bad: `their-win: Ships in time` without a line `our-win: …`.
    """
    for deal in journal.deals:
        if bool(deal.their_win) != bool(deal.our_win) and deal.stage.type is StageType.WON:
            said, lacks, whose = _SIDES[bool(deal.our_win)]
            if lacks not in deal.spans and deal.is_placed:
                yield Problem(
                    "win-one-sided",
                    f"`{deal.id}` is won and says what {whose} from it, and not the other side.",
                    f"Add `{lacks}: …` to the front matter, or ask what it would be.",
                    deal.spans[said],
                    Severity.WARNING,
                )


_SIDES = (("their-win", "our-win", "they gain"), ("our-win", "their-win", "we gain"))
