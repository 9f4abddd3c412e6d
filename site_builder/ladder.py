"""The relationship ladder: who has reached which rung with us, and we with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.model import Contact, Deal, Journal, Note


@dataclass(frozen=True, slots=True)
class Climb:
    """One rung, by one contact in one direction: ``from`` them, or ``to`` them from us."""

    contact: str
    direction: str
    note: Note
    subject: Deal | Contact


def climbs(journal: Journal) -> tuple[Climb, ...]:
    """All rungs noted in a journal, oldest first."""
    return tuple(sorted(_noted(journal), key=lambda c: (c.note.date, c.note.span)))


def _noted(journal: Journal) -> Iterator[Climb]:
    rungs = journal.schema.rungs
    for subject in journal.subjects:
        for note in subject.notes:
            if note.is_rung and note.kind.id in rungs:
                for party in note.parties:
                    yield Climb(party, note.direction or "from", note, subject)


def rungs_reached(journal: Journal) -> dict[tuple[str, str], str]:
    """The highest rung of each contact, by contact and direction."""
    rungs = journal.schema.rungs
    found: dict[tuple[str, str], str] = {}
    for climb in climbs(journal):
        key = (climb.contact, climb.direction)
        if key not in found or rungs.index(climb.note.kind.id) > rungs.index(found[key]):
            found[key] = climb.note.kind.id
    return found
