"""Texts that somebody wrote, without the ways to what an audience is not shown, and its names."""

from __future__ import annotations

import copy
import html
import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from site_builder.audiences.called import NOBODY_ELSE, Called
from site_builder.audiences.lines import without_gone
from site_builder.journal.fields import NOTE_FIELDS
from site_builder.markup.as_read import (
    BEFORE_WORDS,
    BEHIND_WORDS,
    MARKS,
    REFERENCE,
    has_mere_marks,
    is_as_written,
    readings,
)
from site_builder.problems.characters import in_plain_signs

HIDDEN = "…"
"""What stands in the place of what is not shown."""
_LINK = re.compile(r"\[\[([^\[\]]*)\]\]")
_TO = re.compile(r"(\[\[[^\[\]|\\\n]*)")
"""Where a link leads, which is what is shown."""
_WORDS = re.compile(r"\\?\|")
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
_REFERENCE = re.compile(REFERENCE)
_UNSEEN = frozenset("\u00ad\u200b\u2060\ufeff")
"""Characters that nobody sees, and that mean nothing where a text is only read."""
_SHORTEST = 3
_BEFORE = r"(?:[\s>*+#|(\[_`\\-]|\d+[.)]\s|\[[ x]\])*"
"""What makes a list, a quote, a heading, a table, or bold, of what stands behind it."""
_FIGURES = ("money", "money-or-text", "percent", "date", "date-or-text")
_OF_FIGURES = [name for name, field in NOTE_FIELDS.items() if field.type in _FIGURES]
_ASTRAY = re.compile(
    rf"(?i){_BEFORE}(?:(?:{'|'.join(NOTE_FIELDS)})[*_`\s\\]*::"
    rf"|(?:{'|'.join(_OF_FIGURES)})[*_`\s\\]*[:=][^\n]*[0-9])"
)
"""Begins a line that was to be a field of a note, and is text where it stands; with one colon, one
of an amount, a day or a percentage."""


class _Form(NamedTuple):
    """How many words names have, and what stands behind the last of them."""

    words: int
    behind: str


class Texts:
    """Rewrites texts. ``ids`` are the ids that links may name, with those that they have for the
    audience, ``named`` those whose names are shown; ``hidden`` are names of what it is not shown,
    ``called`` the people among it.
    """

    def __init__(
        self,
        ids: Mapping[str, str],
        named: Container[str],
        hidden: Iterable[str],
        called: Called = NOBODY_ELSE,
    ) -> None:
        self._ids, self._named, self._called = ids, named, called
        self._neighbours = set[tuple[str, str]]()
        by_first: defaultdict[str, defaultdict[_Form, set[str]]]
        by_first = defaultdict(lambda: defaultdict(set))
        for name in {form for one in hidden for form in _forms(one)}:
            words = [*_WORD.finditer(name)]
            if words and (len(name) >= _SHORTEST or len(words) > 1):
                start, end = words[0].start(), words[-1].end()
                form = _Form(len(words), name[end:])
                said = [word[0].casefold() for word in words]
                self._neighbours.update(pairwise([*said, ""] if form.behind else said))
                by_first[said[0]][form].add(_alike(name[start:end], form))
        self._hidden = {
            first: sorted(forms.items(), reverse=True, key=itemgetter(0))
            for first, forms in by_first.items()
        }

    def leading_to(self, ids: Mapping[str, str]) -> Texts:
        """The same, where links may name other ids."""
        made = copy.copy(self)
        vars(made)["_ids"] = ids
        return made

    def linked(self, text: str) -> str:
        """A text whose links lead to what is shown, and nowhere else."""
        return _LINK.sub(self._link, text) if "[[" in text else text

    def free(self, text: str) -> str:
        """The same, without the names of those who are not shown, wherever they are written out,
        and without lines that were to be fields, which nobody listed as texts."""
        return self._without_names(self.linked(_without_fields(_plain(text))))

    def _link(self, link: re.Match[str]) -> str:
        bar = _WORDS.search(link[1])
        said, words = (link[1][: bar.start()], link[1][bar.start() :]) if bar else (link[1], "")
        old = said.partition("#")[0].rpartition("/")[2].strip()
        id = self._ids.get(old, "")
        if not id:
            return HIDDEN
        return f"[[{id}{words}]]" if old in self._named else f"[[{id}]]"  # words may be a name

    def _without_names(self, text: str) -> str:
        if not self._hidden:
            return text
        spans = [*self._as_written(text)]
        for read in readings(text) if self._may_be_marked(text) else ():
            spans += [_whole(text, *read.place(*span)) for span in self._names_in(read.said)]
        return _without(text, spans)

    def _may_be_marked(self, text: str) -> bool:
        """Whether a name may stand in a text otherwise than it is written."""
        if is_as_written(text):
            return False
        if not has_mere_marks(text) or (not text.isascii() and _OF_ONE_SIGN.search(text)):
            return True
        return any(
            (left.casefold(), right.casefold()) in self._neighbours
            or (left.casefold(), "") in self._neighbours
            or _MERE_MARKS.fullmatch(gap)
            for left, gap, right in _GAP.findall(text)
        )

    def _as_written(self, text: str) -> Iterator[tuple[int, int]]:
        """Where names stand as they are written, but for where links lead."""
        start = 0
        for number, part in enumerate(_TO.split(text) if "[[" in text else [text]):
            if not number % 2:
                yield from ((start + begin, start + end) for begin, end in self._names_in(part))
            start += len(part)

    def _names_in(self, text: str) -> Iterator[tuple[int, int]]:
        """Where names begin and end, the longest of those that begin with the same word."""
        said = _folded_words(text)
        if self._called.may_be_in(said):
            yield from self._called.spans(text, [*_WORD.finditer(text)])
        if self._hidden.keys().isdisjoint(said):
            return
        words, at = [*_WORD.finditer(text)], 0
        for number, word in enumerate(words):
            start, forms = word.start(), self._hidden.get(word[0].casefold())
            end = _end_of_name(text, words, number, forms) if forms and start >= at else 0
            if end:
                yield start, end
                at = end


def _folded_words(text: str) -> list[str]:
    if text.isascii():
        return _WORD.findall(text.lower())
    return [word.casefold() for word in _WORD.findall(text)]


def _end_of_name(
    text: str, words: Sequence[re.Match[str]], number: int, forms: Iterable[tuple[_Form, set[str]]]
) -> int:
    """Where the longest of some names ends that begin with a word; 0 where none does."""
    for form, names in forms:
        last = number + form.words - 1
        if last < len(words):
            end = words[last].end()
            name = text[words[number].start() : end]
            if text.startswith(form.behind, end) and _alike(name, form) in names:
                return end + len(form.behind)
    return 0


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


def _plain(text: str) -> str:
    """A text in which each letter, blank, `:`, `=` and `@` is written as itself."""
    if "&" in text:
        text = _REFERENCE.sub(_said, text)
    return text if text.isascii() else "".join([char for char in text if char not in _UNSEEN])


def _said(reference: re.Match[str]) -> str:
    """What a reference of HTML stands for, where Markdown takes that for text."""
    char = html.unescape(reference[0])
    if char.isspace():
        return " " if char.isascii() else char
    return (
        char if char.isalnum() or char in ("", ":", "=", "@") or char in _UNSEEN else reference[0]
    )


def _without_fields(text: str) -> str:
    plain = in_plain_signs(text)
    if ":" not in plain and "=" not in plain:
        return text
    return without_gone(None if _is_astray(line) else line for line in text.split("\n"))


def _is_astray(line: str) -> bool:
    plain = in_plain_signs(line)
    if _ASTRAY.match(plain):
        return True
    if is_as_written(plain):
        return False
    return any(_ASTRAY.match(read.said) for read in readings(plain))


def _alike(name: str, form: _Form) -> str:
    """What is the same for a name with other blanks or, where it has several words, in another
    case: one word may mean something else then."""
    said = _BETWEEN.sub(" ", name)
    return said.casefold() if form.words > 1 else said
