"""The long lists of a contact, on as many pages as they need: a company's people, whom the contact
introduced, the deals that it referred."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from site_builder.insights.insights import Insights
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.pages import reads
from site_builder.pages.context import Context
from site_builder.pages.links import NO_LINK, Involved, Link, numbered, subject_link
from site_builder.pages.page import PageKind
from site_builder.pages.paging import Paging
from site_builder.problems import counting

PER_PAGE = 500


class ContactList(NamedTuple):
    """A list that each contact may have: ``name`` is in the path of its pages, ``title`` stands
    before the contact's name. The page of the contact shows at most so many, these pages all."""

    name: str
    title: str
    noun: str
    plural: str
    most: int
    found: Callable[[Insights], Mapping[str, Sequence[Contact | Deal]]]


PEOPLE = ContactList("people", "People of", "person", "people", 100, lambda i: i.journal.people_of)
INTRODUCED = ContactList(
    "introduced", "Introduced by", "contact", "contacts", 25, lambda i: i.introduced
)
REFERRED = ContactList("referred", "Referred by", "deal", "deals", 25, lambda i: i.referred)
_LISTS = {listed.name: listed for listed in (PEOPLE, INTRODUCED, REFERRED)}


@dataclass(frozen=True, slots=True)
class ContactListPage:
    """One page of such a list; ``title`` goes before the contact's name. ``pages`` leads to all of
    them, if several; ``range`` then says what of the list is here."""

    home: Link
    title: str
    answer: str
    path: str
    range: str
    pages: tuple[Link, ...]
    parts: tuple[Involved, ...]


class _Key(NamedTuple):
    id: str
    list: str
    number: int


def first_of(listed: ContactList, contact: Contact, context: Context) -> tuple[Involved, ...]:
    """What the page of a contact shows of a list."""
    return _parts(listed.found(context.insights).get(contact.id, ())[: listed.most])


def rest_of(listed: ContactList, contact: Contact, context: Context) -> Link:
    """From there to all of the list; no link where all are shown."""
    more = len(listed.found(context.insights).get(contact.id, ())) - listed.most
    if more <= 0:
        return NO_LINK
    count = counting.count(more, f"more {listed.noun}", f"more {listed.plural}")
    return Link(f"and {count}", f"../{_path(contact.id, listed.name, 1)}")


def contact_list(context: Context, key: _Key) -> ContactListPage:
    """Page ``number``, from 1, of a list of a contact."""
    listed, contact = _LISTS[key.list], context.journal.contacts_by_id[key.id]
    found = listed.found(context.insights)[key.id]
    paging = Paging(len(found), PER_PAGE)
    return ContactListPage(
        subject_link(contact, "../"),
        listed.title,
        counting.count(len(found), listed.noun, listed.plural),
        _path(*key),
        paging.range(key.number),
        paging.links(lambda number: _path(key.id, key.list, number)),
        _parts(paging.part(found, key.number)),
    )


def _parts(subjects: Sequence[Contact | Deal]) -> tuple[Involved, ...]:
    return tuple([_part(subject) for subject in subjects])


def _part(subject: Contact | Deal) -> Involved:
    text, path, _ = subject_link(subject, "../")
    return Involved(text, path, subject.role if isinstance(subject, Contact) else "")


def _path(id: str, name: str, number: int) -> str:
    return numbered(f"contacts/{id}.{name}", number)


def _keys(context: Context) -> Iterator[_Key]:
    for listed in _LISTS.values():
        for id, found in listed.found(context.insights).items():
            if len(found) > listed.most and id in context.journal.contacts_by_id:
                yield from (_Key(id, listed.name, n) for n in Paging(len(found), PER_PAGE).numbers)


PAGE = PageKind(
    "contact_list",
    view=contact_list,
    keys=_keys,
    path=lambda key: _path(*key),
    reads=lambda context, key: reads.about_contact(context, key.id),
    within="contacts",
)
