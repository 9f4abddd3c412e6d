"""What people are called in texts beside their whole names: `Ms Roe`, `J. Roe`, `Jane X. Roe`,
`Roe, Jane`, `jane.roe`, `janeroe`, each also as `Mueller` or `Muller` stands for `Müller`, and all
but the last as `Roes`."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import NamedTuple

from site_builder.journal.contact import PARTICLES
from site_builder.query.folding import folded

WORD = re.compile(r"[^\W_]+")
"""A word of a name."""
TITLES = frozenset(
    "mr mrs ms miss mx dr prof professor sir dame herr herrn frau hr fr monsieur madame mme mlle "
    "señor señora sr sra sig signor signora dhr mevr".split()
)
_PARTICLES = PARTICLES.union("v vd d das zu zur".split())
"""What stands between a title and the last word of a name, also as `v.` and `v. d.`."""
_BLANKS = r"[\s*_`~\\>]"
_BESIDE = re.compile(rf"\.{_BLANKS}*|{_BLANKS}+")
"""What stands between a title and a name."""
_NEXT = re.compile(rf"{_BLANKS}+|[._-]")
"""What stands between a first and a last name."""
_WITHIN = re.compile(rf"\.?{_BLANKS}*|[-_'\u2019]")
"""What stands between other words of a name."""
_COMMA = re.compile(rf",{_BLANKS}*")
_MOST_WORDS = 5
_FEWEST = 2
"""So many letters a name has to have to be known with an `s` behind it, beside another word."""
_HISSING = ("s", "x", "z", "ch", "sh", "\u00df")
_SHORT_FORM = 3
"""An initial has one letter, or so many as `Chr.` has."""
NO_INITIALS = ("A", "I")
"""Words, where no point follows."""
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"}
)
"""Letters that are no others with accents, as keyboards without them have them."""
_SAID_AS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "æ": "ae"})


class _Family(NamedTuple):
    """Of all whose names end with the same word: their first names, how these can begin, and what
    stands between."""

    firsts: set[str]
    beginnings: set[str]
    middles: set[str]


class Called:
    """People of some ``names``. One whose last word is ``known``, as it is of a name that is shown,
    may be somebody else where only a title stands before it."""

    def __init__(self, names: Iterable[str], known: Container[str]) -> None:
        self._families: dict[str, _Family] = {}
        self._titled, self._joined = set[str](), set[str]()
        for name in names:
            words = WORD.findall(name)
            if len(words) > 1:
                self._add(words, known)

    def _add(self, words: Sequence[str], known: Container[str]) -> None:
        firsts, lasts = spellings(words[0]), spellings(words[-1])
        middles = [form for word in words[1:-1] for form in spellings(word)]
        beginnings = [first[:end] for first in firsts for end in range(1, _SHORT_FORM + 1)]
        self._joined.update(first + last for first in firsts for last in lasts)
        every = [*lasts, *(form for many in of_many(words[-1], known) for form in spellings(many))]
        if words[-1] not in known:
            self._titled.update(every)
        for last in every:
            family = self._families.setdefault(last, _Family(set(), set(), set()))
            family.firsts.update(firsts)
            family.beginnings.update(beginnings)
            family.middles.update(middles)

    def may_be_in(self, words: Sequence[str]) -> bool:
        """Whether anybody may be named in a text of such words, which are in small letters."""
        if not (self._families.keys().isdisjoint(words) and self._joined.isdisjoint(words)):
            return True
        if "".join(words).isascii():
            return False
        forms = {form for word in words if not word.isascii() for form in spellings(word)}
        return not (self._families.keys().isdisjoint(forms) and self._joined.isdisjoint(forms))

    def spans(self, text: str, words: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
        """Where people are named in a text that is made of such words."""
        for number, word in enumerate(words):
            forms = spellings(word[0])
            if any(form in self._joined for form in forms):
                yield word.span()
                continue
            for form in forms:
                if form in self._families:
                    yield from self._around(text, words, number, self._families[form])

    def _around(
        self, text: str, words: Sequence[re.Match[str]], number: int, family: _Family
    ) -> Iterator[tuple[int, int]]:
        """Where a name stands of which a word is the last one."""
        start = self._start(text, words, number, family)
        if start is not None:
            yield start, words[number].end()
        if number + 1 < len(words) and _is_behind(text, words[number], words[number + 1], family):
            yield words[number].start(), words[number + 1].end()

    def _start(
        self, text: str, words: Sequence[re.Match[str]], number: int, family: _Family
    ) -> int | None:
        """Where a name begins that ends with a word; None where that is no name."""
        found, begin = None, words[number].start()
        for at in range(number - 1, max(-1, number - 1 - _MOST_WORDS), -1):
            word = words[at][0]
            gap, low = text[words[at].end() : words[at + 1].start()], word.casefold()
            if not family.firsts.isdisjoint(spellings(word)) and _NEXT.fullmatch(gap):
                return words[at].start()
            if low in TITLES and _BESIDE.fullmatch(gap):
                return found or (begin if self._may_have_title(words[number][0]) else None)
            if _is_initial(word, gap, words[at + 1][0], family):
                found = begin = words[at].start()
            elif not _WITHIN.fullmatch(gap):
                break
            elif _is_middle(word, gap) or not family.middles.isdisjoint(spellings(word)):
                begin = words[at].start()
            elif low not in _PARTICLES:
                break
        return found

    def _may_have_title(self, last: str) -> bool:
        return last[0].isupper() and not self._titled.isdisjoint(spellings(last))


def _is_initial(word: str, gap: str, behind: str, family: _Family) -> bool:
    """Whether a word is how a first name begins: `J.`, `J`, `Chr.`, or `j.` of an address."""
    if len(word) > _SHORT_FORM or family.beginnings.isdisjoint(spellings(word)):
        return False
    is_name = behind[0].isupper() or behind in _PARTICLES or behind in family.middles
    if not word[0].isupper() or not is_name:
        return len(word) == 1 and gap in (".", "_", "-")
    if gap.startswith("."):
        return _WITHIN.fullmatch(gap) is not None
    return len(word) == 1 and word not in NO_INITIALS and _NEXT.fullmatch(gap) is not None


def _is_middle(word: str, gap: str) -> bool:
    return len(word) == 1 and word.isupper() and (gap[:1] == "." or word not in NO_INITIALS)


def _is_behind(text: str, last: re.Match[str], first: re.Match[str], family: _Family) -> bool:
    """Whether a first name, or how it begins, stands behind the last one."""
    gap, word = text[last.end() : first.start()], first[0]
    if family.firsts.isdisjoint(spellings(word)):
        is_one = len(word) == 1 and word.isupper() and word.casefold() in family.beginnings
        return is_one and _COMMA.fullmatch(gap) is not None
    if _COMMA.fullmatch(gap) or gap in (".", "_", "-"):
        return True
    return last[0][0].isupper() and word[0].isupper() and _NEXT.fullmatch(gap) is not None


def of_many(name: str, known: Container[str] = ()) -> Iterator[str]:
    """A word of a name as it is of what somebody has, or of several of them: `Roes`, `Kochs`,
    `Joneses`; nothing where the word is a letter, nor what is ``known`` as another name."""
    ends = ("s", "es") if name.casefold().endswith(_HISSING) else ("s",)
    if len(name) >= _FEWEST:
        yield from (f"{name}{end}" for end in ends if f"{name}{end}" not in known)


def spellings(word: str) -> tuple[str, ...]:
    """A word in small letters, as it is, without accents, and with two letters for one."""
    low = word.casefold()
    if low.isascii():
        return (low,)
    plain = [folded(said.translate(_PLAIN)) for said in (low, low.translate(_SAID_AS))]
    return (low, *plain)


NOBODY_ELSE = Called((), ())
