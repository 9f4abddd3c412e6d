"""The fast path: a flat front matter of plain lines, read without a YAML parser.

It takes only what YAML leaves no doubt about, and reads it as the parser does, which a
test holds it to. Most files are such, and it is several times faster.
"""

from __future__ import annotations

import re
from collections import abc
from collections.abc import Iterator
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from site_builder.problems.problem import Span
from site_builder.source.yaml_nodes import Entry, Listing, Mapping, Node, Scalar

# Said as what is forbidden, which is compiled in a tenth of the time of what is allowed.
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""Characters that can't stand in YAML."""

# One line each. What may follow a character is looked at only where it is in doubt.
_TEXT = r"[^\x00-\x1f\x7f-\x9f:#]*"
_ITEMS = "[A-Za-z0-9 ./@_+-]*"
_PLAIN_LINES = re.compile(
    r"^([a-z][a-z0-9-]*): +(?:"
    rf"([A-Za-z0-9+(/$_.]{_TEXT}(?:(?::(?=\S)|(?<=\S)#){_TEXT})*)"
    rf"|(\[[A-Za-z0-9]{_ITEMS}(?:(?::(?=[A-Za-z0-9/])|, (?=[A-Za-z0-9])){_ITEMS})*\] *))\n",
    re.MULTILINE,
)
_key = itemgetter(0)
_set_of = lru_cache(maxsize=1_000)(frozenset[str])  # most files have the same keys


class PlainMapping(NamedTuple):
    """A mapping of plain lines, ``lines``: the key, a plain value, a flow list of plain values,
    of which one is empty. Nodes and places are made when they are asked for, as few are."""

    path: str
    text: str
    first_line: int
    lines: list[tuple[str, str, str]]
    keys: frozenset[str]

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(map(self.entry, range(len(self.lines))))

    @property
    def span(self) -> Span:
        end = self.first_line + len(self.lines)
        return Span(self.path, self.first_line, 1, end, 1)

    def as_mapping(self) -> Mapping:
        return Mapping(self.entries, self.span)

    def get(self, key: str) -> Node | None:
        if key not in self.keys:
            return None
        return self.entry([line[0] for line in self.lines].index(key)).value

    def entry(self, row: int) -> Entry:
        """The key and value of a line; the first is 0."""
        key, plain, listed = self.lines[row]
        span = _place(self.path, self.text, self.first_line, key)
        head = Scalar(key, Span(self.path, span.line, 1, span.line, len(key) + 1))
        return Entry(head, _listing(listed, span) if listed else Scalar(plain, span))

    def places(self, without: tuple[str, ...] = ()) -> PlainPlaces:
        """Where the values stand, by key, without those of some."""
        keys = self.keys.difference(without) if without else self.keys
        return PlainPlaces(self.path, self.text, self.first_line, keys)


class PlainPlaces(abc.Mapping[str, Span]):
    """Where the values of plain lines stand, by key."""

    __slots__ = ("_first_line", "_keys", "_path", "_text")

    def __init__(self, path: str, text: str, first_line: int, keys: frozenset[str]) -> None:
        self._path = path
        self._text = text
        self._first_line = first_line
        self._keys = keys

    def __getitem__(self, key: str) -> Span:
        if key not in self._keys:
            raise KeyError(key)
        return _place(self._path, self._text, self._first_line, key)

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[str]:
        keys = (line.partition(":")[0] for line in self._text.split("\n"))
        return (key for key in keys if key in self._keys)

    def __len__(self) -> int:
        return len(self._keys)

    def __reduce__(self) -> tuple[type[PlainPlaces], tuple[str, str, int, frozenset[str]]]:
        return PlainPlaces, (self._path, self._text, self._first_line, self._keys)


def _place(path: str, text: str, first_line: int, key: str) -> Span:
    start = text.find(f"\n{key}:") + 1  # 0 for the first line, which has none before it
    value = text[start + len(key) + 1 : text.index("\n", start)]
    column = len(key) + 2 + len(value) - len(value.lstrip(" "))
    line = first_line + text.count("\n", 0, start)
    return Span(path, line, column, line, len(key) + 2 + len(value.rstrip(" ")))


def read_plain(path: str, text: str, first_line: int) -> PlainMapping | None:
    """Read the simplest front matter without a YAML parser; None if it is not that simple."""
    lines = _PLAIN_LINES.findall(text)
    if not lines or len(lines) != text.count("\n") or text[-1] != "\n":
        return None
    if not text.isascii() and FORBIDDEN.search(text) is not None:
        return None
    keys = _set_of(tuple(map(_key, lines)))
    if len(keys) < len(lines):
        return None
    if " \n" in text:
        lines = [(key, plain.rstrip(" "), listed.rstrip(" ")) for key, plain, listed in lines]
    return PlainMapping(path, text, first_line, lines, keys)


def plain_items(listed: str) -> list[str]:
    """The texts in a flow list of plain values."""
    return [item.strip(" ") for item in listed[1:-1].split(",")]


def _listing(listed: str, span: Span) -> Listing:
    items: list[Node] = []
    line, at = span.line, span.column + 1
    for item in listed[1:-1].split(","):
        bare = item.strip(" ")
        start = at + len(item) - len(item.lstrip(" "))
        items.append(Scalar(bare, Span(span.path, line, start, line, start + len(bare))))
        at += len(item) + 1
    return Listing(tuple(items), span)
