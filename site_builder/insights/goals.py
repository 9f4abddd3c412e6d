"""Goals: each measure of a stage beside its target, over the window that pipeline.yml states.

`within` is, for `entered`, the days counted up to today; for the others the time after the entry
(`response-rate`: after the message) in which it must happen, and deals that have not had that time
yet are not counted. A deal counts once, from its first entry.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import NamedTuple

from site_builder.insights.insights import Insights
from site_builder.insights.share import Share
from site_builder.journal import history
from site_builder.journal.deal import Deal
from site_builder.journal.history import Visit
from site_builder.journal.journal import Journal
from site_builder.journal.note import Note
from site_builder.journal.pipeline import Measure, Pipeline, Stage, StageType

Target = Decimal | dt.timedelta
Actual = Share | dt.timedelta | int


class Entry(NamedTuple):
    """A deal in a stage: its first stay there and those after it."""

    deal: Deal
    stay: Visit
    after: tuple[Visit, ...]

    @property
    def day(self) -> dt.date | None:
        return self.stay.entered


class Measured(NamedTuple):
    """A measure beside its target. ``actual`` is a share, a count or, for `time-in-stage`, the
    median; None where there is none. ``n`` is how many ``deals`` it is of; those ``waiting`` have
    not had the time yet. The clocks of those counted began from ``first`` to ``last``."""

    pipeline: Pipeline
    stage: Stage
    measure: str
    target: Target
    actual: Actual | None
    n: int
    within: dt.timedelta | None
    deals: tuple[Deal, ...]
    waiting: tuple[Deal, ...]
    first: dt.date | None
    last: dt.date | None

    @property
    def is_reached(self) -> bool | None:
        """None where there is nothing to compare."""
        if isinstance(self.actual, dt.timedelta):
            return isinstance(self.target, dt.timedelta) and self.actual <= self.target
        part = self.actual.part if isinstance(self.actual, Share) else self.actual
        if part is None or isinstance(self.target, dt.timedelta):
            return None
        return part >= self.target


@dataclass(frozen=True, slots=True)
class Goals:
    """All measures, by stage."""

    measures: tuple[Measured, ...]


def goals(insights: Insights) -> Goals:
    """All measures of a journal's pipelines."""
    entries = _entries(insights)
    return Goals(
        tuple(
            [
                _measured(pipeline, stage, one, entries.get((pipeline.id, stage.id), ()), insights)
                for pipeline in insights.journal.schema.pipelines
                for stage in pipeline.present
                for one in stage.measures
            ]
        )
    )


def _entries(insights: Insights) -> dict[tuple[str, str], list[Entry]]:
    """The deals that stood in each stage that measures anything, by pipeline and stage."""
    found: dict[tuple[str, str], list[Entry]] = {}
    for deal in insights.journal.deals:
        path, seen = insights.stage_paths[deal.id], set()
        for at, visit in enumerate(path):
            if visit.stage.measures and visit.stage.id not in seen:
                seen.add(visit.stage.id)
                entry = Entry(deal, visit, path[at + 1 :])
                found.setdefault((deal.pipeline.id, visit.stage.id), []).append(entry)
    return found


class _Look(NamedTuple):
    """What a measure is measured on."""

    stage: Stage
    within: dt.timedelta | None
    today: dt.date
    journal: Journal

    def is_due(self, since: dt.date | None) -> bool:
        """Whether the time after a day is over; always where none is stated."""
        if self.within is None:
            return True
        return since is not None and self.today - since >= self.within

    def is_in_time(self, since: dt.date | None, day: dt.date | None) -> bool:
        """Whether what happened on a day did within the time after another."""
        if self.within is None or since is None or day is None:
            return self.within is None
        return day - since <= self.within


Since = tuple[Deal, dt.date | None]
"""A deal, and the day from which its time counts."""
Result = tuple[Actual | None, Sequence[Since], Sequence[Deal]]
"""What was measured, of which deals, and which have not had the time yet."""


def _measured(
    pipeline: Pipeline, stage: Stage, one: Measure, entries: Sequence[Entry], insights: Insights
) -> Measured:
    look = _Look(stage, one.within, insights.today, insights.journal)
    actual, counted, waiting = _MEASURES[one.measure](entries, look)
    days = [day for _, day in counted if day]
    return Measured(
        pipeline,
        stage,
        one.measure,
        one.target,
        actual,
        len(counted),
        one.within,
        tuple([deal for deal, _ in counted]),
        tuple(waiting),
        min(days, default=None),
        max(days, default=None),
    )


def _parted(entries: Sequence[Entry], look: _Look) -> tuple[list[Entry], list[Deal]]:
    """The entries after which the time is over, and the deals of the others."""
    due = [entry for entry in entries if look.is_due(entry.day)]
    return due, [entry.deal for entry in entries if not look.is_due(entry.day)]


def _conversion(entries: Sequence[Entry], look: _Look) -> Result:
    due, waiting = _parted(entries, look)
    on = sum(_went_on(entry, look) for entry in due)
    return Share(on, len(due)), _since(due), waiting


def _since(entries: Sequence[Entry]) -> list[Since]:
    return [(entry.deal, entry.day) for entry in entries]


def _went_on(entry: Entry, look: _Look) -> bool:
    """Whether the deal entered a later open or a won stage in time."""
    return any(
        _is_later(visit.stage, look.stage) and look.is_in_time(entry.day, visit.entered)
        for visit in entry.after
    )


def _is_later(stage: Stage, than: Stage) -> bool:
    return stage.type in (StageType.OPEN, StageType.WON) and stage.number > than.number


def _entered(entries: Sequence[Entry], look: _Look) -> Result:
    recent = [entry for entry in entries if _is_recent(entry.day, look)]
    return len(recent), _since(recent), ()


def _is_recent(day: dt.date | None, look: _Look) -> bool:
    return look.within is None or (day is not None and look.today - day < look.within)


def _time_in_stage(entries: Sequence[Entry], look: _Look) -> Result:
    """The median of the stays that have ended; with a time, of those begun so long ago, and what
    has not ended then has lasted until today."""
    due, waiting = _parted(entries, look)
    known = [
        (entry, days)
        for entry in due
        if (entry.stay.left or look.within) and (days := entry.stay.days(look.today)) is not None
    ]
    here = [entry.deal for entry in due if not (entry.stay.left or look.within)]
    middle = dt.timedelta(median([days for _, days in known])) if known else None
    return middle, _since([entry for entry, _ in known]), [*waiting, *here]


def _steps_done(entries: Sequence[Entry], look: _Look) -> Result:
    due, waiting = _parted(entries, look)
    steps = look.stage.steps
    done = 0
    for entry in due:
        ticked = history.steps_done(entry.deal)
        done += sum(
            look.is_in_time(entry.day, ticked[step.id].date) for step in steps if step.id in ticked
        )
    return Share(done, len(due) * len(steps)), _since(due), waiting


def _response_rate(entries: Sequence[Entry], look: _Look) -> Result:
    """Of the deals to whose people a message went in the stage, those in which one that was not
    from us alone came after the first."""
    counted, waiting, answered = list[Since](), list[Deal](), 0
    for entry in entries:
        exchanges = [n for n in entry.deal.notes if history.is_contact(n, look.journal)]
        sent = next(_sent(exchanges, entry.stay), None)
        if sent is None:
            continue
        if not look.is_due(sent.date):
            waiting.append(entry.deal)
            continue
        counted.append((entry.deal, sent.date))
        answers = (n.date for n in exchanges[exchanges.index(sent) + 1 :] if n.direction != "to")
        first = next(answers, None)
        answered += first is not None and look.is_in_time(sent.date, first)
    return Share(answered, len(counted)), counted, waiting


def _sent(exchanges: Sequence[Note], stay: Visit) -> Iterator[Note]:
    """The messages from us during a stay."""
    first, last = stay.entered or dt.date.min, stay.left or dt.date.max
    return (n for n in exchanges if n.direction == "to" and first <= n.date <= last)


_MEASURES: dict[str, Callable[[Sequence[Entry], _Look], Result]] = {
    "conversion": _conversion,
    "response-rate": _response_rate,
    "time-in-stage": _time_in_stage,
    "steps-done": _steps_done,
    "entered": _entered,
}
