"""What the past of each pipeline has taught, up to the end of each month: worked out once for all
who ask."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from site_builder.forecast.corrections import corrected
from site_builder.forecast.courses import Course, courses_of
from site_builder.forecast.hazards import Shape, shape_of
from site_builder.forecast.learning import Learned, learnings
from site_builder.forecast.signals import NO_TRAIL, Signs, Trail, trails_of
from site_builder.journal.journal import Journal
from site_builder.journal.pipeline import Pipeline


class Taught(NamedTuple):
    """The courses of the deals of a pipeline, and what was ``learned`` from them by the end of each
    month; the last is what is known today. ``trails`` are what else their notes tell, by id, of
    those of which they do."""

    pipeline: Pipeline
    courses: tuple[Course, ...]
    shape: Shape
    learned: tuple[Learned, ...]
    trails: Mapping[str, Trail] = {}

    def signs(self, id: str, state: int, day: int) -> Signs | None:
        """What notes told of a deal by the end of a day; None in states in which nothing is learned
        of that, and where no deal's do."""
        if not self.trails or state not in self.shape.open:
            return None
        asked = self.pipeline.stages[state].steps
        return self.trails.get(id, NO_TRAIL).on(day, asked)


def taught(journal: Journal, today: dt.date) -> Mapping[str, Taught]:
    """What each pipeline has taught, by its id."""
    return {one.id: _of_pipeline(journal, one, today) for one in journal.schema.pipelines}


def _of_pipeline(journal: Journal, pipeline: Pipeline, today: dt.date) -> Taught:
    courses, shape = courses_of(pipeline, journal.deals), shape_of(pipeline)
    until = today.toordinal()
    deals = [deal for deal in journal.deals if deal.pipeline.id == pipeline.id]
    told = Taught(pipeline, courses, shape, (), trails_of(deals, journal))
    signs_on = told.signs if told.trails else None
    learned = corrected(courses, shape, learnings(courses, shape, until), until, signs_on)
    return told._replace(learned=tuple(learned))
