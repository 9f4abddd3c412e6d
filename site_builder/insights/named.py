"""What the file of a deal or contact names: other deals and contacts, each as ``deals/acme`` or
``contacts/jane-roe``, whether it is there or not."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal, Extra
from site_builder.source.links import ids_in


def name_of(subject: Deal | Contact) -> str:
    """What a deal or contact is called where it is named."""
    return f"{'deals' if isinstance(subject, Deal) else 'contacts'}/{subject.id}"


def named_in(subject: Deal | Contact) -> Iterator[str]:
    """All that the file of a deal or contact names, some of it several times."""
    if isinstance(subject, Deal):
        yield from _contacts(*subject.people)
        yield from _either(subject.referral)
        for extra in subject.extras:
            yield from _of_extra(extra)
    else:
        yield from _contacts(subject.company, subject.introduced_by)
    for note in subject.notes:
        yield from _contacts(*note.parties, note.fields.who)
    for text in texts_of(subject):
        yield from _linked(text)


def texts_of(subject: Deal | Contact) -> Iterator[str]:
    """All texts of the file of a deal or contact in which links can stand, some of them empty."""
    if isinstance(subject, Deal):
        yield from (subject.their_win, subject.our_win)
        yield from (subject.next.text,) if subject.next else ()
        yield from (extra.value for extra in subject.extras if isinstance(extra.value, str))
    yield subject.summary
    for note in subject.notes:
        yield from (note.headline, note.text)


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
