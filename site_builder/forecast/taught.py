"""What the past of each pipeline has taught, up to the end of each month: worked out once for all
who ask."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from site_builder.forecast.corrections import Answered, Expected, corrected
from site_builder.forecast.courses import Course, courses_of
from site_builder.forecast.hazards import Shape, shape_of
from site_builder.forecast.learning import Learned, learnings
from site_builder.forecast.signals import NO_TRAIL, Signs, Trail, trails_of
from site_builder.journal.journal import Journal
from site_builder.journal.pipeline import Pipeline


class Opened(NamedTuple):
    """A deal that was open at the end of a day: its state, and since when it stood there."""

    course: Course
    state: int
    since: int


class Taught(NamedTuple):
    """The courses of the deals of a pipeline, and what was ``learned`` from them by the end of each
    month; the last is what is known today. ``trails`` are what else their notes tell, by id, of
    those of which they do. ``answered`` is what has been worked out of chances by the days of what
    was learned; nothing where that was learned before."""

    pipeline: Pipeline
    courses: tuple[Course, ...]
    shape: Shape
    learned: tuple[Learned, ...]
    trails: Mapping[str, Trail] = {}
    answered: Mapping[int, Answered] = {}

    def expected(self, learned: Learned) -> Expected:
        """How probable it is that deals are won, by what was learned by the end of a month."""
        return Expected(learned, self.shape, self.answered.get(learned.day))

    def signs(self, id: str, state: int, day: int) -> Signs | None:
        """What notes told of a deal by the end of a day; None in states in which nothing is learned
        of that, and where no deal's do."""
        if not self.trails or state not in self.shape.open:
            return None
        asked = self.pipeline.stages[state].steps
        return self.trails.get(id, NO_TRAIL).on(day, asked)

    def opened(self, days: Sequence[int]) -> Mapping[int, list[Opened]]:
        """The deals that were open at the end of each of some days, which rise, in their order."""
        found: dict[int, list[Opened]] = {day: [] for day in days}
        for course in self.courses:
            for state, entered, left in course.stays:
                if state in self.shape.open:
                    one = Opened(course, state, entered)
                    for day in days[bisect_left(days, entered) : bisect_left(days, left)]:
                        found[day].append(one)
        return found


def taught(journal: Journal, today: dt.date) -> Mapping[str, Taught]:
    """What each pipeline has taught, by its id."""
    return {one.id: _of_pipeline(journal, one, today) for one in journal.schema.pipelines}


def _of_pipeline(journal: Journal, pipeline: Pipeline, today: dt.date) -> Taught:
    courses, shape = courses_of(pipeline, journal.deals), shape_of(pipeline)
    until = today.toordinal()
    deals = [deal for deal in journal.deals if deal.pipeline.id == pipeline.id]
    told = Taught(pipeline, courses, shape, (), trails_of(deals, journal))
    signs_on = told.signs if told.trails else None
    found = list(corrected(courses, shape, learnings(courses, shape, until), until, signs_on))
    answered = {learned.day: of_day for learned, of_day in found}
    return told._replace(learned=tuple([learned for learned, _ in found]), answered=answered)
