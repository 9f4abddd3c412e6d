"""The relationship ladder: who has reached which rung with us, and we with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from site_builder.model import Contact, Deal, Journal, KindRole, Note


class Climb(NamedTuple):
    """One rung, by one contact in one direction: ``from`` them, or ``to`` them from us."""

    contact: str
    direction: str
    note: Note
    subject: Deal | Contact


def climbs(journal: Journal) -> tuple[Climb, ...]:
    """All rungs noted in a journal, oldest first."""
    return tuple(sorted(_noted(journal), key=lambda c: (c.note.date, c.note.span)))


def _noted(journal: Journal) -> Iterator[Climb]:
    for subject in journal.subjects:
        for note in subject.notes:
            if note.kind.role is KindRole.RUNG:
                for party in note.parties:
                    yield Climb(party, note.direction or "from", note, subject)


def rungs_reached(journal: Journal) -> dict[tuple[str, str], str]:
    """The highest rung of each contact, by contact and direction."""
    height = {rung: number for number, rung in enumerate(journal.schema.rungs)}
    found: dict[tuple[str, str], str] = {}
    for climb in _noted(journal):
        key, rung = (climb.contact, climb.direction), climb.note.kind.id
        if key not in found or height[rung] > height[found[key]]:
            found[key] = rung
    return found
