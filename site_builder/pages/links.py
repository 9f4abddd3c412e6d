"""Where everything has its page, and links there.

Addresses are relative to the site's root; views of pages in folders put ``../`` before
them. All texts are plain; templates escape them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import quote
from zlib import crc32

from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.source.links import with_names


class Link(NamedTuple):
    """A text, and where it leads; plain text where ``path`` is empty. ``lead`` stands before
    it: the comma of a list."""

    text: str
    path: str = ""
    lead: str = ""


NO_LINK = Link("")
FORECAST = "forecast.html"
"""The page of the forecast, to which others lead."""
FORECAST_SHARES = 16
"""On so many pages the forecast of each deal is told, where there are many."""
FOLLOW_UPS = "follow-ups.html"
"""The page of all that is due, to which others lead."""


class Involved(NamedTuple):
    """Someone of a deal or company, by the page that there may be, and in what role."""

    text: str
    path: str
    role: str


def listed(links: Iterable[Link]) -> tuple[Link, ...]:
    """The links with commas between them."""
    return tuple(
        Link(link.text, link.path, ", ") if place else link for place, link in enumerate(links)
    )


def deal_path(deal: Deal) -> str:
    """The address of a deal's page."""
    return f"deals/{deal.id}.html"


def forecast_share(deal: Deal, *, has_heaps: bool) -> int:
    """On which page, from 1, it is said how probable an open deal is: it follows from the deal
    alone, where a journal has so many that there are several."""
    return crc32(deal.id.encode()) % FORECAST_SHARES + 1 if has_heaps else 1


def forecast_page(share: int) -> str:
    """The address of such a page."""
    return numbered("forecast-deals", share)


def forecast_row(deal: Deal) -> str:
    """The anchor of a deal there."""
    return f"deal-{deal.id}"


def contact_path(contact: Contact) -> str:
    """The address of a contact's page."""
    return f"contacts/{contact.id}.html"


def subject_link(subject: Deal | Contact, up: str = "") -> Link:
    """A deal by title or a contact by name."""
    if isinstance(subject, Deal):
        return Link(subject.title, up + deal_path(subject))
    return Link(subject.name, up + contact_path(subject))


def numbered(name: str, number: int) -> str:
    """The address of a page, from 1, of several of a name: ``stale.html``, ``stale.2.html``. Ids
    hold no dots, so that no two lists share an address."""
    return f"{name}.{number}.html" if number > 1 else f"{name}.html"


def filtered(path: str, query: str) -> str:
    """The address of a list of deals of which scripts show those that a query means."""
    return f"{path}?q={quote(query, safe=':,').replace('%20', '+')}"


def stage_page(pipeline: str, stage: str, number: int = 1) -> str:
    """The address of a stage's list of deals, or of a further page of it."""
    return numbered(f"deals-{pipeline}.{stage}", number)


def view_page(id: str, number: int = 1) -> str:
    """The address of a saved view's deals, or of a further page of them."""
    return numbered(f"view-{id}", number)


def board_page(pipeline: str) -> str:
    """The address of a pipeline's board."""
    return f"board-{pipeline}.html"


def feed_path(person: str = "") -> str:
    """The address of the calendar feed of what is due, of all or of one of the team."""
    return f"follow-ups-{person}.ics" if person else "follow-ups.ics"


def handover_path(person: str) -> str:
    """The address of the page of all that one of the team would hand over."""
    return f"handover-{person}.html"


def contact_link(journal: Journal, id: str, up: str = "") -> Link:
    """A contact by name; the bare id where its file could not be understood."""
    contact = journal.contacts_by_id.get(id)
    return Link(contact.name, up + contact_path(contact)) if contact else Link(id)


def party_link(journal: Journal, id: str, up: str = "") -> Link:
    """Whoever takes part in a note: a contact with a page, or one of the team."""
    contact = journal.contacts_by_id.get(id)
    if contact is not None:
        return Link(contact.name, up + contact_path(contact))
    person = journal.schema.team.get(id)
    return Link(person.name if person else id)


def subject_page(journal: Journal, id: str, up: str = "") -> tuple[str, str] | None:
    """The address and the name of the deal or contact of an id; None where it has no page."""
    subject = journal.deals_by_id.get(id) or journal.contacts_by_id.get(id)
    if subject is None:
        return None
    link = subject_link(subject, up)
    return link.path, link.text


def named(text: str, journal: Journal) -> str:
    """A text that is no Markdown, with names in place of the links in it."""

    def name(id: str, words: str) -> str | None:
        page = subject_page(journal, id)
        return page and (words or page[1])

    return with_names(text, name)


def address_link(url: str) -> Link:
    """A web address, shown without its scheme."""
    return Link(url.removeprefix("https://").removeprefix("http://").rstrip("/"), url)


def email_link(email: str) -> Link:
    return Link(email, f"mailto:{email}")


def phone_link(phone: str) -> Link:
    digits = "".join(c for c in phone if c.isdigit() or c == "+")
    return Link(phone, f"tel:{digits}" if digits else "")
