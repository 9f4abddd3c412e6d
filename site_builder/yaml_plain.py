"""The fast path: a flat front matter of plain lines, read without a YAML parser.

It takes only what YAML leaves no doubt about, and reads it as the parser does, which a
test holds it to. Most files are such, and it is several times faster.
"""

from __future__ import annotations

import re

from site_builder.diagnostics import Span
from site_builder.yaml_nodes import Entry, Listing, Mapping, Node, Scalar

# Said as what is forbidden, which is compiled in a tenth of the time of what is allowed.
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""Characters that can't stand in YAML."""

# One line each. What may follow a character is looked at only where it is in doubt.
_TEXT = r"[^\x00-\x1f\x7f-\x9f:#]*"
_ITEMS = "[A-Za-z0-9 ./@_+-]*"
_PLAIN_LINES = re.compile(
    r"^([a-z][a-z0-9-]*)(: +)(?:"
    rf"([A-Za-z0-9+(/$_.]{_TEXT}(?:(?::(?=\S)|(?<=\S)#){_TEXT})*)"
    rf"|(\[[A-Za-z0-9]{_ITEMS}(?:(?::(?=[A-Za-z0-9/])|, (?=[A-Za-z0-9])){_ITEMS})*\] *))\n",
    re.MULTILINE,
)
_new = tuple.__new__  # makes a named tuple several times as fast as calling its class


def read_plain(path: str, text: str, first_line: int) -> Mapping | None:
    """Read the simplest front matter without a YAML parser; None if it is not that simple."""
    lines = _PLAIN_LINES.findall(text)
    if not lines or len(lines) != text.count("\n") or text[-1] != "\n":
        return None
    if not text.isascii() and FORBIDDEN.search(text) is not None:
        return None
    if len({key for key, _, _, _ in lines}) < len(lines):
        return None
    entries: list[Entry] = []
    for line, (key, colon, plain, listed) in enumerate(lines, first_line):
        head = _new(Scalar, (key, _new(Span, (path, line, 1, line, len(key) + 1)), ""))
        column = len(key) + len(colon) + 1
        if plain:
            bare = plain.rstrip(" ")
            span = _new(Span, (path, line, column, line, column + len(bare)))
            value: Node = _new(Scalar, (bare, span, ""))
        else:
            value = _plain_listing(path, listed.rstrip(" "), line, column)
        entries.append(_new(Entry, (head, value)))
    end = first_line + len(lines)
    return Mapping(tuple(entries), Span(path, first_line, 1, end, 1))


def _plain_listing(path: str, listed: str, line: int, column: int) -> Listing:
    """A flow list of plain values that begins in ``column``."""
    items: list[Node] = []
    at = column + 1
    for item in listed[1:-1].split(","):
        bare = item.strip(" ")
        start = at + len(item) - len(item.lstrip(" "))
        span = _new(Span, (path, line, start, line, start + len(bare)))
        items.append(_new(Scalar, (bare, span, "")))
        at += len(item) + 1
    return _new(Listing, (tuple(items), _new(Span, (path, line, column, line, at))))
