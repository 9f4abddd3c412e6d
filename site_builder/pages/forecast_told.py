"""What notes tell of an open deal where that counts for what was learned of it, in words."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from site_builder.forecast.signals import MOST_RUNGS, Signal, trail_of
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.markup import formats
from site_builder.problems.counting import count

_OFTEN = {0: "close date never put off", 1: "close date put off once"}


class Told:
    """What the notes of deals tell by a day. ``counting`` are the signals that count in each
    pipeline, by its id."""

    def __init__(
        self, counting: Mapping[str, Sequence[Signal]], journal: Journal, today: dt.date
    ) -> None:
        self._counting, self._journal, self._today = counting, journal, today
        self._known: dict[str, str] = {}

    def of(self, deal: Deal) -> str:
        """What moves what was learned of a deal: ``two-way contact 12 days ago; 3 of 5 steps``.
        Nothing where nothing that notes tell counts in its pipeline, and of a parked deal, whose
        chance that does not move."""
        signals = self._counting.get(deal.pipeline.id, ()) if deal.stage.is_open else ()
        if not signals:
            return ""
        if deal.id not in self._known:  # for a deal is in several lists
            self._known[deal.id] = "; ".join(self._words(deal, signals))
        return self._known[deal.id]

    def _words(self, deal: Deal, signals: Sequence[Signal]) -> Iterator[str]:
        trail, day, asked = trail_of(deal, self._journal), self._today.toordinal(), deal.stage.steps
        for signal in signals:
            match signal:
                case "silence":
                    yield self._last(trail.contacts, "contact")
                case "two-way":
                    yield self._last(trail.answers, "two-way contact")
                case "rung":
                    yield self._rung(trail.height(day))
                case "steps" if asked:
                    yield f"{trail.done(day, asked)} of {count(len(asked), 'step')}"
                case "pushes":
                    pushes = bisect_right(trail.pushes, day)
                    yield _OFTEN.get(pushes, f"close date put off {count(pushes, 'time')}")

    def _last(self, days: Sequence[int], what: str) -> str:
        """When something was last, that was on some days."""
        at = bisect_right(days, self._today.toordinal())
        if not at:
            return f"no {what} yet"
        return f"{what} {formats.ago(dt.date.fromordinal(days[at - 1]), self._today)}"

    def _rung(self, height: int) -> str:
        rungs = self._journal.schema.rungs
        if not height:
            return "no rung reached yet"
        is_cut = height == MOST_RUNGS < len(rungs)
        return f"{rungs[height - 1]}{' or higher' * is_cut} reached"
