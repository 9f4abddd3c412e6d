"""YAML read as text: scalars, lists and mappings with their places, and nothing guessed.

The only module that imports PyYAML. Anchors, aliases, tags, merge keys and duplicate
keys are problems; depth and count are bounded before anything is built, for libyaml
itself can be made to crash by deep nesting.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, TypeGuard

import yaml

from site_builder.problems.characters import ODD, named, plain
from site_builder.problems.patterns import late
from site_builder.problems.problem import Problem
from site_builder.source import yaml_refusals as refusals
from site_builder.source.lines import place_in
from site_builder.source.yaml_nodes import (
    LOST,
    Entry,
    Listing,
    Mapping,
    Node,
    Report,
    Scalar,
    is_empty,
    is_lost,
)
from site_builder.source.yaml_places import Places
from site_builder.source.yaml_plain import FORBIDDEN, read_plain
from site_builder.source.yaml_values import LISTS

MAX_DEPTH = 32
MAX_EVENTS = 20_000
MAX_FORBIDDEN = 20

# PyYAML's two parsers have no class in common, nor have their events: both are `Any` here.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_HEADING_ITEM = late(r"[ ]*-[ ]+(#{1,6}[ \t]*[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[ \t].*)?)")
_GLUED_PAIR = late(r"[ ]*([A-Za-z][A-Za-z0-9-]*):(?!//)[ ]*(\S.*)")
_NAME = late("[A-Za-z][A-Za-z0-9-]*")
_CONTROL = late("[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # which escapes in quotes can make


class _Stop(Exception):
    """The text can't be read further; the problem has been reported."""


def read_mapping(path: str, text: str, first_line: int, report: Report) -> Mapping | None:
    """Read a text that should be one mapping; ``first_line`` is its first line in the file.

    Returns None, having reported why, where the text is not YAML or not a mapping. An
    empty text is an empty mapping.
    """
    plain = read_plain(path, text, first_line)
    return plain.as_mapping() if plain else YamlReader(path, text, first_line, report).read()


def forbidden(path: str, text: str, first_line: int) -> Iterator[Problem]:
    """All characters of a text that can't stand in YAML, up to a number."""
    for bad in islice(FORBIDDEN.finditer(text), MAX_FORBIDDEN):
        yield Problem(
            "yaml-syntax",
            f"The character {named(bad[0])} can't stand in YAML.",
            "Write a blank in its place, or nothing: it is invisible in most editors.",
            place_in(path, text, bad.start(), first_line=first_line),
        )


class YamlReader:
    """Builds nodes from the parser's events, counting as it goes."""

    def __init__(self, path: str, text: str, first_line: int, report: Report) -> None:
        self.places = Places(path, text, first_line)
        self.report = report
        self.events = 0
        self.found: list[Problem] = []

    def read(self) -> Mapping | None:
        """The mapping, or None; with all problems reported, but those that follow from others."""
        mapping = self._read()
        broken = self.found[-1].span.line if mapping is None and self.found else 0
        for problem in self.found:
            if problem.code != "comment-in-value" or problem.span.line != broken:
                self.report(problem)
        return mapping

    def _read(self) -> Mapping | None:
        places = self.places
        for problem in islice(forbidden(places.path, places.text, places.offset), 1):
            self.found.append(problem)
            return None
        try:
            parser = _Loader(places.text)
        except yaml.YAMLError as error:
            self.found.append(refusals.syntax(error, MAX_DEPTH, places))
            return None
        try:
            return self._document(parser)
        except yaml.YAMLError as error:
            self.found.append(refusals.syntax(error, MAX_DEPTH, places))
        except _Stop:
            pass
        finally:
            parser.dispose()
        return None

    def _document(self, parser: Any) -> Mapping | None:
        self._next(parser)
        event = self._next(parser)
        if isinstance(event, yaml.StreamEndEvent):
            return Mapping((), self.places.of(event))
        node = self._node(parser, self._next(parser), 0)
        self._next(parser)
        after = self._next(parser)
        if not isinstance(after, yaml.StreamEndEvent):
            self.found.append(refusals.second_document(self.places.of(after)))
            return None
        if isinstance(node, Scalar) and not node.text and not node.style:
            return Mapping((), node.span)
        if not isinstance(node, Mapping):
            self.found.append(refusals.no_mapping(node, self.places))
            return None
        return node

    def _next(self, parser: Any) -> Any:
        self.events += 1
        event = parser.get_event()
        if self.events > MAX_EVENTS:
            self.found.append(refusals.too_large(MAX_EVENTS, self.places.of(event)))
            raise _Stop
        return event

    def _node(self, parser: Any, event: Any, depth: int) -> Node:
        if depth >= MAX_DEPTH:
            self.found.append(refusals.too_deep(MAX_DEPTH, self.places.of(event)))
            raise _Stop
        is_alias = isinstance(event, yaml.AliasEvent)
        is_refused = self._told(refusals.forbidden_mark(event, is_alias, self.places))
        if isinstance(event, yaml.ScalarEvent):
            if not event.value and (heading := self._heading(event)) is not None:
                return heading
            if event.value or not is_refused:
                is_refused |= self._told(refusals.comment_cut(event, self.places))
            if is_refused and not event.value:
                return Scalar("", self.places.of(event), LOST)
            return self._scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._listing(parser, event, depth)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(parser, event, depth)
        return Scalar("", self.places.of(event), LOST)  # an alias

    def _told(self, problem: Problem | None) -> bool:
        """Note a problem; whether there is one."""
        if problem is None:
            return False
        self.found.append(problem)
        return True

    def _scalar(self, event: Any) -> Scalar:
        style = event.style if event.style in ("'", '"', "|", ">") else ""
        if style in ("|", ">"):
            return Scalar(event.value, self.places.of_block(event), style)
        span = self.places.of(event)
        if style == '"' and (bad := _CONTROL.search(event.value)) is not None:
            self.found.append(refusals.control_character(bad[0], span))
            return Scalar("", span, LOST)
        return Scalar(event.value, span, style)

    def _heading(self, event: Any) -> Scalar | None:
        """An item of a list that is written as the heading of a note, which is a comment."""
        mark = event.start_mark
        match = _HEADING_ITEM.fullmatch(self.places.line(mark))
        if match is None or event.style or mark.column > match.start(1):
            return None
        return Scalar(match[1], self.places.within(mark, match.start(1), len(match[1])))

    def _listing(self, parser: Any, start: Any, depth: int) -> Listing:
        items: list[Node] = []
        while not isinstance(event := self._next(parser), yaml.SequenceEndEvent):
            items.append(self._node(parser, event, depth + 1))
        return Listing(tuple(items), self.places.of(start, event), not start.flow_style)

    def _mapping(self, parser: Any, start: Any, depth: int) -> Mapping | Scalar:
        entries: dict[str, Entry] = {}
        is_broken = False
        while not isinstance(event := self._next(parser), yaml.MappingEndEvent):
            key, value = self._pair(parser, event, depth + 1, start.flow_style)
            if not self._is_key(key):
                is_broken = depth > 0
            else:
                if key.text in entries:
                    self.found.append(refusals.duplicate(key, entries[key.text]))
                if key.text not in entries or is_empty(entries[key.text].value):
                    entries[key.text] = Entry(key, value)
        span = self.places.of(start, event)
        return Scalar("", span, LOST) if is_broken else Mapping(tuple(entries.values()), span)

    def _pair(self, parser: Any, event: Any, depth: int, in_braces: bool) -> tuple[Node, Node]:
        key = self._node(parser, event, depth)
        before = len(self.found)
        valued = self._next(parser)
        value = self._node(parser, valued, depth)
        if in_braces and _is_alone(event, valued) and self._is_cut_off(key, event):
            return Scalar("", key.span, LOST), value
        if len(self.found) > before and isinstance(value, Scalar) and not value.is_lost:
            value = self._as_meant(key, value)
        if isinstance(key, Scalar) and not key.style:
            return self._parted(key, value)
        return key, value

    def _is_cut_off(self, key: Node, event: Any) -> bool:
        """Whether a name in braces is none but the end of a value that a comma cut off, which is
        reported."""
        if isinstance(key, Scalar) and _GLUED_PAIR.fullmatch(plain(key.text)):
            return False
        problem = refusals.comma_cut(event, self.places)
        if problem is not None and (not self.found or self.found[-1].span != problem.span):
            self.found.append(problem)
        return problem is not None

    def _as_meant(self, key: Node, value: Scalar) -> Node:
        """A single value as a list where its field takes one: it is not whole as it is, which is
        told."""
        is_listed = isinstance(key, Scalar) and key.text in LISTS and not is_empty(value)
        return Listing((value,), value.span) if is_listed else value

    def _parted(self, key: Scalar, value: Node) -> tuple[Scalar, Node]:
        """A name and its value, also where no plain blank stands between them or a character that
        nobody sees stands beside the name, which is reported."""
        odd = None if key.text.isascii() else ODD.search(key.text)
        glued = _GLUED_PAIR.fullmatch(plain(key.text)) if is_empty(value) else None
        name = glued[1] if glued else plain(key.text).strip() if odd else key.text
        if not glued and (name == key.text or not _NAME.fullmatch(name)):
            return key, value
        text = glued[2].strip() if glued else ""
        if isinstance(value, Scalar) and not (glued or value.style or "\n" in value.text):
            text = value.text
        place = key.span
        if glued:
            at = place.column + (odd.start() if odd else len(name))
            place = place._replace(column=at, end_column=at + 1)
        problem = Problem(
            "yaml-syntax",
            f"The character {named(odd[0])}, stands where YAML wants a plain blank, or nothing."
            if odd
            else "A space is missing behind the colon.",
            f"Write `{name}: {text}`." if text else f"Write the name anew: `{name}:`.",
            place,
        )
        self.found.append(problem)
        return key._replace(text=name), key._replace(text=text) if glued else value

    def _is_key(self, key: Node) -> TypeGuard[Scalar]:
        return not self._told(refusals.bad_key(key)) and not is_lost(key)


def _is_alone(key: Any, value: Any) -> bool:
    """Whether a name in braces is a list, or has no colon behind it."""
    if not isinstance(key, yaml.ScalarEvent):
        return isinstance(key, yaml.SequenceStartEvent)
    is_empty = isinstance(value, yaml.ScalarEvent) and not (value.style or value.value)
    return is_empty and not key.style and _end(key) == _begin(value)


def _begin(event: Any) -> Any:
    return event.start_mark.index


def _end(event: Any) -> Any:
    return event.end_mark.index
