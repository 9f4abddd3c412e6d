"""People as they are named in nearly right headings: their ids."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from site_builder.journal.contact import PARTICLES
from site_builder.journal.note import Direction
from site_builder.journal.team import Person
from site_builder.parse.ids import is_id, slug
from site_builder.problems.patterns import pattern
from site_builder.problems.suggest import nearest, within
from site_builder.source.heading_words import DIRECTIONS
from site_builder.source.links import linked_id

_MOST_WORDS = 5
_MOST_IN_NAME = 3
_BETWEEN = frozenset(", ; & + / and und et y e og och en".split(" "))
_PREPOSITIONS: Mapping[str, str] = {
    **DIRECTIONS, "by": "by", "w/": "with", "mit": "with", "avec": "with", "con": "with",
    "von": "from", "an": "to", "durch": "by",
}  # fmt: skip
_MISSPELT: Mapping[str, str] = {
    "w": "with", "wiht": "with", "wih": "with", "whit": "with", "wth": "with", "wit": "with",
    "form": "from", "fom": "from", "frm": "from", "fron": "from", "too": "to",
}  # fmt: skip
"""Prepositions where somebody stands behind them: some are words of their own."""
_GROUPS = frozenset(
    "team others all everyone everybody co colleagues colleague family friends us me them more "
    "partners staff".split()
)
_GOES_ON = frozenset(
    "about after again at because before for in is last next on over re regarding this today "
    "tomorrow via wanted wants was who yesterday".split()
)
"""Words behind a first name that are no rest of it."""
_MOST_SLIPS = 2
_PART = r"(?i)w/|[,;&+/]|[^\s,;&+/]+"
_Tokens = Sequence[re.Match[str]]


class Directory(NamedTuple):
    """Who can be named: ids of contacts, and the team."""

    contacts: frozenset[str]
    team: Mapping[str, Person]
    may_guess: bool = True
    is_of_team: bool = False
    """Whether one of the team is asked for, who goes before a contact of the same name."""
    is_all: bool = False
    """Whether nothing but people stands there, for a headline comes behind."""
    named: Callable[[str], str] = str
    """The id of the contact of a name that says more than the id; nothing where there is none."""

    def find(self, name: str) -> str:
        """The id of somebody by it or their name; nothing where nobody is called so."""
        if (link := linked_id(name)) is not None:
            name = link.id
        ids = (name, slug(name))
        if self.is_of_team:
            return self._of_team(ids) or self._contact(ids)
        found = self._contact(ids) or self._of_team(ids)
        return found or (self.named(name) if " " in name else "")

    def _contact(self, ids: tuple[str, str]) -> str:
        return next((id for id in ids if id in self.contacts), "")

    def _of_team(self, ids: tuple[str, str]) -> str:
        if found := next((id for id in ids if id in self.team), ""):
            return found
        _, name = ids
        named = (person.id for person in self.team.values() if name and slug(person.name) == name)
        return next(named, "")

    def guess(self, name: str) -> str:
        """The id that a name nearly is, or the name itself if it can be one."""
        return self._near(name) or (name if is_id(name) else "")

    def _near(self, name: str) -> str:
        ids = self.team if self.is_of_team else self.contacts
        return (self.may_guess and nearest(slug(name), ids)) or ""

    def misspelt(self, name: str) -> str:
        """The id that a name is but for a letter or two; nothing where it is none."""
        near = self._near(name)
        return near if near and within(slug(name), near, _MOST_SLIPS) else ""


class People(NamedTuple):
    """Who is named in a stretch of a heading, and what of it names nobody. ``alone`` are
    those whom no preposition goes before."""

    alone: tuple[str, ...] = ()
    parties: tuple[tuple[Direction, tuple[str, ...]], ...] = ()
    by: tuple[str, ...] = ()
    rest: str = ""


def people_in(text: str, directory: Directory) -> People:
    """The people named in a stretch of a heading between its kind and its headline."""
    if not text or text.isspace():
        return People()
    alone: list[str] = []
    parties: list[tuple[Direction, tuple[str, ...]]] = []
    by: list[str] = []
    rest: list[str] = []
    chunks = _chunks(text, directory)
    for row, (preposition, tokens) in enumerate(chunks):
        is_asked = bool(preposition) and not rest
        is_end = row + 1 == len(chunks) or chunks[row + 1][0] == "by"
        asked = directory._replace(is_of_team=preposition == "by")
        names, left = _named(tokens, asked, is_asked, is_end)
        if is_asked and left and not names:
            names, left = _behind_strangers(tokens, asked, is_end) or (names, left)
        if rest and left:
            names, left = [], list(tokens)
        if names and preposition == "by":
            by += names
        elif names and preposition:
            parties.append((DIRECTIONS[preposition], tuple(names)))
        else:
            alone += names
        if left:
            lead = f"{preposition} " if preposition and not names else ""
            rest.append(lead + text[left[0].start() : left[-1].end()])
    return People(tuple(alone), tuple(parties), tuple(by), " ".join(rest))


def _chunks(text: str, directory: Directory) -> list[tuple[str, list[re.Match[str]]]]:
    """The words of a text, cut at prepositions, each chunk with its own."""
    chunks: list[tuple[str, list[re.Match[str]]]] = [("", [])]
    tokens = list(pattern(_PART).finditer(text))
    for at, token in enumerate(tokens):
        word = token[0].lower()
        preposition = _PREPOSITIONS.get(word)
        if word in _MISSPELT and _longest(_names(tokens, at + 1), directory.find)[0]:
            preposition = _MISSPELT[word]
        if preposition is not None:
            chunks.append((preposition, []))
        else:
            chunks[-1][1].append(token)
    return chunks


def _named(
    tokens: _Tokens, directory: Directory, is_asked: bool, is_end: bool
) -> tuple[list[str], _Tokens]:
    """The ids that words begin with, and the words behind those. ``is_asked`` tells whether
    somebody has to be named there, so that an unknown id is one; ``is_end`` whether nobody
    else can be meant by words behind them."""
    found: list[str] = []
    at = last = 0
    while at < len(tokens):
        if tokens[at][0].lower() in _BETWEEN:
            at += 1
            continue
        names = _names(tokens, at)
        id, length = _longest(names, directory.find)
        is_last = _ends_name(tokens, at + 1) and (not found or is_end or at + 1 < len(tokens))
        is_expected = is_asked if at == 0 else at > last
        is_group = tokens[at][0].lower() in _GROUPS
        if not id and is_expected and (is_asked or found) and not is_group:
            id, length = _guessed(names, directory, is_last)
        elif not id and directory.is_all and not at:
            id, length = _longest(names, directory.misspelt, 2)
        if not id:
            break
        found.append(id)
        at = last = at + length
    return found, tokens[last:] if at < len(tokens) else ()


def _behind_strangers(
    tokens: _Tokens, directory: Directory, is_end: bool
) -> tuple[list[str], _Tokens] | None:
    """Whom the last words name where others before them, who are nobody, do not; and those."""
    ends = [n for n, token in enumerate(tokens) if token[0].lower() in _BETWEEN]
    for at in ends[:_MOST_WORDS]:
        names, left = _named(tokens[at + 1 :], directory, False, is_end)
        if names and not left:
            return names, tokens[:at]
    return None


def _longest(names: Sequence[str], find: Callable[[str], str], fewest: int = 1) -> tuple[str, int]:
    """Whom the first words name, and in how many of them: the most that do, and ``fewest`` at
    least."""
    for length in range(len(names), fewest - 1, -1):
        if id := find(" ".join(names[:length])):
            return id, length
    return "", 0


def _guessed(names: Sequence[str], directory: Directory, is_last: bool) -> tuple[str, int]:
    """Whom misspelt words name, and in how many of them. A first name alone says nobody
    where another name than that one's stands behind it: whoever that is has to be asked."""
    id, length = _longest(names, directory.misspelt, 2)
    if id:
        return id, length
    first = names[0]
    guess = directory.guess(first)
    if is_last or guess in ("", first):
        return (guess if is_last else ""), 1
    is_part = first.isalpha() and not directory.misspelt(first)
    if not is_part or not any(_is_surname(word, first) for word in names[1:2]):
        return guess, 1
    most = _MOST_IN_NAME if first[0].isupper() else 2
    is_name = len(names) <= most and all(_is_surname(word, first) for word in names[1:])
    whole = slug(" ".join(names))
    return (whole if directory.is_all and is_name and is_id(whole) else ""), len(names)


def _is_surname(word: str, first: str) -> bool:
    """Whether a word can be of the rest of a name: of letters, and large where the first is."""
    small = word.lower()
    is_alike = word[0].isupper() or not first[0].isupper() or small in PARTICLES
    return is_alike and small.replace("-", "").isalpha() and small not in _GOES_ON | _GROUPS


def _names(tokens: _Tokens, at: int) -> list[str]:
    """The words from a place to the end of a name, or as many as one can have."""
    words = [token[0] for token in tokens[at : at + _MOST_WORDS]]
    return words[: next((n for n, word in enumerate(words) if word.lower() in _BETWEEN), None)]


def _ends_name(tokens: _Tokens, at: int) -> bool:
    return at >= len(tokens) or tokens[at][0].lower() in _BETWEEN
