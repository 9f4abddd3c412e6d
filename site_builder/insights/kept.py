"""What still holds of a journal of which a few deals and contacts have changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TypeVar

from site_builder.files.tree import FOLDERS
from site_builder.insights.notes_by_contact import Mention, mentions_of
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal

Subject = TypeVar("Subject", Deal, Contact)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is left between two journals. ``deals`` are the ids of those of which not all holds any
    more that follows from them alone, ``contacts`` of those of which that does not which follows
    from them, from notes about them, from their company and from the deals of both. ``others`` are
    what changed, as it was and is; ``around`` are the contacts that notes of these can be about."""

    was: Journal
    now: Journal
    deals: frozenset[str]
    contacts: frozenset[str]
    others: tuple[Deal | Contact, ...]
    around: frozenset[str]

    @property
    def are_companies_the_same(self) -> bool:
        """Whether all contacts are there that were, and of the same companies."""
        was, now = self.was.contacts_by_id, self.now.contacts_by_id
        changed = [one.id for one in self.others if isinstance(one, Contact)]
        return all(id in was and id in now and was[id].company == now[id].company for id in changed)


def kept(was: Journal, now: Journal, names: Iterable[str]) -> Kept:
    """What is left of one journal in another, where nothing else changed than deals and contacts
    of some names, ``deals/acme``."""
    names = frozenset(names)
    ids = {folder: _ids(names, f"{folder}/") for folder in FOLDERS}
    deals = tuple(_changed(was.deals_by_id, now.deals_by_id, ids["deals"]))
    contacts = tuple(_changed(was.contacts_by_id, now.contacts_by_id, ids["contacts"]))
    come = {c.id for c in contacts if (c.id in was.contacts_by_id) != (c.id in now.contacts_by_id)}
    around = frozenset(_around((*deals, *contacts), (was, now)))
    # Whether a note is contact depends on who is a contact.
    about = [one for one in now.subjects if _names(one, come)] if come else []
    return Kept(
        was,
        now,
        frozenset([one.id for one in (*deals, *about) if isinstance(one, Deal)]),
        around.union(
            _people_of(around, (was, now)), [one.id for one in about if isinstance(one, Contact)]
        ),
        (*deals, *contacts),
        around,
    )


def mentions_after(
    before: Mapping[str, tuple[Mention, ...]], left: Kept
) -> Mapping[str, tuple[Mention, ...]]:
    """The notes about each contact, where contacts and companies are the same."""
    paths = {one.path for one in left.others}
    fresh = [one for one in left.others if one is _now(one, left.now)]
    made = mentions_of(fresh, left.now)
    found = dict(before)
    for id in left.around:
        old = [one for one in found.pop(id, ()) if one.subject.path not in paths]
        if notes := [*old, *made.get(id, ())]:
            found[id] = tuple(sorted(notes, key=lambda one: one.when))
    return found


def _now(one: Deal | Contact, now: Journal) -> Deal | Contact | None:
    """What it is by now."""
    return (now.deals_by_id if isinstance(one, Deal) else now.contacts_by_id).get(one.id)


def _ids(names: Iterable[str], folder: str) -> list[str]:
    return sorted(name.removeprefix(folder) for name in names if name.startswith(folder))


def _changed(
    was: Mapping[str, Subject], now: Mapping[str, Subject], ids: Iterable[str]
) -> Iterator[Subject]:
    """Those that are not the same, as they were and as they are."""
    for id in ids:
        old, new = was.get(id), now.get(id)
        if old is not new:
            yield from [one for one in (old, new) if one is not None]


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
    return any(not contacts.isdisjoint(note.parties) for note in subject.notes)
