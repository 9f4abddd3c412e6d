"""What is wrong with a file that rows make, traced back to where its value comes from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from site_builder.edit.writing import NewNote
from site_builder.exchange.cells import Cells
from site_builder.exchange.csv.table import Row
from site_builder.exchange.map.mapping import ImportMap, Origin
from site_builder.problems.problem import Problem
from site_builder.source.document import Document

_NAMED = re.compile("`([a-z-]+)`")


def origin_of(
    problem: Problem, document: Document, notes: Sequence[NewNote], map: ImportMap
) -> Origin | None:
    """Where the value comes from that a problem of a new file is about. ``notes`` are the
    file's, in its order."""
    line = problem.span.line
    at = bisect_right([draft.span.line for draft in document.notes], line)
    if at:
        return _of_note(line, document, notes, map, at - 1)
    entries = (
        e for e in document.front.entries if e.key.span.line <= line <= e.value.span.end_line
    )
    entry = next(entries, None)
    named = _NAMED.search(problem.message)
    if entry is not None:
        return origin_of_field(entry.key.text, notes, map)
    return origin_of_field(named[1], notes, map) if named else None


def origin_of_field(name: str, notes: Sequence[NewNote], map: ImportMap) -> Origin | None:
    """Where a field of front matter comes from: a field of the map, or its newest note."""
    if map.fields.get(name):
        return map.fields[name][0]
    for note in reversed(notes):
        if name == "stage" and note.stage:
            return map.notes[note.by_map].stage
        if any(name == each for each, _ in note.fields):
            return map.notes[note.by_map].fields[name]
    return None


def _of_note(
    line: int, document: Document, notes: Sequence[NewNote], map: ImportMap, at: int
) -> Origin | None:
    draft, note = document.notes[at], map.notes[notes[at].by_map]
    name = next((f.name.text for f in draft.fields if f.value.span.line == line), "")
    if name:
        return note.fields.get(name)
    return note.date if line == draft.span.line else note.text


def longest(map: ImportMap, cells: Cells, rows: Iterable[Row]) -> Origin | None:
    """Where the longest text of some rows comes from."""
    every, origins = list(rows), list(map.origins())
    sizes = [
        max((len(cells.cell(name, row)) for name in origin.own_names() for row in every), default=0)
        for origin in origins
    ]
    return origins[sizes.index(max(sizes))] if origins else None
