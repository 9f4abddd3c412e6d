"""What is learned from: a journal of which nothing is left but what its notes date of deals, that
is their moves, values, close dates and estimates. So nothing else can be in what is learned, and a
digest of it tells whether that still holds.
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
from site_builder.journal.note import Note, NoteFields
from site_builder.journal.note_spans import NOWHERE, Places
from site_builder.journal.schema import Schema
from site_builder.journal.team import Person

T = TypeVar("T")
_NOBODY = Person("", "")
_NO_PLACES = Places(NOWHERE)
_STAGE = Kind("stage", Tangibility.INTANGIBLE, KindRole.STAGE)


def past_of(journal: Journal) -> Journal:
    """What is left of a journal."""
    return Journal(_schema(journal.schema), tuple(map(_deal, journal.deals)))


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
        probability_from=schema.probability_from,
    )


def _deal(deal: Deal) -> Deal:
    return Deal(
        deal.id,
        "",
        "",
        _NOBODY,
        deal.pipeline,
        deal.stage,
        created=history.created_on(deal),
        notes=tuple([_note(note) for note in deal.notes if _tells(note)]),
        gaps=deal.gaps,
    )


def _tells(note: Note) -> bool:
    said = note.fields
    return note.stage is not None or not (
        said.value is None and said.close is None and said.probability is None
    )


def _note(note: Note) -> Note:
    said = note.fields
    fields = NoteFields(said.value, said.close, said.probability)
    return Note(note.date, _STAGE, _NO_PLACES, fields=fields, stage=note.stage)


def _row(deal: Deal, _insights: Insights) -> bytes:
    """All that is left of a deal, in bytes."""
    left = _deal(deal)
    notes = [(n.date.toordinal(), n.stage and n.stage.id, *_said(n.fields)) for n in left.notes]
    created = left.created and left.created.toordinal()
    row = (deal.id, deal.pipeline.id, deal.stage.id, created, left.gaps, notes)
    return repr(row).encode("utf-8", "replace")


def _said(fields: NoteFields) -> tuple[str, str, str, str]:
    value = fields.value
    return (
        str(value and value.amount),
        value.currency if value else "",
        str(fields.close),
        str(fields.probability),
    )
