"""Front matter to typed values, every reference checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from site_builder import values
from site_builder.diagnostics import Span
from site_builder.fields import CONTACT_FIELDS, DEAL_FIELDS, Known
from site_builder.meanings import SIMPLE, Meanings, meanings
from site_builder.model import (
    DatedText,
    Money,
    Participant,
    Person,
    Pipeline,
    Schema,
    Step,
)
from site_builder.reading import MAX_GUESSES, Reader, is_id
from site_builder.source import Document
from site_builder.suggest import nearest
from site_builder.values import Bad
from site_builder.yaml_nodes import Entry, Listing, Node, Report, Scalar
from site_builder.yaml_plain import PlainMapping


@dataclass(frozen=True)
class Referents:
    """What a file may refer to: the schema, and the ids of all contacts and deals, also of
    those whose own files are broken."""

    schema: Schema
    contacts: frozenset[str]
    deals: frozenset[str]

    @cached_property
    def fields(self) -> Mapping[str, Mapping[str, Known]]:
        """The fields of deals, by the pipeline's id and the name."""
        return {
            pipeline.id: DEAL_FIELDS
            | {f.name: Known(f.type, options=f.options) for f in pipeline.fields}
            for pipeline in self.schema.pipelines
        }

    @cached_property
    def meanings(self) -> Mapping[str, Meanings]:
        """What texts mean in the fields of deals, by the pipeline's id."""
        return {
            pipeline.id: meanings(self.fields[pipeline.id], self.schema, *self._ids, pipeline)
            for pipeline in self.schema.pipelines
        }

    @cached_property
    def contact_meanings(self) -> Meanings:
        """What texts mean in the fields of contacts."""
        return meanings(CONTACT_FIELDS, self.schema, *self._ids)

    @cached_property
    def _ids(self) -> tuple[Mapping[str, str], Mapping[str, str]]:
        return {id: id for id in self.contacts}, {id: id for id in self.deals}

    @cached_property
    def steps(self) -> Mapping[str, Mapping[str, Step]]:
        """The steps of all stages, by the pipeline's id and their own."""
        return {
            pipeline.id: {step.id: step for stage in pipeline.stages for step in stage.steps}
            for pipeline in self.schema.pipelines
        }


_NOTHING = (None, "", ())


class Typed(Reader):
    """Types the fields of one document."""

    where = ""
    subject = ""

    def __init__(self, document: Document, known: Referents, report: Report) -> None:
        super().__init__(report)
        self.document = document
        self.known_ids = known
        self.schema = known.schema
        self.pipeline: Pipeline | None = None
        self.own_id = ""
        self.spans: Mapping[str, Span] = {}

    # --- fields -----------------------------------------------------------------------

    def fields(self, known: Mapping[str, Known], meanings: Meanings) -> dict[str, Any]:
        """The front matter's fields by name, typed; empty and bad ones are left out."""
        front = self.document.front
        if isinstance(front, PlainMapping):
            return self._plain_fields(front, known, meanings)
        found: dict[str, Any] = {}
        spans: dict[str, Span] = {}
        for entry in front.entries:
            name, node = entry.key.text, entry.value
            value = self._field(entry, known)
            if value or value not in _NOTHING:
                found[name] = value
                spans[name] = node.span
            elif name not in known:
                continue
            elif not is_unset(node) and not (name in spans and _is_lost_entry(node)):
                spans[name] = node.span
        self.spans = spans
        return found

    def _plain_fields(
        self, front: PlainMapping, known: Mapping[str, Known], meanings: Meanings
    ) -> dict[str, Any]:
        """The same of plain lines, most of which need no node, and none of which is unset."""
        found: dict[str, Any] = {}
        strange: list[str] = []
        single, many = meanings
        for row, (name, plain, listed) in enumerate(front.lines):
            if plain:
                value = single[name](plain) if name in single else None
            else:
                value = many[name](listed) if name in many else None
            if value is None:
                value = self._field(front.entry(row), known)
                if name not in known:
                    strange.append(name)
            if value or value not in _NOTHING:
                found[name] = value
        self.spans = front.places(tuple(strange))
        return found

    def _field(self, entry: Entry, known: Mapping[str, Known]) -> Any:
        """The value of a field; None where it is none, which is reported."""
        name, node = entry.key.text, entry.value
        kind = known.get(name)
        if kind is not None:
            return self._values(name, kind, node) if kind.is_list else self._value(name, kind, node)
        if not name.startswith("x-") and not entry.key.is_lost:
            self._unknown(entry, known)
        return None

    def _unknown(self, entry: Entry, names: Iterable[str]) -> None:
        self.unknown_field(entry.key.text, f"a {self.where}", names, entry.key.span)

    def _values(self, name: str, known: Known, node: Node) -> tuple[Any, ...]:
        made = [self._value(name, known, item) for item in self.items(name, node)]
        return tuple([value for value in made if value or value not in _NOTHING])

    def _value(self, name: str, known: Known, node: Node) -> Any:
        if known.type in _TEXTS or (known.type == "lost-reason" and not self.schema.lost_reasons):
            return self.text(name, node)
        scalar = self.scalar(name, node)
        if scalar is None:
            return None
        if known.type in SIMPLE:
            return self.good(SIMPLE[known.type](scalar.text), scalar.span)
        if known.type == "choice":
            return self.good(values.choice(scalar.text, known.options), scalar.span)
        return self.readers[known.type](self, scalar)

    def missing(self, found: Mapping[str, Any], required: Iterable[str]) -> tuple[str, ...]:
        """Report required fields that are not there; the names of those without a good value."""
        for name in required:
            if name not in found and name not in self.spans and not self._is_lost:
                self.problem(
                    "missing-field",
                    f"This {self.where} has no `{name}`.",
                    f"Add a line `{name}: …` to its front matter.",
                    Span.start_of(self.document.path),
                )
        return tuple([name for name in required if name not in found])

    @property
    def _is_lost(self) -> bool:
        """Whether nothing of the front matter could be read, so that nothing is missing."""
        written = self.document.front.entries
        return not self.document.whole and all(_is_lost_entry(e.value) for e in written)

    # --- references -------------------------------------------------------------------

    def _contact(self, scalar: Scalar) -> str | None:
        return self._reference(scalar, self.known_ids.contacts, "contact")

    def _deal(self, scalar: Scalar) -> str | None:
        return self._reference(scalar, self.known_ids.deals, "deal")

    def _reference(self, scalar: Scalar, ids: frozenset[str], what: str) -> str | None:
        if scalar.text in ids:
            return scalar.text
        self._unknown_id(scalar.text, ids, what, scalar.span)
        return None

    def _unknown_id(self, text: str, ids: frozenset[str], what: str, span: Span) -> None:
        self.guesses += 1
        best = nearest(text, ids) if self.guesses <= MAX_GUESSES else None
        if best:
            help = f"Did you mean `{best}`?"
        elif is_id(text):
            help = f"Create `{what}s/{text}.md`, or name one that is there."
        else:
            help = f"Write the id of a {what}: its file's name without the ending."
        self.problem(f"unknown-{what}", f"There is no {what} `{text}`.", help, span)

    def _person(self, scalar: Scalar) -> Person | None:
        return self._member(scalar.text, scalar.span)

    def _money(self, scalar: Scalar) -> Money | None:
        return self.money(scalar, self.schema.currency)

    def _member(self, text: str, span: Span) -> Person | None:
        person = self.schema.team.get(text)
        if person is None:
            self.problem(
                "unknown-person",
                f"`{text}` is not in the team.",
                self.guess(text, self.schema.team, "The team")
                or "Add them to `team` in pipeline.yml.",
                span,
            )
        return person

    def _participant(self, scalar: Scalar) -> Participant | None:
        id, _, role = scalar.text.strip().partition(" ")
        if id in self.known_ids.contacts:
            return Participant(id, role.strip())
        self._unknown_id(id, self.known_ids.contacts, "contact", _first_word(scalar, id))
        return None

    def _level(self, scalar: Scalar) -> str | None:
        if not self.schema.levels:
            self.invalid(
                "This journal has no levels.",
                "Write them in pipeline.yml: `levels: [shopper, client]`.",
                scalar.span,
            )
            return None
        return self.good(values.choice(scalar.text, self.schema.levels), scalar.span)

    def _lost_reason(self, scalar: Scalar) -> str | None:
        options = (*self.schema.lost_reasons, "other")
        return self.good(values.choice(scalar.text, options), scalar.span)

    def _dated_text(self, scalar: Scalar) -> DatedText | None:
        word, _, text = scalar.text.partition(" ")
        date = values.date(word)
        if isinstance(date, Bad):
            self.invalid(
                date.message,
                f"Write `{meant} {text.strip() or 'Call Jane'}`."
                if (meant := values.meant_date(word))
                else "Write a date and a text: `2026-11-24 Call Jane`.",
                _first_word(scalar, word),
            )
            return None
        if not text.strip():
            self.invalid(
                f"Behind `{word}` nothing says what.",
                f"Write what it is: `{word} Call Jane`.",
                scalar.span,
            )
            return None
        return DatedText(date, text.strip(), scalar.span)

    readers: ClassVar[dict[str, Callable[[Any, Scalar], Any]]] = {
        "money": _money,
        "contact": _contact,
        "deal": _deal,
        "person": _person,
        "participant": _participant,
        "level": _level,
        "dated-text": _dated_text,
        "lost-reason": _lost_reason,
    }
    """What types of one line more than their text is needed for are read by."""


def is_unset(node: Node) -> bool:
    """Whether nothing is written there, which is as good as no field."""
    if isinstance(node, Scalar):
        return (not node.text or node.text.isspace()) and not node.is_lost
    return isinstance(node, Listing) and all(map(is_unset, node.items))


def _is_lost_entry(node: Node) -> bool:
    return isinstance(node, Scalar) and node.is_lost


def _first_word(node: Scalar, word: str) -> Span:
    column = node.span.column + (1 if node.style in ("'", '"') else 0)
    return Span(node.span.path, node.span.line, column, node.span.line, column + len(word))


_TEXTS = ("text", "source")
