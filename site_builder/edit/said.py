"""What a sentence for a note says of itself: `Called Jane about the quote` is a call with Jane."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

_FIRST = {
    "call": "called call phoned rang telephoned",
    "meeting": "met meeting visited",
    "email": "emailed email mailed e-mailed",
    "message": "messaged texted",
}
_KINDS: Mapping[str, str] = {word: kind for kind, words in _FIRST.items() for word in words.split()}
_SENT = ("email", "message")
_ALSO_A_PLAN = re.compile(
    r"(?:call|email)\b(?!\s*$|\s*[,.:;–—-]|\s+(?:with|from|to)\b)", re.IGNORECASE
)
"""`Call her on Monday` asks for a call, which `Call with her` tells of."""
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_ENDS = re.compile(r"[:;!?…—–(\n]|\.(?=\s|$)|\s-+(?=\s|$)")
_ABBREVIATED = frozenset("dr prof mag ing dipl mr mrs ms mx st sr jr fr hr".split())
"""What a dot stands behind in a name, as it does behind a single letter."""
_BEFORE_DOT = 1 + max(map(len, _ABBREVIATED))
"""So many signs before a dot tell whether it is one of these."""
_MOST_HEADLINE = 120


class Said(NamedTuple):
    """The kind of note that a sentence tells of, which way it went and the contacts it names."""

    kind: str
    direction: str
    parties: tuple[str, ...]


def said_in(text: str, contacts: Iterable[str]) -> Said | None:
    """What the first word of a text says of the kind, and the words after it of whom: of these
    contacts those named first, by their id or a word of it that no other has, and before a colon,
    a dash or the end of the sentence. None where the first word says nothing."""
    words = [match[0].lower() for match in _WORD.finditer(text, 0, _end_of_names(text))]
    kind = _KINDS.get(words[0]) if words else None
    if kind is None or _ALSO_A_PLAN.match(text.lstrip()):
        return None
    parties = tuple(_named(words[1:], tuple(contacts)))
    direction = "from" if words[1:2] == ["from"] else "to" if kind in _SENT else "with"
    return Said(kind, direction if parties else "", parties)


def _end_of_names(text: str) -> int:
    """Where what is told begins: names behind it are of those who are spoken of."""
    for end in _ENDS.finditer(text):
        if end[0] != "." or not _is_abbreviated(
            text[max(0, end.start() - _BEFORE_DOT) : end.start()]
        ):
            return end.start()
    return len(text)


def _is_abbreviated(before: str) -> bool:
    last = before.rsplit(maxsplit=1)[-1:]
    return any(len(word) == 1 or word.lower() in _ABBREVIATED for word in last)


def _named(words: list[str], contacts: tuple[str, ...]) -> Iterable[str]:
    found: dict[str, None] = {}
    for word in words:
        meant = [word] if word in contacts else [id for id in contacts if word in id.split("-")]
        if len(meant) == 1:
            found[meant[0]] = None
        elif word not in ("and", "with", "from", "at", "to") and not _goes_on(word, found):
            break
    return found


def _goes_on(word: str, found: Iterable[str]) -> bool:
    """Whether a word is the rest of a name: `Roe` of `Jane Roe`."""
    return any(word in id.split("-") for id in found)


def headline_and_text(text: str) -> tuple[str, str]:
    """What stands in a note's heading, and what below it: a first line is a headline, if it is
    no longer than one can be."""
    lines = text.strip().split("\n")
    first, rest = lines[0].strip(), "\n".join(lines[1:]).strip("\n")
    is_headline = len(first) <= _MOST_HEADLINE and not first.startswith(("- [", "* [", "#", "```"))
    return (first, rest) if is_headline else ("", text.strip())
