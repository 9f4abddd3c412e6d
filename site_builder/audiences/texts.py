"""Texts that somebody wrote, without the ways to what an audience is not shown, and its names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping

HIDDEN = "…"
"""What stands in the place of what is not shown."""
_LINK = re.compile(r"\[\[([^\[\]\n]*)\]\]")
_PARTS = re.compile(r"\\?\||#")
_WORD = re.compile(r"\w+")
_SHORTEST = 3


class Texts:
    """Rewrites texts. ``ids`` are the ids that links may name, with those that they have for the
    audience, ``named`` those whose names are shown; ``hidden`` are names of what it is not shown.
    """

    def __init__(
        self, ids: Mapping[str, str], named: Container[str], hidden: Iterable[str]
    ) -> None:
        self._ids, self._named = ids, named
        self._hidden: defaultdict[str, list[str]] = defaultdict(list)
        for name in sorted(set(hidden), key=lambda name: (-len(name), name)):
            first = _WORD.search(name)
            if first is not None and len(name) >= _SHORTEST:
                self._hidden[first[0]].append(name[first.start() :])

    def linked(self, text: str) -> str:
        """A text whose links lead to what is shown, and nowhere else."""
        return _LINK.sub(self._link, text) if "[[" in text else text

    def free(self, text: str) -> str:
        """The same, without the names of those who are not shown, wherever they are written out."""
        return self._without_names(self.linked(text))

    def _link(self, link: re.Match[str]) -> str:
        parts = _PARTS.split(link[1], maxsplit=1)
        old = parts[0].rpartition("/")[2].strip()
        id = self._ids.get(old, "")
        if not id:
            return HIDDEN
        _, bar, words = link[1].partition("|")  # which may be a name
        return f"[[{id}{bar}{words}]]" if old in self._named else f"[[{id}]]"

    def _without_names(self, text: str) -> str:
        if not self._hidden:
            return text
        made, at = [], 0
        for word in _WORD.finditer(text):
            name = self._name_at(text, word) if word.start() >= at else ""
            if name:
                made += [text[at : word.start()], HIDDEN]
                at = word.start() + len(name)
        return "".join([*made, text[at:]])

    def _name_at(self, text: str, word: re.Match[str]) -> str:
        """The longest hidden name that begins with a word and ends where a word does."""
        for name in self._hidden.get(word[0], ()):
            end = word.start() + len(name)
            behind = text[end : end + 1]
            if text.startswith(name, word.start()) and not (
                behind.isalnum() and name[-1].isalnum()
            ):
                return name
        return ""
