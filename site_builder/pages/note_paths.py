"""Where notes stand: on the page of the deal or contact in whose file they are or, the older ones
of very many, on further pages of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.note import Note
from site_builder.pages.links import numbered, subject_link
from site_builder.pages.paging import Paging

PER_PAGE = 200


class FurtherPage(NamedTuple):
    """Page ``number``, from 2, of the notes of a deal or contact."""

    id: str
    number: int

    @property
    def file(self) -> str:
        """The name of its file."""
        return numbered(self.id, self.number)


def further_pages(subjects: Iterable[Deal | Contact]) -> Iterator[FurtherPage]:
    """The further pages of all of them."""
    for subject in subjects:
        if len(subject.notes) > PER_PAGE:
            yield from (FurtherPage(subject.id, n) for n in paging(subject).numbers[1:])


def paging(subject: Deal | Contact) -> Paging:
    """The notes of a deal or contact by page, the newest first."""
    return Paging(len(subject.notes), PER_PAGE)


def note_path(subject: Deal | Contact, note: Note, up: str = "") -> str:
    """The address of a note of a deal's or contact's file."""
    return f"{notes_page(subject, _page_of(subject, note), up)}#{note.anchor}"


def from_own_page(subject: Deal | Contact, note: Note) -> str:
    """The same, from the page of the deal or contact itself."""
    number = _page_of(subject, note)
    return f"{numbered(subject.id, number) if number > 1 else ''}#{note.anchor}"


def notes_page(subject: Deal | Contact, number: int, up: str = "") -> str:
    """The address of a page of notes of a deal or contact: its own page is number 1."""
    return numbered(subject_link(subject, up).path.removesuffix(".html"), number)


def _page_of(subject: Deal | Contact, note: Note) -> int:
    if len(subject.notes) <= PER_PAGE:  # as nearly all have
        return 1
    newest_first = enumerate(reversed(subject.notes))
    place = next(n for n, other in newest_first if other.anchor == note.anchor)
    return paging(subject).page_of(place)
