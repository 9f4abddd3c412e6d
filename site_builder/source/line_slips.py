"""Lines that were meant to be a field and are none to YAML: what is wrong, and the line as it
should be typed. Asked only where YAML could not be read."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from site_builder.journal.fields import CONTACT_FIELDS, DEAL_FIELDS
from site_builder.problems.characters import ODD, named, plain
from site_builder.problems.patterns import late
from site_builder.problems.suggest import nearest

_FIELDS = {**CONTACT_FIELDS, **DEAL_FIELDS}
_REFERENCES = frozenset(
    n for n, f in _FIELDS.items() if f.type in ("contact", "person", "participant", "stage")
)
LISTS = frozenset(name for name, field in _FIELDS.items() if field.is_list)
"""Fields that take a list."""
_TYPED = frozenset(name for name, field in _FIELDS.items() if field.type not in ("text", "source"))
_OF_PIPELINE = frozenset(
    "currency visibility as-of time-zone fiscal-year-starts rates repository forge team roles "
    "lost-reasons targets rungs levels kinds follow-up contact-requires pipelines audiences type "
    "probability role measures steps requires relationship stale-after was retired extends skip "
    "fields stages options required measure target within email after-meeting no-reply "
    "reply-within loop touch".split()
)
_TEXTS_OF_PIPELINE = frozenset("journal name goal knowledge buyer".split())
_LIST_NAMES = LISTS | frozenset(
    "roles rungs levels contact-requires skip requires options measures was no-reply".split()
)
_PARTIES = ("to", "from", "with")
_NO_TEXTS = _TYPED | _OF_PIPELINE
_WHOLE = late(r"\[.*\]|\{.*\}|\"[^\"]*\"|'[^']*'|[|>][-+0-9]*")
_BRACKETS = late(r"\[[^\[].*\]|\{.*\}")
_MARKS = " -?,@%&*!|>#`"
_NAME = "[A-Za-z][A-Za-z0-9_-]*"
_FIELD = late(rf"([ ]*(?:- )?({_NAME})[ ]*:[ ]+)(\S.*)")
_MARKED = late(rf"([-*+>•·–—|]+[ ]*)({_NAME}[ ]*:(?:[ ]+.*)?)")
_ROW = late(rf"\|[ ]*({_NAME})[ ]*\|[ ]*([^|]*?)[ ]*\|?")
_JSON = late(rf"[ ]*[{{]?[ ]*['\"]?({_NAME})['\"]?[ ]*:[ ]*(.*?)[ ]*(?:,|[}}]|,[ ]*[}}])[ ]*")
_OTHER_SIGN = late(rf"([ ]*)({_NAME})[ ]*(=>|->|=|：|;|\|)[ ]*(\S.*)")
_GLUED = late(rf"([ ]*(?:- )?{_NAME}):(?!//)(?=\S)(.*)")
_CURLY = late("[“„”‟«»‘’‚‹›]")
_CURLED = late("[“„”‟«»‘’‚‹›](.*)[“”«»‘’‹›]")
_DATE_COLON = late(r"([0-9]{4}-[0-9]{1,2}-[0-9]{1,2}):[ ]+(\S.*)")
_INDICATORS = "-?:,[]{}#&*!|>'\"%@`"
_BLOCK = late(r"[|>][-+0-9]*(?:\s+#.*|\s*)")
_MOST = 300
EMPTY_LINE = "Write an empty line in its place."
"""What to type where a line has only blanks, of which one is none to YAML."""


class LineSlip(NamedTuple):
    """What is wrong in a line, what to type, and in which column from 0 it is mended."""

    message: str
    help: str
    column: int


def is_field_name(word: str) -> bool:
    """Whether deals, contacts or pipeline.yml have a field of this name."""
    return word in _FIELDS or word in _OF_PIPELINE or word in _TEXTS_OF_PIPELINE


def unmarked(name: str, value: str) -> str:
    """A value that begins with what means something to YAML: a text in quotes, any other
    without the mark."""
    rest = value.lstrip(_MARKS)
    is_listed = name in _NO_TEXTS or name in LISTS or ": " in rest
    if _BRACKETS.fullmatch(rest) and is_listed:
        return rest
    if name in LISTS:
        items = re.split(r",[ ]*|[ ]+(?=[#@])|(?:^|[ ]+)[-*+•–—][ ]+", value)
        return f"[{', '.join(_item(name, item) for item in items if item)}]"
    rest = rest.lstrip("[]}")
    return as_value(rest) if name in _NO_TEXTS and rest else quoted(value)


def untagged(name: str, value: str, is_text: bool) -> str:
    """A value without YAML's tag or anchor before it; ``is_text`` says that the mark may belong
    to a text, which is then in quotes."""
    bare = re.sub(r"^(?:[&!]\S*[ ]+)+", "", value)
    if bare[:1] in ("&", "*", "!"):
        return unmarked(name, bare)
    if name in LISTS and bare[:1] != "[":
        return f"[{as_value(bare)}]"
    is_typed = name in _NO_TEXTS or name in LISTS
    return bare if bare and (is_typed or not is_text) else quoted(value)


def field_meant(word: str) -> str:
    """The field of deals or contacts that a word is or nearly is; nothing where it is like none."""
    name = word.lower()
    return name if name in _FIELDS else nearest(name, _FIELDS) or ""


def is_list_name(word: str) -> bool:
    """Whether a field of this name takes a list."""
    return word in _LIST_NAMES


def takes_no_text(word: str) -> bool:
    """Whether a field of this name takes one of certain values, and no text."""
    return word in _NO_TEXTS


def line_slip(line: str) -> LineSlip | None:
    """The slip in a line that was meant to be a field; None where it is not known."""
    if len(line) > _MOST:
        return None
    found = (slip(line) for slip in _SLIPS)
    return next((slip for slip in found if slip is not None), None)


def quoted(text: str) -> str:
    """A text in the quotes that suit it."""
    if ('"' in text or "\\" in text) and "'" not in text:
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def as_value(text: str) -> str:
    """A text as a plain value where it can be one, or as it is where it is a list, a mapping, a
    block or in quotes; else in quotes."""
    if _WHOLE.fullmatch(text):
        return text
    is_odd = text[:1] in _INDICATORS or ": " in text or " #" in text or text[-1:] == ":"
    return quoted(text) if is_odd or text != text.strip() else text


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
    found = re.fullmatch(rf"([ ]*(?:- )?({_NAME}))[ ]*[:=：]?[ \u00a0]*([\[{{].*)", line)
    if found is None or re.match(rf"{re.escape(found[1])}: ", line):
        return None
    if found[2] not in _NO_TEXTS and not re.fullmatch(r"\{.*: .*\}", found[3]):
        return None
    message = f"A colon and a blank are missing behind `{found[2]}`."
    return LineSlip(message, f"Write `{found[1].strip()}: {found[3]}`.", found.end(1))


def _brackets(line: str) -> LineSlip | None:
    """A bracket that is closed and never opened, or a comma behind one that is closed."""
    field = re.fullmatch(rf"([ ]*(?:- )?(?:{_NAME}:[ ]+)?)(\S.*)", line)
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
    if found is None or (found[3] in ";|" and found[2] not in _FIELDS):
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
    if field is None or not (field[2] in LISTS or field[2] in _PARTIES):
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
    made = ", ".join(_item(field[2], item) for item in items if item)
    return f"Write `{field[1].strip()} [{made}]`."


def _item(name: str, text: str) -> str:
    if name in _REFERENCES:
        text = text.lstrip(_MARKS)
    if name == "social" and text[:1] == "@":
        return f"https://…/{text[1:]}"
    if text[:2] == "[[":
        return quoted(text)
    return text if text[:1] in "\"'" else as_value(text)


def _opened(line: str) -> LineSlip | None:
    """A bracket that opens before a single value and is never closed."""
    field = _FIELD.fullmatch(line)
    if field is None or not is_field_name(field[2]) or field[2] in _LIST_NAMES:
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
    meant = unmarked(field[2], value) if value.strip(_MARKS) else "…"
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
