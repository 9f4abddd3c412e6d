"""A whole journal: its schema, its deals and its contacts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.kinds import PAPER, KindRole
from site_builder.journal.note import Note
from site_builder.journal.schema import Schema


@dataclass(frozen=True)
class Journal:
    """Everything a journal says that could be understood, sorted by id."""

    schema: Schema
    deals: tuple[Deal, ...] = ()
    contacts: tuple[Contact, ...] = ()

    @cached_property
    def deals_by_id(self) -> Mapping[str, Deal]:
        return {d.id: d for d in self.deals}

    @cached_property
    def contacts_by_id(self) -> Mapping[str, Contact]:
        return {c.id: c for c in self.contacts}

    @property
    def subjects(self) -> tuple[Deal | Contact, ...]:
        """Contacts and deals: everything that has notes."""
        return (*self.contacts, *self.deals)

    @cached_property
    def rung_notes(self) -> tuple[Note, ...]:
        """The notes that a rung has been reached."""
        rung = KindRole.RUNG
        return tuple([n for s in self.subjects for n in s.notes if n.kind.role is rung])

    @cached_property
    def deals_with_paper(self) -> tuple[Deal, ...]:
        """The deals with notes of kinds of paper."""
        paper = frozenset(PAPER)
        return tuple([d for d in self.deals if [n for n in d.notes if n.kind.id in paper]])

    def contact(self, id: str) -> Contact | None:
        """The contact with this id; None where its own file could not be understood."""
        return self.contacts_by_id.get(id)

    @cached_property
    def deals_of(self) -> Mapping[str, tuple[Deal, ...]]:
        """Deals by the id of each company and contact that takes part in them."""
        found: dict[str, list[Deal]] = {}
        for deal in self.deals:
            for id in deal.people:
                found.setdefault(id, []).append(deal)
        return {id: tuple(deals) for id, deals in found.items()}

    @cached_property
    def people_of(self) -> Mapping[str, tuple[Contact, ...]]:
        """The people of each company, by the company's id."""
        found: dict[str, list[Contact]] = {}
        for contact in self.contacts:
            if contact.company:
                found.setdefault(contact.company, []).append(contact)
        return {id: tuple(people) for id, people in found.items()}
