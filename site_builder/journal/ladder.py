"""The relationship ladder: who has reached which rung with us, and we with them."""

from __future__ import annotations

from site_builder.journal.journal import Journal
from site_builder.journal.note import Note


def climbers(note: Note) -> list[tuple[str, str]]:
    """Who reaches the rung of a note: each contact and its direction, which is ``from`` them
    or ``to`` them from us."""
    direction = note.direction or "from"
    return [(party, direction) for party in note.parties]


def rungs_reached(journal: Journal) -> dict[tuple[str, str], str]:
    """The highest rung of each contact, by contact and direction."""
    height = {rung: number for number, rung in enumerate(journal.schema.rungs)}
    found: dict[tuple[str, str], str] = {}
    for note in journal.rung_notes:
        rung = note.kind.id
        for climber in climbers(note):
            if climber not in found or height[rung] > height[found[climber]]:
                found[climber] = rung
    return found
