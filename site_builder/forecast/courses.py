"""The courses of deals through a pipeline: what is learned from.

A course is where a deal stood at the end of each day. Of several moves on a day the last counts.
All won stages are one state, and all lost ones; a deal that is won stays so where it is parked.
Values are no part of it, nor is anything else that no note dates.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from site_builder.journal import history
from site_builder.journal.deal import Deal
from site_builder.journal.pipeline import Pipeline, Stage, StageType

WON, LOST = -1, -2
"""The states of deals that have ended; others are the places of their stages in the pipeline."""
_NEVER = dt.date.max.toordinal() + 1
_FIRST_NOTES = 10
"""After so many stage notes a pipeline is being recorded."""


class Course(NamedTuple):
    """The states in which a deal stood, each from the day beside it on (as an ordinal). Where the
    first one ``is_inferred``, no note says it: the deal is older than its first stage note."""

    id: str
    days: tuple[int, ...]
    states: tuple[int, ...]
    is_inferred: bool = False

    def state_on(self, day: int) -> int | None:
        """Where it stood at the end of a day; None before it began."""
        at = bisect_right(self.days, day)
        return self.states[at - 1] if at else None

    def is_won_on(self, day: int) -> bool:
        """Whether it was won at the end of a day."""
        return WON in self.states and self.state_on(day) == WON

    def since(self, day: int) -> int:
        """Since when it stood where it did at the end of a day."""
        return self.days[bisect_right(self.days, day) - 1]

    @property
    def stays(self) -> Iterator[tuple[int, int, int]]:
        """Each state, from which day on, and the day on which it was left: the last never."""
        return zip(self.states, self.days, (*self.days[1:], _NEVER), strict=True)

    def until(self, day: int) -> Course | None:
        """What is known of it at the end of a day; None where it has not begun."""
        at = bisect_right(self.days, day)
        if at == len(self.days):
            return self
        return self._replace(days=self.days[:at], states=self.states[:at]) if at else None


def course_of(deal: Deal) -> Course | None:
    """The course of a deal; None where nothing dates it, or it ended on a day that nobody knows."""
    began = history.created_on(deal)
    if began is None or not deal.is_placed:
        return None
    places = {stage.id: at for at, stage in enumerate(deal.pipeline.stages)}
    moves = list(_moves(deal, began))
    if len(moves) == 1 and not history.entries(deal) and moves[0][1].type in _ENDS:
        return None
    return _at_ends_of_days(deal.id, _states(moves, places), _is_inferred(deal, began))


_ENDS = {StageType.WON: WON, StageType.LOST: LOST}


def _is_inferred(deal: Deal, began: dt.date) -> bool:
    notes = history.entries(deal)
    return not notes or notes[0].date > began


def _moves(deal: Deal, began: dt.date) -> Iterator[tuple[int, Stage]]:
    notes = history.entries(deal)
    if not notes:
        yield began.toordinal(), deal.stage
    elif notes[0].date > began:
        yield began.toordinal(), deal.pipeline.first_open
    for note in notes:
        if note.stage is not None:
            yield note.date.toordinal(), note.stage


def _states(
    moves: Iterable[tuple[int, Stage]], places: dict[str, int]
) -> Iterator[tuple[int, int]]:
    ended: StageType | None = None
    for day, stage in moves:
        ended = history.ended_by(stage.type, ended)
        yield day, places[stage.id] if ended is None else _ENDS[ended]


def _at_ends_of_days(id: str, moves: Iterable[tuple[int, int]], is_inferred: bool) -> Course:
    days: list[int] = []
    states: list[int] = []
    for day, state in moves:
        if days and days[-1] == day:
            days.pop()
            states.pop()
        if not states or states[-1] != state:
            days.append(day)
            states.append(state)
    return Course(id, tuple(days), tuple(states), is_inferred)


def recorded_since(courses: Iterable[Course]) -> int | None:
    """The day from which on a pipeline is recorded, that of one of its first stage notes: what
    is older is visible only if it lived until then."""
    noted = sorted(day for one in courses for day in one.days[int(one.is_inferred) :])
    return noted[min(len(noted), _FIRST_NOTES) - 1] if noted else None


def courses_of(pipeline: Pipeline, deals: Iterable[Deal]) -> tuple[Course, ...]:
    """The courses of the deals of a pipeline, by id."""
    found = (course_of(deal) for deal in deals if deal.pipeline.id == pipeline.id)
    return tuple(sorted(course for course in found if course is not None))
