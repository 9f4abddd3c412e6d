"""Who climbed the relationship ladder, when, and how fast."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from site_builder.insights.insights import Insights
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.ladder import Step, skips, steps_by_climber
from site_builder.journal.note import Note

HURRY = 7
"""A rung within so many days of one below is climbed in a hurry."""


Source = tuple[Note, Deal | Contact]
"""A note, and in whose file it stands."""


class Reached(NamedTuple):
    """A rung, the day on which it was reached first, and the note that says so. ``after`` is how
    many days before that the last of the rungs below was reached; None where none was."""

    rung: str
    date: dt.date
    after: int | None
    subject: Deal | Contact
    note: Note


class Ladder(NamedTuple):
    """The rungs that a contact reached one way, the lowest first. ``is_jumped`` says that one was
    reached without that below it."""

    reached: tuple[Reached, ...] = ()
    is_jumped: bool = False

    @property
    def is_hurried(self) -> bool:
        """Whether a rung was reached within days of one below."""
        return any(one.after is not None and one.after <= HURRY for one in self.reached)

    @property
    def top(self) -> Reached | None:
        """The highest rung reached."""
        return self.reached[-1] if self.reached else None

    def top_on(self, day: dt.date) -> Reached | None:
        """The highest rung reached by the end of a day."""
        return next((one for one in reversed(self.reached) if one.date <= day), None)


NO_LADDER = Ladder()


class Ladders(NamedTuple):
    """Both ladders of a contact: they of us, and we of them."""

    theirs: Ladder = NO_LADDER
    ours: Ladder = NO_LADDER

    @property
    def is_jumped(self) -> bool:
        return self.theirs.is_jumped or self.ours.is_jumped

    @property
    def is_hurried(self) -> bool:
        return self.theirs.is_hurried or self.ours.is_hurried

    @property
    def last(self) -> dt.date | None:
        """The day on which a rung was reached last."""
        return max((one.date for way in self for one in way.reached), default=None)


NO_LADDERS = Ladders()


def ladders(insights: Insights) -> Mapping[str, Ladders]:
    """The ladders of all contacts that have reached a rung, by id."""
    found: dict[str, Ladders] = {}
    rungs = insights.journal.schema.rungs
    for (id, direction), steps in steps_by_climber(insights.journal).items():
        before, ladder = found.get(id, NO_LADDERS), _ladder(steps, rungs)
        found[id] = (
            before._replace(ours=ladder) if direction == "to" else before._replace(theirs=ladder)
        )
    return found


def _ladder(steps: Sequence[Step], rungs: Iterable[str]) -> Ladder:
    first: dict[str, Source] = {}
    for step in steps:
        first.setdefault(step.note.kind.id, (step.note, step.subject))
    return Ladder(reached(first, rungs), next(skips(steps), None) is not None)


def reached(first: Mapping[str, Source], rungs: Iterable[str]) -> tuple[Reached, ...]:
    """Those of the rungs, the lowest first, that were reached: each ``first`` by which note."""
    found: list[Reached] = []
    for rung in rungs:
        if rung in first:
            note, subject = first[rung]
            before = max((one.date for one in found if one.date <= note.date), default=None)
            after = (note.date - before).days if before else None
            found.append(Reached(rung, note.date, after, subject, note))
    return tuple(found)
