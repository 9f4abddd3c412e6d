"""What still holds of a journal of which a few deals and contacts have changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TypeVar

from site_builder.insights.notes_by_contact import Mention, mentions_of
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal

Subject = TypeVar("Subject", Deal, Contact)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is left between two journals. ``deals`` are the ids of those of which all that follows
    from them alone still holds, ``contacts`` of those of which that does which follows from them,
    from notes about them, from their company and from the deals of both. ``others`` are what
    changed, as it was and is; ``around`` are the contacts that notes of these can be about."""

    was: Journal
    now: Journal
    deals: tuple[str, ...]
    contacts: tuple[str, ...]
    others: tuple[Deal | Contact, ...]
    around: frozenset[str]

    @property
    def are_companies_the_same(self) -> bool:
        """Whether all contacts are there that were, and of the same companies."""
        was, now = self.was.contacts_by_id, self.now.contacts_by_id
        changed = [one.id for one in self.others if isinstance(one, Contact)]
        return was.keys() == now.keys() and all(
            was[id].company == now[id].company for id in changed
        )


def kept(was: Journal, now: Journal) -> Kept:
    """What is left of one journal in another."""
    deals = tuple(_changed(was.deals_by_id, now.deals_by_id))
    contacts = tuple(_changed(was.contacts_by_id, now.contacts_by_id))
    come = was.contacts_by_id.keys() ^ now.contacts_by_id.keys()
    changed = {one.id for one in deals}
    around = frozenset(_around((*deals, *contacts), (was, now)))
    near = around.union(_people_of(around, (was, now)))
    return Kept(
        was,
        now,
        # Whether a note is contact depends on who is a contact.
        tuple([d.id for d in now.deals if d.id not in changed and not _names(d, come)]),
        tuple([c.id for c in now.contacts if c.id not in near and not _names(c, come)]),
        (*deals, *contacts),
        around,
    )


def mentions_after(
    before: Mapping[str, tuple[Mention, ...]], left: Kept
) -> Mapping[str, tuple[Mention, ...]]:
    """The notes about each contact, where contacts and companies are the same."""
    paths = {one.path for one in left.others}
    fresh = [one for one in left.now.subjects if one.path in paths] if paths else []
    made = mentions_of(fresh, left.now)
    found = dict(before)
    for id in left.around:
        old = [one for one in found.pop(id, ()) if one.subject.path not in paths]
        if notes := [*old, *made.get(id, ())]:
            found[id] = tuple(sorted(notes, key=lambda one: one.when))
    return found


def _changed(was: Mapping[str, Subject], now: Mapping[str, Subject]) -> Iterator[Subject]:
    """Those that are not the same, as they were and as they are."""
    for id, one in was.items():
        if now.get(id) is not one:
            yield one
    for id, one in now.items():
        if was.get(id) is not one:
            yield one


def _around(changed: Iterable[Deal | Contact], journals: Iterable[Journal]) -> set[str]:
    """The contacts whom some are, or name, and their companies."""
    found: set[str] = set()
    for one in changed:
        found.update(one.people if isinstance(one, Deal) else (one.id,))
        found.update(*[note.parties for note in one.notes])
    for journal in journals:
        known = [contact for id in found if (contact := journal.contact(id)) is not None]
        found.update([contact.company for contact in known if contact.company])
    return found


def _people_of(companies: Iterable[str], journals: Iterable[Journal]) -> Iterator[str]:
    ids = tuple(companies)
    for journal in journals:
        for id in ids:
            yield from [person.id for person in journal.people_of.get(id, ())]


def _names(subject: Deal | Contact, contacts: AbstractSet[str]) -> bool:
    """Whether its notes name one of some contacts."""
    return bool(contacts) and any(not contacts.isdisjoint(note.parties) for note in subject.notes)
