"""Deals that come in won or lost with nothing that says since when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from site_builder.edit.writing import FrontValue, item
from site_builder.exchange.csv.table import Row
from site_builder.exchange.map.mapping import Hole, ImportMap, Name, Origin
from site_builder.exchange.merging import Together
from site_builder.exchange.run import Run
from site_builder.journal.pipeline import ENDED
from site_builder.problems import counting
from site_builder.problems.problem import Severity

_NAME_OF_AN_END = re.compile(
    r"(?:clos|won|lost|end|decid).*(?:date|day|time|on|at)\b|(?:date|day|time) (?:clos|won|lost)",
    re.IGNORECASE,
)


def undated(front: Mapping[str, FrontValue], whole: Together) -> Row | None:
    """The row that makes a deal won or lost, where no stage note says when; else None."""
    id = front.get("stage")
    if whole.pipeline is None or not isinstance(id, str) or any(n.stage for n in whole.notes):
        return None
    stage = whole.pipeline.stage(id)
    return whole.row_of("stage") if stage is not None and stage.type in ENDED else None


def tell_undated(run: Run, rows: Sequence[Row]) -> None:
    """Warn, once, of deals that are won or lost on a day that nothing tells, and say what to
    add to this very map."""
    if not rows:
        return
    rows = sorted(rows, key=lambda row: row.start)
    deals = f"{counting.count(len(rows), 'deal')} come{'s' * (len(rows) == 1)}"
    run.problem(
        "outcome-undated",
        f"{deals} in won or lost with no note of when: `created` or the first note has to do.",
        f"{_help(run, rows)} Nothing to do where their stage history comes in next.",
        run.cells.span_of(_stage(run.map), rows[0]),
        Severity.WARNING,
    )


def _help(run: Run, rows: Sequence[Row]) -> str:
    lines = _note_lines(run, rows)
    add = (
        f"Add to `notes` in the map: {' and '.join(f'`- {line}`' for line in lines)}"
        if run.map.notes
        else f"Add to the map: `notes: [{', '.join(lines)}]`"
    )
    return f"{add}." if _date_column(run) else f"{add}, COLUMN being the one that has the day."


def _stage(map: ImportMap) -> Origin:
    return map.fields["stage"][0]


def _note_lines(run: Run, rows: Sequence[Row]) -> list[str]:
    """Notes of the map that say when these deals were won or lost, each as YAML on one line:
    one for each column that tells the stage of some."""
    columns = _stage(run.map).columns
    if not columns:
        return [_note_line(run, rows, [])]
    by_column: dict[int, list[Row]] = {}
    for row in rows:
        first = next((n for n, name in enumerate(columns) if run.cells.cell(name, row)), 0)
        by_column.setdefault(first, []).append(row)
    return [
        _note_line(run, by_column[n], _tells(run, columns[: n + 1], by_column[n]))
        for n in sorted(by_column)
    ]


def _tells(run: Run, columns: Sequence[Name], rows: Sequence[Row]) -> list[str]:
    """Conditions that hold where the last column is the first filled one, as in these rows."""
    *before, name = columns
    cells = dict.fromkeys(filter(None, (run.cells.cell(name, row) for row in rows)))
    empty = [f"{item(other.text)}: {{filled: no}}" for other in before]
    return [f"{item(name.text)}: {_one_or_more(cells)}", *empty]


def _note_line(run: Run, rows: Sequence[Row], conditions: list[str]) -> str:
    stage, date = _stage(run.map), _date_column(run)
    column = Name(date, stage.span)
    if date and not all(run.cells.cell(column, row) for row in rows):
        conditions = [*conditions, f"{item(date)}: {{filled: yes}}"]
    parts = [f"date: {item(date) if date else 'COLUMN'}", f"stage: {_written(stage)}"]
    if conditions:
        parts.append(f"when: {{{', '.join(conditions)}}}")
    return f"{{{', '.join(parts)}}}"


def _date_column(run: Run) -> str:
    """The column that tells the day: that of `close`, else one whose name says so."""
    for origin in run.map.fields.get("close", ()):
        for name in origin.columns:
            return name.text
    return next((name for name in run.table.header if _NAME_OF_AN_END.search(name)), "")


def _one_or_more(texts: Iterable[str]) -> str:
    items = list(map(item, texts))
    return items[0] if len(items) == 1 else f"[{', '.join(items)}]"


def _written(origin: Origin) -> str:
    """Where a value comes from, as a map writes it on one line."""
    if origin.fixed:
        return f"{{fixed: {item(origin.fixed)}}}"
    columns = _one_or_more(name.text for name in origin.columns)
    if len(origin.columns) == 1 and not origin.values and origin.lookup is None:
        return columns
    parts = [f"column: {columns}" if origin.columns else f"template: {_templates(origin)}"]
    if origin.values:
        table = ", ".join(f"{item(a)}: {item(b)}" for a, b in origin.values.items())
        parts.append(f"values: {{{table}}}")
    if (lookup := origin.lookup) is not None:
        names = (f"file: {item(lookup.file)}", f"key: {item(lookup.key)}")
        parts.append(f"lookup: {{{', '.join(names)}, value: {item(lookup.value)}}}")
    return f"{{{', '.join(parts)}}}"


def _templates(origin: Origin) -> str:
    return _one_or_more("".join(map(_part, template.parts)) for template in origin.templates)


def _part(part: str | Hole) -> str:
    if isinstance(part, str):
        return part
    return f"{{{part.column.text}|{part.filter}}}" if part.filter else f"{{{part.column.text}}}"
