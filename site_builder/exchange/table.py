"""CSV text to rows that know their place. Nothing of a row is dropped or guessed.

The reader is our own because a reported cell needs its line and column, and because a
quote that is never closed has to cost one row, not the rest of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from site_builder.diagnostics import Problem, Span
from site_builder.yaml_nodes import Report

DELIMITERS = (",", ";", "\t", "|")
_QUOTED = re.compile(r'"([^"]*+(?:""[^"]*+)*+)"')
_SEP_LINE = re.compile(r"sep=([,;\t|])\n", re.IGNORECASE)


class Row(NamedTuple):
    """A row: where it begins, its cells as text, and what is wrong with its quotes."""

    line: int
    start: int
    cells: tuple[str, ...]
    fault: str = ""
    fault_at: int = 0


@dataclass(frozen=True)
class Table:
    """A CSV file: its header and the rows under it that are not blank lines."""

    path: str
    text: str
    delimiter: str
    header: tuple[str, ...]
    rows: tuple[Row, ...] = ()
    header_line: int = 1
    index: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def repeated(self) -> Mapping[str, tuple[int, ...]]:
        """Header names that stand more than once, and where (from 1)."""
        places: dict[str, list[int]] = {}
        for number, name in enumerate(self.header, 1):
            places.setdefault(name, []).append(number)
        return {name: tuple(at) for name, at in places.items() if len(at) > 1}

    def span(self, row: Row, column: int = 0) -> Span:
        """The place of a row's cell, counted from 0; of its end if the row is shorter."""
        cells = list(_cells(self.text, row.start, self.delimiter))
        start, end = cells[column] if column < len(cells) else (cells[-1][1], cells[-1][1])
        return self.between(row, start, end)

    def between(self, row: Row, start: int, end: int) -> Span:
        """The place of a stretch of the text that lies in the row."""
        line, column = self._place(row, start)
        return Span(self.path, line, column, *self._place(row, end))

    def _place(self, row: Row, at: int) -> tuple[int, int]:
        line = row.line + self.text.count("\n", row.start, at)
        return line, at - self.text.rfind("\n", 0, at)


def read_table(
    path: str, text: str, delimiter: str, header: tuple[str, ...], report: Report
) -> Table | None:
    """Read a CSV text. An empty ``delimiter`` is sniffed from the first line; with a
    ``header`` the file has none of its own. None, with a problem, for an empty file."""
    start, line = 0, 1
    if (stated := _SEP_LINE.match(text)) is not None:
        delimiter, start, line = delimiter or stated[1], stated.end(), 2
    delimiter = delimiter or _sniff(text, start)
    rows = [r for r in _rows(text, start, line, delimiter) if r.cells != ("",) or r.fault]
    if not rows:
        report(
            Problem("invalid-csv", "The file has no rows.", "Export it again.", Span.start_of(path))
        )
        return None
    names, at = header, 1
    if not header:
        first = rows.pop(0)
        names, at = tuple(" ".join(cell.split()) for cell in first.cells), first.line
    return Table(path, text, delimiter, names, tuple(rows), at, _index(names))


def _index(header: tuple[str, ...]) -> dict[str, int]:
    """Columns by name; the second of two ``Phone`` columns is ``Phone#2`` as well."""
    index: dict[str, int] = {}
    seen: dict[str, int] = {}
    for number, name in enumerate(header):
        seen[name] = seen.get(name, 0) + 1
        index.setdefault(name, number)
        index.setdefault(f"{name}#{seen[name]}", number)
    return index


def _sniff(text: str, start: int) -> str:
    """The delimiter that the first line has most of, quoted cells left aside."""
    end = text.find("\n", start)
    line = _QUOTED.sub("", text[start : end if end >= 0 else len(text)])
    return max(DELIMITERS, key=line.count)


def _rows(text: str, at: int, line: int, delimiter: str) -> Iterator[Row]:
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if text.find('"', at, end) < 0:
            yield Row(line, at, tuple(text[at:end].split(delimiter)))
            at, line = end + 1, line + 1
        else:
            row, end = _quoted_row(text, at, line, delimiter)
            yield row
            line += text.count("\n", at, end) + 1
            at = end + 1


def _quoted_row(text: str, at: int, line: int, delimiter: str) -> tuple[Row, int]:
    cells: list[str] = []
    fault, fault_at, end = "", at, at
    for start, end in _cells(text, at, delimiter):
        raw = text[start:end]
        match = _QUOTED.fullmatch(raw) if raw[:1] == '"' else None
        if match is not None:
            cells.append(match[1].replace('""', '"'))
            continue
        cells.append(raw)
        if raw[:1] == '"' and not fault:
            closed = _QUOTED.match(raw) is not None
            fault, fault_at = ("behind" if closed else "unclosed"), start
    return Row(line, at, tuple(cells), fault, fault_at), end


def _cells(text: str, at: int, delimiter: str) -> Iterator[tuple[int, int]]:
    """Start and end of each cell of the row that begins at ``at``, quotes included."""
    while True:
        end = _cell_end(text, at, delimiter)
        yield at, end
        if end >= len(text) or text[end] == "\n":
            return
        at = end + 1


def _cell_end(text: str, at: int, delimiter: str) -> int:
    behind = at
    if text[at : at + 1] == '"' and (match := _QUOTED.match(text, at)) is not None:
        behind = match.end()
    newline = text.find("\n", behind)
    newline = len(text) if newline < 0 else newline
    found = text.find(delimiter, behind, newline)
    return newline if found < 0 else found
