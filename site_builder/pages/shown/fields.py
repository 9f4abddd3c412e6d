"""What the listed fields of deals and contacts say, in words and links."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal, Participant
from site_builder.journal.field_types import TYPES_BY_NAME
from site_builder.journal.fields import CONTACT_FIELDS, DEAL_FIELDS, Known, attribute
from site_builder.journal.note import DatedText
from site_builder.journal.pipeline import Pipeline, Stage
from site_builder.journal.team import Person
from site_builder.markup import formats
from site_builder.pages.context import Context
from site_builder.pages.facts import Fact, extra_fact, linked, yes_no
from site_builder.pages.links import (
    NO_LINK,
    Link,
    address_link,
    contact_link,
    deal_path,
    email_link,
    listed,
    named,
    phone_link,
)
from site_builder.parse.ids import titled

_LABELS = {"close": "Expected close", "next": "Next step", "need": "Need it", "want": "Want it"}
_LINKS: Mapping[str, Callable[[str], Link]] = {
    "url": address_link,
    "email": email_link,
    "phone": phone_link,
}
# Of which type a value is depends on that of its field.
_WORDS: Mapping[str, Callable[[Any], str]] = {
    "money": formats.money,
    "percent": formats.percent,
    "date": formats.short_day,
    "yes/no": yes_no,
    "interval": formats.duration,
}
_ALONE = ("title", "name", "tags", "contacts")
"""Fields that pages show apart from the others."""


def label_of(name: str) -> str:
    """What a field is called."""
    return _LABELS.get(name) or titled(name)


def facts_of(subject: Deal | Contact, context: Context, up: str) -> tuple[Fact, ...]:
    """The listed fields of a deal or contact that say anything, in the order of the format."""
    return tuple(_facts(subject, context, up))


def fact_of(subject: Deal | Contact, name: str, context: Context, up: str) -> Fact:
    """What a field says; an empty fact where it says nothing."""
    known, label = _fields_of(subject)[name], label_of(name)
    value = getattr(subject, attribute(name))
    if name == "source" and isinstance(subject, Deal) and subject.referral:
        return linked("Referral from", _party(subject.referral, context, up))
    every = value if known.is_list else (value,)
    links = [_said(one, known, context, up) for one in every if one not in (None, "")]
    return linked(label, *listed([link for link in links if link != NO_LINK]))


def text_of(fact: Fact) -> str:
    """What a fact says, in one line."""
    return fact.text or ", ".join(link.text for link in fact.links)


def _fields_of(subject: Deal | Contact) -> Mapping[str, Known]:
    """The fields that there are of deals or of contacts."""
    return DEAL_FIELDS if isinstance(subject, Deal) else CONTACT_FIELDS


def listed_of(subject: Deal | Contact, context: Context) -> tuple[str, ...]:
    """The names that are listed of deals or of contacts."""
    audience = context.audience
    return audience.deals if isinstance(subject, Deal) else audience.contacts


def _facts(subject: Deal | Contact, context: Context, up: str) -> Iterator[Fact]:
    names = listed_of(subject, context)
    for name in _fields_of(subject):
        if name in names and name not in _ALONE:
            fact = fact_of(subject, name, context, up)
            if text_of(fact):
                yield fact
    if isinstance(subject, Deal):
        yield from (extra_fact(extra, context.journal, up) for extra in subject.extras)


def _said(value: Any, known: Known, context: Context, up: str) -> Link:
    if known.type == "contact":
        return _party(value, context, up)
    match value:
        case Participant():
            return _party(value.contact, context, up)
        case DatedText():
            day = formats.near_day(value.date, context.today)
            return Link(f"{day}: {named(value.text, context.journal)}".rstrip(": "))
        case Person() | Pipeline() | Stage():
            return Link(value.name)
        case str():
            link = _LINKS.get(known.type)
            return link(value) if link else Link(named(value, context.journal))
    write = _WORDS.get(known.type, TYPES_BY_NAME[known.type].write)
    return Link(write(value))


def _party(id: str, context: Context, up: str) -> Link:
    """A contact or deal of an id, which is there: others are not in the journal."""
    deal = context.journal.deals_by_id.get(id)
    if context.journal.contact(id) is None and deal is not None:
        return Link(deal.title, up + deal_path(deal))
    return contact_link(context.journal, id, up)
