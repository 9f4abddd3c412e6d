"""The columns of a CSV against its map: are they there, whole, and how are they read?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

from site_builder.exchange.cells import Cells, Lookups
from site_builder.exchange.csv import dates
from site_builder.exchange.csv.decoding import decode
from site_builder.exchange.csv.numbers import shown
from site_builder.exchange.csv.table import Dialect, Row, Table, read_table
from site_builder.exchange.csv.texts import bare
from site_builder.exchange.map.mapping import ImportMap, Lookup, Name, Origin
from site_builder.journal.fields import CONTACT_FIELDS, DEAL_FIELDS, NOTE_FIELDS
from site_builder.journal.schema import Schema
from site_builder.problems import counting
from site_builder.problems.problem import Problem, Severity
from site_builder.problems.suggest import did_you_mean, listed
from site_builder.source.yaml_nodes import Report

_DATED = ("date", "date-or-text")


def check(map: ImportMap, table: Table, schema: Schema, report: Report) -> bool:
    """Whether the table has every column that the map names, and only once."""
    seen: set[str] = set()
    good = True
    fixed = _may_be_fixed(schema)
    for name in map.names():
        if name.text in seen:
            continue
        seen.add(name.text)
        problem = _missing(name, table, fixed)
        if problem is not None:
            report(problem)
            good = False
    return good


def _may_be_fixed(schema: Schema) -> frozenset[str]:
    """What one may write in place of a column, as a value that is the same for all rows."""
    stages = [stage.id for pipeline in schema.pipelines for stage in pipeline.stages]
    return frozenset((*stages, *schema.kinds, *schema.team, *NOTE_FIELDS["asked-by"].options))


def _meant(text: str, table: Table, fixed: frozenset[str]) -> str:
    """What to write in place of a column that there is not."""
    near = next((h for h in table.header if h.casefold() == text.casefold()), None)
    if near:
        return f"Did you mean `{near}`?"
    help = did_you_mean(text, table.header, "The columns")
    help = help or f"Its first columns are {listed(table.header[:8])}."
    if text in fixed:
        return f"Write `{{fixed: {text}}}` where it is the same for all rows. {help}"
    return help


def _missing(name: Name, table: Table, fixed: frozenset[str] = frozenset()) -> Problem | None:
    if name.text not in table.index:
        message = f"{table.path} has no column `{name.text}`."
        return Problem("unknown-column", message, _meant(name.text, table, fixed), name.span)
    if name.text in table.repeated:
        places = table.repeated[name.text]
        return Problem(
            "unknown-column",
            f"{table.path} has {len(places)} columns `{name.text}` "
            f"(columns {', '.join(map(str, places))}).",
            f"Write `{name.text}#1`, `{name.text}#2` for the first or second of them.",
            name.span,
        )
    return None


def unused(map: ImportMap, table: Table) -> Iterator[str]:
    """The columns that hold something and that the map never speaks of, as it would name them."""
    used = {table.index[name.text] for name in map.names()}
    for at, name in enumerate(table.header):
        if at not in used and any(bare(cell) for cell in table.column(at)):
            number = table.repeated[name].index(at + 1) + 1 if name in table.repeated else 0
            yield (f"{name}#{number}" if number else name) if name else f"column {at + 1}"


def whole(map: ImportMap, table: Table, row: Row, report: Report) -> bool:
    """Whether a row has as many cells as the header and its quotes are in order."""
    if row.fault:
        report(table.quote_problem(row))
        return False
    wanted, given = len(table.header), len(row.cells)
    if (
        given == wanted
        or (given < wanted and map.fill_short_rows)
        or (not any(row.cells[wanted:]) and given > wanted)
    ):
        return True
    help = "Put quotes around the cell that has the delimiter in it."
    if given < wanted:
        help = "Mend the row, or take missing cells as empty: `csv: {short-rows: fill}` in the map."
    report(
        Problem(
            "invalid-row",
            f"The row has {counting.count(given, 'cell')}, the header {wanted}.",
            help,
            table.span(row, min(given, wanted)),
        )
    )
    return False


# --- dates ---------------------------------------------------------------------------


def decide_dates(
    map: ImportMap, table: Table, rows: Sequence[Row], cells: Cells, report: Report
) -> bool:
    """Decide how each date column is read, from all its cells; False if one is ambiguous."""
    good = True
    for origin in _dated_origins(map, cells.schema):
        stated = origin.dates or map.dates
        for name in _date_columns(origin):
            at = table.index[name.text]
            if (at, stated) in cells.decisions:
                continue
            column = {cell: row for row in reversed(rows) if (cell := cells.cell(name, row))}
            decision = dates.decide((c for c in column if c not in origin.values), stated)
            cells.decisions[at, stated] = decision
            moments = (dates.read(cell, decision.formats) for cell in column)
            cells.timed[at] = any(m and m.time not in (None, dt.time()) for m in moments)
            problem = _unclear(table, at, column, decision)
            if problem is not None:
                report(problem)
                good &= problem.severity is not Severity.ERROR
    return good


def _unclear(
    table: Table, at: int, column: Mapping[str, Row], decision: dates.Decision
) -> Problem | None:
    """What to say of a column whose format the map does not state. ``column`` has the first
    row of each text."""
    name = shown(table.header[at])
    if decision.guessed:
        return Problem(
            "date-format",
            f"The dates of `{name}` are read as {decision.formats[0]}: nothing else fits all.",
            f"Write it into the map to be sure: `dates: {decision.formats[0]}`.",
            table.place_of(table.header[at]),
            Severity.WARNING,
        )
    in_order = sorted(column, key=lambda cell: column[cell].line)
    example, days = dates.ambiguous_example(in_order, decision.rivals)
    if not days:
        return None
    either = " or ".join(day.isoformat() for day in days)
    ways = " or ".join(f"`dates: {rival}`" for rival in decision.rivals[:2])
    return Problem(
        "ambiguous-date",
        f"`{shown(example)}` in `{name}` may be {either}; no cell of the column decides it.",
        f"Say in the map how its dates are written: {ways}.",
        table.span(column[example], at),
    )


def _dated_origins(map: ImportMap, schema: Schema) -> Iterator[Origin]:
    """Origins that a date is read from."""
    for note in map.notes:
        yield note.date
        yield from (o for name, o in note.fields.items() if NOTE_FIELDS[name].type in _DATED)
    types = {
        name: known.type for name, known in (DEAL_FIELDS if map.is_deal else CONTACT_FIELDS).items()
    }
    types |= {name: own.type for name, own in schema.own_fields.items() if map.is_deal}
    for name, origins in map.fields.items():
        yield from (origin for origin in origins if types.get(name) == "date")
    yield from (
        o for o in map.origins() if any(hole.filter in ("date", "time") for hole in o.holes)
    )


def _date_columns(origin: Origin) -> Iterator[Name]:
    yield from origin.columns
    yield from (hole.column for hole in origin.holes if hole.filter in ("date", "time"))


# --- tables in other files -----------------------------------------------------------


def read_lookups(map: ImportMap, beside: Mapping[str, bytes], report: Report) -> Lookups | None:
    """The tables that the map looks values up in; None, with problems, if one is missing."""
    tables: dict[tuple[str, str, str], Mapping[str, str]] = {}
    for lookup in map.lookups():
        columns = lookup.file, lookup.key, lookup.value
        made = tables.get(columns) or _lookup(lookup, map, beside, report)
        if made is None:
            return None
        tables[columns] = made
    return tables


def _lookup(
    lookup: Lookup, map: ImportMap, beside: Mapping[str, bytes], report: Report
) -> dict[str, str] | None:
    if lookup.file not in beside:
        report(
            Problem(
                "missing-file",
                f"There is no `{lookup.file}` beside the CSV.",
                "Put it into the same folder.",
                lookup.span,
            )
        )
        return None
    text = decode(lookup.file, beside[lookup.file], map.encoding, report)
    table = (
        read_table(lookup.file, text, Dialect("", map.escape), (), report)
        if text is not None
        else None
    )
    if table is None:
        return None
    problems = [_missing(Name(name, lookup.span), table) for name in (lookup.key, lookup.value)]
    for problem in filter(None, problems):
        report(problem)
    if any(problems):
        return None
    return dict(_pairs(table.rows, table.index[lookup.key], table.index[lookup.value]))


def _pairs(rows: Iterable[Row], key: int, value: int) -> Iterator[tuple[str, str]]:
    for row in rows:
        if max(key, value) < len(row.cells):
            yield bare(row.cells[key]), bare(row.cells[value])
