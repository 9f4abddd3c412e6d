"""Of a company: who of us had exchanges with whom of them, drawn and told."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from site_builder.insights.notes_by_contact import Mention
from site_builder.insights.threads import Thread, Threads, threads
from site_builder.journal.contact import Contact
from site_builder.journal.kinds import Tangibility
from site_builder.markup import formats
from site_builder.markup.threads import End, Line
from site_builder.markup.threads import threads as drawn
from site_builder.pages.context import Context
from site_builder.pages.links import Link, contact_path
from site_builder.pages.note_body import kind_text
from site_builder.pages.note_paths import note_path
from site_builder.problems import counting

MOST = 25
"""How many pairs of people are told."""


class Pair(NamedTuple):
    """One of us and one of them: how many exchanges of which kinds, and the last."""

    ours: str
    theirs: Link
    number: str
    tangible: str
    last: Link

    @property
    def is_long(self) -> bool:
        """Whether a name has a word that may have to be broken."""
        return formats.has_long_word(self.ours, self.theirs.text)


class ShownThreads(NamedTuple):
    """What a company's page shows of it: ``empty`` are the people whom nobody has spoken to."""

    drawing: Markup
    pairs: tuple[Pair, ...]
    empty: tuple[Link, ...]
    beside: str


def contact_threads(company: Contact, context: Context) -> ShownThreads | None:
    """The threads with a company; None where there are none."""
    found = threads(company, context.insights)
    if not found.threads:
        return None
    return ShownThreads(
        _drawing(found, context),
        tuple(_pair(one, context) for one in found.threads[:MOST]),
        tuple(_seat(seat.contact, seat.roles) for seat in found.theirs if seat.is_empty),
        _beside(found),
    )


def _drawing(found: Threads, context: Context) -> Markup:
    left = {person.id: at for at, person in enumerate(found.ours)}
    right = {seat.contact.id: at for at, seat in enumerate(found.theirs[:MOST])}
    lines = [
        Line(
            left[thread.ours.id],
            right[thread.theirs.id],
            _kind(mention.note.kind.tangibility),
            f"{thread.ours.name} – {thread.theirs.name}, "
            f"{formats.short_day(mention.note.date)}: {_kind_of(mention, context)}",
            note_path(mention.subject, mention.note, "../"),
        )
        for thread in found.threads
        for mention in thread.exchanges
        if thread.theirs.id in right
    ]
    theirs = [
        End(seat.contact.name, f"../{contact_path(seat.contact)}", seat.is_empty)
        for seat in found.theirs[:MOST]
    ]
    return drawn([End(person.name) for person in found.ours], theirs, lines)


def _kind_of(mention: Mention, context: Context) -> str:
    return kind_text(mention.note, mention.subject, context.insights)


def _kind(tangibility: Tangibility) -> str:
    return "tangible" if tangibility is Tangibility.TANGIBLE else "intangible"


def _pair(one: Thread, context: Context) -> Pair:
    last = one.exchanges[-1]
    return Pair(
        one.ours.name,
        Link(one.theirs.name, f"../{contact_path(one.theirs)}"),
        counting.grouped(len(one.exchanges)),
        counting.grouped(one.tangible),
        Link(
            formats.near_day(last.note.date, context.today),
            note_path(last.subject, last.note, "../"),
        ),
    )


def _seat(contact: Contact, roles: tuple[str, ...]) -> Link:
    role = f", {' and '.join(roles).replace('-', ' ')}" if roles else ""
    return Link(contact.name + role, f"../{contact_path(contact)}")


def _beside(found: Threads) -> str:
    """What is in no thread."""
    if not found.unnamed:
        return ""
    count = counting.count(found.unnamed, "exchange")
    return f"{count} more that {'do' if found.unnamed > 1 else 'does'} not say who with whom"
