"""Splices into a file's bytes: what no splice touches stays, byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from site_builder.problems.problem import Span

_BOM = b"\xef\xbb\xbf"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


class Splice(NamedTuple):
    """Text that stands in the place of a stretch of a file. Lines and columns count as those of a
    ``Span``; an empty stretch puts text between. The line ends of ``text`` are plain."""

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


def over(span: Span, text: str) -> Splice:
    """Text in the place of a span."""
    return Splice(span.line, span.column, span.end_line, span.end_column, text)


def before_line(line: int, text: str) -> Splice:
    """Text above a line."""
    return Splice(line, 1, line, 1, text)


def spliced(data: bytes, splices: Iterable[Splice]) -> bytes:
    """A file with some stretches replaced, which don't overlap; equal places keep their order.

    New lines end as the lines of the file do. Raises UnicodeDecodeError where it is not UTF-8.
    """
    mark = _BOM if data.startswith(_BOM) else b""
    text = data[len(mark) :].decode("utf-8")
    lines = raw_lines(text)
    starts = list(accumulate((len(line) for line in lines), initial=0))
    end = line_end(lines)
    made, at = [], 0
    for line, column, end_line, end_column, new in sorted(splices, key=lambda s: s[:4]):
        start = min(starts[line - 1] + column - 1, len(text))
        stop = min(starts[end_line - 1] + end_column - 1, len(text))
        assert at <= start <= stop, "splices overlap"
        made += [text[at:start], new.replace("\n", end)]
        at = stop
    return mark + "".join([*made, text[at:]]).encode("utf-8")


def raw_lines(text: str) -> list[str]:
    """The lines of a text with their ends; the last one may have none."""
    return _LINE.findall(text)


def line_end(lines: list[str]) -> str:
    """The line end that most of the lines have."""
    counted = {end: sum(line.endswith(end) for line in lines) for end in ("\r\n", "\n", "\r")}
    counted["\n"] -= counted["\r\n"]
    most = max(counted.values())
    return "\n" if counted["\n"] == most else "\r\n" if counted["\r\n"] == most else "\r"


def alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many characters two lines, or lines two texts, begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))
