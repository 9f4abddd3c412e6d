"""Texts that somebody wrote, without the ways to what an audience is not shown, and its names."""

from __future__ import annotations

import copy
import html
import re
from collections.abc import Container, Iterable, Mapping
from typing import NamedTuple

from site_builder.audiences.called import NOBODY_ELSE, Called
from site_builder.audiences.hidden import HIDDEN, Freed, Hidden, Name
from site_builder.audiences.lines import without_gone
from site_builder.journal.fields import NOTE_FIELDS
from site_builder.journal.phones import NO_PHONES, Phones
from site_builder.journal.webs import NO_WEBS, Webs
from site_builder.markup.as_read import REFERENCE, is_as_written, readings
from site_builder.problems.characters import in_plain_signs

_LINK = re.compile(r"\[\[([^\[\]]*)\]\]")
_WORDS = re.compile(r"\\?\|")
_REFERENCE = re.compile(REFERENCE)
_UNSEEN = frozenset("\u00ad\u200b\u2060\ufeff")
"""Characters that nobody sees, and that mean nothing where a text is only read."""
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
_FIRST = re.compile(r"[\s>+#|(*_~`-]*([A-Za-z]+)[ :=]")
"""The first word of a line that begins with it, or with marks and it, and is read so."""


class Made(NamedTuple):
    """What was made of texts without the names that are ``hidden``, the people ``called``, the
    ``phones`` and the ``webs``."""

    hidden: frozenset[Name]
    called: Called
    phones: Phones
    webs: Webs
    texts: dict[str, Freed]


class Texts:
    """Rewrites texts. ``ids`` are the ids that links may name, with those that they have for the
    audience, ``named`` those whose names are shown; ``hidden`` are names of what it is not shown,
    ``called`` the people among it, ``phones`` and ``webs`` its numbers and addresses. What was made
    ``before`` of texts, without all of these names and the same of the others, stands where it is
    the same.
    """

    def __init__(
        self,
        ids: Mapping[str, str],
        named: Container[str],
        hidden: Iterable[str],
        called: Called = NOBODY_ELSE,
        phones: Phones = NO_PHONES,
        webs: Webs = NO_WEBS,
        before: Made | None = None,
    ) -> None:
        self._ids, self._named = ids, named
        self._hidden = Hidden(hidden, called, phones, webs)
        is_of_use = (
            before is not None
            and before.called is called
            and before.phones is phones
            and before.webs is webs
            and self._hidden.names <= before.hidden
        )
        self.made = Made(self._hidden.names, called, phones, webs, {})
        self._before = before if before and is_of_use else self.made
        self._shown_now = self._before.hidden - self._hidden.names

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
        if not text:
            return text
        made = self.made.texts.get(text) or self._before.texts.get(text)
        if made and made.names.isdisjoint(self._shown_now):
            return made.text
        plain = _without_fields(_plain(text))
        new = self._hidden.without(self.linked(plain))
        if "[[" not in plain:  # for what links lead to may be called otherwise another time
            self.made.texts[text] = new
        return new.text

    def _link(self, link: re.Match[str]) -> str:
        bar = _WORDS.search(link[1])
        said, words = (link[1][: bar.start()], link[1][bar.start() :]) if bar else (link[1], "")
        old = said.partition("#")[0].rpartition("/")[2].strip()
        id = self._ids.get(old, "")
        if not id:
            return HIDDEN
        return f"[[{id}{words}]]" if old in self._named else f"[[{id}]]"  # words may be a name


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
    if is_as_written(plain) or _begins_otherwise(plain):
        return False
    return any(_ASTRAY.match(read.said) for read in readings(plain))


def _begins_otherwise(line: str) -> bool:
    """Whether a line begins with another word than a field's name, also as it is read."""
    first = _FIRST.match(line)
    return first is not None and first[1].lower() not in NOTE_FIELDS
