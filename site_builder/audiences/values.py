"""The values of fields that an audience is shown, by the types of the fields.

A type that no row here names is shown to nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from site_builder.audiences.texts import Texts
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal, Participant
from site_builder.journal.field_types import TYPES_BY_NAME
from site_builder.journal.fields import Known, attribute
from site_builder.journal.note import DatedText
from site_builder.journal.note_spans import NOWHERE
from site_builder.journal.team import Person


class Shown(NamedTuple):
    """What an audience is shown of whom deals and contacts name: by their ids, the ids that shown
    contacts and deals have for it; the people of the team; and how texts are written."""

    contacts: Mapping[str, str]
    deals: Mapping[str, str]
    people: Mapping[str, Person]
    texts: Texts


# Of which type a value is depends on that of its field.
def _as_it_is(value: Any, _shown: Shown) -> Any:
    return value


def _text(value: str, shown: Shown) -> str:
    return shown.texts.free(value)


def _text_or_value(value: Any, shown: Shown) -> Any:
    return shown.texts.free(value) if isinstance(value, str) else value


def _participant(value: Participant, shown: Shown) -> Participant | None:
    id = shown.contacts.get(value.contact)
    return Participant(id, shown.texts.free(value.role)) if id else None


def _dated(value: DatedText, shown: Shown) -> DatedText:
    return DatedText(value.date, shown.texts.free(value.text), NOWHERE)


_BY_TYPE: Mapping[str, Callable[[Any, Shown], Any]] = {
    "text": _text,
    "source": _text,
    "lost-reason": _text,
    "date-or-text": _text_or_value,
    "money-or-text": _text_or_value,
    "participant": _participant,
    "dated-text": _dated,
    "contact": lambda value, shown: shown.contacts.get(value),
    "deal": lambda value, shown: shown.deals.get(value),
    "person": lambda value, shown: shown.people.get(value.id),
    **dict.fromkeys(
        "number money percent date duration interval yes/no choice url email phone level".split(),
        _as_it_is,
    ),
}
_TITLES = ("title", "name")
_ELSEWHERE = ("stage", "pipeline", "source")
"""Types whose values are part of the schema, which makes them, or say more than one thing."""


def projected(value: Any, type: str, shown: Shown) -> Any:
    """What is shown of a value; None where nothing is."""
    project = _BY_TYPE.get(type)
    return project(value, shown) if project and type in TYPES_BY_NAME else None


def listed_values(
    subject: Deal | Contact, known: Mapping[str, Known], names: tuple[str, ...], shown: Shown
) -> Iterator[tuple[str, Any]]:
    """The attributes of a deal or contact that the fields of some names give it, as shown."""
    for name in names:
        field = known.get(name)
        if field is None or field.type in _ELSEWHERE:
            continue
        for attr in _attributes(name):
            value = _value(getattr(subject, attr), name, field, shown)
            if value is not None:
                yield attr, value
    if "source" in names and isinstance(subject, Deal):
        yield from _source(subject, shown)


def _source(deal: Deal, shown: Shown) -> Iterator[tuple[str, Any]]:
    """Where a deal comes from; nothing of a referral by a contact who is not shown."""
    if not deal.referral:
        yield "source", shown.texts.free(deal.source)
    elif id := shown.contacts.get(deal.referral):
        yield from (("source", f"referral {id}"), ("referral", id))


def _attributes(name: str) -> tuple[str, ...]:
    return ("is_company",) if name == "type" else (attribute(name),)


def _value(value: Any, name: str, field: Known, shown: Shown) -> Any:
    if value is None:
        return None
    if name in _TITLES:
        return shown.texts.linked(value)
    if not field.is_list:
        return projected(value, field.type, shown)
    every = [projected(one, field.type, shown) for one in value]
    return tuple([one for one in every if one is not None])
