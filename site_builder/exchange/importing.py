"""A CSV file and a map to the files of a journal: planned first, so it can be looked at.

No row is dropped in silence. A row is taken whole or not at all: then it can be mended
and comes in with the next run, which finds what is there by its source id.
"""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.exchange import columns
from site_builder.exchange.adding import add_all
from site_builder.exchange.csv.decoding import decode
from site_builder.exchange.csv.table import Dialect, Table, read_table
from site_builder.exchange.making import make_all
from site_builder.exchange.map.map_reader import read_map
from site_builder.exchange.map.mapping import ImportMap
from site_builder.exchange.plan import Counts, ImportPlan
from site_builder.exchange.run import Run
from site_builder.files.tree import Tree
from site_builder.journal.schema import Schema
from site_builder.problems.problem import Problem, by_place
from site_builder.source.yaml_nodes import Report

NO_FILES: Mapping[str, bytes] = {}


def plan_import(
    csv_path: str,
    data: bytes,
    map_path: str,
    map_text: str,
    schema: Schema,
    tree: Tree,
    beside: Mapping[str, bytes] = NO_FILES,
) -> ImportPlan:
    """What importing the CSV would write into the journal, and everything that is wrong.

    ``beside`` has the files that the map's lookups name (``lookup_files`` lists them).
    Problems of the CSV have ``csv_path`` as their path, those of the map ``map_path``.
    """
    problems: list[Problem] = []
    map = read_map(map_path, map_text, schema, problems.append)
    table = _table(csv_path, data, map, problems.append) if map is not None else None
    if map is None or table is None:
        return ImportPlan(problems=by_place(problems), map_is_wrong=map is None)
    lookups = columns.read_lookups(map, beside, problems.append)
    if not columns.check(map, table, schema, problems.append) or lookups is None:
        rows = len(table.rows)
        counts = Counts(rows=rows, refused=rows)
        return ImportPlan(problems=by_place(problems), counts=counts, map_is_wrong=True)
    run = Run(map, table, schema, tree, problems, lookups)
    good = run.good_rows()
    good_rows = [table.rows[at] for at in good]
    if columns.decide_dates(map, table, good_rows, run.cells, problems.append):
        (add_all if map.makes_notes else make_all)(run, good)
    return run.planned()


def lookup_files(map_path: str, map_text: str, schema: Schema) -> tuple[str, ...]:
    """Names of the files beside the CSV that the map looks values up in."""
    map = read_map(map_path, map_text, schema, lambda problem: None)
    return tuple(dict.fromkeys(lookup.file for lookup in map.lookups())) if map is not None else ()


def _table(path: str, data: bytes, map: ImportMap, report: Report) -> Table | None:
    text = decode(path, data, map.encoding, report)
    if text is None:
        return None
    return read_table(path, text, Dialect(map.delimiter, map.escape), map.header, report)
