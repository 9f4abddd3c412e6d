"""``rung-skipped``: a contact is said to trust before they liked, or to like before they knew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from operator import itemgetter

from site_builder.diagnostics import Problem, Severity
from site_builder.ladder import climbers
from site_builder.model import Journal, KindRole, Note
from site_builder.states import moments


def check(journal: Journal, today: dt.date) -> Iterator[Problem]:
    """The ladder is climbed rung by rung, each way for itself.

    Bad: `## 2026-10-12 trust from jane-roe` where no note says that she likes us.
    """
    rungs = journal.schema.rungs
    height = {rung: number for number, rung in enumerate(rungs)}
    reached: dict[tuple[str, str], int] = {}
    for note in _in_order(journal):
        at = height[note.kind.id]
        for climber in climbers(note):
            before = reached.get(climber, -1)
            if at > before + 1:
                yield _problem(note, climber, rungs[before + 1 : at])
            if at > before:
                reached[climber] = at


def _in_order(journal: Journal) -> list[Note]:
    """The rung notes of all files, oldest first: those of one minute by their files, and those
    of one file as they stand there."""
    found = []
    rung = KindRole.RUNG
    for subject in journal.subjects:
        notes = [note for note in subject.notes if note.kind.role is rung]
        if not notes:
            continue
        pairs = zip(notes, moments(notes), strict=True)
        found += [((when, subject.path, place), n) for place, (n, when) in enumerate(pairs)]
    return [note for _, note in sorted(found, key=itemgetter(0))]


def _problem(note: Note, climber: tuple[str, str], skipped: tuple[str, ...]) -> Problem:
    rung, names = note.kind.id, ", ".join(f"`{r}`" for r in skipped)
    contact, direction = climber
    way = f"from {contact}" if direction == "from" else f"to {contact}"
    return Problem(
        "rung-skipped",
        f"`{rung} {way}` comes without {names} before it.",
        f"Add the note in which `{skipped[0]} {way}` came true, or give the relationship time.",
        note.places.kind,
        Severity.WARNING,
    )
