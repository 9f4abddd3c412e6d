"""What made us step in: interventions, by trigger over time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from site_builder.insights.exchanges import Exchanges, Intervention
from site_builder.markup import formats
from site_builder.pages.context import Context
from site_builder.pages.heat import heat_table, periods
from site_builder.pages.links import subject_link
from site_builder.pages.note_paths import note_path
from site_builder.pages.sheet import (
    SHOWN,
    Cell,
    Group,
    Row,
    Section,
    Table,
    cut,
    group_of_notes,
    linked,
    texts,
)
from site_builder.problems import counting

TRIGGERS = 12
"""How many triggers have a row; the others share one."""
_REST = "\0"
"""The key of that row, which no trigger can be."""


def interventions(found: Exchanges, context: Context) -> Iterator[Section]:
    """The interventions, the newest first, and how many by trigger and quarter."""
    if not found.noted:
        return
    rows = tuple(_row(one, context) for one in reversed(found.noted[-SHOWN:]))
    names = _names(found)
    cells = _by_trigger_and_time(found, names, context)
    yield Section(
        "interventions",
        "What made us step in",
        counting.count(len(found.noted), "intervention") + cut(len(found.noted), "last"),
        tables=(
            Table(
                "Interventions",
                texts("Day", "Set off by", "Whose", "By"),
                rows,
                is_lines=True,
            ),
            *_over_time(cells, names),
        ),
        made_of=tuple(_groups(cells, names)),
        is_closed=True,
    )


def _row(one: Intervention, context: Context) -> Row:
    by = one.note.by.name if one.note.by else ""
    return Row(
        Cell(formats.near_day(one.note.date, context.today), note_path(one.subject, one.note)),
        (Cell(one.trigger), linked(subject_link(one.subject)), Cell(by)),
    )


def _names(found: Exchanges) -> dict[str, str]:
    """What the rows are called, by key: the most frequent triggers first."""
    first = sorted(found.interventions, key=lambda trigger: -found.interventions[trigger])
    names = {trigger: trigger for trigger in first[:TRIGGERS]}
    more = len(first) - TRIGGERS
    return names | ({_REST: counting.count(more, "other trigger")} if more > 0 else {})


def _by_trigger_and_time(
    found: Exchanges, names: Mapping[str, str], context: Context
) -> dict[tuple[str, str], list[Intervention]]:
    """The interventions by row, and by quarter or year in the order of time; one alone needs no
    table."""
    name = periods(
        [one.note.date for one in found.noted], context.journal.schema.fiscal_year_starts
    )
    cells: dict[tuple[str, str], list[Intervention]] = {}
    for one in found.noted if len(found.noted) > 1 else ():
        key = one.trigger if one.trigger in names else _REST
        cells.setdefault((key, name(one.note.date)), []).append(one)
    return cells


def _over_time(
    cells: Mapping[tuple[str, str], Sequence[Intervention]], names: Mapping[str, str]
) -> Iterator[Table]:
    if cells:
        at = list(names)
        yield heat_table(
            "Interventions by trigger over time",
            "Set off by",
            names,
            {time: time for _, time in cells},
            Counter({cell: len(ones) for cell, ones in cells.items()}),
            lambda key, time: f"exchanges.html#{_anchor(at, key, time)}",
        )


def _groups(
    cells: Mapping[tuple[str, str], Sequence[Intervention]], names: Mapping[str, str]
) -> Iterator[Group]:
    """The notes that each count is of: by trigger, by time, by both, and all."""
    times = dict.fromkeys(time for _, time in cells)
    for key in (*names, None) if cells else ():
        for when in (*times, None):
            notes = [
                (one.subject, one.note)
                for (trigger, time), ones in cells.items()
                if key in (None, trigger) and when in (None, time)
                for one in ones
            ]
            if notes:
                name = "Any trigger" if key is None else names[key]
                label = f"{name}, {when}" if when else name
                yield group_of_notes(_anchor(list(names), key, when), label, notes)


def _anchor(names: Sequence[str], key: str | None, time: str | None) -> str:
    row = "any" if key is None else names.index(key)
    return f"trigger-{row}" if time is None else f"trigger-{row}.{time}"
