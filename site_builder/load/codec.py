"""Deals and contacts from one process to another, without copying their schema.

What belongs to the schema (stages, people, kinds …) is one object in a journal, and stays
so: it crosses by its number, for both sides hold the same schema.
"""

from __future__ import annotations

import copyreg
import io
from collections.abc import Callable, Iterator
from dataclasses import fields
from operator import attrgetter
from typing import Any

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

_MANY = (Contact, DatedText, Deal, Extra, Money, Note, Participant, StepMark)
_held: list[object] = []


def encoder(schema: Schema) -> Callable[[Any], bytes]:
    """A function that pickles what the schema's objects are part of."""
    numbers = {id(shared): n for n, shared in enumerate(_shared(schema))}

    def by_number(shared: object) -> Any:
        number = numbers.get(id(shared))
        return shared.__reduce_ex__(2) if number is None else (_holder, (number,))

    table: dict[type, Callable[[Any], Any]] = copyreg.dispatch_table.copy()
    table |= {type(s): by_number for s in _shared(schema)}
    table |= {kind: _by_fields(kind) for kind in _MANY}
    table |= {kind: _by_items(kind) for kind in (Span, Places, UsualPlaces)}

    def encode(made: Any) -> bytes:
        import pickle

        target = io.BytesIO()
        pickler = pickle.Pickler(target, protocol=5)
        pickler.dispatch_table = table
        pickler.dump(made)
        return target.getvalue()

    return encode


def decoder(schema: Schema) -> Callable[[bytes], Any]:
    """The function that undoes what an encoder of the same schema did."""
    shared = tuple(_shared(schema))

    def decode(data: bytes) -> Any:
        import pickle

        _held[:] = shared
        try:
            return pickle.loads(data)  # noqa: S301 - our own child's
        finally:
            _held.clear()

    return decode


def _holder(number: int) -> object:
    return _held[number]


def _by_fields(kind: type[Any]) -> Callable[[Any], Any]:
    """A reducer that calls the class with all its fields: much quicker than what dataclasses
    do by themselves."""
    values = attrgetter(*(field.name for field in fields(kind)))
    return lambda made: (kind, values(made))


def _by_items(kind: type[Any]) -> Callable[[Any], Any]:
    return lambda made: (kind, tuple(made))


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
