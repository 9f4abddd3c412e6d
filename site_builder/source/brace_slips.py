"""Mappings in braces in one line that YAML can't read, or reads otherwise than they were meant:
what is wrong, and the whole line as it should be typed. Asked only where something is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from site_builder.problems.patterns import late
from site_builder.source.flat import as_items, split
from site_builder.source.heading_words import DIRECTIONS
from site_builder.source.indents import indent, says
from site_builder.source.line_slips import LineSlip
from site_builder.source.yaml_notes import is_note_key
from site_builder.source.yaml_values import (
    NAME,
    as_value,
    is_field_name,
    is_list_name,
    quoted,
)

_BRACED = late(rf"([ ]*(?:-[ ]+)?(?:{NAME}:[ ]+)?)(\{{)([^{{}}]*)(\}}*)[ ,]*")
_UNBRACED = late(r"([ ]*-[ ]+)()([^{}]*)()")
_NOTE = late(rf"[ ]*-[ ]+\{{[ ]*({NAME})")
_PART = late(r"(?:\"[^\"]*\"|'[^']*'|\[\[[^\[\]]*\]\]|\[[^\[\]]*\]|[^,;])+|[,;]")
_PAIR = late(rf"[ ]*({NAME})(?:[ ]*:(?:[ ]+|$)|[ ]+)")
_KEY_WITHIN = late(rf"[ ]({NAME}):(?:[ ]+|$)")
_CLOSED = late(r"\[[^\[\],]*(?:,[^\[\],]*)*\]|\"[^\"]*\"|'[^']*'")
_THOUSANDS = late(r"-?[0-9]{1,3}(?:,[0-9]{3})+")
_DECIMALS = late(r"-?[0-9]+,[0-9]{1,2}%?")
_OF_A_WORD = ("date", "time", "kind", "by")
_NO_NAME = "This stands between commas without a name."
_COMMENT = "`#` begins a comment here, so that the bracket is never closed."
_MOST = 400


class _Pair(NamedTuple):
    """One name and its value, and where it begins; what is wrong there, if anything is."""

    name: str
    value: str
    at: int
    wrong: str = ""


def brace_slip(line: str) -> LineSlip | None:
    """The slip in a line that is a mapping, as `- {date: 2026-11-10, kind: call}`; None where it
    is not known."""
    if len(line) > _MOST:
        return None
    found = _BRACED.fullmatch(line) or _UNBRACED.fullmatch(line)
    if found is None:
        return None
    pairs = list(_pairs(found[3], found.start(3)))
    if not pairs or not pairs[0].name or not (found[2] or len(pairs) > 1):
        return None
    made = f"{found[1].strip()} {{{', '.join(f'{p.name}: {_value(p)}' for p in pairs)}}}".strip()
    wrong = next((pair for pair in pairs if pair.wrong), None)
    if wrong is None and not found[2]:
        wrong = pairs[1]._replace(wrong="Several fields in one line need braces around them.")
    if wrong is None and len(found[4]) > 1:
        wrong = _Pair("", "", found.start(4) + 1, "This bracket is closed once too often.")
    if wrong is None:
        return None
    return LineSlip(wrong.wrong, f"Write `{made}`.", max(wrong.at, line.find(wrong.name, wrong.at)))


def note_slip(line: str) -> LineSlip | None:
    """The same in a line that is a note, whose names all have values."""
    begin = _NOTE.match(line)
    return brace_slip(line) if begin and is_note_key(begin[1]) else None


def no_hyphen(lines: list[str], row: int) -> LineSlip | None:
    """A mapping in braces that was meant to be an item of the list above it."""
    line = lines[row] if row < len(lines) else ""
    above = next((lines[at] for at in range(row - 1, -1, -1) if says(lines[at])), "")
    if line.lstrip()[:1] != "{" or not (above.lstrip().startswith("- {") or above == "notes:"):
        return None
    message = "A hyphen is missing before this item of a list."
    help = f"Write `{' ' * indent(above)}- {line.strip()}`."
    return LineSlip(message, help, indent(line))


def _pairs(inside: str, column: int) -> Iterator[_Pair]:
    """The pairs of a mapping as they were meant; the first has no name where that is not known."""
    last, before = _Pair("", "", column), ""
    for part in _PART.finditer(inside):
        text = part[0]
        if text in (",", ";"):
            before = text
            continue
        pair = _pair(text, column + part.start(), before)
        if pair is None and text.strip():
            message = f"The comma ends the value of `{last.name}`, which goes on behind it."
            if last.name in _OF_A_WORD:
                yield from _parted(last)
                last = _Pair("headline", text.strip(), column + part.start(), _NO_NAME)
                continue
            value = f"{last.value},{text}".strip(", ")
            last = last._replace(value=value, wrong=last.wrong or message)
        elif pair is not None:
            if last.name or last.value:
                yield from _parted(last)
            last = pair
    yield from _parted(last)


def _pair(text: str, column: int, before: str) -> _Pair | None:
    found = _PAIR.match(text)
    if found is None:
        return None
    name, at = found[1], column + found.start(1)
    if ":" in found[0]:
        wrong = "`;` stands where a comma belongs." if before == ";" else ""
        return _Pair(name, text[found.end() :].strip(), at, wrong)
    if not is_note_key(name):
        return None
    return _Pair(name, text[found.end() :].strip(), at, f"A colon is missing behind `{name}`.")


def _parted(pair: _Pair) -> Iterator[_Pair]:
    """A pair, and those that stand in its value for a comma is missing before them."""
    for found in _KEY_WITHIN.finditer(pair.value):
        before, name = pair.value[: found.start()], found[1]
        if before.strip() and (is_note_key(name) or is_field_name(name)):
            yield pair._replace(value=before.strip())
            wrong = f"A comma is missing before `{name}`."
            rest = pair._replace(name=name, value=pair.value[found.end() :].strip(), wrong=wrong)
            yield from _parted(rest)
            return
    if re.match("#|.* #", pair.value) and not _CLOSED.fullmatch(pair.value):
        pair = pair._replace(wrong=pair.wrong or _COMMENT)
    yield pair


def _value(pair: _Pair) -> str:
    if _CLOSED.fullmatch(pair.value) and not pair.value.startswith("[["):
        return pair.value
    is_list = is_list_name(pair.name)
    if is_list or (pair.name in DIRECTIONS and ("," in pair.value or "[" in pair.value)):
        items = split(pair.value.replace("[[", "").replace("]]", ""))
        return f"[{as_items(items)}]"
    if _THOUSANDS.fullmatch(pair.value) or _DECIMALS.fullmatch(pair.value):
        return pair.value.replace(",", "" if _THOUSANDS.fullmatch(pair.value) else ".")
    bare = pair.value.strip("\"'") if pair.value.count('"') == 1 else pair.value
    return quoted(bare) if re.search(r"[,\[\]{}]", bare) else as_value(bare)
