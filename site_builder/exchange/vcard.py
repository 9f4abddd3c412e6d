"""Contacts as vCards (RFC 2426, version 3.0, which address books of all ages read)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from site_builder.journal.contact import Contact
from site_builder.journal.journal import Journal
from site_builder.markup.content_lines import escaped, folded

_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")


def vcards(contacts: Iterable[Contact], journal: Journal) -> str:
    """A card for each. Companies of people are called as the journal calls them."""
    return "".join(f"{line}\r\n" for one in contacts for line in _card(one, journal))


def _card(contact: Contact, journal: Journal) -> Iterator[str]:
    for name, value in _properties(contact, journal):
        if value:
            yield from folded(f"{name}:{value}")


def _properties(contact: Contact, journal: Journal) -> Iterator[tuple[str, str]]:
    company = journal.contact(contact.company) if contact.company else None
    organisation = contact.name if contact.is_company else company.name if company else ""
    yield "BEGIN", "VCARD"
    yield "VERSION", "3.0"
    yield "FN", _text(contact.name)
    # Which of its words is the family's name nobody can know.
    yield "N", f";{'' if contact.is_company else _text(contact.name)};;;"
    yield "ORG", _text(organisation)
    yield "X-ABSHOWAS", "COMPANY" if contact.is_company else ""
    yield "TITLE", _text(contact.role)
    yield "EMAIL;TYPE=INTERNET", _text(contact.email)
    yield "TEL", _text(contact.phone)
    for url in (contact.website, *contact.social):
        yield "URL", _CONTROLS.sub("", url)
    yield "CATEGORIES", ",".join(map(_text, contact.tags))
    yield "END", "VCARD"


def _text(text: str) -> str:
    return escaped(_CONTROLS.sub("", " ".join(text.split())))
