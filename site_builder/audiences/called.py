"""What people are called in texts beside their whole names: `Ms Roe`, `J. Roe`, `Roe, Jane`,
`jane.roe`, `janeroe`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence

_WORD = re.compile(r"[^\W_]+")
_TITLES = frozenset(
    "mr mrs ms miss mx dr prof professor sir dame herr frau hr fr monsieur madame mme mlle "
    "señor señora sr sra sig signor signora dhr mevr".split()
)
_PARTICLES = frozenset("van von der den de di da del della la le el al bin ten ter zu zur".split())
"""What stands between a title and the last word of a name."""
_BESIDE = re.compile(r"\.?[\s*_`~]+")
"""What stands between a title, or an initial, and a name."""
_COMMA = re.compile(r",[\s*_`~]+")
_JOINED = (".", "_", "-")


class Called:
    """People of some ``names``. One whose last word is ``known``, as it is of a name that is shown,
    may be somebody else where only a title stands before it."""

    def __init__(self, names: Iterable[str], known: Container[str]) -> None:
        self._firsts: defaultdict[str, set[str]] = defaultdict(set)
        self._titled, self._joined = set[str](), set[str]()
        for name in names:
            words = _WORD.findall(name)
            if len(words) > 1:
                first, last = words[0].casefold(), words[-1].casefold()
                self._firsts[last].add(first)
                self._joined.add(first + last)
                if words[-1] not in known:
                    self._titled.add(words[-1])

    def may_be_in(self, words: Sequence[str]) -> bool:
        """Whether anybody may be named in a text of such words, which are in small letters."""
        return not (self._firsts.keys().isdisjoint(words) and self._joined.isdisjoint(words))

    def spans(self, text: str, words: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
        """Where people are named in a text that is made of such words."""
        for number, word in enumerate(words):
            is_one = word[0].casefold() in self._joined
            if is_one or (number and self._is_titled(text, words, number)):
                yield word.span()
            elif number and self._is_pair(text, words[number - 1], word):
                yield words[number - 1].start(), word.end()

    def _is_titled(self, text: str, words: Sequence[re.Match[str]], number: int) -> bool:
        if words[number][0] not in self._titled:
            return False
        at = number - 1
        while at and words[at][0].casefold() in _PARTICLES:
            at -= 1
        between = text[words[at].end() : words[at + 1].start()]
        return words[at][0].casefold() in _TITLES and bool(_BESIDE.fullmatch(between))

    def _is_pair(self, text: str, left: re.Match[str], right: re.Match[str]) -> bool:
        between = text[left.end() : right.start()]
        one, other = left[0].casefold(), right[0].casefold()
        firsts = self._firsts.get(other, ())
        if between in _JOINED and one in firsts:
            return True
        if between[:1] == "." and _BESIDE.fullmatch(between) and right[0][0].isupper():
            return left[0].isupper() and any(first.startswith(one) for first in firsts)
        return bool(_COMMA.fullmatch(between)) and other in self._firsts.get(one, ())


NOBODY_ELSE = Called((), ())
