"""When deals are won, by how far past close dates slipped."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.forecast.belief import Belief
from site_builder.forecast.timing import Timing
from site_builder.journal.pipeline import Pipeline
from site_builder.pages.sheet import Cell, Row, Section, Table, number, numbers
from site_builder.problems.counting import decimal

_PLACES = {
    "ahead": "before its close date",
    "in": "with its close date in it",
    "next": "just behind it",
    "after": "further behind",
    "passed": "where the date had passed",
    "none": "without a date",
}
_KINDS = {
    "dates": "close dates alone",
    "taught": "what your history has taught, whatever the close dates",
    "slips": "both: what your history has taught, by the close dates",
}
_RULE = (
    "Stretches of 30 days ahead of past month ends, of deals that were still open: how many wins "
    "were expected by stage and time, and how many came, by where the stretch lies by the close "
    "date as it was known then. Several lie ahead of each month end, so that a win counts more "
    "than once; times as probable is drawn towards 1 where few wins tell. What answered with the "
    "least surprise by far says in which month an open deal counts in a range, and before 10 "
    "dated deals are won their close dates do; the columns by close date stay as they are."
)


def timing_sections(found: Belief) -> Iterator[Section]:
    """A section for each pipeline with enough close dates in its notes."""
    for choice in found.choices:
        timing = found.timings.get(choice.pipeline.id)
        if timing is not None and timing.n and _has_dates(timing):
            yield _section(choice.pipeline, timing, is_only=len(found.choices) == 1)


def _has_dates(timing: Timing) -> bool:
    """Whether any deal had a close date to be won by."""
    return any(slip.place != "none" and (slip.came or slip.expected) for slip in timing.slips)


def _section(pipeline: Pipeline, timing: Timing, *, is_only: bool) -> Section:
    rows = tuple(
        Row(
            Cell(_PLACES[slip.place].capitalize()),
            (Cell(decimal(slip.expected)), number(slip.came), Cell(f"{slip.factor:.2f}")),
        )
        for slip in timing.slips
        if slip.came or slip.expected
    )
    columns = numbers("Stretch of 30 days", "Expected wins", "Won", "Times as probable")
    scores = ", ".join(f"{_KINDS[kind]} {one:.3f}" for kind, one in timing.surprise.items())
    answer = f"by {_KINDS[timing.kind]}"
    title = "When deals are won" if is_only else f"When deals are won: {pipeline.name}"
    table = Table(title, columns, rows)
    rule = f"{_RULE} Mean surprise in nats: {scores}."
    return Section(f"when-{pipeline.id}", title, answer, tables=(table,), rule=rule)
