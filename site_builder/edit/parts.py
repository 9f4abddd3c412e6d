"""A file in the parts that are merged each for itself: its fields, its summary, its notes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from site_builder.edit.existing import Existing, unheard
from site_builder.edit.notes import Order, dash_row, orders_of, runs_newest_first, sets
from site_builder.edit.refusals import NotDone
from site_builder.journal import values
from site_builder.problems.patterns import pattern
from site_builder.source.note_drafts import NoteDraft
from site_builder.source.yaml_nodes import Entry, Listing, Mapping, Node, Scalar
from site_builder.source.yaml_text import read_mapping

NOTES = "notes"
_COMMENT = r"(?:^|(?<=\s))#.*"


class NoParts(Exception):
    """A file that can't be parted safely."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field with the comments above it: its name, its lines, its value, and in which line of the
    file it begins."""

    name: str
    text: str
    node: Node
    row: int


@dataclass(frozen=True, slots=True)
class NotePart:
    """A note: its lines, without the blank ones behind it; how many of these there are, if others
    follow; where it belongs in time, and the time that it gives itself; which fields of its file
    it sets; and what its heading and its text say."""

    text: str
    gap: int | None
    order: Order
    time: dt.time | None
    sets: tuple[tuple[str, str], ...]
    heading: tuple[object, ...]
    body: str

    @property
    def date(self) -> dt.date:
        return self.order[0]

    def value_of(self, name: str) -> str | None:
        """What it sets a field of its file to."""
        return next((value for set_, value in self.sets if set_ == name), None)


@dataclass(frozen=True, slots=True)
class Parts:
    """All parts of a file. ``above`` and ``below`` are what stands around the fields,
    ``notes_head`` the line above notes in YAML, ``end`` what stands behind all."""

    above: str = ""
    fields: tuple[Field, ...] = ()
    below: str = ""
    summary: str = ""
    notes_head: str = ""
    notes: tuple[NotePart, ...] = ()
    end: str = "\n"
    is_falling: bool = False

    @property
    def by_name(self) -> dict[str, Field]:
        return {field.name: field for field in self.fields}


def parts_of(file: Existing) -> Parts:
    """The parts of a deal's or contact's file. Raises NoParts."""
    if not file.document.whole or file.document.lacks_notes:
        raise NoParts
    return _in_markdown(file) if file.path.endswith(".md") else _in_yaml(file)


def parts_of_mapping(text: str, mapping: Mapping) -> Parts:
    """The parts of a YAML file of nothing but fields. Raises NoParts."""
    lines = text.rstrip("\n").split("\n") if text.strip() else []
    fields = fields_in(lines, mapping.entries, 1, len(lines))
    return Parts(fields=fields, end=_end(text))


def fields_in(
    lines: Sequence[str], entries: Sequence[Entry], first: int, last: int, column: int = 1
) -> tuple[Field, ...]:
    """The fields that stand in the lines from ``first`` to ``last``. Raises NoParts where two
    stand in one line, or one elsewhere than in its column."""
    rows = [entry.key.span.line for entry in entries]
    keys = [entry.key for entry in entries]
    if len(set(rows)) < len(rows) or any(not 0 <= k.span.column - column <= 1 for k in keys):
        raise NoParts
    if sorted(rows) != rows or len({key.text for key in keys}) < len(keys):
        raise NoParts
    starts = [_with_comments(lines, row, first, column) for row in rows]
    if not starts:
        if any(line.strip() for line in lines[first - 1 : last]):
            raise NoParts
        return ()
    starts[0] = first
    ends = [*starts[1:], last + 1]
    return tuple(
        Field(entry.key.text, _joined(lines[start - 1 : end - 1]), entry.value, start)
        for entry, start, end in zip(entries, starts, ends, strict=True)
    )


def _with_comments(lines: Sequence[str], row: int, first: int, column: int) -> int:
    """The line in which the comments straight above a field begin."""
    mark = " " * (column - 1) + "#"
    while row > first and lines[row - 2].startswith(mark):
        row -= 1
    return row


def _joined(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _end(text: str) -> str:
    return text[len(text.rstrip("\n")) :]


def _in_markdown(file: Existing) -> Parts:
    lines = file.text.split("\n")
    close = next((n for n, line in enumerate(lines[1:], 2) if line.rstrip() == "---"), None)
    if close is None or lines[0].rstrip() != "---":
        raise NoParts
    starts = [draft.span.line for draft in file.document.notes]
    stop = starts[0] if starts else len(lines) + 1
    fields = fields_in(lines, file.document.front.entries, 2, close - 1)
    summary = _joined(lines[close : stop - 1])
    if not starts:
        summary = summary.rstrip("\n") + "\n" * bool(summary.strip())
    texts = _cut(lines, starts)
    return Parts(
        f"{lines[0]}\n",
        fields,
        f"{lines[close - 1]}\n",
        summary,
        notes=_notes(file, texts),
        end=_end(file.text),
        is_falling=runs_newest_first(orders_of(file.document.notes)),
    )


def _in_yaml(file: Existing) -> Parts:
    lines, drafts = file.text.rstrip("\n").split("\n"), file.document.notes
    mapping = read_mapping(file.path, file.text, 1, unheard)
    *entries, last = mapping.entries if mapping and mapping.entries else [None]
    if last is None or any(entry is None or entry.key.text == NOTES for entry in entries):
        raise NoParts
    fields = [entry for entry in entries if entry is not None]
    if last.key.text != NOTES:
        return Parts(fields=fields_in(lines, [*fields, last], 1, len(lines)), end=_end(file.text))
    head = last.key.span.line
    try:
        starts = [dash_row(lines, draft) + 1 for draft in drafts]
    except NotDone:
        raise NoParts from None
    if lines[head - 1].rstrip() != f"{NOTES}:" or starts[:1] != [head + 1]:
        raise NoParts
    texts = _cut(lines, starts)
    return Parts(
        fields=fields_in(lines, fields, 1, head - 1),
        notes_head=f"{lines[head - 1]}\n",
        notes=_notes(file, texts),
        end=_end(file.text),
        is_falling=runs_newest_first(orders_of(drafts)),
    )


def _cut(lines: Sequence[str], starts: Sequence[int]) -> list[str]:
    """The lines from each start to the next."""
    ends = [*starts[1:], len(lines) + 1]
    return ["\n".join(lines[a - 1 : b - 1]) for a, b in zip(starts, ends, strict=False)]


def _notes(file: Existing, texts: Sequence[str]) -> tuple[NotePart, ...]:
    drafts = file.document.notes
    rows = zip(drafts, orders_of(drafts), texts, strict=True)
    return tuple(_note(*row, is_last=n == len(drafts) - 1) for n, row in enumerate(rows))


def _note(draft: NoteDraft, order: Order, text: str, *, is_last: bool) -> NotePart:
    bare = text.rstrip("\n")
    gap = None if is_last else len(text) - len(bare)
    set_here = sets(draft)
    time = values.time(draft.time.text) if draft.time else None
    said = {f.name.text: f.value.text for f in draft.fields} | {"stage": draft.stage}
    body = f"{draft.text}\n{sorted((f.name.text, f.value.text) for f in draft.fields)}"
    return NotePart(
        bare,
        gap,
        order,
        time if isinstance(time, dt.time) else None,
        tuple((name, said[name]) for name in sorted(set_here)),
        tuple(_heading(draft)),
        body if draft.text.strip() else "",
    )


def _heading(draft: NoteDraft) -> Iterator[object]:
    yield draft.date
    yield draft.time and draft.time.text
    yield draft.kind
    yield draft.stage
    yield draft.direction
    yield tuple(token.text for token in draft.parties)
    yield draft.by and draft.by.text
    yield draft.headline
    yield draft.heading if draft.slip else ""


def comments_in(field: Field) -> Counter[str]:
    """The comments among the lines of a field, those behind its values too."""
    rows, values = field.text.split("\n"), [*_scalars(field.node)]
    starts = [0] * len(rows)
    for value in values:
        first, last = value.span.line - field.row, value.span.end_line - field.row
        for row in range(max(first, 0), min(last + 1, len(rows))):
            starts[row] = value.span.end_column - 1 if row == last else len(rows[row])
    found = (pattern(_COMMENT).search(row, at) for row, at in zip(rows, starts, strict=True))
    return Counter(match[0].rstrip() for match in found if match)


def _scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    inner = node.items if isinstance(node, Listing) else ()
    of_fields = (e.value for e in node.entries) if isinstance(node, Mapping) else ()
    for other in (*inner, *of_fields):
        yield from _scalars(other)


def is_block_mapping(field: Field) -> bool:
    """Whether a field has fields of its own, in lines of their own."""
    node = field.node
    if not isinstance(node, Mapping) or not node.entries:
        return False
    first = node.entries[0].key.span
    return first.line > field.row and field.text.split("\n")[first.line - field.row - 1] != ""
