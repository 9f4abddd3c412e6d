"""Lines that were meant to be a field and are none to YAML: what is wrong, and the line as it
should be typed. Asked only where YAML could not be read."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from site_builder.problems.characters import ODD, named, plain
from site_builder.problems.patterns import late
from site_builder.source.heading_words import DIRECTIONS
from site_builder.source.yaml_values import (
    FIELDS,
    LISTS,
    MARKS,
    NAME,
    as_item,
    as_value,
    is_field_name,
    is_list_name,
    quoted,
    takes_no_text,
    unmarked,
)

_FIELD = late(rf"([ ]*(?:- )?({NAME})[ ]*:[ ]+)(\S.*)")
_MARKED = late(rf"([-*+>•·–—|]+[ ]*)({NAME}[ ]*:(?:[ ]+.*)?)")
_ROW = late(rf"\|[ ]*({NAME})[ ]*\|[ ]*([^|]*?)[ ]*\|?")
_JSON = late(rf"[ ]*[{{]?[ ]*['\"]?({NAME})['\"]?[ ]*:[ ]*(.*?)[ ]*(?:,|[}}]|,[ ]*[}}])[ ]*")
_OTHER_SIGN = late(rf"([ ]*)({NAME})[ ]*(=>|->|=|：|;|\|)[ ]*(\S.*)")
_GLUED = late(rf"([ ]*(?:- )?{NAME}):(?!//)(?=\S)(.*)")
_CURLY = late("[“„”‟«»‘’‚‹›]")
_CURLED = late("[“„”‟«»‘’‚‹›](.*)[“”«»‘’‹›]")
_DATE_COLON = late(r"([0-9]{4}-[0-9]{1,2}-[0-9]{1,2}):[ ]+(\S.*)")
_BLOCK = late(r"[|>][-+0-9]*(?:\s+#.*|\s*)")
_MOST = 300
EMPTY_LINE = "Write an empty line in its place."
"""What to type where a line has only blanks, of which one is none to YAML."""


class LineSlip(NamedTuple):
    """What is wrong in a line, what to type, and in which column from 0 it is mended."""

    message: str
    help: str
    column: int


def line_slip(line: str) -> LineSlip | None:
    """The slip in a line that was meant to be a field; None where it is not known."""
    if len(line) > _MOST:
        return None
    found = (slip(line) for slip in _SLIPS)
    return next((slip for slip in found if slip is not None), None)


def _is_unseen(sign: str) -> bool:
    return sign.isspace() or ODD.match(sign) is not None


def _odd_character(line: str) -> LineSlip | None:
    head, colon, value = line.partition(":")
    begin = next((at for at, sign in enumerate(value) if not _is_unseen(sign)), len(value))
    odd = ODD.search(head + colon + value[:begin])
    if odd is None:
        return None
    bare = f"{plain(head)}{colon} {plain(value).lstrip()}" if colon else plain(line)
    message = f"The character {named(odd[0])}, stands where YAML wants a plain blank, or nothing."
    if not bare.strip():
        return LineSlip(message, EMPTY_LINE, odd.start())
    return LineSlip(message, f"Write `{bare.strip()}`.", odd.start())


def _date_and_colon(line: str) -> LineSlip | None:
    field = _FIELD.fullmatch(line)
    dated = _DATE_COLON.fullmatch(field[3]) if field else None
    if field is None or dated is None:
        return None
    message = "A colon stands behind the date, where only a blank belongs."
    value = as_value(f"{dated[1]} {dated[2]}")
    return LineSlip(message, f"Write `{field[1].strip()} {value}`.", field.start(3) + dated.end(1))


def _curly_quotes(line: str) -> LineSlip | None:
    field = _FIELD.fullmatch(line)
    curled = _CURLED.fullmatch(field[3]) if field else None
    if field is None or curled is None or _CURLY.search(curled[1]):
        return None
    message = f"`{field[3][0]}` is a printer's quote, which quotes nothing in YAML."
    return LineSlip(message, f"Write `{field[1].strip()} {quoted(curled[1])}`.", field.start(3))


def _marked(line: str) -> LineSlip | None:
    found = _MARKED.fullmatch(line.rstrip())
    if found is None:
        return None
    message = f"`{found[1].strip()}` stands before the field."
    return LineSlip(message, f"Write `{found[2].rstrip('| ')}`.", 0)


def _other_bullet(line: str) -> LineSlip | None:
    found = re.fullmatch(r"([ ]+)([*•·–—])[ ]+(\S.*)", line)
    if found is None:
        return None
    message = f"`{found[2]}` begins no item of a list in YAML."
    return LineSlip(message, f"Write `- {found[3]}`.", len(found[1]))


def _rule(line: str) -> LineSlip | None:
    if not re.fullmatch(r"[*_=~+.-]{3,}[ ]*", line):
        return None
    message = "A line across is no field."
    help = "Put `#` and a blank before it, or write `---` if the fields end here."
    return LineSlip(message, help, 0)


def _table_row(line: str) -> LineSlip | None:
    found = _ROW.fullmatch(line.strip())
    if found is None:
        return None
    help = f"Write `{found[1]}: {as_value(found[2])}`."
    return LineSlip("This is a row of a table, and no field.", help, 0)


def _json(line: str) -> LineSlip | None:
    found = _JSON.fullmatch(line)
    is_json = line.lstrip()[:1] in "\"'{" or line.rstrip()[-1:] == ","
    if found is None or not is_json or not found[2]:
        return None
    bare = found[2]
    if len(bare) > 1 and bare[0] == bare[-1] and bare[0] in "\"'":
        bare = as_value(bare[1:-1])
    message = "This is written as in JSON, with a comma or bracket around the field."
    return LineSlip(message, f"Write `{found[1]}: {bare}`.", len(line) - len(line.lstrip()))


def _no_colon(line: str) -> LineSlip | None:
    """A name of ours with a list or mapping behind it, and no colon between them."""
    found = re.fullmatch(rf"([ ]*(?:- )?({NAME}))[ ]*[:=：]?[ \u00a0]*([\[{{].*)", line)
    if found is None or re.match(rf"{re.escape(found[1])}: ", line):
        return None
    if not takes_no_text(found[2]) and not re.fullmatch(r"\{.*: .*\}", found[3]):
        return None
    message = f"A colon and a blank are missing behind `{found[2]}`."
    return LineSlip(message, f"Write `{found[1].strip()}: {found[3]}`.", found.end(1))


def _brackets(line: str) -> LineSlip | None:
    """A bracket that is closed and never opened, or a comma behind one that is closed."""
    field = re.fullmatch(rf"([ ]*(?:- )?(?:{NAME}:[ ]+)?)(\S.*)", line)
    if field is None:
        return None
    value, head = field[2].rstrip(), field[1].strip()
    if value[-2:] in ("},", "],") and value[0] in "[{":
        message, meant = "A comma stands behind the closing bracket.", value[:-1]
    elif value[-1] == "}" and "{" not in value and head.endswith(":"):
        message, meant = "This bracket is closed and never opened.", f"{{{value}"
    else:
        return None
    at = field.start(2) + len(value) - 1
    return LineSlip(message, f"Write `{f'{head} {meant}'.strip()}`.", at)


def _other_sign(line: str) -> LineSlip | None:
    found = _OTHER_SIGN.fullmatch(line)
    if found is None or (found[3] in ";|" and found[2] not in FIELDS):
        return None
    message = f"`{found[3]}` stands where a colon belongs."
    return LineSlip(message, f"Write `{found[2]}: {as_value(found[4])}`.", found.start(3))


def _glued(line: str) -> LineSlip | None:
    found = _GLUED.match(line)
    if found is None or ": " in line or line.endswith(":"):
        return None
    message = "A space is missing behind the colon, so this line is no field."
    help = f"Write `{found[1].strip()}: {as_value(found[2].strip())}`."
    return LineSlip(message, help, found.end(1))


def _comment_in_list(line: str) -> LineSlip | None:
    field = _FIELD.fullmatch(line)
    if field is None or field[3][0] != "[" or field[3][-1] != "]":
        return None
    sign = re.search(r"(?<=[\[ ,])#", field[3])
    if sign is None:
        return None
    message = "`#` begins a comment here, so that the bracket is never closed."
    return LineSlip(message, _list_help(field), field.start(3) + sign.start())


def odd_items(line: str) -> LineSlip | None:
    """A list of which an item begins with what means something to YAML, or brackets in a row."""
    field = _FIELD.fullmatch(line)
    if field is None or not (field[2] in LISTS or field[2] in DIRECTIONS):
        return None
    links = re.fullmatch(r"\[\[[^\[\]]+\]\][^\[\]]*(?:,[ ]*\[\[[^\[\]]+\]\][^\[\]]*)*", field[3])
    odd = re.search(r"(?<=[\[ ,])[@%`*&!]", field[3]) if field[3][0] == "[" else None
    if links:
        message = "Links in brackets need quotes, and brackets around the list."
        return LineSlip(message, _list_help(field, f"[{field[3]}]"), field.start(3))
    if odd is None or field[3][-1] != "]":
        return None
    message = f"A value can't begin with `{odd[0]}`."
    return LineSlip(message, _list_help(field), field.start(3) + odd.start())


def _list_help(field: re.Match[str], value: str = "") -> str:
    items = [item.strip() for item in (value or field[3])[1:-1].split(",")]
    made = ", ".join(as_item(field[2], item) for item in items if item)
    return f"Write `{field[1].strip()} [{made}]`."


def _opened(line: str) -> LineSlip | None:
    """A bracket that opens before a single value and is never closed."""
    field = _FIELD.fullmatch(line)
    if field is None or not is_field_name(field[2]) or is_list_name(field[2]):
        return None
    if field[3][0] != "[" or "]" in field[3].replace("]}", "").replace("],", ""):
        return None
    message = f"`{field[2]}` takes a single value, and the bracket before it is never closed."
    help = f"Write `{field[1].strip()} {unmarked(field[2], field[3])}`."
    return LineSlip(message, help, field.start(3))


def _indicator(line: str) -> LineSlip | None:
    field = _FIELD.fullmatch(line)
    if field is None or field[3][0] not in "-?,]}@`%&*!|>" or _BLOCK.fullmatch(field[3]):
        return None
    value, first = field[3].strip(), field[3][0]
    meant = unmarked(field[2], value) if value.strip(MARKS) else "…"
    help = f"Write `{field[1].strip()} {meant}`."
    return LineSlip(f"A value can't begin with `{first}`.", help, field.start(3))


def _no_name(line: str) -> LineSlip | None:
    """A line that begins with what begins no name."""
    found = re.match(r"%+|//|<!--|[*&!@`|>]", line)
    if found is None:
        return None
    message = f"`{found[0]}` begins no field."
    help = "Put `#` and a blank before the line to make it a comment, or write it as `name: value`."
    return LineSlip(message, help, 0)


_SLIPS: tuple[Callable[[str], LineSlip | None], ...] = (
    _odd_character,
    _rule,
    _other_bullet,
    _no_colon,
    _brackets,
    _table_row,
    _date_and_colon,
    _curly_quotes,
    _json,
    _marked,
    _other_sign,
    _glued,
    _comment_in_list,
    odd_items,
    _opened,
    _indicator,
    _no_name,
)
