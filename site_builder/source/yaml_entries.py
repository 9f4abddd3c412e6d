"""A mapping read entry by entry, where it is broken, so that all of it is checked."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.problems.patterns import late
from site_builder.problems.problem import Problem, Span
from site_builder.source.yaml_nodes import LOST, Entry, Mapping, Report, Scalar
from site_builder.source.yaml_plain import PlainMapping, read_plain
from site_builder.source.yaml_text import YamlReader, forbidden
from site_builder.source.yaml_values import NAME, field_meant

MAX_BROKEN = 20
_NAME = late(r"[A-Za-z][A-Za-z0-9-]*")
_GOES_ON = late(rf"[ \t\]}}-]|$|(?:[*+•·–—]|[0-9]{{1,2}}[.)]) (?!{NAME}:)")
"""How a line begins that belongs to the field above it, or was meant to."""


def read_entries(
    path: str, text: str, first_line: int, report: Report
) -> tuple[Mapping | PlainMapping, bool]:
    """Read a mapping entry by entry where it is broken, so that all of it is checked.

    Returns the mapping, and whether it is whole. An entry that can't be read is
    reported and stands in the mapping with a lost scalar as its value; its key is lost too
    where it may not be one.
    """
    plain = read_plain(path, text, first_line)
    if plain is not None:
        return plain, True
    lost: list[Entry] = []
    lines = text.split("\n")
    for _ in range(MAX_BROKEN):
        found: list[Problem] = []
        mapping = YamlReader(path, "\n".join(lines), first_line, found.append).read()
        for problem in found:
            report(problem)
        if mapping is not None:
            return Mapping(mapping.entries + tuple(lost), mapping.span), not lost
        bad = _bad_entry(lines, found[-1].span.line - first_line) if found else None
        if bad is None or found[-1].code != "yaml-syntax":
            break
        entry = "\n".join(lines[bad.start : bad.stop])
        for problem in forbidden(path, entry, first_line + bad.start):
            if problem not in found:
                report(problem)
        lost.extend(_blank_out(path, lines, bad, first_line))
    return Mapping(tuple(lost), Span(path, first_line, 1, first_line, 1)), False


def _bad_entry(lines: list[str], row: int) -> range | None:
    """The lines of the top-level entry that row stands in."""
    start = min(row, len(lines) - 1)
    while start > 0 and (lines[start][:1] == "#" or _GOES_ON.match(lines[start])):
        start -= 1
    if not lines[start].strip():
        return None
    end = start + 1
    while end < len(lines) and _GOES_ON.match(lines[end]):
        end += 1
    return range(start, end)


def _blank_out(path: str, lines: list[str], rows: range, first_line: int) -> Iterator[Entry]:
    """Take rows out; a lost entry for each name in them, for any may be that of a field."""
    for row in rows:
        name = _NAME.search(lines[row])
        key = name[0] if name else lines[row].strip()
        if key:
            column = lines[row].index(key) + 1
            span = Span(path, first_line + row, column, first_line + row, column + len(key))
            for meant in dict.fromkeys((key, field_meant(key) if name else key)):
                if meant:
                    yield Entry(Scalar(meant, span, LOST), Scalar("", span, LOST))
        lines[row] = ""
