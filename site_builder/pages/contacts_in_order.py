"""Contacts in the order in which they are listed, people and companies apart: who is due, then who
has an open deal, then the others by name; and on which page each stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from site_builder.insights.next_up import NextUp, next_up
from site_builder.insights.standing import ContactStanding
from site_builder.pages.context import Context
from site_builder.pages.links import Link, numbered
from site_builder.pages.paging import Paging

PER_PAGE = 500


class Listed(NamedTuple):
    """A contact of a list, and what comes next with it."""

    one: ContactStanding
    up: NextUp | None

    @property
    def is_due(self) -> bool:
        return self.up is not None and self.up.is_due

    @property
    def is_first(self) -> bool:
        """Whether it comes before those that are listed by name."""
        return self.is_due or self.one.open_deals > 0

    @property
    def name(self) -> tuple[str, str]:
        """Sorts by name."""
        return self.one.contact.name.casefold(), self.one.contact.id

    @property
    def urgency(self) -> tuple[tuple[int, int] | tuple[()], tuple[str, str]]:
        """Sorts the most urgent first, and by name those that are as urgent."""
        return self.up.urgency[:2] if self.up else (), self.name


class Part(NamedTuple):
    """Who stands on one page, and what that is called where there are several."""

    first: Sequence[Listed]
    others: Sequence[Listed]
    name: str


@dataclass(frozen=True)
class Everyone:
    """All people or all companies, in their order, and what all pages of their list say: worked
    out once, in each process that makes such pages."""

    context: Context
    companies: bool = False

    @cached_property
    def every(self) -> Sequence[Listed]:
        """All of them, in the journal's order."""
        insights = self.context.insights
        return [
            Listed(one, next_up(one, insights))
            for one in insights.every_contact
            if one.contact.is_company is self.companies
        ]

    @cached_property
    def first(self) -> Sequence[Listed]:
        """Who is due or has an open deal, the most urgent first."""
        return sorted([one for one in self.every if one.is_first], key=lambda one: one.urgency)

    @cached_property
    def due(self) -> int:
        """How many are due: these are the first of all."""
        return sum([one.is_due for one in self.first])

    @cached_property
    def others(self) -> Sequence[Listed]:
        """The others by name."""
        return sorted([one for one in self.every if not one.is_first], key=lambda one: one.name)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Who stands on which page; there is at least one."""
        if len(self.every) <= PER_PAGE:
            return (Part(self.first, self.others, ""),)
        return (*_of_first(self.first), *_by_name(self.others))

    @cached_property
    def pages(self) -> tuple[Link, ...]:
        """Links to the pages, if they are several."""
        links = [Link(part.name, self.path(n)) for n, part in enumerate(self.parts, 1)]
        return tuple(links) if len(links) > 1 else ()

    def place(self, at: int, anchor: str) -> str:
        """The address of one of the ``first``, counted from 0, which has this anchor."""
        number = at // PER_PAGE + 1 if len(self.every) > PER_PAGE else 1
        return f"{self.path(number)}#{anchor}"

    def path(self, number: int = 1) -> str:
        """The address of a page of the list."""
        return contacts_page(self.companies, number)


def companies(context: Context) -> Everyone:
    """All companies."""
    return Everyone(context, companies=True)


def contacts_page(is_companies: bool, number: int = 1) -> str:
    """The address of a page of the people, or of the companies."""
    return numbered("companies" if is_companies else "contacts", number)


def _of_first(first: Sequence[Listed]) -> Iterator[Part]:
    paging = Paging(len(first), PER_PAGE)
    for number in paging.numbers if first else ():
        part = paging.range(number)
        yield Part(paging.part(first, number), (), f"Due or open{', ' if part else ''}{part}")


def _by_name(others: Sequence[Listed]) -> Iterator[Part]:
    paging = Paging(len(others), PER_PAGE)
    for number in paging.numbers if others else ():
        part = paging.part(others, number)
        ends = [one.one.contact.name[:12] for one in (part[0], part[-1])]
        yield Part((), part, " to ".join(ends))
