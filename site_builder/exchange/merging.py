"""Several rows of one deal or contact to what they say together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from site_builder.edit.attaching import last_state
from site_builder.edit.writing import FrontValue, NewNote, in_order
from site_builder.exchange.csv.numbers import shown
from site_builder.exchange.csv.table import Row
from site_builder.exchange.rows import Made
from site_builder.exchange.run import Run
from site_builder.exchange.tracing import origin_of_field
from site_builder.journal.pipeline import Pipeline, StageType
from site_builder.problems.problem import Severity


class Difference(NamedTuple):
    """A field that two rows fill differently: the value that is not taken, and the one that
    is, each with its row."""

    name: str
    row: Row
    value: FrontValue
    taken_from: Row
    taken: FrontValue


@dataclass(slots=True)
class Together:
    """What rows say together, the oldest first: of each field the newest that is filled, with
    the row it is from. An empty cell takes nothing away; a condition of the map does."""

    made: Sequence[Made]
    front: dict[str, FrontValue] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)
    summary: str = ""
    notes: list[NewNote] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)

    @property
    def newest(self) -> Row:
        return self.made[-1].row

    @property
    def pipeline(self) -> Pipeline | None:
        return self.made[-1].pipeline

    def all_rows(self) -> list[Row]:
        return [each.row for each in self.made]

    def row_of(self, name: str) -> Row:
        """The row that says a field, else the newest."""
        return self.rows.get(name, self.newest)


def together(made: Sequence[Made], *, newest_first: bool) -> Together:
    """The rows of one file in one. Rows stand in the order of their newest notes; rows
    without a note are older than those."""
    given = list(reversed(made)) if newest_first else list(made)
    found = Together(sorted(given, key=_age))
    for each in found.made:
        _take(found, each)
    found.notes = in_order(note for each in given for note in each.notes)
    return found


def _age(made: Made) -> tuple[bool, dt.date, dt.time, bool]:
    orders = [note.order for note in made.notes]
    return (True, *max(orders)) if orders else (False, dt.date.min, dt.time(), False)


def _take(found: Together, made: Made) -> None:
    for name in made.without:
        found.front.pop(name, None)
    for name, value in made.front:
        before = found.front.get(name, value)
        if before != value:
            found.differences.append(Difference(name, found.rows[name], before, made.row, value))
        found.front[name], found.rows[name] = value, made.row
    found.summary = made.summary or found.summary


def state_after(whole: Together) -> dict[str, str]:
    """The fields of front matter after the notes, as far as the notes set them. Why a deal was
    lost is none of them once it is open again."""
    state = last_state(whole.notes)
    stage = whole.pipeline.stage(state["stage"]) if whole.pipeline and "stage" in state else None
    if stage is not None and stage.type is not StageType.LOST:
        state.pop("lost-reason", None)
    return state


def shown_value(value: FrontValue) -> str:
    """A field's value for a message."""
    return shown(value if isinstance(value, str) else ", ".join(value))


def tell_differences(run: Run, whole: Together) -> None:
    """Warn of each field that two rows fill differently, unless notes keep what both say."""
    noted = state_after(whole)
    for each in whole.differences:
        if each.name not in noted:
            run.problem(
                "rows-differ",
                f"This row's `{each.name}` is not taken, for a later row of the same {run.noun} "
                "has another.",
                f"It is `{shown_value(each.value)}` here and `{shown_value(each.taken)}` in line "
                f"{each.taken_from.line}. Nothing to do if the later one is right.",
                run.cells.span_of(origin_of_field(each.name, whole.notes, run.map), each.row),
                Severity.WARNING,
            )
