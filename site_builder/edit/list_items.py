"""The items of a field that is a list, as they are written, and the field with others."""

from __future__ import annotations

from collections.abc import Sequence

from site_builder.edit.parts import Field
from site_builder.source.yaml_nodes import Listing, Scalar

_PARTICIPANTS = "contacts"


def items_of(field_: Field) -> dict[str, str] | None:
    """The items of a list, as they are written, by what they say; those of contacts by their ids.
    None where it is no list of plain values, or one stands twice in it."""
    node, rows = field_.node, field_.text.split("\n")
    if not isinstance(node, Listing):
        return None
    if not node.is_block and node.span.line != node.span.end_line:
        return None
    items: dict[str, str] = {}
    for item in node.items:
        if not isinstance(item, Scalar) or item.span.line != item.span.end_line:
            return None
        text = rows[item.span.line - field_.row][item.span.column - 1 : item.span.end_column - 1]
        key = (item.text.split() or [""])[0] if field_.name == _PARTICIPANTS else item.text
        items[key] = text
    return items if len(items) == len(node.items) else None


def is_block(field_: Field) -> bool:
    return isinstance(field_.node, Listing) and field_.node.is_block


def with_items(field_: Field, items: Sequence[str]) -> str:
    """A field with other items in its list; all else of its lines stays."""
    span, rows = field_.node.span, field_.text.split("\n")
    if is_block(field_):
        return _with_lines(field_, items)
    at = span.line - field_.row
    line = rows[at]
    made = f"{line[: span.column - 1]}[{', '.join(items)}]{line[span.end_column - 1 :]}"
    return "\n".join([*rows[:at], made, *rows[at + 1 :]])


def _with_lines(field_: Field, items: Sequence[str]) -> str:
    """The same for a list with a line for each item: those that stay keep their lines."""
    node, rows = field_.node, field_.text.split("\n")[:-1]
    assert isinstance(node, Listing)
    starts = [item.span.line - field_.row for item in node.items]
    stops = [*starts[1:], len(rows)]
    there = {
        rows[a][item.span.column - 1 : item.span.end_column - 1]: rows[a:b]
        for item, a, b in zip(node.items, starts, stops, strict=True)
    }
    dash = rows[starts[0]][: node.items[0].span.column - 1]
    made = [line for item in items for line in there.get(item, [f"{dash}{item}"])]
    return "".join(f"{line}\n" for line in [*rows[: starts[0]], *made])
