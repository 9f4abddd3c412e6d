"""Notes as lines of a timeline, by year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from site_builder.insights.notes_by_contact import Mention
from site_builder.journal.contact import Contact
from site_builder.journal.days import years_later
from site_builder.journal.deal import Deal
from site_builder.markup import formats
from site_builder.pages.context import Context
from site_builder.pages.note_body import NoteLine
from site_builder.pages.note_paths import paging
from site_builder.problems import counting

LATEST = 3
"""How many notes are told first, however old they are."""


class YearOfNotes(NamedTuple):
    """Notes of one year, newest first, under its ``name``. They are ``folded`` if they are older
    than twelve months, and ``goes_on`` says that others of the year stand before them."""

    name: str
    notes_count: str
    folded: bool
    goes_on: bool
    notes: tuple[NoteLine, ...]


class Timeline(NamedTuple):
    """The ``latest`` few notes, then the ``earlier`` ones, by year; ``earlier_count`` says how many
    those are. ``marks`` are the kinds of exchange that lines are marked with: ``tangible``,
    ``intangible``."""

    latest: tuple[YearOfNotes, ...]
    earlier: tuple[YearOfNotes, ...]
    earlier_count: str
    marks: tuple[str, ...]


def timeline(lines: Sequence[NoteLine], today: dt.date) -> Timeline:
    """Lines, the newest first, as a page shows them."""
    latest, earlier = lines[:LATEST], lines[LATEST:]
    since = formats.day(years_later(today, -1))
    return Timeline(
        by_year(latest),
        by_year(earlier, since, latest[-1].body.day[:4]) if earlier else (),
        counting.count(len(earlier), "earlier note"),
        tuple(sorted({line.body.tangibility for line in lines} - {""}, reverse=True)),
    )


def by_year(
    lines: Sequence[NoteLine], since: str = "", before: str = ""
) -> tuple[YearOfNotes, ...]:
    """Lines, the newest first, by year. Those of days before ``since`` are folded; ``before`` is
    the year of what stands before them all."""
    found = []
    for (year, folded), notes in groupby(lines, lambda line: _year(line, since)):
        shown = tuple(notes)
        goes_on = year == before
        name = f"Earlier in {year}" if goes_on and folded else year
        count = counting.count(len(shown), "note")
        found.append(YearOfNotes(name, count, folded, goes_on, shown))
        before = year
    return tuple(found)


def _year(line: NoteLine, since: str) -> tuple[str, bool]:
    return line.body.day[:4], line.body.day < since


def own_timeline(
    subject: Deal | Contact, context: Context, number: int = 1
) -> tuple[NoteLine, ...]:
    """The notes of a deal's or contact's own file that stand on a page of it, newest first."""
    notes = paging(subject).part(subject.notes[::-1], number)
    return tuple([NoteLine(note.anchor, context.body_of(note, subject)) for note in notes])


def mixed_timeline(
    mentions: Sequence[Mention], contact: Contact, context: Context
) -> tuple[NoteLine, ...]:
    """Notes of several files, newest first: those of the contact's own file whole, with their
    anchors; of the others what they begin with, and a link to where they stand."""
    return tuple(
        [
            NoteLine(note.anchor, context.body_of(note, subject))
            if subject is contact
            else context.line_elsewhere(note, subject)
            for note, subject, _ in reversed(mentions)
        ]
    )
