"""Rows that are notes: each to the file of the deal or contact it belongs to."""

from __future__ import annotations

from site_builder.edit.attaching import not_yet_there
from site_builder.edit.existing import Existing
from site_builder.edit.writing import NewNote
from site_builder.exchange.cells import Refused
from site_builder.exchange.csv.table import Row
from site_builder.exchange.run import Run
from site_builder.journal.pipeline import Pipeline


def add_all(run: Run, good: list[int]) -> None:
    """Plan the notes of the rows that are good, file by file."""
    by_file: dict[str, list[tuple[int, list[NewNote]]]] = {}
    for at in reversed(good) if run.map.newest_first else good:
        row = run.table.rows[at]
        try:
            file = _target(run, row)
            notes = run.rows.notes(row, _pipeline_of(run, file))
        except Refused:
            continue
        by_file.setdefault(file.id, []).append((at, notes))
    for id, rows in by_file.items():
        _add(run, run.shelf.by_id[id], rows)


def _target(run: Run, row: Row) -> Existing:
    origin = run.map.target
    assert origin is not None
    run.rows.key(origin, row, run.noun)
    found = run.cells.reference(run.noun, origin, row)
    return run.shelf.by_id[found]


def _pipeline_of(run: Run, file: Existing) -> Pipeline | None:
    if run.map.is_deal and (id := file.text_of("pipeline")):
        return run.schema.pipeline(id)
    only = run.schema.pipelines
    return only[0] if run.map.is_deal and len(only) == 1 else None


def _add(run: Run, file: Existing, rows: list[tuple[int, list[NewNote]]]) -> None:
    every = (note for _, notes in rows for note in notes)
    missing = not_yet_there(every, file, _pipeline_of(run, file))
    new = {id(note) for note in missing}
    made = [(run.table.rows[at], note) for at, notes in rows for note in notes if id(note) in new]
    if made and not run.add_notes(file, made):
        return
    for at, notes in rows:
        if not notes:
            run.skip(at, "the map makes no note of them")
        else:
            is_new = any(id(note) in new for note in notes)
            run.outcomes[at] = "taken" if is_new else "already_there"
