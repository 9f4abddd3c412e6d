"""Deals and contacts as plain values and back, without copying their schema.

What belongs to the schema (stages, people, kinds …) is one object in a journal, and stays
so: it goes by its number, for both sides hold the same schema. So they cross from one process
to another, and are kept between runs. Plain values can run no code.
"""

from __future__ import annotations

import datetime as dt
import marshal
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from decimal import Decimal
from operator import attrgetter
from typing import Any, NamedTuple

from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal, Extra, Participant
from site_builder.journal.kinds import Kind
from site_builder.journal.money import Money
from site_builder.journal.note import NO_FIELDS, DatedText, Note, NoteFields, StepMark
from site_builder.journal.note_spans import Places, UsualPlaces
from site_builder.journal.pipeline import FieldType, Pipeline, Stage, Step
from site_builder.journal.schema import Schema
from site_builder.journal.team import Person
from site_builder.problems.problem import Span
from site_builder.source.yaml_plain import PlainPlaces

_BY_FIELDS: tuple[type[Any], ...] = (
    *(Contact, DatedText, Deal, Extra, Money, Note, NoteFields, Participant, Person, StepMark),
)
_SHARED = (Person, Pipeline, FieldType, Stage, Step, Kind, NoteFields)
_PLAIN = frozenset((str, int, bool, type(None), bytes, frozenset))
_new = tuple.__new__  # makes a named tuple several times as fast as calling its class


class Plain(NamedTuple):
    """A row of plain values, none of which needs a look."""

    row: tuple[Any, ...]


Parts = Callable[[Any], Iterable[Any]]


class Codec:
    """Makes plain values of what a schema's objects are part of, and undoes it. A list is a
    thing, and begins with the number of its kind; all else, and all that is empty, is itself."""

    def __init__(self, schema: Schema) -> None:
        self._to: dict[type, Callable[[Any], Any]] = {tuple: self._row, dict: self._mapping}
        self._from: list[Callable[..., Any]] = []
        self._flat: set[int] = set()
        for kind in _BY_FIELDS:
            self._add(kind, attrgetter(*(field.name for field in fields(kind))), kind)
        self._add(Places, tuple, _by_items(Places))
        self._add_flat(Span, tuple, _by_items(Span))
        self._add_flat(UsualPlaces, tuple, _by_items(UsualPlaces))
        self._add(PlainPlaces, lambda places: places.__reduce__()[1], PlainPlaces)
        self._add_flat(Plain, tuple, lambda row: row)
        self._add_flat(Decimal, lambda number: (str(number),), Decimal)
        self._add_flat(dt.date, lambda day: (day.toordinal(),), dt.date.fromordinal)
        self._add_flat(dt.time, lambda time: (time.hour, time.minute, time.second), dt.time)
        self._add_flat(dt.timedelta, lambda length: (length.days, length.seconds), dt.timedelta)
        self._add_shared(tuple(_shared(schema)))

    def encode(self, made: Any) -> bytes:
        """Anything that a journal is made of, as bytes."""
        return marshal.dumps(self._plain(made))

    def decode(self, data: bytes) -> Any:
        """What ``encode`` was given, in this process or another, with the same schema."""
        return self._made(marshal.loads(data))  # noqa: S302 - our own child's, or behind a digest

    def _add(self, kind: type, parts: Parts, make: Callable[..., Any]) -> None:
        number, to = len(self._from), self._to
        self._from.append(make)

        def thing(made: Any) -> list[Any]:
            return [number, *[to[type(x)](x) if type(x) in to else x for x in parts(made)]]

        to[kind] = thing

    def _add_flat(self, kind: type, parts: Parts, make: Callable[..., Any]) -> None:
        """Add a kind of which all parts are plain, so that none needs a look."""
        number = len(self._from)
        self._from.append(make)
        self._flat.add(number)
        self._to[kind] = lambda made: [number, *parts(made)]

    def _add_shared(self, shared: tuple[object, ...]) -> None:
        at, numbers = len(self._from), {id(one): number for number, one in enumerate(shared)}
        self._from.append(shared.__getitem__)
        self._flat.add(at)
        for kind in _SHARED:
            self._to[kind] = _by_number(at, numbers, self._to.get(kind))

    def _plain(self, made: Any) -> Any:
        to = self._to.get(type(made))
        return made if to is None else to(made)

    def _row(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        to = self._to
        return tuple([to[type(x)](x) if type(x) in to else x for x in row]) if row else row

    def _mapping(self, mapping: dict[str, Any]) -> dict[str, Any]:
        return {key: self._plain(value) for key, value in mapping.items()}

    def _made(self, plain: Any) -> Any:
        kind = type(plain)
        if kind is list:
            if plain[0] in self._flat:
                return self._from[plain[0]](*plain[1:])
            rest = [x if not x or type(x) in _PLAIN else self._made(x) for x in plain[1:]]
            return self._from[plain[0]](*rest)
        if kind is tuple:
            return tuple([x if not x or type(x) in _PLAIN else self._made(x) for x in plain])
        if kind is dict:
            return {key: self._made(value) for key, value in plain.items()}
        return plain


def _by_items(kind: type[Any]) -> Callable[..., Any]:
    return lambda *items: _new(kind, items)


def _by_number(
    at: int, numbers: dict[int, int], otherwise: Callable[[Any], Any] | None
) -> Callable[[Any], Any]:
    def numbered(shared: object) -> Any:
        number = numbers.get(id(shared))
        if number is not None:
            return [at, number]
        if otherwise is None:
            raise ValueError(f"not of this schema: {shared!r}")
        return otherwise(shared)

    return numbered


def _shared(
    schema: Schema,
) -> Iterator[Person | Pipeline | FieldType | Stage | Step | Kind | NoteFields]:
    yield NO_FIELDS
    yield from schema.team.values()
    yield from schema.kinds.values()
    for pipeline in schema.pipelines:
        yield pipeline
        yield from pipeline.fields
        for stage in pipeline.stages:
            yield stage
            yield from stage.steps
