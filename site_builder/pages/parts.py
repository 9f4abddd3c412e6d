"""What views are made of: links, facts and lines of notes.

Addresses are relative to the site's root; views of pages in folders put ``../`` before
them. All texts are plain; templates escape them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple

from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal, Extra
from site_builder.journal.journal import Journal
from site_builder.journal.money import Money
from site_builder.journal.note import Note
from site_builder.journal.schema import Schema
from site_builder.journal.team import Person
from site_builder.markup import formats
from site_builder.source.links import with_names


class Link(NamedTuple):
    """A text, and where it leads; plain text where ``path`` is empty. ``lead`` stands before
    it: the comma of a list."""

    text: str
    path: str = ""
    lead: str = ""


NO_LINK = Link("")
_TEXT = attrgetter("text")


class Fact(NamedTuple):
    """A label and what it says, a text or links; ``aside`` is said more quietly behind it."""

    label: str
    text: str
    aside: str = ""
    links: tuple[Link, ...] = ()


class Part(NamedTuple):
    """Someone with a page, and in what role."""

    text: str
    path: str
    role: str


def linked(label: str, *links: Link, aside: str = "") -> Fact:
    """A fact of links."""
    return Fact(label, "", aside, links)


def listed(links: Iterable[Link]) -> tuple[Link, ...]:
    """The links with commas between them."""
    return tuple(
        Link(link.text, link.path, ", ") if place else link for place, link in enumerate(links)
    )


def filled(facts: Sequence[Fact | None]) -> tuple[Fact, ...]:
    """The facts that say something."""
    return tuple([f for f in facts if f is not None and (f.text or any(map(_TEXT, f.links)))])


def deal_path(deal: Deal) -> str:
    """The address of a deal's page."""
    return f"deals/{deal.id}.html"


def contact_path(contact: Contact) -> str:
    """The address of a contact's page."""
    return f"contacts/{contact.id}.html"


def subject_link(subject: Deal | Contact, up: str = "") -> Link:
    """A deal by title or a contact by name."""
    if isinstance(subject, Deal):
        return Link(subject.title, up + deal_path(subject))
    return Link(subject.name, up + contact_path(subject))


def note_path(subject: Deal | Contact, note: Note, up: str = "") -> str:
    """The address of a note on the page of the deal or contact in whose file it stands."""
    return f"{subject_link(subject, up).path}#{note.anchor}"


def stage_page(pipeline: str, stage: str, number: int = 1) -> str:
    """The address of a stage's list of deals, or of a further page of it.

    Ids hold no dots, so that no two lists share an address.
    """
    return f"deals-{pipeline}.{stage}{f'.{number}' if number > 1 else ''}.html"


def board_page(pipeline: str) -> str:
    """The address of a pipeline's board."""
    return f"board-{pipeline}.html"


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


_LINKS = {"url": address_link, "email": email_link, "phone": phone_link}
"""How texts of these types become links."""


def extra_fact(extra: Extra, journal: Journal, up: str) -> Fact:
    """A field that the pipeline defines, written by its type."""
    label, value, type = extra.field.label or extra.field.name, extra.value, extra.field.type
    if not isinstance(value, str):
        return Fact(label, _value_text(value, type))
    if type == "contact":
        return linked(label, contact_link(journal, value, up))
    if type == "deal" and value in journal.deals_by_id:
        deal = journal.deals_by_id[value]
        return linked(label, Link(deal.title, up + deal_path(deal)))
    link = _LINKS.get(type)
    return linked(label, link(value)) if link else Fact(label, value)


def _value_text(value: Decimal | Money | dt.date | dt.timedelta | bool | Person, type: str) -> str:
    match value:
        case bool():
            return yes_no(value)
        case Decimal():
            return formats.percent(value) if type == "percent" else f"{value:f}"
        case Money():
            return formats.money(value)
        case dt.date():
            return formats.short_day(value)
        case dt.timedelta():
            return formats.duration(value)
        case Person():
            return value.name


def lost_because(reason: str, schema: Schema) -> Fact:
    """Why a deal was lost, by the name of the reason."""
    other = reason.capitalize() if reason == "other" else reason
    return Fact("Lost because", schema.lost_reasons.get(reason, other))


def yes_no(value: bool | None) -> str:
    """``yes`` or ``no``; nothing where nothing is known."""
    return "" if value is None else "yes" if value else "no"


def in_days(date: dt.date, today: dt.date) -> str:
    """How far a day is from today: ``3 days ago``, ``today``, ``in 1 day``."""
    return from_now((date - today).days)


def ago(date: dt.date, today: dt.date) -> str:
    """The same of what has happened: where a note's day has begun and is not ours yet, today."""
    return in_days(min(date, today), today)


@formats.kept
def from_now(count: int) -> str:
    """So many days from today, as ``in_days`` says it."""
    if count == 0:
        return "today"
    return f"in {formats.days(count)}" if count > 0 else f"{formats.days(-count)} ago"
