"""Whom else to turn to: the people of a company, or who is in the same deals as a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from site_builder.insights.notes_by_contact import Mention
from site_builder.insights.standing import Standing
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Participant
from site_builder.markup.formats import ago
from site_builder.pages.contact_list import PEOPLE
from site_builder.pages.context import Context
from site_builder.pages.first_few import AT_ONCE
from site_builder.pages.links import NO_LINK, Link, email_link, phone_link, subject_link
from site_builder.pages.note_paths import note_path


class Reachable(NamedTuple):
    """Somebody with the ways to reach them; ``last`` leads to the last real contact."""

    path: str
    name: str
    role: str
    phone: Link
    email: Link
    last: Link


def people_of(
    company: Contact, deals: Sequence[Standing], context: Context
) -> tuple[Reachable, ...]:
    """The people of a company that its page shows, with whom we last were in contact first, each
    with the role in the first of its deals that gives one."""
    last_contact = context.insights.last_contact
    people = context.journal.people_of.get(company.id, ())
    found = [(one, last_contact(one.id)) for one in people]
    found.sort(key=lambda pair: pair[0].name.casefold())
    found.sort(key=lambda pair: pair[1].note.date if pair[1] else dt.date.min, reverse=True)
    roles = _roles(deals)
    return tuple(
        [
            _with_last(one, roles.get(one.id, ""), last, context)
            for one, last in found[: PEOPLE.most]
        ]
    )


def in_same_deals(
    person: Contact, deals: Sequence[Standing], context: Context
) -> tuple[Reachable, ...]:
    """A few of those who take part in a person's deals, in the order of these, each with the role
    in the first of them."""
    contacts, found = context.journal.contacts_by_id, dict[str, Reachable]()
    for part in _parts(deals):
        other = contacts.get(part.contact)
        if other is not None and other is not person and other.id not in found:
            found[other.id] = _reachable(other, part.role, NO_LINK)
            if len(found) == AT_ONCE:
                break
    return tuple(found.values())


def _parts(deals: Sequence[Standing]) -> Iterator[Participant]:
    return (part for one in deals for part in one.deal.contacts)


def _roles(deals: Sequence[Standing]) -> dict[str, str]:
    """In which role each takes part in the first of the deals that gives one."""
    found = dict[str, str]()
    for part in _parts(deals):
        if part.role:
            found.setdefault(part.contact, part.role)
    return found


def _with_last(contact: Contact, role: str, last: Mention | None, context: Context) -> Reachable:
    if last is None:
        return _reachable(contact, role, NO_LINK)
    path = note_path(last.subject, last.note, "../")
    return _reachable(contact, role, Link(ago(last.note.date, context.today), path))


def _reachable(contact: Contact, role: str, last: Link) -> Reachable:
    name, path, _ = subject_link(contact, "../")
    phone, email = phone_link(contact.phone), email_link(contact.email)
    return Reachable(
        path,
        name,
        ", ".join(filter(None, (contact.role, role.replace("-", " ")))),
        phone if contact.phone else NO_LINK,
        email if contact.email else NO_LINK,
        last,
    )
