"""Whom deals and contacts name: in their fields, in those of their notes, and in links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal

_LINK = re.compile(r"\[\[([^\[\]|\\#]*)")


def named_by(journal: Journal, deals: Iterable[Deal], contacts: Iterable[Contact]) -> set[str]:
    """The ids of the contacts that some deals and contacts name in any way, of those who introduced
    these, and of the people of their companies."""
    by_id = journal.contacts_by_id
    named = {id for deal in deals for id in _by_deal(deal)}
    named |= {id for contact in contacts for id in _by_notes(contact)}
    named |= {contact.id for id in named for contact in journal.people_of.get(id, ())}
    known = [by_id[id] for id in named if id in by_id]
    named |= {contact.introduced_by for contact in (*known, *contacts)}
    return named & by_id.keys()


def _by_deal(deal: Deal) -> Iterator[str]:
    yield from deal.people
    yield deal.referral
    yield from (extra.value for extra in deal.extras if isinstance(extra.value, str))
    yield from _links(deal.their_win)
    yield from _links(deal.our_win)
    if deal.next is not None:
        yield from _links(deal.next.text)
    yield from _by_notes(deal)


def _by_notes(subject: Deal | Contact) -> Iterator[str]:
    yield from _links(subject.summary)
    for note in subject.notes:
        yield from note.parties
        yield note.fields.who
        yield from _links(note.headline)
        yield from _links(note.text)


def _links(text: str) -> Iterable[str]:
    """The ids that links in a text lead to."""
    return (_id(link) for link in _LINK.findall(text)) if "[[" in text else ()


def _id(link: str) -> str:
    return link.rpartition("/")[2].strip()
