"""The ladders of contacts: they of us, we of them, each rung with its day and note."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from site_builder.insights.ladders import HURRY, Ladder, Reached
from site_builder.insights.relationships import OfContact, Relationships
from site_builder.journal.contact import Contact
from site_builder.markup import formats
from site_builder.markup.rungs import Pair, Rung, ladders
from site_builder.pages.context import Context
from site_builder.pages.heat import heat_table
from site_builder.pages.links import contact_path
from site_builder.pages.note_body import in_a_line
from site_builder.pages.note_paths import note_path
from site_builder.pages.sheet import Cell, Row, Section, Table, texts
from site_builder.problems import counting

LADDERS_AT = "ladders"
NO_RUNG = ""
MARKS = 500
"""So many rungs are drawn at most. Of more the ladders of those who climbed last are drawn, and all
are counted by the highest rung; their ladders are on the pages of their contacts."""


def ladders_of(found: Relationships, context: Context) -> Section:
    """Both ladders of everybody who has reached a rung."""
    climbed = _climbed(found)
    rungs = context.journal.schema.rungs
    most = _most(context)
    drawn = ladders("Ladders of contacts", rungs, [_pair(one, context) for one in climbed[:most]])
    count, without = len(climbed), len(found.contacts) - len(climbed)
    more = f"; {most} are drawn, the others on their pages" if count > most else ""
    rest = f"; no rung is noted of {counting.count(without, 'other')}" if without else ""
    return Section(
        LADDERS_AT,
        "Ladders",
        f"{counting.count(count, 'contact')}, who climbed last first{more}{rest}",
        drawn,
        (_highest(climbed, rungs),) if count > most else (),
        closed=f"The ladders of {most} of them" if count > most else _told(count),
        rule="Behind the day on which a rung was reached first stands how many days that was after "
        "the rung below, and then what its note says.",
    )


def _told(count: int) -> str:
    return f"The ladders of {counting.count(count, 'contact')}"


def _most(context: Context) -> int:
    """How many contacts have their ladders drawn, each two."""
    return MARKS // (2 * len(context.journal.schema.rungs))


def _highest(climbed: Sequence[OfContact], rungs: Sequence[str]) -> Table:
    """How many contacts have come how far, they of us and we of them."""
    names = {rung: rung for rung in reversed(rungs)} | {NO_RUNG: "none noted"}
    tops = [tuple(way.top.rung if way.top else NO_RUNG for way in one.ladders) for one in climbed]
    counts = Counter((theirs, ours) for theirs, ours in tops)
    columns = {id: f"we: {name}" for id, name in reversed(names.items())}
    return heat_table("Contacts by the highest rung", "They of us", names, columns, counts)


def _climbed(found: Relationships) -> list[OfContact]:
    return sorted([one for one in found.contacts if one.from_them or one.to_them], key=newest_first)


def _pair(one: OfContact, context: Context) -> Pair:
    rungs = context.journal.schema.rungs
    theirs, ours = (
        {reached.rung: _rung(reached, context) for reached in way.reached} for way in one.ladders
    )
    return Pair(
        one.id.name,
        contact_path(one.id),
        _company(one.id, context),
        tuple(theirs.get(rung) for rung in rungs),
        tuple(ours.get(rung) for rung in rungs),
    )


def ladders_table(found: Relationships, context: Context) -> Table:
    """The same ladders in words, for a terminal."""
    climbed = _climbed(found)
    rows = tuple(
        Row(
            Cell(one.id.name, aside=_company(one.id, context)),
            tuple(_way(way, context) for way in one.ladders),
        )
        for one in climbed[: _most(context)]
    )
    return Table("Ladders of contacts", texts("Contact", "They of us", "We of them"), rows)


def _way(ladder: Ladder, context: Context) -> Cell:
    """``know 1 Jan 2026: At the fair; like 3 Feb 2026 +33 d``."""
    return Cell("; ".join([_in_words(one, context) for one in ladder.reached]))


def _in_words(one: Reached, context: Context) -> str:
    day = " ".join(filter(None, (one.rung, formats.short_day(one.date), after_words(one.after))))
    return ": ".join(filter(None, (day, _said(one, context))))


def _company(contact: Contact, context: Context) -> str:
    return context.companies[contact.company].text


def _said(one: Reached, context: Context) -> str:
    return in_a_line(one.note, context.journal, context.writer)


def _rung(one: Reached, context: Context) -> Rung:
    return Rung(
        formats.short_day(one.date),
        note_path(one.subject, one.note),
        after_words(one.after),
        one.after is not None and one.after <= HURRY,
        _said(one, context),
    )


def newest_first(one: OfContact) -> tuple[int, str]:
    """Sorts those first who reached a rung last."""
    last = one.ladders.last
    return -(last.toordinal() if last else 0), one.id.id


def after_words(days: int | None) -> str:
    """How long after the rung below one was reached: ``+12 d``."""
    if days is None:
        return ""
    return f"+{counting.grouped(days)} d" if days else "same day"
