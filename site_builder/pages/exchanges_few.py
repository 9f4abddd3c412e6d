"""Exchanges that are too few to say how human they were: what is said instead, and the notes that
it counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from site_builder.insights import exchanges as facts
from site_builder.insights.exchanges import Exchanges, OfOutcome
from site_builder.journal.deal import Deal
from site_builder.journal.note import Note
from site_builder.pages.links import Link
from site_builder.pages.sentence import Sentence
from site_builder.pages.sheet import Group, group_of_notes, too_few
from site_builder.problems import counting

ENDINGS = {"won": "win", "lost": "loss"}
COMPARED = 10
"""Of fewer exchanges before wins, or before losses, it is not told how human they were."""
EVERY = "of:every"
"""Where the notes of all exchanges are listed, where the first line counts these."""


def _before(one: OfOutcome) -> str:
    return f"of:{one.outcome}"


def few_before(one: OfOutcome) -> Sentence:
    """``9 before a win: too few to say, 1 more would do``."""
    of = one.balance.human.of
    return Sentence(
        Link(counting.grouped(of), f"#{_before(one)}"),
        f" before a {ENDINGS[one.outcome]}: {too_few(of, COMPARED)}",
    )


def groups_of_few(found: Exchanges, by: facts.Noted) -> Iterator[Group]:
    """The notes of which the first line says that they are too few to compare: those before an
    outcome, or all where there are too few before any."""
    ended = [one for one in found.outcomes if one.outcome in ENDINGS]
    few = [one for one in ended if 0 < one.balance.human.of < COMPARED]
    if any(one.balance.human.of >= COMPARED for one in ended):
        for one in few:
            label = f"Before a {ENDINGS[one.outcome]}"
            yield group_of_notes(_before(one), label, _exchanged(by, [one]))
    elif any(one.balance.human.of for one in found.outcomes):
        yield group_of_notes(EVERY, "All exchanges", _exchanged(by, found.outcomes))


def _exchanged(by: facts.Noted, outcomes: Sequence[OfOutcome]) -> list[tuple[Deal, Note]]:
    keys = [(one.outcome, how) for one in outcomes for how in facts.EXCHANGES]
    return [note for key in keys for note in by.by_outcome.get(key, ())]
