"""Ours against theirs: who of us had real exchanges with whom of a company."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from site_builder.insights.insights import Insights
from site_builder.insights.notes_by_contact import Mention
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.history import is_contact
from site_builder.journal.kinds import Tangibility
from site_builder.journal.team import Person


class Thread(NamedTuple):
    """The exchanges between one of us and one of them, oldest first."""

    ours: Person
    theirs: Contact
    exchanges: tuple[Mention, ...]

    @property
    def tangible(self) -> int:
        """How many of them are tangible."""
        kinds = [mention.note.kind.tangibility for mention in self.exchanges]
        return kinds.count(Tangibility.TANGIBLE)


class Seat(NamedTuple):
    """One of them: their roles in deals of the company, and whether anybody has spoken to them."""

    contact: Contact
    roles: tuple[str, ...]
    is_empty: bool


@dataclass(frozen=True, slots=True)
class Threads:
    """The exchanges with the people of a company. ``unnamed`` are those that do not say with whom,
    or who of us it was."""

    ours: tuple[Person, ...]
    theirs: tuple[Seat, ...]
    threads: tuple[Thread, ...]
    unnamed: int


def threads(company: Contact, insights: Insights) -> Threads:
    """All real exchanges with the people of a company, by whom of us they were with: whom the note
    names behind `by`, and those of us who took part; if none, whose the file is. In the file of
    one of theirs a note that names nobody is about them."""
    people = {one.id: one for one in insights.journal.people_of.get(company.id, ())}
    found: dict[tuple[str, str], list[Mention]] = {}
    ours: dict[str, Person] = {}
    spoken: set[str] = set()
    unnamed = 0
    for mention in insights.mentions.get(company.id, ()):
        if not is_contact(mention.note, insights.journal):
            continue
        us, them = list(_ours(mention, insights)), _theirs(mention, people)
        unnamed += not (us and them)
        spoken.update(them)
        for person in us:
            for id in them:
                ours.setdefault(person.id, person)
                found.setdefault((person.id, id), []).append(mention)
    order = sorted(ours, key=lambda id: (-sum(len(m) for k, m in found.items() if k[0] == id), id))
    seats = _seats(company, people, spoken, insights)
    return Threads(
        tuple(ours[id] for id in order),
        tuple(sorted(seats, key=lambda seat: _height(seat, found))),
        tuple(
            Thread(ours[us], people[them], tuple(found[us, them]))
            for us, them in sorted(found, key=lambda key: (-len(found[key]), key))
        ),
        unnamed,
    )


def _ours(mention: Mention, insights: Insights) -> Iterator[Person]:
    note, team = mention.note, insights.journal.schema.team
    named = dict.fromkeys(
        [*([note.by.id] if note.by else []), *(p for p in note.parties if p in team)]
    )
    if named:
        yield from (team[id] for id in named)
    elif mention.subject.owner is not None:
        yield mention.subject.owner


def _theirs(mention: Mention, people: Mapping[str, Contact]) -> list[str]:
    parties, subject = mention.note.parties, mention.subject
    if not parties and isinstance(subject, Contact) and subject.id in people:
        return [subject.id]
    return [id for id in parties if id in people]


def _seats(
    company: Contact, people: dict[str, Contact], spoken: set[str], insights: Insights
) -> Iterator[Seat]:
    roles: dict[str, dict[str, None]] = {}
    for deal in insights.journal.deals_of.get(company.id, ()):
        for id, role in _roles(deal):
            roles.setdefault(id, {})[role] = None
    for id, contact in people.items():
        if id in spoken or id in roles:
            yield Seat(contact, tuple(filter(None, roles.get(id, ()))), id not in spoken)


def _roles(deal: Deal) -> Iterator[tuple[str, str]]:
    return ((one.contact, one.role) for one in deal.contacts)


def _height(seat: Seat, found: dict[tuple[str, str], list[Mention]]) -> tuple[int, str]:
    """Those with the most exchanges come first."""
    id = seat.contact.id
    return -sum(len(each) for (_, them), each in found.items() if them == id), id
