"""The fast path: a flat front matter of plain lines, read without a YAML parser.

It takes only what YAML leaves no doubt about, and reads it as the parser does, which a
test holds it to. Most files are such, and it is several times faster.
"""

from __future__ import annotations

import re

from site_builder.diagnostics import Span
from site_builder.yaml_nodes import Entry, Listing, Mapping, Node, Scalar

FORBIDDEN = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""Characters that can't stand in YAML."""

_PLAIN_LINE = re.compile(
    r"([a-z][a-z0-9-]*):[ ]+(?:"
    r"([A-Za-z0-9+(/$_.](?:[^\n:#\t]|:(?=[^\s])|(?<=[^\s])#)*)"
    r"|\[([A-Za-z0-9](?:[A-Za-z0-9 ./@_+-]|:(?=[A-Za-z0-9/])|, (?=[A-Za-z0-9]))*)\])[ ]*\n"
)


def read_plain(path: str, text: str, first_line: int) -> Mapping | None:
    """Read the simplest front matter without a YAML parser; None if it is not that simple."""
    if FORBIDDEN.search(text):
        return None
    entries: list[Entry] = []
    seen: set[str] = set()
    at, line, end = 0, first_line, len(text)
    while at < end:
        match = _PLAIN_LINE.match(text, at)
        if match is None:
            return None
        key, plain, listed = match.groups()
        if key in seen:
            return None
        seen.add(key)
        head = Scalar(key, Span(path, line, 1, line, 1 + len(key)))
        if plain is not None:
            plain = plain.rstrip(" ")
            column = match.start(2) - at + 1
            value: Node = Scalar(plain, Span(path, line, column, line, column + len(plain)))
        else:
            value = _plain_listing(path, listed, line, match.start(3) - at + 1)
        entries.append(Entry(head, value))
        at, line = match.end(), line + 1
    return Mapping(tuple(entries), Span(path, first_line, 1, line, 1)) if entries else None


def _plain_listing(path: str, listed: str, line: int, column: int) -> Listing:
    """A flow list of plain values whose text begins in ``column``."""
    items: list[Node] = []
    at = column
    for item in listed.split(","):
        bare = item.strip()
        start = at + len(item) - len(item.lstrip())
        items.append(Scalar(bare, Span(path, line, start, line, start + len(bare))))
        at += len(item) + 1
    return Listing(tuple(items), Span(path, line, column - 1, line, at))
