"""Front matter to typed values, every reference checked.

Values by the names of their fields are `Any`: of which type one is depends on the field.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any, ClassVar

from site_builder.journal import values
from site_builder.journal.fields import Known
from site_builder.journal.money import Money
from site_builder.journal.note import DatedText
from site_builder.journal.pipeline import Pipeline
from site_builder.journal.values import Bad
from site_builder.parse.plain_values import SIMPLE, Meanings
from site_builder.parse.references import Referents, Referring, stretch
from site_builder.problems import field_names, wording
from site_builder.problems.patterns import late
from site_builder.problems.problem import Severity, Span
from site_builder.problems.suggest import listed
from site_builder.source.document import Document
from site_builder.source.flat import side_by_side, split
from site_builder.source.yaml_nodes import Entry, Listing, Node, Report, Scalar, is_empty, is_lost
from site_builder.source.yaml_plain import PlainMapping

LOST_NOTES = "notes"
_SEVERAL = late(r",(?![0-9])|;")
_NOTHING = (None, "", ())


class Typed(Referring):
    """Types the fields of one document."""

    where = ""
    subject = ""

    def __init__(self, document: Document, known: Referents, report: Report) -> None:
        super().__init__(known, report)
        self.document = document
        self.pipeline: Pipeline | None = None
        self.own_id = ""
        self.spans: Mapping[str, Span] = {}
        self._meant: dict[str, Span] = {}

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
            elif not is_unset(node) and not (name in spans and is_lost(node)):
                spans[name] = node.span
        self.spans = self._with_meant(spans)
        return found

    def _plain_fields(
        self, front: PlainMapping, known: Mapping[str, Known], meanings: Meanings
    ) -> dict[str, Any]:
        """The same of plain lines, most of which need no node, and none of which is unset."""
        found: dict[str, Any] = {}
        strange: list[str] = []
        single, many = meanings
        for row, (name, plain, flow) in enumerate(front.lines):
            if plain:
                value = single[name](plain) if name in single else None
            else:
                value = many[name](flow) if name in many else None
            if value is None:
                value = self._field(front.entry(row), known)
                if name not in known:
                    strange.append(name)
            if value or value not in _NOTHING:
                found[name] = value
        self.spans = self._with_meant(front.places(tuple(strange)))
        return found

    def _with_meant(self, spans: Mapping[str, Span]) -> Mapping[str, Span]:
        """The places of fields, with those of fields whose names are misspelt: they are not
        missing."""
        return {**self._meant, **spans} if self._meant else spans

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
        name, help = entry.key.text, ""
        if name == LOST_NOTES and not self.document.path.endswith(".md"):
            return
        if not self.document.path.endswith(".md"):
            names = (*names, "summary", "notes")
        elif field_names.is_text(name):
            help = (
                "Write it below the closing `---`: a note as `## DATE note` with its text below, "
                f"a summary as it is. Or write {field_names.kept(name, name)}."
            )
        where, given = f"a {self.where}", self._given
        meant = self.unknown_field(name, where, names, entry.key.span, given, help)
        if meant:
            self._meant.setdefault(meant, entry.value.span)

    @cached_property
    def _given(self) -> frozenset[str]:
        return frozenset(entry.key.text for entry in self.document.front.entries)

    def _values(self, name: str, known: Known, node: Node) -> tuple[Any, ...]:
        items = self.items(name, node)
        made = [self._value(name, known, item) for item in items if self._is_one(known, name, item)]
        return tuple([value for value in made if value or value not in _NOTHING])

    def _is_one(self, known: Known, name: str, item: Scalar) -> bool:
        """Whether an item of a list is no address beside another; of a text that may be meant as
        several, a warning says so."""
        if known.type == "url":
            several, is_bad = _addresses(item.text), True
        else:
            several, is_bad = _texts_in(item) if known.type == "text" else [], False
        if len(several) < 2:
            return True
        message = f"`{item.text}` is one value of `{name}`."
        help = side_by_side(self.in_block, item, several)
        if is_bad:
            self.invalid(message, help, item.span)
        else:
            help = f"{help[:-1]}; where it is one, put it in quotes."
            self.problem("several-in-one", message, help, item.span, Severity.WARNING)
        return not is_bad

    def _value(self, name: str, known: Known, node: Node) -> Any:
        if known.type in _TEXTS or (known.type == "lost-reason" and not self.schema.lost_reasons):
            return self.text(name, node)
        scalar = self.scalar(name, node)
        if scalar is None:
            return None
        if known.type == "percent":
            percent = self.good(values.percent(scalar.text), scalar.span)
            if percent is not None:
                self.clear_percent(scalar, percent, is_probability=name == "probability")
            return percent
        if known.type in SIMPLE:
            read = self._day_that_came if name == "created" else SIMPLE[known.type]
            return self.typed_text(name, scalar, read)
        if known.type == "choice":
            return self.good(values.choice(scalar.text, known.options), scalar.span)
        return self.readers[known.type](self, scalar)

    def _day_that_came(self, text: str) -> dt.date | Bad:
        """A day; of a month that is not over yet, no last day is proposed."""
        date = values.date(text)
        if not isinstance(date, Bad) or not (last := values.last_day(text)):
            return date
        if last <= self.known_ids.begun:
            return date
        gaps = wording.with_gaps(text)
        return Bad(date.message, f"{wording.how_to_fill(gaps)} `{gaps}`.")

    def gaps(self, found: Mapping[str, Any], required: Iterable[str]) -> tuple[str, ...]:
        """Report required fields that are not there; what there is no good value of, and the
        notes if those could not be read."""
        missing = self.missing(found, required)
        if self.document.path.endswith(".md"):
            return missing
        lacks_notes = LOST_NOTES in self._given or LOST_NOTES in self._meant
        return (*missing, LOST_NOTES) if lacks_notes else missing

    def missing(self, found: Mapping[str, Any], required: Iterable[str]) -> tuple[str, ...]:
        """Report required fields that are not there; the names of those without a good value."""
        missing = tuple([name for name in required if name not in found])
        for name in missing:
            if name not in self.spans and not self._is_lost:
                self._is_missing(name)
        return missing

    def _is_missing(self, name: str) -> None:
        empty = self.document.front.get(name)
        self.problem(
            "missing-field",
            f"This {self.where} has no `{name}`.",
            f"Write it behind `{name}:`."
            if empty
            else f"Add a line `{name}: …` to its front matter.",
            empty.span if empty else Span.start_of(self.document.path),
        )

    @property
    def _is_lost(self) -> bool:
        """Whether nothing of the front matter could be read, so that nothing is missing."""
        written = self.document.front.entries
        return not self.document.whole and all(is_lost(e.value) for e in written)

    # --- values that need the schema ---------------------------------------------------

    def _money(self, scalar: Scalar) -> Money | None:
        return self.money(scalar, self.schema.currency)

    def _level(self, scalar: Scalar) -> str | None:
        if not self.schema.levels and "levels" not in self.schema.unsure:
            self.invalid(
                "This journal has no levels.",
                "Write them in pipeline.yml: `levels: [shopper, client]`.",
                scalar.span,
            )
            return None
        return self._of_ours("levels", scalar, self.schema.levels)

    def _lost_reason(self, scalar: Scalar) -> str | None:
        options = (*self.schema.lost_reasons, "other")
        return self._of_ours("lost-reasons", scalar, options)

    def _of_ours(self, part: str, scalar: Scalar, options: tuple[str, ...]) -> str | None:
        """One of the options that a part of pipeline.yml names, if that could be read whole."""
        value = values.choice(scalar.text, options)
        if isinstance(value, Bad) and part in self.schema.unsure:
            return None
        return self.good(value, scalar.span)

    def _undated(self, scalar: Scalar, bad: Bad) -> None:
        days, text = wording.dated(scalar.text)
        days = tuple(day for day in days if not isinstance(values.date(day), Bad))
        if not days:
            help = "Write a date and a text: `2026-11-24 Call Jane`."
            if bad.help.startswith("The last day"):
                help = bad.help
            word = scalar.text.partition(" ")[0]
            self.invalid(bad.message, help, stretch(scalar, 0, len(word)))
            return
        written = listed([f"{day} {text or 'Call Jane'}" for day in days], " or ")
        message = f"`{scalar.text}` does not begin with a date and a blank."
        self.invalid(message, f"Write {written}.", scalar.span)

    def _dated_text(self, scalar: Scalar) -> DatedText | None:
        word, _, text = scalar.text.partition(" ")
        date = values.date(word)
        if isinstance(date, Bad):
            self._undated(scalar, date)
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
        **Referring.readers,
        "money": _money,
        "level": _level,
        "dated-text": _dated_text,
        "lost-reason": _lost_reason,
    }
    """What types of one line more than their text is needed for are read by."""


def is_unset(node: Node) -> bool:
    """Whether nothing is written there, which is as good as no field."""
    return is_empty(node) or (isinstance(node, Listing) and all(map(is_unset, node.items)))


def _addresses(text: str) -> list[str]:
    """The addresses that stand side by side in a text of nothing else."""
    words = [word.strip(",;") for word in text.split()]
    return [] if any(isinstance(values.url(word), Bad) for word in words) else words


def _texts_in(item: Scalar) -> list[str]:
    """What a text in a list may be meant as, unless it is in quotes."""
    return split(item.text) if not item.style and _SEVERAL.search(item.text) else []


_TEXTS = ("text", "source")
