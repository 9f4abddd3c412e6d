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
from site_builder.journal.journal import Journal
from site_builder.journal.pipeline import Pipeline


class Taught(NamedTuple):
    """The courses of the deals of a pipeline, and what was ``learned`` from them by the end of each
    month; the last is what is known today."""

    pipeline: Pipeline
    courses: tuple[Course, ...]
    shape: Shape
    learned: tuple[Learned, ...]


def taught(journal: Journal, today: dt.date) -> Mapping[str, Taught]:
    """What each pipeline has taught, by its id."""
    return {one.id: _of_pipeline(journal, one, today) for one in journal.schema.pipelines}


def _of_pipeline(journal: Journal, pipeline: Pipeline, today: dt.date) -> Taught:
    courses, shape = courses_of(pipeline, journal.deals), shape_of(pipeline)
    until = today.toordinal()
    learned = corrected(courses, shape, learnings(courses, shape, until), until)
    return Taught(pipeline, courses, shape, tuple(learned))
