"""Of a company: who of us had exchanges with whom of them, drawn and told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup

from site_builder.insights.notes_by_contact import Mention
from site_builder.insights.threads import Thread, Threads, threads
from site_builder.journal.contact import Contact
from site_builder.journal.kinds import Tangibility
from site_builder.markup import formats
from site_builder.markup.threads import MOST as BETWEEN_TWO
from site_builder.markup.threads import MOST_IN_ALL, End, Line, drawn_of
from site_builder.markup.threads import threads as drawn
from site_builder.pages.context import Context
from site_builder.pages.links import Link, contact_path
from site_builder.pages.note_body import kind_text
from site_builder.pages.note_paths import note_path
from site_builder.problems import counting

MOST = 25
"""How many people of theirs are drawn, and how many pairs of people are told."""


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
    """What a company's page shows of it: ``empty`` are the people whom nobody has spoken to,
    ``beside`` is what is not in it."""

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
        _empty(found),
        _beside(found),
    )


def _drawing(found: Threads, context: Context) -> Markup:
    left = {person.id: at for at, person in enumerate(found.ours)}
    right = {seat.contact.id: at for at, seat in enumerate(found.theirs[:MOST])}
    shown = [
        (thread, left[thread.ours.id], right[thread.theirs.id])
        for thread in found.threads
        if thread.theirs.id in right
    ]
    lines = [line for one in shown for line in _each(*one, context)]
    if drawn_of(lines) > MOST_IN_ALL:
        lines = [line for one in shown for line in _together(*one)]
    theirs = [
        End(seat.contact.name, f"../{contact_path(seat.contact)}", seat.is_empty)
        for seat in found.theirs[:MOST]
    ]
    return drawn([End(person.name) for person in found.ours], theirs, lines)


def _each(one: Thread, left: int, right: int, context: Context) -> Iterator[Line]:
    """A line for each exchange."""
    for mention in one.exchanges:
        yield Line(
            left,
            right,
            _kind(mention.note.kind.tangibility),
            f"{one.ours.name} – {one.theirs.name}, "
            f"{formats.short_day(mention.note.date)}: {_kind_of(mention, context)}",
            note_path(mention.subject, mention.note, "../"),
        )


def _together(one: Thread, left: int, right: int) -> Iterator[Line]:
    """A line for all tangible ones, and one for the others; each leads to the last."""
    for kind in ("tangible", "intangible"):
        those = [m for m in one.exchanges if _kind(m.note.kind.tangibility) == kind]
        if those:
            count = counting.count(len(those), f"{kind} exchange")
            name = f"{one.ours.name} – {one.theirs.name}: {count}"
            path = note_path(those[-1].subject, those[-1].note, "../")
            yield Line(left, right, kind, name, path)


def _empty(found: Threads) -> tuple[Link, ...]:
    every = [seat for seat in found.theirs if seat.is_empty]
    shown = tuple(_seat(seat.contact, seat.roles) for seat in every[:MOST])
    more = len(every) - len(shown)
    return (*shown, Link(f"{counting.grouped(more)} more")) if more else shown


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
    """What is in no thread, and what is not shown."""
    parts = []
    if found.unnamed:
        count = counting.count(found.unnamed, "exchange")
        verb = "do" if found.unnamed > 1 else "does"
        parts.append(f"{count} more that {verb} not say who with whom")
    if len(found.theirs) > MOST:
        of = counting.grouped(len(found.theirs))
        parts.append(f"Of their {of} people the {MOST} with the most exchanges are drawn")
    if any(len(one.exchanges) > BETWEEN_TWO for one in found.threads):
        parts.append(f"Of more than {BETWEEN_TWO} exchanges between two the last are drawn")
    if len(found.threads) > MOST:
        of = counting.grouped(len(found.threads))
        parts.append(f"Of {of} pairs the {MOST} with the most exchanges are listed")
    return ". ".join(parts)
