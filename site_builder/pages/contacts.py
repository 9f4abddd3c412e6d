"""The list of contacts, by name, on as many pages as they need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from site_builder.insights.insights import ContactStanding
from site_builder.markup import formats
from site_builder.markup.formats import ago
from site_builder.pages import coverage
from site_builder.pages.context import Context
from site_builder.pages.links import Link, contact_path, numbered
from site_builder.pages.page import Nav, NavGroup, PageKind
from site_builder.pages.paging import Paging
from site_builder.problems import counting

PER_PAGE = 500


class ContactRow(NamedTuple):
    """A contact in a list. ``last`` is how long ago the last real contact was."""

    path: str
    name: str
    is_company: bool
    role: str
    company: Link
    status: str
    last_day: str
    last: str
    open_deals: str
    open_total: str


@dataclass(frozen=True, slots=True)
class Contacts:
    """One page of the list. ``pages`` leads to all of them, if several; ``range`` then says
    whom this one has."""

    answer: str
    path: str
    pages: tuple[Link, ...]
    range: str
    rows: tuple[ContactRow, ...]


@dataclass(frozen=True)
class Everyone:
    """The contacts by name, and what all pages of the list say: worked out once, in each process
    that makes such pages."""

    context: Context

    @cached_property
    def by_name(self) -> Sequence[ContactStanding]:
        return sorted(self.context.insights.every_contact, key=_name)

    @property
    def paging(self) -> Paging:
        return Paging(len(self.context.journal.contacts), PER_PAGE)

    def part(self, number: int) -> Sequence[ContactStanding]:
        """Those on a page."""
        return self.paging.part(self.by_name, number)

    @cached_property
    def pages(self) -> tuple[Link, ...]:
        """Links to the pages, if they are several."""
        return self.paging.links(contacts_page, lambda number: _range(self.part(number)))

    @cached_property
    def answer(self) -> str:
        return _answer(self.context)


def contacts(everyone: Everyone, number: int) -> Contacts:
    """Page ``number``, from 1, of the contacts by name."""
    context, pages = everyone.context, everyone.pages
    return Contacts(
        everyone.answer,
        contacts_page(number),
        pages,
        pages[number - 1].text if pages else "",
        tuple([_row(one, context) for one in everyone.part(number)]),
    )


def contacts_page(number: int) -> str:
    """The address of a page of the list."""
    return numbered("contacts", number)


def _name(one: ContactStanding) -> tuple[str, str]:
    return one.contact.name.casefold(), one.contact.id


def _row(one: ContactStanding, context: Context) -> ContactRow:
    contact = one.contact
    return ContactRow(
        contact_path(contact),
        contact.name,
        contact.is_company,
        contact.role,
        context.companies[contact.company],
        one.status,
        formats.day(one.last.note.date) if one.last else "",
        ago(one.last.note.date, context.today) if one.last else "",
        counting.grouped(one.open_deals) if one.open_deals else "",
        coverage.told(one.open_total, context.journal.schema),
    )


def _answer(context: Context) -> str:
    everyone = context.insights.every_contact
    if not everyone:
        return ""
    companies = sum([one.contact.is_company for one in everyone])
    people = len(everyone) - companies
    hot = sum([one.status == "hot" for one in everyone])
    parts = [counting.count(people, "person", "people")] * bool(people)
    parts += [counting.count(companies, "company", "companies")] * bool(companies)
    return f"{' and '.join(parts)}, {counting.grouped(hot) if hot else 'none'} of them hot."


def _range(chunk: Sequence[ContactStanding]) -> str:
    return f"{chunk[0].contact.name[:12]} to {chunk[-1].contact.name[:12]}"


PAGE = PageKind(
    "contacts",
    view=lambda context, number: contacts(context.once(Everyone), number),
    keys=lambda context: context.once(Everyone).paging.numbers,
    path=contacts_page,
    nav=Nav(NavGroup.PEOPLE, "Contacts", contacts_page(1)),
)
