"""What is learned from: a journal of which nothing is left but what its notes date of deals, that
is their moves, values, close dates and estimates, real contact, rungs and steps. So nothing else
can be in what is learned, and a digest of it tells whether that still holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import TypeVar

from site_builder.insights.insights import Insights
from site_builder.journal import history
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.journal.kinds import Kind, KindRole, Tangibility
from site_builder.journal.note import NO_FIELDS, Direction, Note, NoteFields, StepMark
from site_builder.journal.note_spans import NOWHERE, Places
from site_builder.journal.schema import Schema
from site_builder.journal.team import Person

T = TypeVar("T")
_NOBODY = Person("", "")
_NO_PLACES = Places(NOWHERE)
_CONTACT = Kind("contact", Tangibility.NEITHER)
_NONE = Kind("", Tangibility.NEITHER, KindRole.MARK)


def past_of(journal: Journal) -> Journal:
    """What is left of a journal."""
    deals = tuple([_deal(deal, journal) for deal in journal.deals])
    return Journal(_schema(journal.schema), deals)


def key_of(insights: Insights) -> bytes:
    """Changes with anything that is left of the journal that is learned from, and with the day."""
    rest = repr((_schema(insights.past.schema), insights.today))
    digest = sha256(rest.encode("utf-8", "replace"))
    for row in each_deal(_row, insights):
        digest.update(row)
    return digest.digest()


def each_deal(find: Callable[[Deal, Insights], T], insights: Insights) -> Iterator[T]:
    """What a function finds of each deal that is learned from."""
    if insights.whole is not None:
        return (find(deal, insights) for deal in insights.whole.deals)
    found = insights.each_deal.of(find)
    return (found[deal.id] for deal in insights.journal.deals)


def _schema(schema: Schema) -> Schema:
    return Schema(
        "",
        schema.currency,
        "",
        schema.pipelines,
        {},
        fiscal_year_starts=schema.fiscal_year_starts,
        rates=schema.rates,
        rungs=schema.rungs,
        probability_from=schema.probability_from,
    )


def _deal(deal: Deal, journal: Journal) -> Deal:
    return Deal(
        deal.id,
        "",
        "",
        _NOBODY,
        deal.pipeline,
        deal.stage,
        created=history.created_on(deal),
        notes=tuple([left for note in deal.notes if (left := _note(note, journal))]),
        gaps=deal.gaps,
    )


def _note(note: Note, journal: Journal) -> Note | None:
    """What is left of a note, if anything is."""
    fields, kind = _fields(note.fields), _kind(note, journal)
    if kind is _NONE and note.stage is None and not note.steps and fields is NO_FIELDS:
        return None
    direction: Direction = "to" if kind is _CONTACT and note.direction == "to" else ""
    steps = tuple([StepMark(mark.step, "", NOWHERE) for mark in note.steps])
    return Note(
        note.date,
        kind,
        _NO_PLACES,
        direction=direction,
        fields=fields,
        stage=note.stage,
        steps=steps,
    )


def _fields(said: NoteFields) -> NoteFields:
    if said.value is None and said.close is None and said.probability is None:
        return NO_FIELDS
    return NoteFields(said.value, said.close, said.probability)


def _kind(note: Note, journal: Journal) -> Kind:
    """A rung, or whether it is real contact."""
    if note.is_rung:
        return note.kind
    return _CONTACT if history.is_contact(note, journal) else _NONE


def _row(deal: Deal, insights: Insights) -> bytes:
    """All that is left of a deal, in bytes."""
    left = _deal(deal, insights.past)
    notes = [(n.date.toordinal(), n.stage and n.stage.id, *_said(n)) for n in left.notes]
    created = left.created and left.created.toordinal()
    row = (deal.id, deal.pipeline.id, deal.stage.id, created, left.gaps, notes)
    return repr(row).encode("utf-8", "replace")


def _said(note: Note) -> tuple[str, ...]:
    fields, value = note.fields, note.fields.value
    return (
        note.kind.id,
        note.direction,
        ",".join([mark.step.id for mark in note.steps]),
        str(value and value.amount),
        value.currency if value else "",
        str(fields.close),
        str(fields.probability),
    )
