"""Lines of a list of mappings, such as the notes of a YAML file, that stand where they can't: what
is wrong, what to type, and where. Asked only where YAML could not be read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from site_builder.problems.patterns import late
from site_builder.source.indents import indent, says, spaces
from site_builder.source.yaml_notes import is_note_key
from site_builder.source.yaml_values import NAME

_PARENT = late(rf"[ ]*{NAME}:[ ]*(?:#.*)?")
_KEY = rf"({NAME}):(?=[ ]|$)"
_ITEM = late(rf"([ ]*)([-*+•–—])([ ]*){_KEY}")
_FIELD = late(rf"([ \t]+){_KEY}")
_OUTSIDE = late(rf"()(?!-){_KEY}")
_BLOCK = late(r":[ ]+[|>][-+0-9]*[ ]*(?:#.*)?$")
_MOST_ROWS = 2_000
_MOST_BELOW = 40


class ItemSlip(NamedTuple):
    """What is wrong, what to type, and the row and column of it, from 0."""

    message: str
    help: str
    row: int
    column: int


class _List(NamedTuple):
    """A list: the rows that say something, how far in what it belongs to stands, and its
    hyphens should."""

    lines: Sequence[str]
    rows: Sequence[int]
    above: int
    hyphens: int


def item_slip(lines: Sequence[str], row: int) -> ItemSlip | None:
    """The first slip in the list of mappings that a row stands in, if it is not below that."""
    found = _list_around(lines, row)
    slip = next(_slips(found), None) if found else None
    return slip if slip and slip.row <= row + 1 else None


def _list_around(lines: Sequence[str], row: int) -> _List | None:
    for at in range(min(row, len(lines) - 1), max(-1, row - _MOST_ROWS), -1):
        if not _PARENT.fullmatch(lines[at]):
            continue
        rows = [*_rows_below(lines, at)]
        if rows and (first := _ITEM.match(lines[rows[0]])) and rows[-1] >= row - 1:
            items = (_ITEM.match(lines[r]) for r in rows)
            stand = Counter(len(item[1]) for item in items if item)
            most = max(stand.values())
            own = len(first[1])
            usual = own if stand[own] == most else max(stand, key=stand.__getitem__)
            return _List(lines, rows, indent(lines[at]), usual)
    return None


def _rows_below(lines: Sequence[str], at: int) -> Iterator[int]:
    above = indent(lines[at])
    for row in range(at + 1, min(len(lines), at + _MOST_ROWS)):
        line = lines[row]
        if not says(line):
            continue
        is_out = line[:1] != "\t" and indent(line) <= above and not _is_beside(line, above)
        if is_out and not _is_before_item(lines, row):
            return
        yield row


def _is_before_item(lines: Sequence[str], row: int) -> bool:
    """Whether a line is the key of a note, and an item goes on with the list straight below it."""
    key = _OUTSIDE.match(lines[row])
    below = next((line for line in lines[row + 1 : row + _MOST_BELOW] if says(line)), "")
    return key is not None and is_note_key(key[2]) and _ITEM.match(below) is not None


def _is_beside(line: str, above: int) -> bool:
    """Whether a line is an item beside the name of its list."""
    return indent(line) == above and _ITEM.match(line) is not None


def _slips(found: _List) -> Iterator[ItemSlip]:
    key, column, block = "", 0, -1
    for n, row in enumerate(found.rows):
        line = found.lines[row]
        if block >= 0 and indent(line) > block:
            continue
        is_text, block = block >= 0, -1
        if item := _ITEM.match(line):
            key, column = item[4], found.hyphens + 1 + (len(item[3]) or 1)
            yield from _of_item(found, n, item, column)
        elif field := _FIELD.match(line) or _OUTSIDE.match(line):
            if field[1] != " " * column:
                yield _of_field(found, n, field, key, column)
        elif is_text and line.strip()[:2] != "- ":
            yield _of_text(line, row, column)
        if _BLOCK.search(line):
            block = column


def _of_item(found: _List, n: int, item: re.Match[str], column: int) -> Iterator[ItemSlip]:
    row, sign = found.rows[n], item[2]
    bare = found.lines[row][item.start(4) :].rstrip()
    more = _and_below(found, n, column)
    at = len(item[1])
    if at != found.hyphens:
        message = f"`- {item[4]}` is indented otherwise than what it belongs to."
        yield ItemSlip(message, f"{_put(found.hyphens, f'- {bare}')}{more}.", row, at)
    elif sign != "-":
        message = f"`{sign}` begins no item of a list in YAML."
        yield ItemSlip(message, f"Write `- {bare}`{more}.", row, at)
    elif not item[3]:
        message = f"A space is missing between the hyphen and `{item[4]}`."
        yield ItemSlip(message, f"Write `- {bare}`{more}.", row, at)


def _put(before: int, bare: str) -> str:
    return (
        f"Put {spaces(before)} before it" if before else f"Write `{bare}` at the start of its line"
    )


def _and_below(found: _List, n: int, column: int) -> str:
    """What else is to be said of the next lines, where they do not stand in their column."""
    count = _below(found, n, column)
    if not count:
        return ""
    return f", and {spaces(column)} before {_next(count)}"


def _next(count: int) -> str:
    return "the next line" if count == 1 else f"the next {count} lines"


def _below(found: _List, n: int, column: int) -> int:
    """How many of the next lines are fields of the same item in another column."""
    count = 0
    for row in found.rows[n + 1 :]:
        field = _FIELD.match(found.lines[row])
        if field is None or field[1] == " " * column or _BLOCK.search(found.lines[row]):
            break
        count += 1
    return count


def _of_field(found: _List, n: int, field: re.Match[str], key: str, column: int) -> ItemSlip:
    row = found.rows[n]
    more = _below(found, n, column)
    lines = f" and before {_next(more)}" if more else ""
    instead = " in place of the tab" if "\t" in field[1] else ""
    help = f"Put {spaces(column)} before it{instead}{lines}, so that it stands below `{key}`."
    message = f"`{field[2]}` is indented otherwise than what it belongs to."
    if instead:
        message = "A tab stands where YAML wants spaces."
    return ItemSlip(message, help, row, 0 if instead else len(field[1]))


def _of_text(line: str, row: int, column: int) -> ItemSlip:
    message = "The text below `|` is not indented, so it belongs to nothing."
    help = f"Put {spaces(column + 2)} before each of its lines."
    return ItemSlip(message, help, row, indent(line))
