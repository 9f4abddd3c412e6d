"""Whom deals and contacts name: in their fields, in those of their notes, and in links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from site_builder.insights.named import named_in, texts_of
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal

_LINK = re.compile(r"\[\[([^\[\]|\\#]*)")
"""Also a link that leads nowhere, as to a heading: it tells all the same who is meant."""


def named_by(journal: Journal, deals: Iterable[Deal], contacts: Iterable[Contact]) -> set[str]:
    """The ids of the contacts that some deals and contacts name in any way, of the people of their
    companies, and of those who introduced any of these or were introduced by one of them."""
    by_id = journal.contacts_by_id
    subjects: list[Deal | Contact] = [*deals, *contacts]
    named = {id for subject in subjects for id in _by(subject)}
    named |= {contact.id for id in named for contact in journal.people_of.get(id, ())}
    named &= by_id.keys()
    introduced = {contact.id for contact in journal.contacts if contact.introduced_by in named}
    return (named | introduced | {by_id[id].introduced_by for id in named}) & by_id.keys()


def _by(subject: Deal | Contact) -> Iterator[str]:
    """The ids that a file names, those of contacts among them."""
    yield from (_id(name) for name in named_in(subject))
    for text in texts_of(subject):
        yield text  # that of a field of a pipeline may be an id and no more
        yield from (_id(link) for link in _LINK.findall(text) if "[[" in text)


def _id(name: str) -> str:
    return name.rpartition("/")[2].strip()
