"""A query's text to its terms. What fields there are and what their values mean comes later.

query  = term*                      all of them hold
term   = ["-"] (words | field op words)
words  = word ("," word)*           one of them does
word   = anything but blanks, commas and quotes, or text in double quotes
op     = ":" | "=" | "<" | "<=" | ">" | ">="
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Sign = Literal["", ":", "<", "<=", ">", ">="]

MAX_LENGTH = 1_000
_SIGNS: dict[str, Sign] = {":": ":", "=": ":", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9-]*)(:|<=|>=|=|<|>)")
_FIRST = {":": "stage:any", "=": "stage=any", "<": "next<today", ">": "value>10k"}
"""Signs, and a term that has each."""
_BEHIND = {
    "-": "Write behind it what is not meant, as in `-tag:pilot`.",
    ",": "It stands between words of which one is meant, as in `one,other`.",
}
_LOGIC = {"or", "and", "not", "|", "||", "&", "&&", "!"}
"""What other languages write between terms or before them."""
_BLANK = re.compile(r"\s*")
_PLAIN = re.compile(r'[^\s,"]+')
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ESCAPED = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Term:
    """One condition: a field, a sign and the words of which one has to fit; words alone have no
    field and no sign. It stands in the query from ``start`` to ``end``. Where `=` stands the sign
    is ``:`` too, and it ``is_whole``: a part of what stands in the field is not enough."""

    words: tuple[str, ...]
    start: int
    end: int
    field: str = ""
    sign: Sign = ""
    is_not: bool = False
    is_whole: bool = False


class Mistake(Exception):
    """What can't be understood of a query: one sentence, what to do, and where it stands."""

    def __init__(self, message: str, help: str, start: int = 0, end: int = 0) -> None:
        super().__init__(f"{message} {help}".strip())
        self.message, self.help, self.start, self.end = message, help, start, end


def terms(text: str) -> tuple[Term, ...]:
    """The terms of a query; none of an empty one. Raises Mistake."""
    if len(text) > MAX_LENGTH:
        raise Mistake(f"The query is longer than {MAX_LENGTH:,} characters.", "Shorten it.")
    found: list[Term] = []
    at = _skip(text, 0)
    while at < len(text):
        term = _term(text, at)
        found.append(term)
        at = _skip(text, term.end)
    return tuple(found)


def taken_for_words(text: str) -> tuple[str, ...]:
    """What was perhaps meant as or, and, not or a bracket, and is looked for as a word, once each
    in the order of the query. Raises Mistake."""
    alone = (term.words for term in terms(text) if not term.field)
    return tuple(dict.fromkeys(words[0] for words in alone if _is_logic(words[0], words[-1])))


def _is_logic(first: str, last: str) -> bool:
    return first.lower() in _LOGIC or first[0] == "(" or last[-1] == ")"


def _skip(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return match.end() if match else at


def _term(text: str, start: int) -> Term:
    is_not = text[start] == "-"
    at = start + is_not
    _refuse_signs(text, start, at)
    named = _FIELD.match(text, at)
    field, sign = ("", "") if named is None else (named[1].lower(), named[2])
    words, end = _words(text, named.end() if named else at)
    if not words:
        what = text[start:end].strip() or text[start : start + 1]
        help = _value_behind(what) if field else _BEHIND[what]
        raise Mistake(f"`{what}` says nothing.", help, start, max(end, start + 1))
    if not all(word.strip(" ") for word in words):
        help = (
            f"For what is empty, write `{field}:none`." if field else "Put words into the quotes."
        )
        raise Mistake(f"`{text[start:end]}` asks for an empty word.", help, start, end)
    return Term(words, start, end, field, _SIGNS.get(sign, ""), is_not, sign == "=")


def _refuse_signs(text: str, start: int, at: int) -> None:
    """Refuse a second `-`, and a sign without a field."""
    first = text[at : at + 1]
    if first == "-" and at > start:
        help = (
            'One means not, as in `-tag:pilot`; a word that begins with it is quoted, as in `"-5"`.'
        )
        raise Mistake("Two `-` stand before a term.", help, start, at + 1)
    if first and first in _FIRST:
        help = (
            f'Write one, as in `{_FIRST[first]}`; a word that has it is quoted, as in `"{first}"`.'
        )
        raise Mistake(f"No field stands before `{first}`.", help, at, at + 1)


def _value_behind(said: str) -> str:
    """What to write behind a field and its sign."""
    if said[-1] in ":=":
        return f"Write a value behind it, as in `{said}any`."
    return f"Write a value behind it, as in `{said}10000` or `{said}today`."


def _words(text: str, at: int) -> tuple[tuple[str, ...], int]:
    """The words of a term, and where they end; a comma wants another word behind it."""
    found: list[str] = []
    while True:
        word, end = _word(text, at)
        if word is None:
            if found:
                raise Mistake("Nothing stands behind the comma.", "Write a word there.", at - 1, at)
            return (), at
        found.append(word)
        if end < len(text) and not text[end].isspace() and text[end] != ",":
            raise Mistake("A blank is missing between words.", "Put one there.", end, end + 1)
        if text[end : end + 1] != ",":
            return tuple(found), end
        at = end + 1


def _word(text: str, at: int) -> tuple[str | None, int]:
    if text[at : at + 1] == '"':
        quoted = _QUOTED.match(text, at)
        if quoted is None:
            raise Mistake("A quote is not closed.", 'Put `"` behind the last word.', at, len(text))
        return _ESCAPED.sub(r"\1", quoted[1]), quoted.end()
    plain = _PLAIN.match(text, at)
    return (plain[0], plain.end()) if plain else (None, at)
