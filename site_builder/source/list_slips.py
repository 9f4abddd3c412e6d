"""Lists of single values that YAML can't read: what is wrong, what to type, and where. Asked only
where YAML could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from site_builder.problems.patterns import late
from site_builder.source.flat import as_items, split
from site_builder.source.indents import indent, says
from site_builder.source.item_slips import ItemSlip
from site_builder.source.yaml_values import (
    NAME,
    is_field_name,
    is_list_name,
    quoted,
    takes_no_text,
)

_NAME_ALONE = late(rf"[ ]*({NAME}):[ ]*(?:#.*)?")
_BEHIND = late(rf"([ ]*{NAME}:)[ ]+(-[ ]+\S.*)")
_BULLET = late(r"[ ]*([*+•·–—]|[0-9]{1,2}[.)])[ ]+(\S.*)")
_KEY = late(rf"{NAME}:(?: .*)?")
_LINKED = late(r"[ ]*-[ ]+(\[\[[^\[\]]+\]\][ ]\S.*)")
_MOST_ROWS = 400


def list_slip(lines: Sequence[str], rows: Iterable[int]) -> ItemSlip | None:
    """The slip in the first of these rows that was meant to be an item of a list."""
    for row in rows:
        slip = _behind_the_name(lines, row) or _other_bullet(lines, row) or _linked(lines, row)
        if slip is not None:
            return slip
    return None


def _linked(lines: Sequence[str], row: int) -> ItemSlip | None:
    """An item that begins with a link that stands in no quotes, and goes on."""
    found = _LINKED.fullmatch(lines[row].rstrip())
    if found is None:
        return None
    help = f"Write `- {quoted(found[1])}`."
    return ItemSlip("A link in brackets needs quotes.", help, row, found.start(1))


def closed_once(name: str, value: str) -> str:
    """A list or mapping that goes on behind its closing bracket, as it was meant; nothing where
    it can be a text in brackets."""
    if value[0] == "{":
        made = _mapping(value)
        return "" if value[len(made) :].strip("]}), ;") else made
    if is_list_name(name):
        return f"[{as_items(split(value))}]"
    bare = value.strip("[] ")
    return bare if takes_no_text(name) and not {*bare} & {*"[]{},"} else ""


def _mapping(value: str) -> str:
    """The mapping that a value begins with, in its braces; nothing where they are not closed."""
    depth = 0
    for at, char in enumerate(value):
        depth += (char == "{") - (char == "}")
        if not depth:
            return value[: at + 1]
    return ""


def _behind_the_name(lines: Sequence[str], row: int) -> ItemSlip | None:
    """A list whose first item stands behind the name, and the others below it."""
    found = _BEHIND.fullmatch(lines[row])
    below = next((line for line in lines[row + 1 : row + _MOST_ROWS] if says(line)), "")
    if found is None or not _is_item(below) or indent(below) < indent(found[1]):
        return None
    message = "The first item of this list stands behind its name."
    help = f"Write `{found[1].strip()}` alone, and `{found[2].strip()}` in a line of its own above "
    return ItemSlip(message, f"{help}`{below.strip()}`.", row, found.start(2))


def _other_bullet(lines: Sequence[str], row: int) -> ItemSlip | None:
    found = _BULLET.fullmatch(lines[row])
    name = _name_above(lines, row) if found and not _KEY.fullmatch(found[2]) else ""
    if found is None or not name:
        return None
    if is_field_name(name) and not is_list_name(name):
        message = f"The text of `{name}` has several lines, and is no block."
        help = f"Write `{name}: |`, and two blanks before each line below it."
        return ItemSlip(message, help, row, found.start(1))
    more = _bullets_below(lines, row)
    which = "line needs" if more == 1 else f"{more} lines need"
    help = f"Write `- {found[2].rstrip()}`." + (f" The next {which} `-` too." if more else "")
    return ItemSlip(f"`{found[1]}` begins no item of a list in YAML.", help, row, found.start(1))


def _name_above(lines: Sequence[str], row: int) -> str:
    """The name of the field that stands alone above a list."""
    for at in range(row - 1, max(-1, row - _MOST_ROWS), -1):
        if name := _NAME_ALONE.fullmatch(lines[at]):
            return name[1]
        if says(lines[at]) and not (_is_item(lines[at]) or _BULLET.fullmatch(lines[at])):
            break
    return ""


def _is_item(line: str) -> bool:
    return line.lstrip(" ").startswith("- ")


def _bullets_below(lines: Sequence[str], row: int) -> int:
    count = 0
    for line in lines[row + 1 : row + _MOST_ROWS]:
        if _BULLET.fullmatch(line) is None:
            break
        count += 1
    return count
