"""A contact's page: who it is, how far the relationship has come, everything with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from site_builder.insights.ladders import Reached, Source, reached
from site_builder.insights.notes_by_contact import Mention
from site_builder.insights.queues import lacking
from site_builder.insights.standing import ContactStanding, Standing
from site_builder.journal.contact import Contact
from site_builder.journal.journal import Journal
from site_builder.journal.kinds import KindRole
from site_builder.markup import formats
from site_builder.markup.formats import ago
from site_builder.pages import contact_deals, coverage, note_paths, reads
from site_builder.pages.cards import Card
from site_builder.pages.contact_dues import DueNow, due_now
from site_builder.pages.contact_list import (
    INTRODUCED,
    PEOPLE,
    REFERRED,
    ContactList,
    first_of,
    rest_of,
)
from site_builder.pages.contact_people import Reachable, in_same_deals, people_of
from site_builder.pages.contact_strip import strip
from site_builder.pages.contact_threads import ShownThreads, contact_threads
from site_builder.pages.context import Context
from site_builder.pages.facts import Fact, filled, linked
from site_builder.pages.first_few import FirstFew, first_few
from site_builder.pages.form_links import contact_forms
from site_builder.pages.links import NO_LINK, Link, address_link, contact_link, listed
from site_builder.pages.note_body import in_a_line
from site_builder.pages.note_paths import note_path
from site_builder.pages.notes import Timeline, mixed_timeline, timeline
from site_builder.pages.older_notes import older_link
from site_builder.pages.page import PageKind
from site_builder.pages.relationships_ladders import after_words
from site_builder.problems import counting

MOST_NOTES = 200
"""How many notes a timeline shows. Those of the contact's own file that no further page has are
among them, for links lead to them; of the others only the newest."""


class RungDay(NamedTuple):
    """When a rung was reached, the way to the note, how long that was after the one below, and
    what the note says; empty texts where it was not."""

    text: str
    path: str
    after: str
    note: str


NO_DAY = RungDay("", "", "", "")


class Rung(NamedTuple):
    """A rung, and when it was reached: by them of us, by us of them."""

    name: str
    theirs: RungDay
    ours: RungDay


class ShownMilestone(NamedTuple):
    """What happened in a contact's life, and on which day."""

    day: str
    text: str


class ContactPage(NamedTuple):
    """What a contact's page shows. ``due`` is what is due by now. The ``people`` are those of a
    company, or those in the deals of a person."""

    name: str
    answer: tuple[Link, ...]
    is_company: bool
    company: Link
    role: str
    status: str
    strip: tuple[Fact, ...]
    due: DueNow
    facts: tuple[Fact, ...]
    people_title: str
    people: FirstFew[Reachable]
    deals: FirstFew[Card]
    threads: ShownThreads | None
    rungs: tuple[Rung, ...]
    milestones: tuple[ShownMilestone, ...]
    tags: tuple[str, ...]
    summary: Markup
    summary_plain: bool
    notes: Timeline
    notes_count: str
    older: str
    older_own: Link
    file: str
    source: str
    edit: str
    forms: tuple[Link, ...]


def contact_page(context: Context, contact: Contact) -> ContactPage:
    """The page of a contact of the journal."""
    one = context.insights.contact_standings[contact.id]
    journal = context.journal
    summary = context.writer.html(contact.summary, 3)
    repository = journal.schema.repository
    mentions = context.insights.mentions.get(contact.id, ())
    shown = _shown(mentions, contact)
    own_elsewhere = max(0, len(contact.notes) - note_paths.PER_PAGE)
    older = len(mentions) - len(shown) - own_elsewhere
    deals = contact_deals.deals_of(contact, context)
    return ContactPage(
        name=contact.name,
        answer=_answer(one, context),
        is_company=contact.is_company,
        company=contact_link(journal, contact.company, "../") if contact.company else NO_LINK,
        role=contact.role,
        status=one.status,
        strip=strip(one, context),
        due=due_now(contact, context),
        facts=_facts(one, context),
        people_title=_people_title(contact, context),
        people=_people(contact, deals, context),
        deals=_deals(contact, deals, context),
        threads=contact_threads(contact, context) if contact.is_company else None,
        rungs=_rungs(contact, mentions, context),
        milestones=tuple(
            [ShownMilestone(formats.short_day(m.date), m.text) for m in contact.milestones]
        ),
        tags=contact.tags,
        summary=summary.html,
        summary_plain=summary.plain,
        notes=timeline(mixed_timeline(shown, contact, context), context.today),
        notes_count=counting.count(len(mentions), "note"),
        older_own=older_link(contact),
        older=f"{counting.count(older, 'older note')} on the pages of the deals" if older else "",
        file=contact.path,
        source=repository.source_of(contact.path),
        edit=repository.edit_of(contact.path),
        forms=contact_forms(contact, repository),
    )


def _answer(one: ContactStanding, context: Context) -> tuple[Link, ...]:
    """``Hot: 2 open deals, €40k; last contact 3 days ago.``, or ``Won before; 1 open deal``."""
    schema = context.journal.schema
    is_past = one.open_deals and one.status in ("won", "lost")
    status = one.status.capitalize() + (" before; " if is_past else ": ")
    if one.open_deals:
        count, write = counting.count(one.open_deals, "open deal"), formats.compact
        value = coverage.told(one.open_total, schema, write=write, cover=coverage.explained)
        deals = Link(f"{count}, {value}" if value else count, "#deals", status)
    else:
        deals = Link("no open deal", "", status)
    last = one.last
    if last is None:
        return deals, Link("no contact", "", "; ")
    path = note_path(last.subject, last.note, "../")
    return deals, Link(f"last contact {ago(last.note.date, context.today)}", path, "; ")


def _facts(one: ContactStanding, context: Context) -> tuple[Fact, ...]:
    contact = one.contact
    return filled(
        (
            linked("Website", address_link(contact.website)) if contact.website else None,
            linked("Social", *listed(map(address_link, contact.social)))
            if contact.social
            else None,
            Fact("Status", one.status, aside="worked out" if one.status_worked else ""),
            Fact("Level", contact.level.replace("-", " ")) if contact.level else None,
            _last(one.last, context.today),
            _missing(contact, context),
            _introduced_by(contact, context.journal),
            _brought("Introduced", INTRODUCED, contact, context),
            _brought("Referred", REFERRED, contact, context),
        )
    )


def _deals(contact: Contact, deals: Sequence[Standing], context: Context) -> FirstFew[Card]:
    cards = context.cards_of(deals[: contact_deals.MOST])
    return first_few(cards, "deal", "deals", contact_deals.more_deals(contact, len(deals)))


def _people_title(contact: Contact, context: Context) -> str:
    if not contact.is_company:
        return "In the same deals"
    are_people = any(not one.is_company for one in context.journal.people_of.get(contact.id, ()))
    return "People" if are_people else "Companies"


def _people(contact: Contact, deals: Sequence[Standing], context: Context) -> FirstFew[Reachable]:
    if not contact.is_company:
        return FirstFew(in_same_deals(contact, deals, context))
    people, more = people_of(contact, deals, context), rest_of(PEOPLE, contact, context)
    return first_few(people, "person", "people", more)


def _brought(label: str, brought: ContactList, contact: Contact, context: Context) -> Fact:
    links = [Link(text, path) for text, path, _ in first_of(brought, contact, context)]
    rest = rest_of(brought, contact, context)
    return linked(label, *listed([*links, rest] if rest.path else links))


def _introduced_by(contact: Contact, journal: Journal) -> Fact | None:
    id = contact.introduced_by
    return linked("Introduced by", contact_link(journal, id, "../")) if id else None


def _missing(contact: Contact, context: Context) -> Fact | None:
    """What `contact-requires` asks of a contact and this one does not have, in words."""
    missing = [name.replace("-", " ") for name in lacking(contact, context.insights)]
    return Fact("Still missing", ", ".join(missing)) if missing else None


def _last(last: Mention | None, today: dt.date) -> Fact | None:
    if last is None:
        return None
    link = Link(formats.short_day(last.note.date), note_path(last.subject, last.note, "../"))
    return linked("Last contact", link, aside=ago(last.note.date, today))


def _rungs(contact: Contact, mentions: tuple[Mention, ...], context: Context) -> tuple[Rung, ...]:
    """All rungs of the journal, the highest first, each with the day it was first reached."""
    theirs: dict[str, Source] = {}
    ours: dict[str, Source] = {}
    rung = KindRole.RUNG
    for note, subject, _ in mentions:
        if note.kind.role is rung and contact.id in note.parties:
            way = ours if note.direction == "to" else theirs
            way.setdefault(note.kind.id, (note, subject))
    if not theirs and not ours:
        return ()
    names = context.journal.schema.rungs
    they, we = (
        {one.rung: _reached(one, context) for one in reached(way, names)} for way in (theirs, ours)
    )
    return tuple(
        [Rung(name, they.get(name, NO_DAY), we.get(name, NO_DAY)) for name in reversed(names)]
    )


def _reached(one: Reached, context: Context) -> RungDay:
    path = note_path(one.subject, one.note, "../")
    said = in_a_line(one.note, context.journal, context.writer)
    return RungDay(formats.short_day(one.date), path, after_words(one.after), said)


def _shown(mentions: tuple[Mention, ...], contact: Contact) -> tuple[Mention, ...]:
    if len(mentions) <= min(MOST_NOTES, note_paths.PER_PAGE):  # as of most contacts
        return mentions
    first = len(mentions) - MOST_NOTES
    own = {note.anchor for note in contact.notes[-note_paths.PER_PAGE :]}
    return tuple(
        m
        for n, m in enumerate(mentions)
        if (m.note.anchor in own if m.subject is contact else n >= first)
    )


def _company_of(context: Context, id: str) -> str:
    return context.journal.contacts_by_id[id].company or id


PAGE = PageKind(
    "contact",
    view=lambda context, id: contact_page(context, context.journal.contacts_by_id[id]),
    keys=lambda context: (contact.id for contact in context.journal.contacts),
    path=lambda id: f"contacts/{id}.html",
    reads=reads.about_contact,
    within="contacts",
    beside=_company_of,
)
