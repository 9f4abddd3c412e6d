"""Text that was encoded twice on its way, as ``CafÃ©``: UTF-8 that something took for cp1252."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.exchange.csv.numbers import shown
from site_builder.problems import counting
from site_builder.problems.problem import Problem, Severity
from site_builder.source.lines import place_in
from site_builder.source.yaml_nodes import Report

_HIGH = bytes(range(0x80, 0xC0)).decode("cp1252", "ignore") + "".join(map(chr, range(0x80, 0xA0)))
"""What the second and later bytes of a character in UTF-8 look like in cp1252 or Latin-1."""

_NEXT = f"[{re.escape(_HIGH)}]"
_TWICE = re.compile(
    rf"[ÂÃÄÅ]{_NEXT}"  # the letters of Western and Central Europe
    rf"|(?:[Æ-ß]{_NEXT}){{2,}}"  # two letters of Greek, Cyrillic, Hebrew, Arabic …
    rf"|â{_NEXT}{{2}}"  # quotes, dashes, the euro
    rf"|(?:[à-ï]{_NEXT}{{2}}){{2,}}"  # two letters of Asia
    rf"|ð{_NEXT}{{3}}"  # emoji
)
_CLOSING = frozenset("\xa0»›«‹“”‘’…–—")
_BETWEEN = re.compile(r'[ \t\n,;|"]')
_MOST = 40


def look_for_text_encoded_twice(path: str, text: str, help: str, report: Report) -> None:
    """Warn of the first place where a text seems to have been encoded twice."""
    if text.isascii():
        return
    places = list(_places(text))
    if not places:
        return
    start, end = _word_around(text, places[0])
    word = text[start:end]
    count = counting.grouped(len(places))
    more = f" ({count} places, the first is this)" if len(places) > 1 else ""
    report(
        Problem(
            "encoded-twice",
            f"`{shown(word)}` looks as if it had been encoded twice, and may have been "
            f"`{shown(_mended(word))}`{more}.",
            help,
            place_in(path, text, start, end - start),
            Severity.WARNING,
        )
    )


def _places(text: str) -> Iterator[int]:
    """Where letters stand that can't be meant."""
    return (m.start() for m in _TWICE.finditer(text) if not _may_be_meant(text, m))


def _may_be_meant(text: str, match: re.Match[str]) -> bool:
    """Whether it is a letter before what closes words: `IRMÃ”`, `VOILÂ :`, `“Ä”`."""
    first, others = match[0][0], match[0][1:]
    if not _CLOSING.issuperset(others):
        return False
    before, behind = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    is_alone = first in "ÄÅ" and not before.islower() and not behind.isalpha()
    return before.isupper() or first.islower() or is_alone


def _word_around(text: str, at: int) -> tuple[int, int]:
    start = at
    while start > max(0, at - _MOST) and not _BETWEEN.match(text, start - 1):
        start -= 1
    found = _BETWEEN.search(text, at, at + _MOST)
    return start, found.start() if found else min(at + _MOST, len(text))


def _mended(text: str) -> str:
    """The text as it may have been before."""
    return _TWICE.sub(lambda m: _decoded(m[0]), text)


def _decoded(text: str) -> str:
    raw = b"".join(
        bytes([ord(c)]) if ord(c) < 0x100 else c.encode("cp1252", "replace") for c in text
    )
    return raw.decode("utf-8", "replace")
