"""What notes tell of a deal beside where it stands: how long it has been silent, whether they take
part, which rung was reached, which steps are done, and how often its close was put off.

All of it is known from what was dated by a day alone. What stands in the front matter has no day,
and is no part of it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Literal, NamedTuple

from site_builder.journal import history
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.journal.kinds import KindRole
from site_builder.journal.note import Note
from site_builder.journal.pipeline import Step

Signal = Literal["silence", "two-way", "rung", "steps", "pushes"]
SIGNALS: tuple[Signal, ...] = ("silence", "two-way", "rung", "steps", "pushes")
QUIET = (14, 42, 91)
"""Days without real contact: up to the first, up to the second, …"""
ANSWERED = 60
"""Days within which an answer is one of late."""
MOST_RUNGS = 4
"""Of more rungs those above are one."""
_MOST_PUSHES = 2
Signs = tuple[int, ...]
"""Of each signal what it is, as a number: 0 where nothing was noted."""
MOST = 5
"""So many signs a signal has at most."""
NOTHING: Signs = (0,) * len(SIGNALS)


class Trail(NamedTuple):
    """What the notes of a deal tell, by the days on which they do (as ordinals, rising): of real
    ``contacts``, those in which they took part (``answers``), the ``rungs`` reached first with
    their heights, the ``steps`` done first, and when the close was put off (``pushes``)."""

    contacts: Sequence[int] = ()
    answers: Sequence[int] = ()
    rung_days: Sequence[int] = ()
    rungs: Sequence[int] = ()
    steps: Mapping[str, int] = {}
    pushes: Sequence[int] = ()

    def on(self, day: int, asked: Sequence[Step]) -> Signs:
        """What the signals were at the end of a day, in a stage of which some steps are
        ``asked``."""
        if self is NO_TRAIL:
            return NOTHING
        return (
            self._silence(day),
            _of_late(self.answers, day),
            self.height(day),
            self._steps(day, asked),
            min(bisect_right(self.pushes, day), _MOST_PUSHES),
        )

    def height(self, day: int) -> int:
        """The highest rung reached by a day, from 1 on, the fourth for all above it; 0 for none."""
        at = bisect_right(self.rung_days, day)
        return self.rungs[at - 1] if at else 0

    def done(self, day: int, asked: Sequence[Step]) -> int:
        """How many of some steps were done by a day."""
        return sum([self.steps.get(step.id, day + 1) <= day for step in asked])

    @property
    def noted(self) -> list[int]:
        """The places of the signals of which it tells."""
        told = (self.contacts, self.answers, self.rungs, self.steps, self.pushes)
        return [at for at, days in enumerate(told) if days]

    def _silence(self, day: int) -> int:
        at = bisect_right(self.contacts, day)
        if not at:
            return 0
        silent = day - self.contacts[at - 1]
        return 1 + sum([silent > days for days in QUIET])

    def _steps(self, day: int, asked: Sequence[Step]) -> int:
        if not self.steps or not asked:
            return 0
        done = self.done(day, asked)
        return 0 if not done else 2 if done == len(asked) else 1


NO_TRAIL = Trail()


def _of_late(days: Sequence[int], day: int) -> int:
    at = bisect_right(days, day)
    if not at:
        return 0
    return 1 if day - days[at - 1] <= ANSWERED else 2


def trail_of(deal: Deal, journal: Journal) -> Trail:
    """What the notes of a deal tell."""
    if not any(map(_tells, deal.notes)):
        return NO_TRAIL
    contacts = [note for note in deal.notes if history.is_contact(note, journal)]
    height = {rung: number for number, rung in enumerate(journal.schema.rungs, 1)}
    rungs = [
        (note.date.toordinal(), min(height.get(note.kind.id, 0), MOST_RUNGS))
        for note in deal.notes
        if note.is_rung
    ]
    return Trail(
        tuple([note.date.toordinal() for note in contacts]),
        tuple([note.date.toordinal() for note in contacts if note.direction != "to"]),
        tuple([day for day, _ in rungs]),
        tuple(accumulate([rung for _, rung in rungs], max)),
        {id: note.date.toordinal() for id, note in history.steps_done(deal).items()},
        tuple(_pushes(deal)),
    )


def trails_of(deals: Iterable[Deal], journal: Journal) -> dict[str, Trail]:
    """Those of some deals by id, where there are any."""
    found = ((deal.id, trail_of(deal, journal)) for deal in deals)
    return {id: trail for id, trail in found if trail is not NO_TRAIL}


def _tells(note: Note) -> bool:
    return (
        note.kind.role in (KindRole.EXCHANGE, KindRole.RUNG)
        or bool(note.steps)
        or note.fields.close is not None
    )


def _pushes(deal: Deal) -> Iterator[int]:
    closes = [(n.date.toordinal(), n.fields.close) for n in deal.notes if n.fields.close]
    for (_, before), (day, after) in pairwise(closes):
        if after > before:
            yield day
