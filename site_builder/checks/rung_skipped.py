"""``rung-skipped``: a contact is said to trust before they liked, or to like before they knew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from site_builder.diagnostics import Problem, Severity
from site_builder.ladder import Climb, climbs
from site_builder.model import Journal


def check(journal: Journal, today: dt.date) -> Iterator[Problem]:
    """The ladder is climbed rung by rung, each way for itself.

    Bad: `## 2026-10-12 trust from jane-roe` where no note says that she likes us.
    """
    rungs = journal.schema.rungs
    height = {rung: number for number, rung in enumerate(rungs)}
    reached: dict[tuple[str, str], int] = {}
    for climb in climbs(journal):
        key = (climb.contact, climb.direction)
        at, before = height[climb.note.kind.id], reached.get(key, -1)
        if at > before + 1:
            yield _problem(climb, rungs[before + 1 : at])
        reached[key] = max(at, before)


def _problem(climb: Climb, skipped: tuple[str, ...]) -> Problem:
    rung, names = climb.note.kind.id, ", ".join(f"`{r}`" for r in skipped)
    way = f"from {climb.contact}" if climb.direction == "from" else f"to {climb.contact}"
    return Problem(
        "rung-skipped",
        f"`{rung} {way}` comes without {names} before it.",
        f"Add the note in which `{skipped[0]} {way}` came true, or give the relationship time.",
        climb.note.places.kind,
        Severity.WARNING,
    )
