"""The list of contacts, people and companies apart: who is due or has an open deal first, then the
others by name, on as many pages as they need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from site_builder.insights.insights import Insights
from site_builder.insights.next_up import NextUp
from site_builder.insights.topics import Topic
from site_builder.insights.totals import Totals
from site_builder.journal.contact import Contact
from site_builder.journal.ladder import rungs_reached
from site_builder.journal.pipeline import StageType
from site_builder.markup import formats
from site_builder.markup.formats import ago
from site_builder.pages import coverage
from site_builder.pages.contacts_in_order import (
    Everyone,
    Listed,
    Part,
    companies,
    contacts_page,
)
from site_builder.pages.context import Context
from site_builder.pages.first_few import first_many
from site_builder.pages.links import NO_LINK, Link, contact_path, email_link, phone_link
from site_builder.pages.page import Nav, NavGroup, PageKind
from site_builder.pages.sentence import Sentence, counted
from site_builder.problems import counting

ALL, DUE, OPEN = "all", "due", "open"
"""Where all of a list begin, who is due, and who else has an open deal."""
FEW = 10
"""So many others stand below those who come first; more are folded."""
RULE = "Due first (deals, then keeping in touch), then open deals, then the others by name."


class DealSum(NamedTuple):
    """What deals are worth, and of how many that is the sum, where they are several: in words, and
    ``cover`` in brackets where it lacks some. Only how many they are where none has a value."""

    text: str
    of: str
    cover: str


class ContactRow(NamedTuple):
    """A contact in a list. ``around`` leads to a person's company, or to a company's people.
    ``next`` is when something is to be done with them, ``next_state`` a status code for it, and
    ``what`` it is; ``last`` is how long ago the last real contact was. ``ties`` are the highest
    rungs that a person has reached with us and we with it, or the level of a company. ``anchor`` is
    where the first line leads to: on the first who is due, and on the first with an open deal."""

    anchor: str
    path: str
    name: str
    role: str
    around: Link
    phone: Link
    email: Link
    is_due: bool
    next_state: str
    next: str
    what: Link
    status: str
    last_day: str
    last: str
    ties: tuple[str, ...]
    open: DealSum
    won: DealSum


@dataclass(frozen=True, slots=True)
class Contacts:
    """One page of the people or of the companies. ``kinds`` are the ways to see contacts, and
    ``home`` is the address of this list. ``pages`` leads to all pages, if several;
    ``range`` then says whom this one has. Where the others after those who come first are many,
    they are ``folded`` under ``fold``; where those before them are very many, the last of these are
    ``more`` under ``more_fold``. ``ties`` is the head of that column of the rows, where any
    has something in it."""

    title: str
    around: str
    ties: str
    answer: Sentence
    kinds: tuple[Link, ...]
    home: str
    path: str
    pages: tuple[Link, ...]
    range: str
    rule: str
    rows: tuple[ContactRow, ...]
    more: tuple[ContactRow, ...]
    more_fold: str
    folded: tuple[ContactRow, ...]
    fold: str


class _Key(NamedTuple):
    companies: bool
    number: int


_NOUNS = {False: ("person", "people"), True: ("company", "companies")}


def contacts(context: Context, key: _Key) -> Contacts:
    """A page of a list. Where there are no people, the page of these is that of the companies."""
    people, firms = context.once(Everyone), context.once(companies)
    listed = firms if key.companies or (firms.every and not people.every) else people
    part = listed.parts[key.number - 1]
    fold = _fold(part)
    begins = _begins(listed)
    every = _rows(part.first if fold else (*part.first, *part.others), begins, context)
    first = first_many(every, *_NOUNS[listed.companies])
    folded = _rows(part.others if fold else (), begins, context)
    return Contacts(
        _TITLES[listed.companies],
        "People" if listed.companies else "Company",
        _TIES[listed.companies] if any(row.ties for row in (*every, *folded)) else "",
        _answer(listed),
        ways(context),
        listed.path(),
        listed.path(key.number),
        listed.pages,
        part.name,
        RULE if part.first else "",
        first.first,
        first.folded,
        first.fold,
        folded,
        fold,
    )


STATUS = "status.html"
_TITLES = {False: "People", True: "Companies"}
_TIES = {False: "Relationship", True: "Level"}


def ways(context: Context) -> tuple[Link, ...]:
    """The ways to see the contacts, if any: lists of people and of companies, and by status."""
    firms = sum([one.is_company for one in context.journal.contacts])
    counts = {False: len(context.journal.contacts) - firms, True: firms}
    lists = [
        Link(f"{_TITLES[are_firms]} {counting.grouped(count)}", contacts_page(are_firms))
        for are_firms, count in counts.items()
        if count
    ]
    return (*lists, Link("By status", STATUS)) if lists else ()


def _answer(listed: Everyone) -> Sentence:
    """``14 of 60 due, 28 more with open deals.``"""
    if not listed.every:
        return Sentence()
    due, opened, every = listed.due, len(listed.first) - listed.due, len(listed.every)
    return Sentence(
        counted(due, _some(due).capitalize(), listed.place(0, DUE)),
        " of ",
        Link(counting.grouped(every), f"{listed.path()}#{ALL}"),
        " due, ",
        counted(opened, _some(opened), listed.place(due, OPEN)),
        f"{' more' if due else ''} with open deals.",
    )


def _some(count: int) -> str:
    return counting.grouped(count) if count else "none"


def _fold(part: Part) -> str:
    """``35 others, by name``; nothing where they are not folded."""
    if not part.first or len(part.others) <= FEW:
        return ""
    return f"{counting.count(len(part.others), 'other')}, by name"


def _begins(listed: Everyone) -> Mapping[str, str]:
    """The anchors of the first who is due, and of the first who is not and has an open deal."""
    due = listed.due
    heads = ((DUE, listed.first[:due]), (OPEN, listed.first[due:]))
    return {every[0].one.contact.id: anchor for anchor, every in heads if every}


def _rows(
    listed: Iterable[Listed], begins: Mapping[str, str], context: Context
) -> tuple[ContactRow, ...]:
    return tuple([_row(one, begins.get(one.one.contact.id, ""), context) for one in listed])


def _row(listed: Listed, anchor: str, context: Context) -> ContactRow:
    one, up = listed.one, listed.up
    contact = one.contact
    return ContactRow(
        anchor,
        contact_path(contact),
        contact.name,
        contact.role,
        _around(contact, context),
        phone_link(contact.phone) if contact.phone else NO_LINK,
        email_link(contact.email) if contact.email else NO_LINK,
        listed.is_due,
        up.state if up else "",
        _when(up) if up else "",
        _what(up, context) if up else NO_LINK,
        one.status,
        formats.day(one.last.note.date) if one.last else "",
        ago(one.last.note.date, context.today) if one.last else "",
        _ties(contact, context),
        _sum(one.open_total, context),
        _sum(one.won_total, context),
    )


def _ties(contact: Contact, context: Context) -> tuple[str, ...]:
    """``they trust``, ``we like``; the level of a company."""
    if contact.is_company:
        return (contact.level.replace("-", " "),) if contact.level else ()
    rungs = context.facts(_rungs)
    ways = (("they", rungs.get((contact.id, "from"))), ("we", rungs.get((contact.id, "to"))))
    return tuple([f"{who} {rung}" for who, rung in ways if rung])


def _rungs(insights: Insights) -> Mapping[tuple[str, str], str]:
    return rungs_reached(insights.journal)


def _sum(total: Totals, context: Context) -> DealSum:
    if not total.lines:
        return DealSum(counting.count(total.of, "deal") if total.of else "", "", "")
    of = coverage.deals(total) if total.of > 1 else ""
    return DealSum(coverage.amounts(total, context.journal.schema), of, coverage.beside(total))


def _around(contact: Contact, context: Context) -> Link:
    if not contact.is_company:
        return context.companies[contact.company]
    those = context.journal.people_of.get(contact.id, ())
    people = sum([not one.is_company for one in those])
    if not people:
        return NO_LINK
    return Link(counting.count(people, *_NOUNS[False]), f"{contact_path(contact)}#people")


def _when(up: NextUp) -> str:
    if up.days is None:
        return "no next step"
    if up.days < 0:
        return f"{formats.days(-up.days)} overdue"
    return formats.from_now(up.days)


def _what(up: NextUp, context: Context) -> Link:
    if up.deal is None:
        return Link("Be in touch")
    card = context.cards[up.deal.id]
    is_parked = up.deal.stage.type is StageType.PARKED
    return Link(f"Wake {card.title}" if is_parked else card.next or card.title, card.path)


def _keys(context: Context) -> Iterator[_Key]:
    for listed in (context.once(Everyone), context.once(companies)):
        if listed.every or not listed.companies:
            yield from (_Key(listed.companies, n) for n in range(1, len(listed.parts) + 1))


PAGE = PageKind(
    "contacts",
    view=contacts,
    keys=_keys,
    path=lambda key: contacts_page(*key),
    nav=Nav(
        NavGroup.PEOPLE,
        "Contacts",
        contacts_page(False),
        shows=lambda _, topics: Topic.CONTACT in topics,
    ),
    begins=("contacts", "companies"),
)
