"""Mail addresses, and where they stand in texts, also as those write them who hide them from
robots, `jane [at] acme dot example`, and as they are within those of the web, `jane%40acme…`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

_AT_SAID, _DOT_SAID = r"(?:at|ät|@)", r"(?:dot|punkt|\.)"
_AT = rf"(?:\s*[\[({{<]\s*{_AT_SAID}\s*[\])}}>]\s*|\s+(?:at|ät)\s+|\s*@\s*|%40)"
DOT = rf"(?:\s*[\[({{<]\s*{_DOT_SAID}\s*[\])}}>]\s*|\s+{_DOT_SAID}\s+|\.)"
_ADDRESS = re.compile(r"[^\s@/]+@[^\s@/]+\.[^\s@/]+")
_IN_BRACKETS = re.compile(rf"(?i)\[(\s*(?:{_AT_SAID}|{_DOT_SAID})\s*\\?)\](?!\()")
_CUE = re.compile(r"[@%AaÄä](?:(?<=@)|(?<=%)40|(?<!%)(?<![^\W_].)[Tt](?![^\W_]))")
"""What says that an address may stand there, in all that is written for it: it begins with one of a
few signs, which is found quickly."""
_WORD = re.compile(r"[^\W_]+")
_NEXT = re.compile(r"[\W_]{0,20}([^\W_]+)")
"""The word beside that sign."""
_NEAR = 400
"""So far from the sign between its halves an address is looked for."""


class Mail(NamedTuple):
    """Where an address stands in a text."""

    start: int
    end: int
    address: str


class Mails:
    """Addresses to be found in texts: those of some ``texts`` that are one."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._by_words: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for text in sorted({text for text in texts if _ADDRESS.fullmatch(text)}):
            before, behind = map(_WORD.findall, text.casefold().split("@"))
            if before and behind:
                self._by_words[before[-1], behind[0]].append(text)

    def may_be_in(self, text: str) -> bool:
        """Whether one may stand in a text."""
        return bool(self._by_words) and _CUE.search(text) is not None

    def spans(self, text: str) -> Iterator[Mail]:
        """Where the addresses stand in a text, in any case."""
        for cue in _CUE.finditer(text) if self._by_words else ():
            first, last = max(0, cue.start() - _NEAR), cue.end() + _NEAR
            for address in self._beside(text[first : cue.start()], text[cue.end() : last]):
                for found in _compiled(address).finditer(text, first, last):
                    if found.start() < cue.start() < found.end():  # others have their own sign
                        yield Mail(*found.span(), address)

    def _beside(self, before: str, behind: str) -> Sequence[str]:
        """Those whose halves have the words that are next to a sign between them."""
        left, right = _NEXT.match(before[::-1]), _NEXT.match(behind)
        if left is None or right is None:
            return ()
        return self._by_words.get((left[1][::-1].casefold(), right[1].casefold()), ())


def of_mail(address: str) -> str:
    """What finds an address, also as those write it who hide it from robots."""
    name, _, host = address.partition("@")
    parts = [DOT.join(map(re.escape, part.split("."))) for part in (name, host)]
    return rf"(?<![\w@/-]){_AT.join(parts)}(?![\w-])"


def in_round_brackets(text: str) -> str:
    """A text with round brackets for those around what stands for a sign of an address, each in
    its place: Markdown knows the others as those of a link."""
    return _IN_BRACKETS.sub(r"(\1)", text)


@lru_cache(maxsize=1_000)
def _compiled(address: str) -> re.Pattern[str]:
    return re.compile(of_mail(address), re.IGNORECASE)
