"""Texts that somebody wrote, without the ways to what an audience is not shown, and its names."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

from site_builder.journal.fields import NOTE_FIELDS
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
_MARKS = "*_~`"
"""What makes a word bold, slanted, struck out or code."""
_BETWEEN = re.compile(rf"[{_MARKS}\\]*\s+(?:>\s*)*[{_MARKS}]*")
"""What stands between the words of a name, also where a line ends in it that is quoted, or one of
them is bold."""
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,32});")
_UNSEEN = frozenset("\u00ad\u200b\u2060\ufeff")
"""Characters that nobody sees, and that mean nothing where a text is only read."""
_SHORTEST = 3
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
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
    audience, ``named`` those whose names are shown; ``hidden`` are names of what it is not shown.
    """

    def __init__(
        self, ids: Mapping[str, str], named: Container[str], hidden: Iterable[str]
    ) -> None:
        self._ids, self._named = ids, named
        by_first: defaultdict[str, defaultdict[_Form, set[str]]]
        by_first = defaultdict(lambda: defaultdict(set))
        for name in _as_written(hidden):
            words = [*_WORD.finditer(name)]
            if words and (len(name) >= _SHORTEST or len(words) > 1):
                start, end = words[0].start(), words[-1].end()
                form = _Form(len(words), name[end:])
                by_first[words[0][0].casefold()][form].add(_alike(name[start:end], form))
        self._hidden = {
            first: sorted(forms.items(), reverse=True, key=itemgetter(0))
            for first, forms in by_first.items()
        }

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
        parts = _TO.split(text) if "[[" in text else [text]
        parts[::2] = [self._of_nobody(part) for part in parts[::2]]
        return "".join(parts)

    def _of_nobody(self, text: str) -> str:
        made, at = list[str](), 0
        words = [*_WORD.finditer(text)]
        for number, word in enumerate(words):
            start = word.start()
            end = self._end_of_name(text, words, number) if start >= at else 0
            if end and any(mark in text[start:end] for mark in _MARKS):
                made += [text[at:start].rstrip(_MARKS), HIDDEN]
                at = len(text) - len(text[end:].lstrip(_MARKS))
            elif end:
                made += [text[at:start], HIDDEN]
                at = end
        return "".join([*made, text[at:]])

    def _end_of_name(self, text: str, words: Sequence[re.Match[str]], number: int) -> int:
        """Where the longest hidden name ends that begins with a word; 0 where none does."""
        start = words[number].start()
        for form, names in self._hidden.get(words[number][0].casefold(), ()):
            last = number + form.words - 1
            if last < len(words):
                end = words[last].end()
                if text.startswith(form.behind, end) and _alike(text[start:end], form) in names:
                    return end + len(form.behind)
        return 0


def _as_written(names: Iterable[str]) -> Iterator[str]:
    """Names, and those that have an ampersand also as HTML writes it."""
    for name in names:
        yield name
        if "&" in name:
            yield name.replace("&", "&amp;")


def _plain(text: str) -> str:
    """A text in which each letter, blank, colon and `@` is written as itself."""
    if "&" in text:
        text = _REFERENCE.sub(_said, text)
    return text if text.isascii() else "".join([char for char in text if char not in _UNSEEN])


def _said(reference: re.Match[str]) -> str:
    """What a reference of HTML stands for, where Markdown takes that for text."""
    char = html.unescape(reference[0])
    if char.isspace():
        return " " if char.isascii() else char
    return char if char.isalnum() or char in ("", ":", "@") or char in _UNSEEN else reference[0]


def _without_fields(text: str) -> str:
    plain = in_plain_signs(text)
    if ":" not in plain and "=" not in plain:
        return text
    return "".join(line for line in _LINES.findall(text) if not _ASTRAY.match(in_plain_signs(line)))


def _alike(name: str, form: _Form) -> str:
    """What is the same for a name with other blanks, with signs behind backslashes or, where it has
    several words, in another case: one word may mean something else then."""
    said = _BETWEEN.sub(" ", name).replace("\\", "")
    return said.casefold() if form.words > 1 else said
