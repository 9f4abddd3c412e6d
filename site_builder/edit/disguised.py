"""A contact by whatever its name, mail, phone number and web addresses are written as: what is
surely meant, and what is to be looked at."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from site_builder.audiences.called import (
    NO_INITIALS,
    TITLES,
    WORD,
    Called,
    of_many,
    spellings,
)
from site_builder.journal.contact import Contact
from site_builder.journal.mails import of_mail
from site_builder.journal.phones import FEWEST_DIGITS, SURELY, Phones, digits_of, numbers_in
from site_builder.journal.webs import Web, Webs, of_web, place_of
from site_builder.parse.ids import slug
from site_builder.problems.patterns import late

_BEFORE = re.compile(r"\S+\Z")
_LEADS = re.compile(r"://|\[\[[^|\]]*\Z")
_BEHIND = re.compile(r"[@/]|[-.]\w")
_NEAR, _MOST_WORDS = 200, 5
_ONE_WRAP = re.compile(r"[^\n]*\n[ >\t]*[^\s>#*+|-][^\n]*")
_TITLE = late(rf"(?i)(?<!\w)(?:{'|'.join(sorted(TITLES))})(?:\.[^\S\n]*|[^\S\n]+)\Z")
_HALVES = re.compile(r"[*`\[\]|\n]")
"""What may be half of a mark in an address; other marks are signs of addresses too."""
_WITHIN = re.compile(r"(?:[@/=%]|%[0-9A-Fa-f]{2})\Z")
"""What stands before an address within another."""
_MARKED = re.compile(r"[*_~`\[\]|]")
_APART = r"[^0-9A-Za-z\n]{0,8}"
_BEGINS, _ENDS = r"(?<!\w)", r"(?!\w)"
"""What is before a name and behind it: bytes have no `\\b` beside a letter with an accent."""
_MIDDLE = r"(?:[A-Za-z]\.?[\s_-]*){0,2}"


class Found(NamedTuple):
    """A part of a text that means somebody; or that may, where it is not ``is_sure``."""

    start: int
    end: int
    is_sure: bool


class Disguised:
    """A contact among ``others`` and a ``team``: what can mean one of these too is not sure, nor
    what is one of some ``ids`` of others."""

    def __init__(
        self,
        contact: Contact,
        others: Iterable[Contact],
        team: Iterable[str],
        ids: Collection[str] = (),
    ) -> None:
        others = [*others]
        names = [one.name for one in others if not one.is_company]
        self._words = [] if contact.is_company else WORD.findall(contact.name)
        self._mine = Called([contact.name] if self._words else [], ())
        self._theirs = Called([*names, *team], ())
        self._others = [words for name in (*names, *team) if (words := WORD.findall(name))]
        self._phones = Phones([contact.phone], [one.phone for one in others])
        self._numbers = tuple(map(digits_of, numbers_in(contact.phone))) if self._phones else ()
        self._as_written = _of_text(contact.phone.lstrip("+( "))
        self._email, self._ids = contact.email, ids
        mine = (contact.website, *contact.social)
        theirs = [text for one in others for text in (one.website, *one.social)]
        theirs += _of_company(contact, others)
        mails = [one.email for one in others]
        self._webs, self._sure_webs = Webs(mine), Webs(mine, theirs, mails)

    @property
    def words(self) -> set[str]:
        """The words of the name, in all that is written for them."""
        return {form for word in self._words for form in _with_many(word)}

    def has_phone(self, text: str) -> bool:
        """Whether a text is the contact's number."""
        return any(number.is_sure for number in self._phones.spans(text))

    def has_web(self, text: str) -> bool:
        """Whether a text is an address of the contact on the web, and of nobody else."""
        return text in self._sure_webs

    def shares_web(self, text: str) -> bool:
        """Whether a text is an address of the contact on the web, and of others too."""
        return text in self._webs and text not in self._sure_webs

    def found(self, text: str) -> list[Found]:
        """All that means the contact, or may, in their order, none within another."""
        kept = list[Found]()
        every = chain(self._phones_in(text), self._names(text), self._webs_in(text))
        for one in sorted(every, key=lambda one: (one.start, not one.is_sure, one.end)):
            if not kept or one.start >= kept[-1].end:
                kept.append(one)
        return kept

    def _phones_in(self, text: str) -> Iterator[Found]:
        for number in self._phones.spans(text):
            start = number.start - 4 if text.endswith("tel:", 0, number.start) else number.start
            is_plain = _is_plain(text, number.start, number.end, is_number=True)
            is_sure = number.is_sure and is_plain
            yield Found(start, number.end, is_sure)
        # Also an amount, or a year, can be written as a number is.
        for same in self._as_written.finditer(text) if self._phones else ():
            yield Found(*same.span(), is_sure=False)

    def _webs_in(self, text: str) -> Iterator[Found]:
        sure = {web[:2] for web in self._sure_webs.spans(text)}
        for web in self._webs.spans(text):
            yield Found(web.start, web.end, web[:2] in sure and _is_whole(text, web))

    def _names(self, text: str) -> Iterator[Found]:
        words = [*WORD.finditer(text)]
        theirs: set[int] | None = None
        for start, end in self._mine.spans(text, words):
            if theirs is None:
                theirs = {end for _, end in self._theirs.spans(text, words)}
            is_mine = end not in theirs and text[start:end].lower() not in self._ids
            is_sure = is_mine and _is_plain(text, start, end)
            title = _TITLE.search(text[max(0, start - _NEAR) : start]) if is_sure else None
            yield Found(start - len(title[0]) if title else start, end, is_sure)

    def patterns(self, *, no_mail: bool = False) -> Iterator[str]:
        """What finds in all that was ever written what surely means the contact, as expressions
        for git filter-repo, which reads bytes; with ``no_mail`` but for the mail address."""
        for digits in self._numbers:
            if len(digits) >= FEWEST_DIGITS:
                yield _of_digits(digits)
        if self._email and not no_mail:
            yield of_mail(self._email)
        yield from map(of_web, self._sure_webs.places)
        if 1 < len(self._words) <= _MOST_WORDS:
            yield from self._of_names()

    def _of_names(self) -> Iterator[str]:
        firsts, lasts = spellings(self._words[0]), _with_many(self._words[-1])
        first, last = _either(firsts), _either(lasts)
        same = [words for words in self._others if _is_one(lasts, words[-1])]
        if any(_is_one(firsts, words[0]) for words in same):
            return
        middles = "".join(rf"(?:{_either(spellings(word))}[\s_-]+)?" for word in self._words[1:-1])
        yield rf"{_BEGINS}{first}[\s._-]*{middles}{_MIDDLE}{last}{_ENDS}"
        yield rf"{_BEGINS}{last}(?:,\s*|[._-]|\s+){first}{_ENDS}"
        if any(words[0][:1].casefold() == firsts[0][:1] for words in same):
            return
        initials = {form[0].upper() for form in firsts}
        alone = "" if initials.intersection(NO_INITIALS) else r"|\s+"
        initial = rf"{_either(initials)}(?:[a-z]{{0,2}}\.\s*|[_-]{alone})"
        yield rf"{_BEGINS}{initial}{middles}{_MIDDLE}{last}{_ENDS}"
        if not same:
            titles = "|".join(sorted(title for title in TITLES if title.isascii()))
            yield rf"{_BEGINS}(?:{titles})(?:\.\s*|\s+){middles}{_MIDDLE}{last}{_ENDS}"


def _of_company(contact: Contact, others: Iterable[Contact]) -> Iterator[str]:
    """The addresses of a contact that are no more than a host which is called as its company is."""
    firms = {slug(one.name).replace("-", "") for one in others if one.id == contact.company}
    for text in (contact.website, *contact.social):
        place = place_of(text)
        if place and not place.path:
            labels = place.host.replace("-", "").split(".")[:-1]
            if not firms.isdisjoint(labels):
                yield text


def spaced(text: str) -> str:
    """What finds a text as it is written, with any blanks between its words."""
    return r"\s+".join(map(re.escape, text.split()))


def _of_text(text: str) -> re.Pattern[str]:
    """What finds a text as it is written, where it is no part of a word."""
    return re.compile(rf"(?<![\w@/-]){spaced(text)}(?![\w-])")


def _with_many(word: str) -> tuple[str, ...]:
    """A word of a name in all that is written for it, also as that of several."""
    return tuple([form for one in (word, *of_many(word)) for form in spellings(one)])


def _is_one(forms: Collection[str], word: str) -> bool:
    return not {*forms}.isdisjoint(spellings(word))


def _in_cases(word: str) -> tuple[str, ...]:
    """A word as it begins a name and in capitals, where bytes don't know these of a letter."""
    return () if word.isascii() else (word.capitalize(), word.upper())


def _either(words: Iterable[str]) -> str:
    cases = {form for word in words for form in (word, *_in_cases(word))}
    every = sorted(map(re.escape, cases))
    return every[0] if len(every) == 1 else f"(?:{'|'.join(every)})"


def _of_digits(digits: str) -> str:
    """What finds a number by its last digits, with those before them, or zeros."""
    ahead, needed = digits[:-SURELY], digits[-SURELY:]
    before = ""
    for digit in ahead:
        before = f"(?:{before}{digit}{_APART}0?{_APART})?"
    return rf"(?<![0-9])[+(]{{0,2}}0{{0,2}}{_APART}{before}{_APART.join(needed)}(?![0-9])"


def _is_whole(text: str, web: Web) -> bool:
    """Whether an address can be replaced: it is no part of one of mail or of another place, nor
    has it half of a mark in it."""
    is_part = _WITHIN.search(text, max(web.start - 3, 0), web.start)
    return not (is_part or _HALVES.search(text[web.start : web.end]))


def _is_plain(text: str, start: int, end: int, *, is_number: bool = False) -> bool:
    """Whether a part of a text can be replaced: it is none of an address or id, has no half of a
    mark in it, and ends no line but one that goes on."""
    said = text[start:end]
    before = _BEFORE.search(text[max(0, start - _NEAR) : start])
    behind = _BEHIND.match(text, end)
    if (before and _LEADS.search(before[0])) or _MARKED.search(said):
        return False
    if not is_number and ((before and before[0][-1:] in ("@", "/", "-", ".")) or behind):
        return False
    return "\n" not in said or bool(_ONE_WRAP.fullmatch(said))
