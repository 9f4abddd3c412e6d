"""CSV text to rows that know their place. Nothing of a row is dropped or guessed.

The reader is our own because a reported cell needs its line and column, and because a
quote that is never closed has to cost one row, not the rest of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple

from site_builder.problems.problem import Problem, Span
from site_builder.source.yaml_nodes import Report

DELIMITERS = (",", ";", "\t", "|")
_QUOTED = re.compile(r'"([^"]*+(?:""[^"]*+)*+)"')
_ESCAPED = re.compile(r'"([^"\\]*+(?:(?:""|\\.)[^"\\]*+)*+)"', re.DOTALL)
_ESCAPE = re.compile(r'""|\\(.)', re.DOTALL)
_NAMED = {"n": "\n", "r": "\n", "t": "\t", "0": "\0", "b": "\b", "Z": "\x1a"}
_NULL = r"\N"
_SEP_LINE = re.compile(r"sep=([,;\t|])\n", re.IGNORECASE)


class Dialect(NamedTuple):
    """How a file is written: what stands between cells, and whether a backslash takes from
    the next character what it else means, as MySQL writes it."""

    delimiter: str
    escape: bool = False

    @property
    def quoted(self) -> re.Pattern[str]:
        return _ESCAPED if self.escape else _QUOTED


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
    dialect: Dialect
    header: tuple[str, ...]
    rows: tuple[Row, ...] = ()
    header_row: Row | None = None
    index: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def repeated(self) -> Mapping[str, tuple[int, ...]]:
        """Header names that stand more than once, and where (from 1)."""
        places: dict[str, list[int]] = {}
        for number, name in enumerate(self.header, 1):
            places.setdefault(name, []).append(number)
        return {name: tuple(at) for name, at in places.items() if len(at) > 1}

    def column(self, at: int) -> Iterator[str]:
        """The cells of a column, counted from 0, as far as the rows have it."""
        return (row.cells[at] for row in self.rows if at < len(row.cells))

    def place_of(self, name: str) -> Span:
        """The place of a name in the header; the file's start where it has none of its own."""
        if self.header_row is None:
            return Span.start_of(self.path)
        return self.span(self.header_row, self.index.get(name, 0))

    def names_again(self, row: Row) -> tuple[str, ...]:
        """The header's names, if a row consists of them in whatever order; else nothing."""
        if _name(row.cells[0]) not in self._folded:
            return ()
        names = tuple(map(_name, row.cells))
        names = names[: len(self.header)] + tuple(filter(None, names[len(self.header) :]))
        return names if sorted(names) == sorted(self._folded) else ()

    def is_header(self, names: tuple[str, ...]) -> bool:
        """Whether these names stand in the header's order."""
        return names == self._folded

    @cached_property
    def _folded(self) -> tuple[str, ...]:
        return tuple(map(_name, self.header))

    def span(self, row: Row, column: int = 0) -> Span:
        """The place of a row's cell, counted from 0; of its end if the row is shorter."""
        cells = list(_cells(self.text, row.start, self.dialect))
        start, end = cells[column] if column < len(cells) else (cells[-1][1], cells[-1][1])
        return self.between(row, start, end)

    def between(self, row: Row, start: int, end: int) -> Span:
        """The place of a stretch of the text that lies in the row."""
        line, column = self._place(row, start)
        return Span(self.path, line, column, *self._place(row, end))

    def quote_problem(self, row: Row) -> Problem:
        """What is wrong with the quotes of a row that has a fault."""
        what = (
            "This quote is never closed."
            if row.fault == "unclosed"
            else "There is text behind the closing quote of this cell."
        )
        help = "Double the quotes within a cell, and put one at each of its ends"
        if not self.dialect.escape and any('\\"' in cell for cell in row.cells):
            help += '; or, if all are written `\\"`, add `csv: {escape: backslash}` to the map'
        place = self.between(row, row.fault_at, row.fault_at + 1)
        return Problem("invalid-row", what, f"{help}.", place)

    def _place(self, row: Row, at: int) -> tuple[int, int]:
        line = row.line + self.text.count("\n", row.start, at)
        return line, at - self.text.rfind("\n", 0, at)


def read_table(
    path: str,
    text: str,
    dialect: Dialect,
    header: tuple[str, ...],
    report: Report,
) -> Table | None:
    """Read a CSV text. An empty delimiter is sniffed from the first line; with a ``header``
    the file has none of its own. None, with a problem, for an empty file and for a header whose
    quotes are not in order."""
    start, line = 0, 1
    if (stated := _SEP_LINE.match(text)) is not None:
        dialect = dialect._replace(delimiter=dialect.delimiter or stated[1])
        start, line = stated.end(), 2
    dialect = dialect._replace(delimiter=dialect.delimiter or _sniff(text, start, dialect))
    rows = [r for r in _rows(text, start, line, dialect) if r.cells != ("",) or r.fault]
    if not rows:
        report(
            Problem("invalid-csv", "The file has no rows.", "Export it again.", Span.start_of(path))
        )
        return None
    first = None if header else rows.pop(0)
    names = tuple(" ".join(cell.split()) for cell in first.cells) if first is not None else header
    table = Table(path, text, dialect, names, tuple(rows), first, _index(names))
    if first is not None and first.fault:
        report(table.quote_problem(first))
        return None
    return table


def _name(cell: str) -> str:
    return " ".join(cell.replace("\ufeff", "").split()).casefold()


def _index(header: tuple[str, ...]) -> dict[str, int]:
    """Columns by name; the second of two ``Phone`` columns is ``Phone#2`` as well."""
    index: dict[str, int] = {}
    seen: dict[str, int] = {}
    for number, name in enumerate(header):
        seen[name] = seen.get(name, 0) + 1
        index.setdefault(name, number)
        index.setdefault(f"{name}#{seen[name]}", number)
    return index


def _sniff(text: str, start: int, dialect: Dialect) -> str:
    """The delimiter that the first line has most of, quoted cells left aside."""
    end = text.find("\n", start)
    line = dialect.quoted.sub("", text[start : end if end >= 0 else len(text)])
    return max(DELIMITERS, key=line.count)


def _rows(text: str, at: int, line: int, dialect: Dialect) -> Iterator[Row]:
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if text.find('"', at, end) < 0 and not (dialect.escape and text.find("\\", at, end) >= 0):
            yield Row(line, at, tuple(text[at:end].split(dialect.delimiter)))
            at, line = end + 1, line + 1
        else:
            row, end = _quoted_row(text, at, line, dialect)
            yield row
            line += text.count("\n", at, end) + 1
            at = end + 1


def _quoted_row(text: str, at: int, line: int, dialect: Dialect) -> tuple[Row, int]:
    cells: list[str] = []
    fault, fault_at, end = "", at, at
    for start, end in _cells(text, at, dialect):
        raw = text[start:end]
        match = dialect.quoted.fullmatch(raw) if raw[:1] == '"' else None
        if match is not None:
            cells.append(_meant(match[1], dialect))
            continue
        cells.append(_bare(raw, dialect))
        if raw[:1] == '"' and not fault:
            closed = dialect.quoted.match(raw) is not None
            fault, fault_at = ("behind" if closed else "unclosed"), start
    return Row(line, at, tuple(cells), fault, fault_at), end


def _meant(inner: str, dialect: Dialect) -> str:
    """What stands between quotes, with each mark that is written doubled or escaped."""
    return _ESCAPE.sub(_unescaped, inner) if dialect.escape else inner.replace('""', '"')


def _bare(raw: str, dialect: Dialect) -> str:
    """A cell without quotes; of MySQL's, ``\\N`` is no value."""
    if not dialect.escape or "\\" not in raw:
        return raw
    return "" if raw == _NULL else _ESCAPE.sub(_unescaped, raw)


def _unescaped(match: re.Match[str]) -> str:
    return _NAMED.get(match[1], match[1]) if match[1] else '"'


def _cells(text: str, at: int, dialect: Dialect) -> Iterator[tuple[int, int]]:
    """Start and end of each cell of the row that begins at ``at``, quotes included."""
    while True:
        end = _cell_end(text, at, dialect)
        yield at, end
        if end >= len(text) or text[end] == "\n":
            return
        at = end + 1


def _cell_end(text: str, at: int, dialect: Dialect) -> int:
    behind = at
    if text[at : at + 1] == '"' and (match := dialect.quoted.match(text, at)) is not None:
        behind = match.end()
    if dialect.escape and (match := _until(dialect.delimiter).match(text, behind)) is not None:
        return match.end()
    newline = text.find("\n", behind)
    newline = len(text) if newline < 0 else newline
    found = text.find(dialect.delimiter, behind, newline)
    return newline if found < 0 else found


@lru_cache
def _until(delimiter: str) -> re.Pattern[str]:
    """All up to a delimiter or line end that no backslash stands before."""
    return re.compile(
        rf"[^\\\n{re.escape(delimiter)}]*+(?:\\.[^\\\n{re.escape(delimiter)}]*+)*+\\?", re.DOTALL
    )
