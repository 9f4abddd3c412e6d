"""Mappings with names of ours: their entries, and what those that nobody knows were meant to be."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import final

from site_builder.journal.values import Bad
from site_builder.parse.ids import slug
from site_builder.parse.reader import Reader, T
from site_builder.problems.characters import plain
from site_builder.problems.patterns import late
from site_builder.problems.suggest import within
from site_builder.source.flat import as_items, in_one_line, split
from site_builder.source.yaml_nodes import (
    LOST,
    Entry,
    Listing,
    Mapping,
    Node,
    Scalar,
    is_empty,
    only_item,
)
from site_builder.source.yaml_values import as_value, is_list_name, quoted

Entries = dict[str, Entry]
"""The entries of a mapping by name."""

_GLUED = late(r"([a-z][a-z-]*)(?: *[:=] *| +)(\S.*)")
_BRACED = late(r"([a-z0-9-]+) *[:=]? *(?=[\[{])(.*)")
_PAIR = late(r"([a-z0-9-]+)(?: *[:=] *| )(\S.*)")
_LONG_NAME = 8
_MOST = 200
_VALUES = {"kinds": "intangible", "fields": "text", "stages": "{}"}
_NAMED = ("team", "roles", "lost-reasons", "steps")


def entries(reader: Reader, name: str, node: Node | None) -> tuple[Entry, ...]:
    """The entries of a mapping; none where it is empty or (reported) no mapping."""
    if node is None or (isinstance(node, Scalar) and not node.text.strip()):
        return ()
    if not isinstance(node, Mapping):
        reader.invalid(f"`{name}` takes names and values.", _as_mapping(name, node), node.span)
        return ()
    return node.entries


def known(
    reader: Reader,
    where: str,
    node: Mapping,
    names: Iterable[str],
) -> Entries:
    """The entries of a mapping by name, having reported unknown ones.

    An unknown one is read as the one that it nearly is, so that nothing follows from a slip;
    what it may have been else, or belong to, is there as a lost value. What stands before an
    unknown name, and may be what that belongs to, is added to ``reader.doubtful``.
    """
    return _Names(reader, where, node, tuple(names)).read()


def own(reader: Reader, entries: Iterable[Entry], what: str) -> Iterator[tuple[str, Entry]]:
    """Entries by ids of the journal's own. One that can't be an id is reported, and taken
    for the one it should be, unless that is there too."""
    written = list(entries)
    taken = {entry.key.text for entry in written}
    for entry in written:
        id, read = entry.key.text, entry
        glued = _BRACED.match(plain(id))
        if glued and glued[1] not in taken:
            _report_glued(reader, glued, entry)
            id, read = glued[1], _lost(entry)
        elif not reader.id(entry.key, what):
            id = slug(plain(id))
            if not id or id in taken:
                continue
            taken.add(id)
        yield id, read


def node_of(name: str, e: Entries) -> Node | None:
    """The value of a field, if it is there."""
    return e[name].value if name in e else None


def scalar_of(reader: Reader, name: str, e: Entries) -> Scalar | None:
    """The single value of a field, if it is there and has one."""
    return reader.scalar(name, e[name].value) if name in e else None


def entries_of(reader: Reader, name: str, e: Entries) -> tuple[Entry, ...]:
    """The entries of the mapping behind a name, if that is there."""
    return entries(reader, name, node_of(name, e))


def typed_of(reader: Reader, name: str, e: Entries, read: Callable[[str], T | Bad]) -> T | None:
    """The single value of a field, if it is there, by a function of ``values``."""
    return reader.typed(name, e[name].value, read) if name in e else None


def text_of(reader: Reader, name: str, e: Entries) -> str:
    """The text of a field, if it is there."""
    return reader.text(name, e[name].value) if name in e else ""


@final
class _Names:
    """A mapping whose names are known, being read."""

    def __init__(self, reader: Reader, where: str, node: Mapping, names: tuple[str, ...]) -> None:
        self.reader = reader
        self.where = where
        self.node = node
        self.names = names

    def read(self) -> Entries:
        found = {e.key.text: e for e in self.node.entries if e.key.text in self.names}
        before: Entry | None = None
        is_told = False
        for entry in self.node.entries:
            if entry.key.text in self.names:
                before, is_told = entry, False
            elif before is not None and _is_cut_off(entry, before):
                if not is_told:
                    self._parted(before)
                found[before.key.text], is_told = _lost(before), True
            elif not entry.key.text.startswith("x-"):
                found |= self._strange(entry, before, found)
        return found

    def _strange(self, entry: Entry, before: Entry | None, found: Collection[str]) -> Entries:
        """Report an entry that is no field; what is to be taken for it, by name."""
        name = entry.key.text
        glued = _GLUED.fullmatch(plain(name))
        if glued and glued[1] in self.names and glued[1] not in found:
            _report_glued(self.reader, glued, entry)
            return {glued[1]: _lost(entry)}
        if before is not None and is_empty(before.value) and not is_empty(entry.value):
            self.reader.problem(
                "unknown-field",
                f"`{name}` is not a field of {self.where}, and `{before.key.text}` above it "
                "is empty.",
                f"Put blanks before `{name}`, so that it belongs to `{before.key.text}`.",
                entry.key.span,
            )
            return {before.key.text: _lost(before)}
        if before is not None:
            self.reader.doubtful.add(before.key.text)
        from site_builder.parse.unknown_fields import unknown_field

        meant = unknown_field(self.reader, name, self.where, self.names, entry.key.span, found)
        if not meant:
            return {}
        is_near = within(name.lower(), meant, 2 if len(name) >= _LONG_NAME else 1)
        return {meant: entry if is_near else _lost(entry)}

    def _parted(self, before: Entry) -> None:
        """A value whose commas part fields, for it has neither brackets nor quotes."""
        rest = [e for e in self.node.entries if _is_cut_off(e, before)]
        name, value = before.key.text, before.value
        whole = ", ".join(
            [value.text if isinstance(value, Scalar) else "", *(e.key.text for e in rest)]
        )
        made = f"[{whole.strip('()')}]" if is_list_name(name) else quoted(whole)
        self.reader.problem(
            "unknown-field",
            f"The comma before `{rest[0].key.text}` ends the value of `{name}`.",
            f"Write `{name}: {made}`.",
            rest[0].key.span,
        )


def _report_glued(reader: Reader, glued: re.Match[str], entry: Entry) -> None:
    """A name and its value without a colon and a blank between them."""
    name, value = glued[1], as_value(glued[2])
    if glued[2][0] in "[{":
        rest = entry.value.text if isinstance(entry.value, Scalar) else "…"
        value = f"{glued[2]}: {rest}" if rest else glued[2]
    message = f"A colon and a blank are missing behind `{name}`."
    reader.problem("unknown-field", message, f"Write `{name}: {value}`.", entry.key.span)


def _as_mapping(name: str, node: Listing | Scalar) -> str:
    """What to type in place of a list or text that should be names and values."""
    if name == "views" and isinstance(node, Scalar):
        return f"Write `mine: {as_value(node.text)}` in a line of its own below `views:`."
    pair = _PAIR.fullmatch(plain(node.text)) if isinstance(node, Scalar) else None
    if pair and "," not in pair[1]:
        line = f"{pair[1]}: {as_value(pair[2])}"
        return f"Write `{line}` in a line of its own below `{name}:`."
    if made := _in_braces(name, node):
        return f"Write `{name}: {made}`."
    if isinstance(node, Listing) and node.items and (id := _id_by_name(node.items[0])):
        return f"Write `{name}:` and below it each by an id of its own, the first as `{id}:`."
    return f"Write `{name}:` and `name: value` lines below it."


def _in_braces(name: str, node: Listing | Scalar) -> str:
    """The names and values that a list or text of names stands for; nothing where it can't be
    told."""
    while isinstance(inner := only_item(node), Listing):
        node = inner
    if isinstance(node, Listing) and any(isinstance(item, Mapping) for item in node.items):
        return _merged(name, node)
    if name not in (*_VALUES, *_NAMED):
        return ""
    items = split(node.text) if isinstance(node, Scalar) else map(in_one_line, node.items[:20])
    pairs = [f"{id}: {_VALUES.get(name) or text}" for text in items if (id := slug(text))]
    made = ", ".join(pairs)
    return f"{{{made}}}" if 0 < len(made) <= _MOST else ""


def _merged(name: str, node: Listing) -> str:
    """The mappings in a list as one, those with an `id` or a name by that; nothing where it
    can't be told."""
    made: dict[str, str] = {}
    for item in node.items[:20]:
        said = _texts(item)
        if said and (id := said.pop("id", "") or _id_by_name(item)):
            said = {id: said["name"] if name in _NAMED and len(said) == 1 else _flow(said)}
        if not said or said.keys() & made.keys():
            return ""
        made |= said
    return whole if len(whole := _flow(made)) <= _MOST else ""


def _id_by_name(node: Node) -> str:
    """The id that a mapping's own name gives it."""
    names = (
        (e.value for e in node.entries if e.key.text == "name") if isinstance(node, Mapping) else ()
    )
    return next((slug(plain(name.text)) for name in names if isinstance(name, Scalar)), "")


def _texts(node: Node) -> dict[str, str]:
    """What a mapping of single values says, by name, as it is written in braces; nothing of any
    other node."""
    entries = node.entries if isinstance(node, Mapping) else ()
    texts = {e.key.text: as_items([e.value.text]) for e in entries if isinstance(e.value, Scalar)}
    return texts if len(texts) == len(entries) else {}


def _flow(said: dict[str, str]) -> str:
    return f"{{{', '.join(f'{name}: {value}' for name, value in said.items())}}}"


def _is_cut_off(entry: Entry, before: Entry) -> bool:
    """Whether a name without a value stands behind a value in one line, as only in brackets."""
    value, key = before.value, entry.key
    return (
        isinstance(value, Scalar)
        and bool(value.text)
        and not value.style
        and is_empty(entry.value)
        and _GLUED.fullmatch(key.text) is None
        and key.span.line == value.span.end_line
        and key.span.column > value.span.end_column
    )


def _lost(entry: Entry) -> Entry:
    return Entry(entry.key, Scalar("", entry.value.span, LOST))
