"""What a file has beside its fields and notes: the comments of its author."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.edit.existing import Existing
from site_builder.edit.notes import dash_row, end_of_item
from site_builder.source.yaml_nodes import Scalar


def comments_of(file: Existing) -> Iterator[str]:
    """The comments in YAML that stand in no note, without their sign."""
    lines = file.text.split("\n")
    taken = _rows_of_texts(file, lines)
    ends: dict[int, int] = {}
    for entry in file.document.front.entries:
        span, value = entry.value.span, entry.value
        if isinstance(value, Scalar) and value.is_block:
            taken.update(range(span.line, span.end_line + (span.end_column > 1)))
        else:
            ends[span.end_line] = span.end_column
    for row, line in enumerate(lines[: _last_row(file, lines)], 1):
        rest = line[ends[row] - 1 :] if row in ends else line
        if row not in taken and rest.lstrip().startswith("#"):
            yield rest.strip().lstrip("#").strip()


def _last_row(file: Existing, lines: list[str]) -> int:
    """The last row that is YAML."""
    if not file.path.endswith(".md"):
        return len(lines)
    return next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), 0)


def _rows_of_texts(file: Existing, lines: list[str]) -> set[int]:
    if file.path.endswith(".md"):
        return set()
    document = file.document
    height = document.summary.count("\n") + 1 if document.summary else 0
    taken = set(range(document.summary_line, document.summary_line + height))
    for draft in document.notes:
        row = dash_row(lines, draft)
        indent = len(lines[row]) - len(lines[row].lstrip())
        taken.update(range(row + 1, end_of_item(lines, row, indent) + 1))
    return taken
