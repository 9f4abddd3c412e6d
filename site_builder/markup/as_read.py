"""Texts as they are read: without marks, with the signs that HTML has names for as themselves, and
where in the text each of that stands."""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from site_builder.problems.characters import DASHES, MIXED, UNSEEN, latin, plain_dashes
from site_builder.problems.patterns import late, pattern

MARKS = r"[*_~`\\]"
"""What makes words bold, slanted, struck out or code, or a mark a mere sign."""
BEFORE_WORDS = r"!?\[(?:\[[^\[\]|\n]*\|)?"
"""What stands before the words of a link."""
_SIGN = r"\\.|[^()\\]"
_TARGET = rf"\((?:{_SIGN}|\((?:{_SIGN}|\((?:{_SIGN})*+\))*+\))*+\)"
_ODD_TARGET = r"\(\s*(?:<[^<>\n]*>|(?:\\.|[^\s()\\])*+)(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
BEHIND_WORDS = rf"\](?:{_ODD_TARGET}|{_TARGET})?"
"""What stands behind them, with where the link leads."""
_TAG = r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>|<!--[^<>]*-->"
REFERENCE = r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
"""A name or number of HTML for a sign."""
_COMBINED = r"[^\W_][\u0300-\u036f]+"
_WITHIN = (
    rf"{MARKS}+|\[\[[^\[\]|\n]*\]\]|{BEFORE_WORDS}|{REFERENCE}|{_COMBINED}|[{UNSEEN}\u0300-\u036f]"
)
_SHOWN = rf"(?s:{BEHIND_WORDS})|{_WITHIN}"
_BEGIN = rf"(?=[<>&!]|{MARKS}|[\[\]])"
"""What all begin with that is read otherwise in a text of ASCII: looked for first, it takes a
quarter of the time."""


def _ways(pattern: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A pattern for any text, and one for a text of ASCII that finds the same."""
    return late(pattern), late(f"{_BEGIN}(?:{pattern})")


_AS_TEXT, _AS_SHOWN, _AS_HTML = _ways(rf"\]|{_WITHIN}"), _ways(_SHOWN), _ways(rf"{_TAG}|{_SHOWN}")
_IN_ANGLES = _ways(rf"[<>]|{_SHOWN}")
_WITH_KEYS = _ways(rf"\]\[[^\[\]\n]*\]|{_SHOWN}")
_REPLACED = r"&(?:#|\w+;)|<[/!A-Za-z]"
_MARKED = re.compile(rf"{MARKS}|[\[\]]|{_REPLACED}")
_FAR = re.compile(rf"\]\(|\]\[|\[\[[^\[\]\n]*\||{_REPLACED}")
"""What has more than marks between words that are read as neighbours, or in one that is."""
_APOSTROPHES = "\u2018\u2019\u201b\u02b9\u02bc\u2032\u00b4"
_PLAIN = str.maketrans(dict.fromkeys(_APOSTROPHES, "'"))
_OTHER = late(rf"[{UNSEEN}{DASHES}{_APOSTROPHES}\u0300-\u036f\uff01-\uff5e]|{MIXED}")
_NAMED = "|"
"""Stands for the name of what is linked without words."""


class _Stretch(NamedTuple):
    """What is read from a place ``at`` on: the text from ``start`` on, sign by sign; or where there
    is an ``end``, what is written up to there for it."""

    at: int
    start: int
    end: int = 0


class Read:
    """What is read of a text, as ``said``; each of the ``marks`` in it is read otherwise."""

    def __init__(self, text: str, marks: re.Pattern[str]) -> None:
        self._text, self._marks = text, marks
        self._stretches: list[_Stretch] = []
        self.said = in_plain_letters(marks.sub(_said_of, text))

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where in the text a part of what is read begins and ends."""
        if not self._stretches:
            self._stretches = list(_stretches(self._text, self._marks))
        first, last = self._at(start), self._at(end - 1)
        return first.start + start - first.at, last.end or last.start + end - last.at

    def _at(self, place: int) -> _Stretch:
        return self._stretches[bisect_right(self._stretches, place, key=lambda one: one.at) - 1]


def is_as_written(text: str) -> bool:
    """Whether a text surely is read as it is written."""
    return not _MARKED.search(text) and (text.isascii() or not _OTHER.search(text))


def has_mere_marks(text: str) -> bool:
    """Whether a text surely is read as it is written but for its marks."""
    return not _FAR.search(text) and (text.isascii() or not _OTHER.search(text))


def readings(text: str) -> Iterator[Read]:
    """What is read of a text: without where its links lead; and, where it may have any, with that,
    for what looks like a link can be mere text, and without tags and keys of references, which are
    text here and none elsewhere."""
    yield _read(text, _AS_SHOWN)
    if "](" in text:
        yield _read(text, _AS_TEXT)
    if "<" in text:
        yield _read(text, _AS_HTML)
        yield _read(text, _IN_ANGLES)
    if "][" in text:
        yield _read(text, _WITH_KEYS)


def _read(text: str, marks: tuple[re.Pattern[str], re.Pattern[str]]) -> Read:
    return Read(text, marks[text.isascii()])


def _stretches(text: str, marks: re.Pattern[str]) -> Iterator[_Stretch]:
    yield _Stretch(0, 0)
    at = length = 0
    for mark in marks.finditer(text):
        said = _said(mark[0])
        length += mark.start() - at
        if said:
            yield _Stretch(length, mark.start(), mark.end())
        at, length = mark.end(), length + len(said)
        yield _Stretch(length, at)


def _said_of(mark: re.Match[str]) -> str:
    return _said(mark[0])


def _said(mark: str) -> str:
    """What is read of what stands for something else, or for nothing."""
    if mark[0] == "&":
        char = html.unescape(mark)
        return "" if char in "*_~`\\[]" or pattern(f"[{UNSEEN}]").match(char) else char
    if mark[:2] == "[[" and mark[-1] == "]":
        return _NAMED
    if mark[:3].lower() == "<br":
        return " "
    return unicodedata.normalize("NFC", mark.replace("\u034f", "")) if mark[0].isalnum() else ""


def in_plain_letters(text: str) -> str:
    """A text with plain signs for those that look like such, each in its place."""
    return text if text.isascii() else latin(plain_dashes(text)).translate(_PLAIN)
