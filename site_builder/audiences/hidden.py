"""Names that an audience is not shown, and where they stand in texts: as written and as read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from site_builder.audiences.called import NOBODY_ELSE, Called
from site_builder.journal.mails import Mails, in_round_brackets
from site_builder.journal.phones import NO_PHONES, Phones
from site_builder.journal.webs import NO_WEBS, Webs
from site_builder.markup.as_read import (
    BEFORE_WORDS,
    BEHIND_WORDS,
    MARKS,
    Read,
    has_mere_marks,
    is_as_written,
    readings,
)

HIDDEN = "…"
"""What stands in the place of what is not shown."""
_TO = re.compile(r"(\[\[[^\[\]|\\\n]*)")
"""Where a link leads, which is what is shown."""
_ALONE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
"""Characters of scripts that set no blanks between words: each is as good as a word."""
_WORD = re.compile(rf"(?=\w)[{_ALONE}]|[^\W_{_ALONE}]+")
_BETWEEN = re.compile(r"\s+(?:>\s*)*")
"""What stands between the words of a name, also where a line ends in it that is quoted."""
_OF_ONE_SIGN = re.compile(f"[{_ALONE}]")
_MARKED = re.compile(rf"{MARKS}|[\[\]]")
_MARKS_BEFORE = re.compile(rf"{MARKS}*\Z")
_MARKS_BEHIND = re.compile(rf"{MARKS}*")
_LINK_BEFORE = re.compile(rf"(?:{MARKS}|{BEFORE_WORDS})*\Z")
_LINK_BEHIND = re.compile(rf"(?s:(?:{MARKS}|{BEHIND_WORDS})*)")
_GAP = re.compile(rf"([^\W_]+)([\W_]*?(?:{MARKS}|[\[\]])[\W_]*)(?=([^\W_]*))")
"""What stands between two words and has marks in it."""
_MERE_MARKS = re.compile(rf"(?:{MARKS}|[\[\]!])+")
_NEAR = 200
"""So far from a name that is hidden the marks that belong to it are looked for."""
_SHORTEST = 3


class _Form(NamedTuple):
    """How many words names have, and what stands behind the last of them."""

    words: int
    behind: str


class Name(NamedTuple):
    """A name, as it is the same however it is written."""

    form: _Form
    said: str


_NONE = frozenset[Name]()


class Freed(NamedTuple):
    """A text without names, and those that stood in it."""

    text: str
    names: frozenset[Name]


class Hidden:
    """Names that are not shown, among them mail addresses, people, by what they are ``called``
    beside them, ``phones`` and ``webs``: ``names`` are all of the first, as written and as read."""

    def __init__(
        self,
        names: Iterable[str],
        called: Called = NOBODY_ELSE,
        phones: Phones = NO_PHONES,
        webs: Webs = NO_WEBS,
    ) -> None:
        self._called, self._phones, self._webs = called, phones, webs
        self._neighbours = {*webs.neighbours}
        by_first: defaultdict[str, defaultdict[_Form, set[Name]]]
        by_first = defaultdict(lambda: defaultdict(set))
        every = {form for one in names for form in _forms(one)}
        self._mails = Mails(every)
        for name in every:
            words = [*_WORD.finditer(name)]
            if words and (len(name) >= _SHORTEST or len(words) > 1):
                made = _named(name, words)
                said = [word[0].casefold() for word in words]
                self._neighbours.update(pairwise([*said, ""] if made.form.behind else said))
                by_first[said[0]][made.form].add(made)
        self._by_first = {
            first: sorted(forms.items(), reverse=True, key=itemgetter(0))
            for first, forms in by_first.items()
        }
        self._of_one_word = {
            first for first, forms in by_first.items() if any(form.words == 1 for form in forms)
        }
        self.names = frozenset(
            name for forms in by_first.values() for names in forms.values() for name in names
        )

    def without(self, text: str) -> Freed:
        """A text without the names, wherever they are written out."""
        if not (self._by_first or self._phones or self._webs):
            return Freed(text, _NONE)
        found = set[Name]()
        spans = [*self._as_written(text, found)]
        has_mails = is_marked = has_phones = False
        if not is_as_written(text):
            has_mails, has_phones = self._mails.may_be_in(text), self._phones.may_be_in(text)
            is_marked = has_mails or self._may_be_marked(text)
        for read in _readings(text, has_mails) if is_marked or has_phones else ():
            said = [*self._in(read.said, found)] if is_marked else []
            said += [(n.start, n.end) for n in self._phones.spans(read.said)] if has_phones else []
            spans += [_whole(text, *read.place(*span)) for span in said]
        return Freed(_without(text, spans), frozenset(found)) if spans else Freed(text, _NONE)

    def _may_be_marked(self, text: str) -> bool:
        """Whether a name may stand in a text, which has marks, otherwise than it is written."""
        if not has_mere_marks(text) or (not text.isascii() and _OF_ONE_SIGN.search(text)):
            return True
        return any(
            (left.casefold(), right.casefold()) in self._neighbours
            or (left.casefold(), "") in self._neighbours
            or _MERE_MARKS.fullmatch(gap)
            or self._called.may_be_in((left.casefold(), right.casefold()))
            for left, gap, right in _GAP.findall(text)
        )

    def _as_written(self, text: str, found: set[Name]) -> Iterator[tuple[int, int]]:
        """Where names stand as they are written, but for where links lead."""
        start = 0
        for number, part in enumerate(_TO.split(text) if "[[" in text else [text]):
            if not number % 2:
                yield from ((start + begin, start + end) for begin, end in self._in(part, found))
                for phone in self._phones.spans(part):
                    yield _whole(text, start + phone.start, start + phone.end)
            start += len(part)

    def _in(self, text: str, found: set[Name]) -> Iterator[tuple[int, int]]:
        """Where names begin and end, the longest of those that begin with the same word."""
        said = _folded_words(text)
        if self._called.may_be_in(said):
            yield from self._called.spans(text, [*_WORD.finditer(text)])
        if "%" in text or self._webs.may_be_in(said):  # a word may begin with a sign's number
            yield from ((web.start, web.end) for web in self._webs.spans(text))
        if self._by_first.keys().isdisjoint(said):
            return
        for mail in self._mails.spans(text):
            found.add(_named(mail.address, [*_WORD.finditer(mail.address)]))
            yield mail.start, mail.end
        beginnings = self._beginnings(said, in_pairs=text.isascii())
        words = [*_WORD.finditer(text)] if beginnings else []
        at = 0
        for number in beginnings:
            start = words[number].start()
            forms = self._by_first[words[number][0].casefold()] if start >= at else ()
            name, end = _longest(text, words, number, forms)
            if name:
                found.add(name)
                yield start, end
                at = end

    def _beginnings(self, said: Sequence[str], *, in_pairs: bool) -> list[int]:
        """Which of the words of a text may begin a name: with the next one, where it needs a
        second and words surely come apart alike in both."""
        by_first = self._by_first
        return [
            number
            for number, word in enumerate(said)
            if word in by_first
            and (
                not in_pairs
                or word in self._of_one_word
                or (word, "".join(said[number + 1 : number + 2])) in self._neighbours
            )
        ]


def _readings(text: str, has_mails: bool) -> Iterator[Read]:
    """What is read of a text, also where brackets that hide an address are none of a link."""
    yield from readings(text)
    plain = in_round_brackets(text) if has_mails else text
    if plain != text:
        yield from readings(plain)


def _folded_words(text: str) -> list[str]:
    if text.isascii():
        return _WORD.findall(text.lower())
    return [word.casefold() for word in _WORD.findall(text)]


def _longest(
    text: str, words: Sequence[re.Match[str]], number: int, forms: Iterable[tuple[_Form, set[Name]]]
) -> tuple[Name | None, int]:
    """The longest of some names that begins with a word, and where it ends; or None."""
    for form, names in forms:
        last = number + form.words - 1
        if last < len(words):
            end = words[last].end()
            if text.startswith(form.behind, end):
                name = Name(form, _alike(text[words[number].start() : end], form))
                if name in names:
                    return name, end + len(form.behind)
    return None, 0


def _named(name: str, words: Sequence[re.Match[str]]) -> Name:
    """A name that is made of some words."""
    start, end = words[0].start(), words[-1].end()
    form = _Form(len(words), name[end:])
    return Name(form, _alike(name[start:end], form))


def _forms(name: str) -> Iterator[str]:
    """A name as it is written, and as it is read."""
    yield name
    if not is_as_written(name):
        yield from (read.said for read in readings(name))


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """Where a name stands together with its marks, where it has any within, and with the rest of a
    link of which it has a part."""
    within = text[start:end]
    if not _MARKED.search(within):
        return start, end
    more = within.count("[") - within.count("]")
    before = (_LINK_BEFORE if more < 0 else _MARKS_BEFORE).search(
        text[max(0, start - _NEAR) : start]
    )
    behind = (_LINK_BEHIND if more > 0 else _MARKS_BEHIND).match(text, end)
    assert before is not None and behind is not None
    return start - len(before[0]), behind.end()


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """A text in which something else stands in the place of some parts, which can overlap."""
    made, at = list[str](), 0
    for start, end in sorted(spans):
        if start >= at:
            made += [text[at:start], HIDDEN]
        at = max(at, end)
    return "".join([*made, text[at:]])


def _alike(name: str, form: _Form) -> str:
    """What is the same for a name with other blanks or, where it has several words, in another
    case: one word may mean something else then."""
    said = _BETWEEN.sub(" ", name)
    return said.casefold() if form.words > 1 else said
