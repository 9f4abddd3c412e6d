"""The pages of a deal and of a contact: what is listed of them."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.markup import formats
from site_builder.pages.context import Context
from site_builder.pages.facts import Fact
from site_builder.pages.links import Involved, Link, contact_path, subject_link
from site_builder.pages.notes import Timeline, own_timeline, timeline
from site_builder.pages.older_notes import older_link
from site_builder.pages.page import PageKind
from site_builder.pages.shown.fields import fact_of, facts_of, listed_of, text_of
from site_builder.problems import counting

_OF_DEALS, _OF_CONTACTS = ("stage", "value", "close"), ("role", "company")
"""The fields of which the first line of a page tells."""


class ShownSubject(NamedTuple):
    """What the page shows. ``trail`` leads to the list it is in; ``answer`` is the first of it."""

    trail: Link
    title: str
    answer: str
    facts: tuple[Fact, ...]
    tags: tuple[str, ...]
    people: tuple[Involved, ...]
    deals: tuple[Link, ...]
    summary: Markup
    summary_plain: bool
    notes: Timeline
    notes_count: str
    older: Link


def deal_page(context: Context, deal: Deal) -> ShownSubject:
    """The page of a deal that is shown."""
    by_id = context.journal.contacts_by_id
    parts = [part for part in deal.contacts if part.contact in by_id]
    people = tuple([_involved(by_id[part.contact], part.role) for part in parts])
    return _page(context, deal, Link("Deals", "../deals.html"), people, ())


def contact_page(context: Context, contact: Contact) -> ShownSubject:
    """The page of a contact that is shown, with the deals that name it."""
    deals = context.journal.deals_of.get(contact.id, ())
    people = context.journal.people_of.get(contact.id, ())
    involved = tuple([_involved(one, one.role) for one in people])
    links = tuple([subject_link(deal, "../") for deal in deals])
    return _page(context, contact, Link("Contacts", "../contacts.html"), involved, links)


def _page(
    context: Context,
    subject: Deal | Contact,
    trail: Link,
    people: tuple[Involved, ...],
    deals: tuple[Link, ...],
) -> ShownSubject:
    summary = context.writer.html(subject.summary, 3)
    return ShownSubject(
        trail,
        subject_link(subject).text,
        _answer(subject, context),
        facts_of(subject, context, "../"),
        subject.tags,
        people,
        deals,
        summary.html,
        summary.plain,
        timeline(own_timeline(subject, context), context.today),
        counting.count(len(subject.notes), "note"),
        older_link(subject),
    )


def _answer(subject: Deal | Contact, context: Context) -> str:
    """Where a deal stands, or who a contact is, of what is listed: ``Decision · €9 000``."""
    listed = listed_of(subject, context)
    names = _OF_DEALS if isinstance(subject, Deal) else _OF_CONTACTS
    told = [_told(subject, name, context) for name in names if name in listed]
    return " · ".join([words for words in told if words])


def _told(subject: Deal | Contact, name: str, context: Context) -> str:
    words = formats.isolated(text_of(fact_of(subject, name, context, "../")))
    return f"close {words}" if words and name == "close" else words


def _involved(contact: Contact, role: str) -> Involved:
    return Involved(contact.name, f"../{contact_path(contact)}", role)


DEAL = PageKind(
    "shown_subject",
    view=lambda context, id: deal_page(context, context.journal.deals_by_id[id]),
    keys=lambda context: (deal.id for deal in context.journal.deals),
    path=lambda id: f"deals/{id}.html",
    reads=lambda _context, id: frozenset({f"deals/{id}"}),
)
CONTACT = PageKind(
    "shown_subject",
    view=lambda context, id: contact_page(context, context.journal.contacts_by_id[id]),
    keys=lambda context: (contact.id for contact in context.journal.contacts),
    path=lambda id: f"contacts/{id}.html",
    reads=lambda _context, id: frozenset({f"contacts/{id}"}),
)
