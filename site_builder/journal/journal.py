"""A whole journal: its schema, its deals and its contacts."""

from __future__ import annotations

from bisect import bisect_left, insort_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import TypeVar

from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.kinds import PAPER, KindRole
from site_builder.journal.note import Note
from site_builder.journal.schema import Schema

Subject = TypeVar("Subject", Deal, Contact)
_ID = attrgetter("id")


@dataclass(frozen=True)
class Journal:
    """Everything a journal says that could be understood, sorted by id."""

    schema: Schema
    deals: tuple[Deal, ...] = ()
    contacts: tuple[Contact, ...] = ()

    def with_others(
        self, gone: Iterable[Deal | Contact], come: Iterable[Deal | Contact]
    ) -> Journal:
        """The same without some of its deals and contacts, and with others. What is known of this
        one by id is known of that one too, in any order."""
        gone, come = tuple(gone), tuple(come)
        deals, contacts = (_deals(gone), _deals(come)), (_contacts(gone), _contacts(come))
        made = Journal(
            self.schema, _with_others(self.deals, *deals), _with_others(self.contacts, *contacts)
        )
        known = vars(self)
        if "deals_by_id" in known:
            vars(made)["deals_by_id"] = _by_id(self.deals_by_id, *deals)
        if "contacts_by_id" in known:
            vars(made)["contacts_by_id"] = _by_id(self.contacts_by_id, *contacts)
        if "deals_of" in known:
            vars(made)["deals_of"] = _grouped(self.deals_of, *deals, _people_in)
        if "people_of" in known:
            vars(made)["people_of"] = _grouped(self.people_of, *contacts, _company_of)
        return made

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


def _deals(subjects: Iterable[Deal | Contact]) -> tuple[Deal, ...]:
    return tuple([one for one in subjects if isinstance(one, Deal)])


def _contacts(subjects: Iterable[Deal | Contact]) -> tuple[Contact, ...]:
    return tuple([one for one in subjects if isinstance(one, Contact)])


def _people_in(deal: Deal) -> tuple[str, ...]:
    return deal.people


def _company_of(contact: Contact) -> tuple[str, ...]:
    return (contact.company,) if contact.company else ()


def _with_others(
    subjects: tuple[Subject, ...], gone: Sequence[Subject], come: Sequence[Subject]
) -> tuple[Subject, ...]:
    """The same by id, without some and with others."""
    if not gone and not come:
        return subjects
    made = list(subjects)
    for one in gone:
        at = bisect_left(made, one.id, key=_ID)
        if at < len(made) and made[at].id == one.id:
            del made[at]
    for one in come:
        insort_left(made, one, key=_ID)
    return tuple(made)


def _by_id(
    known: Mapping[str, Subject], gone: Iterable[Subject], come: Iterable[Subject]
) -> Mapping[str, Subject]:
    made = dict(known)
    for one in gone:
        made.pop(one.id, None)
    made.update([(one.id, one) for one in come])
    return made


def _grouped(
    known: Mapping[str, tuple[Subject, ...]],
    gone: Sequence[Subject],
    come: Sequence[Subject],
    groups: Callable[[Subject], Iterable[str]],
) -> Mapping[str, tuple[Subject, ...]]:
    made = dict(known)
    ids = {one.id for one in gone}
    for group in sorted({group for one in gone for group in groups(one)}):
        left = tuple([one for one in made.pop(group, ()) if one.id not in ids])
        made.update({group: left} if left else {})
    for new in come:
        for group in groups(new):
            made[group] = _with_others(made.get(group, ()), (), (new,))
    return made
