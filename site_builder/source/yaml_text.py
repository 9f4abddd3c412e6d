"""YAML read as text: scalars, lists and mappings with their places, and nothing guessed.

The only module that imports PyYAML. Anchors, aliases, tags, merge keys and duplicate
keys are problems; depth and count are bounded before anything is built, for libyaml
itself can be made to crash by deep nesting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

import yaml

from site_builder.problems.characters import ODD, named, plain
from site_builder.problems.patterns import late
from site_builder.problems.problem import Problem, Severity, Span
from site_builder.source.lines import line_at, place_in
from site_builder.source.yaml_nodes import (
    LOST,
    Entry,
    Listing,
    Mapping,
    Node,
    Report,
    Scalar,
    is_empty,
)
from site_builder.source.yaml_plain import FORBIDDEN, read_plain
from site_builder.source.yaml_values import LISTS, field_meant, quoted, unmarked, untagged

MAX_DEPTH = 32
MAX_EVENTS = 20_000
MAX_FORBIDDEN = 20

# PyYAML's two parsers have no class in common, nor have their marks, and what an event holds
# depends on its own: parsers, events and marks are `Any` here.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# libyaml looks ahead, so its newer versions stop at their own bound before ours is reached.
_TOO_DEEP = "exceeded maximum nesting depth"
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
        self.path = path
        self.text = text
        self.offset = first_line
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
        for problem in islice(forbidden(self.path, self.text, self.offset), 1):
            self.found.append(problem)
            return None
        try:
            parser = _Loader(self.text)
        except yaml.YAMLError as error:
            self._syntax(error)
            return None
        try:
            return self._document(parser)
        except yaml.YAMLError as error:
            self._syntax(error)
        except _Stop:
            pass
        finally:
            parser.dispose()
        return None

    def _document(self, parser: Any) -> Mapping | None:
        self._next(parser)
        event = self._next(parser)
        if isinstance(event, yaml.StreamEndEvent):
            return Mapping((), self._span(event))
        node = self._node(parser, self._next(parser), 0)
        self._next(parser)
        after = self._next(parser)
        if not isinstance(after, yaml.StreamEndEvent):
            self._problem(
                "yaml-syntax",
                "A second YAML document begins here.",
                "Keep one document a file: leave out this line `---`, and nothing else.",
                self._span(after),
            )
            return None
        if isinstance(node, Scalar) and not node.text and not node.style:
            return Mapping((), node.span)
        if not isinstance(node, Mapping):
            self._no_mapping(node)
            return None
        return node

    def _no_mapping(self, node: Node) -> None:
        from site_builder.source.line_slips import line_slip

        span = node.span
        line = line_at(self.text, span.line - self.offset)
        slip = line_slip(line)
        if slip is None and field_meant(line.partition(" ")[0]):
            from site_builder.source.yaml_slips import no_colon

            message, help = "This line has no colon, so it is no field.", no_colon(line)
        elif slip is None:
            message, help = "This is not a list of fields.", "Write one `name: value` a line."
        else:
            message, help, column = slip
            span = Span(self.path, span.line, column + 1, span.line, column + 2)
        self._problem("yaml-syntax", message, help, span)

    def _next(self, parser: Any) -> Any:
        self.events += 1
        event = parser.get_event()
        if self.events > MAX_EVENTS:
            self._problem(
                "too-large",
                f"There are more than {MAX_EVENTS:,} values in this YAML.",
                "Split the file.",
                self._span(event),
            )
            raise _Stop
        return event

    def _node(self, parser: Any, event: Any, depth: int) -> Node:
        if depth >= MAX_DEPTH:
            self._too_deep(self._span(event))
            raise _Stop
        is_refused = self._refuse(event)
        if isinstance(event, yaml.ScalarEvent):
            if not event.value and (heading := self._heading(event)) is not None:
                return heading
            is_lost = (is_refused and not event.value) or self._refuse_cut(event)
            return Scalar("", self._span(event), LOST) if is_lost else self._scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._listing(parser, event, depth)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(parser, event, depth)
        return Scalar("", self._span(event), LOST)  # an alias

    def _scalar(self, event: Any) -> Scalar:
        style = event.style if event.style in ("'", '"', "|", ">") else ""
        if style in ("|", ">"):
            return Scalar(event.value, self._block_span(event), style)
        span = self._span(event)
        if style == '"' and (bad := _CONTROL.search(event.value)) is not None:
            self._problem(
                "invalid-value",
                f"The control character U+{ord(bad[0]):04X} can't stand in a value.",
                "Write the value without it: it shows nothing.",
                span,
            )
            return Scalar("", span, LOST)
        return Scalar(event.value, span, style)

    def _block_span(self, event: Any) -> Span:
        """The place of a block's text, which begins below its indicator."""
        begin = event.start_mark.line + 1
        text = self.text[event.start_mark.index : event.end_mark.index].split("\n")[1:]
        for row, line in enumerate(text):
            if bare := line.strip():
                column = line.index(bare[0]) + 1
                last = begin + len(text) - 1
                while not text[last - begin].strip():
                    last -= 1
                end = len(text[last - begin].rstrip()) + 1
                return Span(self.path, self.offset + begin + row, column, self.offset + last, end)
        return self._span(event)

    def _listing(self, parser: Any, start: Any, depth: int) -> Listing:
        items: list[Node] = []
        while not isinstance(event := self._next(parser), yaml.SequenceEndEvent):
            items.append(self._node(parser, event, depth + 1))
        return Listing(tuple(items), self._span(start, event), not start.flow_style)

    def _mapping(self, parser: Any, start: Any, depth: int) -> Mapping | Scalar:
        entries: dict[str, Entry] = {}
        is_lost = False
        while not isinstance(event := self._next(parser), yaml.MappingEndEvent):
            key, value = self._pair(parser, event, depth + 1, start.flow_style)
            if not self._is_key(key):
                is_lost = depth > 0
            elif isinstance(key, Scalar):
                if key.text in entries:
                    self._duplicate(key, entries[key.text])
                if key.text not in entries or is_empty(entries[key.text].value):
                    entries[key.text] = Entry(key, value)
        span = self._span(start, event)
        return Scalar("", span, LOST) if is_lost else Mapping(tuple(entries.values()), span)

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
        from site_builder.source.brace_slips import note_slip

        mark = event.start_mark
        slip = note_slip(line_at(self.text, mark.line))
        is_glued = isinstance(key, Scalar) and _GLUED_PAIR.fullmatch(plain(key.text))
        if slip is None or is_glued:
            return False
        line, column = self.offset + mark.line, slip.column + 1
        place = Span(self.path, line, column, line, column + 1)
        if not self.found or self.found[-1].span != place:
            self._problem("yaml-syntax", slip.message, slip.help, place)
        return True

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
        self._problem(
            "yaml-syntax",
            f"The character {named(odd[0])}, stands where YAML wants a plain blank, or nothing."
            if odd
            else "A space is missing behind the colon.",
            f"Write `{name}: {text}`." if text else f"Write the name anew: `{name}:`.",
            place,
        )
        return key._replace(text=name), key._replace(text=text) if glued else value

    def _is_key(self, key: Node) -> bool:
        if not isinstance(key, Scalar):
            self._problem(
                "forbidden-yaml",
                "A list or mapping can't be the name of a field.",
                "Write `name: value`; quote a value that begins with `[` or `{`.",
                key.span,
            )
            return False
        if key.is_lost:
            return False
        if key.text == "<<" and not key.style:
            self._problem(
                "forbidden-yaml",
                "`<<` merges another mapping, which a journal does not allow.",
                "Write the fields out.",
                key.span,
            )
            return False
        return True

    def _duplicate(self, key: Scalar, first: Entry) -> None:
        self._problem(
            "duplicate-key",
            f"`{key.text}` is given twice; it stands in line {first.key.span.line} too.",
            "Keep what is true of both, in one of the two lines.",
            key.span,
        )

    def _refuse(self, event: Any) -> bool:
        """Report an anchor, an alias or a tag; whether there is one."""
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent):
            self._problem(
                "forbidden-yaml",
                f"`*{anchor}` refers to an anchor, which a journal does not allow.",
                self._in_quotes(event),
                self._span(event),
            )
        elif anchor is not None:
            self._problem(
                "forbidden-yaml",
                f"`&{anchor}` is a YAML anchor, which a journal does not allow.",
                self._in_quotes(event),
                self._from(event, len(anchor) + 1),
            )
        elif tag is not None:
            self._problem(
                "forbidden-yaml",
                f"`{_short(tag)}` is a YAML tag, which a journal does not allow.",
                self._in_quotes(event),
                self._from(event, len(_short(tag))),
            )
        else:
            return False
        return True

    def _in_quotes(self, event: Any) -> str:
        """How a value is written that means something to YAML."""
        mark = event.start_mark
        line = line_at(self.text, mark.line)
        head, value = line[: mark.column].strip(), line[mark.column :].strip()
        if not value or head[-1:] not in (":", "-"):
            from site_builder.source.line_slips import odd_items

            slip = odd_items(line)
            return slip.help if slip else "Put the value in quotes."
        name, tag = head.removesuffix(":").removeprefix("- "), getattr(event, "tag", None)
        is_text = tag is None or not tag.startswith("tag:yaml.org,2002:")
        return f"Write `{head} {untagged(name, value, is_text)}`."

    def _heading(self, event: Any) -> Scalar | None:
        """An item of a list that is written as the heading of a note, which is a comment."""
        mark = event.start_mark
        match = _HEADING_ITEM.fullmatch(line_at(self.text, mark.line))
        if match is None or event.style or mark.column > match.start(1):
            return None
        line = self.offset + mark.line
        span = Span(self.path, line, match.start(1) + 1, line, match.end(1) + 1)
        return Scalar(match[1], span)

    def _refuse_cut(self, event: Any) -> bool:
        """Warn of a plain value that silently loses its end to a comment; whether all is lost."""
        if event.style:
            return False
        end = event.end_mark
        rest = self.text[end.index : self.text.find("\n", end.index) % (len(self.text) + 1)]
        cut = re.match(r"\s+(#\S.*)", rest) if rest else None
        if cut is None:
            return False
        line, column = self.offset + end.line, end.column + 1 + cut.start(1)
        whole = quoted(f"{event.value} {cut[1]}".strip())
        head = line_at(self.text, event.start_mark.line)[: event.start_mark.column].strip()
        if not event.value:
            whole = unmarked(head.removesuffix(":"), cut[1])
        self._problem(
            "comment-in-value",
            f"`{cut[1]}` is a comment to YAML, so "
            + ("the value ends before it." if event.value else "there is no value."),
            f"Write `{head} {whole}`. For a comment, put a space after `#`.",
            Span(self.path, line, column, line, column + len(cut[1])),
            Severity.WARNING if event.value else Severity.ERROR,
        )
        return not event.value

    def _too_deep(self, here: Span) -> None:
        self._problem(
            "too-large",
            f"YAML is nested more than {MAX_DEPTH} deep here.",
            "Write it flat: values and lists of values.",
            here,
        )

    def _syntax(self, error: yaml.YAMLError) -> None:
        if _TOO_DEEP in str(getattr(error, "problem", "")):
            self._too_deep(self._at(getattr(error, "problem_mark", None)))
        else:
            from site_builder.source.yaml_slips import explain

            message, help, mark = explain(error, self.text)
            self._problem("yaml-syntax", message, help, self._at(mark))

    def _at(self, mark: Any) -> Span:
        """The character at a mark; the beginning where there is none."""
        line, column = (mark.line, mark.column) if mark is not None else (0, 0)
        width = 1 if column < len(line_at(self.text, line)) else 0
        line += self.offset
        return Span(self.path, line, column + 1, line, column + 1 + width)

    def _problem(
        self, code: str, message: str, help: str, span: Span, severity: Severity = Severity.ERROR
    ) -> None:
        self.found.append(Problem(code, message, help, span, severity))

    def _span(self, start: Any, end: Any = None) -> Span:
        first, last = start.start_mark, (end or start).end_mark
        return Span(
            self.path,
            self.offset + first.line,
            first.column + 1,
            self.offset + last.line,
            last.column + 1,
        )

    def _from(self, event: Any, length: int) -> Span:
        mark = event.start_mark
        line = self.offset + mark.line
        return Span(self.path, line, mark.column + 1, line, mark.column + 1 + length)


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


def _short(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!")
