"""Ticks that are not written as steps are ticked, and that people take for such."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from site_builder.problems.characters import plain
from site_builder.problems.patterns import pattern
from site_builder.source.links import linked_id

_SIGNS = "☑☒✅✔✓🗹"
_YES = r"[xX]{2}|[xXｘＸ√✓✔✅☑☒✗✘✕✖⊠хХ×vVyY*]|yes|Yes|ok|OK|done|Done"
_BLANKS = r"[ \t\u00a0\u200b-\u200d\u2060\ufeff]*"
_TICKED = rf"{_BLANKS}(?:{_YES}){_BLANKS}\\?"
_BOX = rf"\[{_TICKED}\]"
# With the bracket first, for a search for a sign is many times faster.
_HALF_BOX = r"(?m)\[(?<=[-*+.)] \[)[xX][ )}|/](?=[^\]\n]*$)"
_OTHER_HALF = r"(?<=[-*+.)] )[xX]\]"
# Each begins with the sign that it is looked up by, which is found in a fraction of the time.
_FORMS = (
    ("[", _BOX),
    ("[", _HALF_BOX),
    (" x]", _OTHER_HALF),
    (" X]", _OTHER_HALF),
    ("［", rf"［{_TICKED}］"),
    ("(", r"\([xX✓✔]\)"),
    ("{", r"\{[xX✓✔]\}"),
    ("| x |", r"\| x(?= \|)"),
    ("| X |", r"\| X(?= \|)"),
    ("|x|", r"\|x(?=\|)"),
    ("|X|", r"\|X(?=\|)"),
    *((sign, rf"{sign}\ufe0f?") for sign in _SIGNS),
)
_ANY_BOX = rf"{_BOX}|\[[xX][ )}}|/]"
_HALF_TICKS = frozenset((" x", " X"))
_CELLS = ("| x |", "| X |", "|x|", "|X|")
_LEAD = r"(?:[0-9]{1,9}|[A-Za-z])[.)]"
_SHOWN = r"\[([^\[\]\n]+)\]\([^()\n]*\)"
_END = r"[:|,;(—–]|\s-\s|$"
_AROUND = " \t\\*_~`\"'“”„<>|.!#=-+•"
_BEHIND = _AROUND + ":,;—–()"
_BETWEEN = rf"(?i)[,;&+/|]|\s-\s|[–—]|{_BOX}|\b(?:and|und|et|y|e)\b"
_LONG = 200


class LooseTick(NamedTuple):
    """A tick in some form: where it begins and ends in a text with the words beside it, what
    those name, and what is said behind that."""

    start: int
    end: int
    name: str
    said: str
    is_cell: bool = False
    """Whether it is an `x` alone in a cell, which may say something else."""


def may_have_loose_ticks(text: str, tasks: int, may_be_odd: bool) -> bool:
    """Whether there may be ticks in a text beside those of so many well-written task lines;
    ``may_be_odd`` tells whether its file may have some without square brackets."""
    if text.count("[") != tasks and pattern(_ANY_BOX).search(text):
        return True
    return may_be_odd and may_have_odd_ticks(text)


def may_have_odd_ticks(text: str) -> bool:
    """Whether there may be ticks without square brackets in a text."""
    # A single sign is looked for in a fraction of the time, and most texts have none.
    if "(" in text and ("(x)" in text or "(X)" in text):
        return True
    if "]" in text and not _HALF_TICKS.isdisjoint([part[-2:] for part in text.split("]")[:-1]]):
        return True
    if "{" in text and ("{x}" in text or "{X}" in text):
        return True
    if "|" in text and any(cell in text for cell in _CELLS):
        return True
    return not text.isascii() and _has_sign(text)


def _has_sign(text: str) -> bool:
    # One sign after the other, which takes a fraction of the time of all at once.
    boxes = "☑" in text or "☒" in text or "🗹" in text or "［" in text
    return boxes or "✅" in text or "✔" in text or "✓" in text


def loose_ticks(text: str, but: Collection[int]) -> Iterator[LooseTick]:
    """The ticks of a text that have a name beside them, but for those at some places; the first
    in each line."""
    ends: set[int] = set()
    for sign, form in _FORMS:
        for match in pattern(form).finditer(text) if sign in text else ():
            tick = None if match.start() in but else _tick(text, match)
            if tick is not None and sign[0] == "|":
                tick = tick._replace(is_cell=True)
            if tick is not None and tick.end not in ends:
                ends.add(tick.end)
                yield tick


def _tick(text: str, match: re.Match[str]) -> LooseTick | None:
    start, end = match.span()
    begin = text.rfind("\n", max(0, start - _LONG), start) + 1
    if begin == 0 and start > _LONG:
        return None
    # Who wants to show a box escapes its first bracket; other programs escape both.
    if match[0][-2:] != "\\]" and _is_escaped(text[begin:start]):
        return None
    stop = text.find("\n", end, end + _LONG)
    behind = text[end : stop if stop >= 0 else end + _LONG]
    before = pattern(_LEAD).sub("", plain(text[begin:start]))
    if any(map(str.isalnum, before)):
        if any(map(str.isalnum, behind)):
            return None
        return LooseTick(begin, end, _last_cell(before), "")
    name, said = named_in(behind)
    return LooseTick(start, end + len(behind.rstrip()), name, said) if name else None


def _is_escaped(before: str) -> bool:
    """Whether a backslash makes text of the list's sign, or of the box that follows."""
    count = len(before) - len(before.rstrip("\\"))
    return count % 2 == 1 or before.lstrip(" \t>")[:1] == "\\"


def named_in(text: str) -> tuple[str, str]:
    """What a text behind a tick names, without what is around it, and what it says of that."""
    shown = pattern(_SHOWN).sub(r"\1", plain(text)).strip(_BEHIND)
    if (link := linked_id(shown)) is not None:
        return link.id, link.rest.strip(_BEHIND)
    match = pattern(_END).search(shown)
    end = match.start() if match else len(shown)
    return shown[:end].strip(_AROUND), shown[end:].strip(_BEHIND)


def _last_cell(text: str) -> str:
    return text.strip(_BEHIND).rpartition("|")[2].strip(_BEHIND)


def parts_of(text: str) -> list[str]:
    """What a text lists, between commas and the like."""
    return pattern(_BETWEEN).split(plain(text[:_LONG]).strip(_BEHIND))
