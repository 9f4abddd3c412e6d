"""All deals of a contact with very many, on as many pages as they need."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from site_builder.insights.standing import Standing
from site_builder.journal.contact import Contact
from site_builder.pages import reads
from site_builder.pages.cards import Card
from site_builder.pages.context import Context
from site_builder.pages.deals import summary
from site_builder.pages.first_few import FirstFew, first_many
from site_builder.pages.links import NO_LINK, Link, numbered, subject_link
from site_builder.pages.page import PageKind
from site_builder.pages.paging import Paging
from site_builder.problems import counting

MOST = 100
"""How many deals the page of a contact shows; this page shows all."""
PER_PAGE = 500


@dataclass(frozen=True, slots=True)
class ContactDeals:
    """One page of a contact's deals. ``pages`` leads to all of them, if several; ``range`` then
    says which of the deals are here."""

    home: Link
    answer: str
    path: str
    range: str
    pages: tuple[Link, ...]
    deals: FirstFew[Card]


class _Key(NamedTuple):
    id: str
    number: int


def deals_of(contact: Contact, context: Context) -> list[Standing]:
    """Open deals first, the most urgent first; then the others, the newest outcome first."""
    deals = context.journal.deals_of.get(contact.id, ())
    found = [context.insights.standings[deal.id] for deal in deals]
    if len(found) < 2:  # as for most contacts
        return found
    opened: list[Standing] = []
    others: list[Standing] = []
    for one in found:
        (opened if one.deal.stage.is_open else others).append(one)
    others.sort(key=lambda one: (one.ended_on or dt.date.min, one.deal.id), reverse=True)
    return [*sorted(opened, key=lambda one: one.urgency), *others]


def more_deals(contact: Contact, count: int) -> Link:
    """From the contact's page to all of so many deals; no link where all are on it."""
    if count <= MOST:
        return NO_LINK
    return Link(f"and {counting.count(count - MOST, 'more deal')}", f"../{_path(contact.id, 1)}")


def contact_deals(context: Context, contact: Contact, number: int) -> ContactDeals:
    """Page ``number``, from 1, of the deals of a contact."""
    found = deals_of(contact, context)
    paging = Paging(len(found), PER_PAGE)
    return ContactDeals(
        subject_link(contact, "../"),
        summary(found, context),
        _path(contact.id, number),
        paging.range(number),
        paging.links(lambda n: _path(contact.id, n)),
        first_many(context.cards_of(paging.part(found, number)), "deal", "deals"),
    )


def _path(id: str, number: int) -> str:
    return numbered(f"contacts/{id}.deals", number)


def _keys(context: Context) -> Iterator[_Key]:
    for id, deals in context.journal.deals_of.items():
        if len(deals) > MOST and id in context.journal.contacts_by_id:
            yield from (_Key(id, n) for n in Paging(len(deals), PER_PAGE).numbers)


PAGE = PageKind(
    "contact_deals",
    view=lambda context, key: contact_deals(
        context, context.journal.contacts_by_id[key.id], key.number
    ),
    keys=_keys,
    path=lambda key: _path(*key),
    reads=lambda context, key: reads.about_contact(context, key.id),
    within="contacts",
)
