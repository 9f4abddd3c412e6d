"""Which deals and contacts a page is made of, by file: ``deals/acme``, ``contacts/jane-roe``."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal, Extra
from site_builder.journal.note import Note
from site_builder.pages.context import Context
from site_builder.source.links import ids_in


def of(subject: Deal | Contact) -> str:
    """What a deal or contact is called where it says what pages are made of."""
    return subject.path.rpartition(".")[0]


def with_named(subject: Deal | Contact) -> frozenset[str]:
    """A deal or contact and all that its file names, whether it is there or not."""
    return frozenset((of(subject), *_named(subject)))


def about_contact(context: Context, id: str) -> frozenset[str]:
    """The contact with all that its file names; its people, and whom it brought; the deals that
    it is part of, and the files whose notes are about it, with all that they name."""
    insights, journal = context.insights, context.journal
    found = set(with_named(journal.contacts_by_id[id]))
    found.update(map(of, journal.people_of.get(id, ())))
    found.update(map(of, insights.introduced.get(id, ())))
    found.update(map(of, insights.referred.get(id, ())))
    found.update(map(of, journal.deals_of.get(id, ())))
    files = {mention.subject.path: mention.subject for mention in insights.mentions.get(id, ())}
    return frozenset(found.union(*map(with_named, files.values())))


def _named(subject: Deal | Contact) -> Iterator[str]:
    if isinstance(subject, Deal):
        yield from _contacts(*subject.people)
        yield from _either(subject.referral)
        for extra in subject.extras:
            yield from _of_extra(extra)
        yield from _linked(subject.next.text if subject.next else "")
    else:
        yield from _contacts(subject.company, subject.introduced_by)
    yield from _linked(subject.summary)
    for note in subject.notes:
        yield from _of_note(note)


def _of_note(note: Note) -> Iterator[str]:
    yield from _contacts(*note.parties, note.fields.who)
    yield from _linked(note.headline)
    yield from _linked(note.text)


def _of_extra(extra: Extra) -> Iterator[str]:
    if isinstance(extra.value, str) and extra.field.type in ("contact", "deal"):
        yield f"{extra.field.type}s/{extra.value}"


def _linked(text: str) -> Iterator[str]:
    for id in ids_in(text):
        yield from _either(id)


def _contacts(*ids: str) -> Iterator[str]:
    return (f"contacts/{id}" for id in ids if id)


def _either(id: str) -> Iterator[str]:
    if id:
        yield from (f"deals/{id}", f"contacts/{id}")
