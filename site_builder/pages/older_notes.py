"""Older notes of a deal or contact, on a further page of its own."""

from __future__ import annotations

from typing import NamedTuple

from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.pages.context import Context
from site_builder.pages.links import NO_LINK, Link, subject_link
from site_builder.pages.note_paths import notes_page, paging
from site_builder.pages.notes import YearOfNotes, by_year, own_timeline
from site_builder.problems import counting


class OlderNotes(NamedTuple):
    """A further page of notes. ``home`` leads to the first page, ``pages`` to all, by the range
    of notes that each has; this one is at ``path``."""

    home: Link
    path: str
    range: str
    pages: tuple[Link, ...]
    notes: tuple[YearOfNotes, ...]
    notes_count: str


def older_notes(context: Context, subject: Deal | Contact, number: int) -> OlderNotes:
    """Page ``number``, from 2, of the notes of a deal or contact."""
    paged = paging(subject)
    return OlderNotes(
        subject_link(subject, "../"),
        notes_page(subject, number, "../"),
        paged.range(number),
        paged.links(lambda n: notes_page(subject, n, "../")),
        by_year(own_timeline(subject, context, number)),
        counting.count(len(subject.notes), "note"),
    )


def older_link(subject: Deal | Contact) -> Link:
    """From a deal's or contact's page to its older notes; no link where all are on it."""
    paged = paging(subject)
    if paged.pages == 1:
        return NO_LINK
    count = counting.count(paged.count - paged.size, "older note")
    return Link(count, notes_page(subject, 2, "../"))
