"""Asks the rules what is wrong on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.checks import OF_ALL, OF_ALL_NOTES, OF_ONE, OF_THE_CLOCK
from site_builder.journal import history
from site_builder.journal.journal import Journal
from site_builder.load.today import Today
from site_builder.problems.problem import Problem

_RULED = frozenset({"pipelines", "rungs", "kinds", "as-of"})


@dataclass(frozen=True, slots=True)
class Rules:
    """Asks the rules about a day. ``is_asked`` says that somebody named it for this once."""

    day: Today
    is_asked: bool

    @property
    def _begun(self) -> dt.date:
        """The last day that has begun: all have for one that was asked for."""
        return dt.date.max if self.is_asked else self.day.begun

    def _are_rungs_to_come(self, journal: Journal) -> bool:
        begun = self._begun
        return bool([note for note in journal.rung_notes if note.date > begun])

    def of_one(self, journal: Journal) -> Iterator[Problem]:
        """What is wrong with single deals and contacts."""
        if journal.schema.unsure & _RULED:
            return
        # That a note is dated after today is told, and all that could follow from it is not.
        held = history.without_later(journal, self._begun)
        for rule in OF_ONE:
            yield from rule(held, self.day.date)
        for clock_rule in OF_THE_CLOCK:
            yield from clock_rule(journal, self.day.date, self._begun)

    def of_all(self, journal: Journal, are_all_read: bool) -> Iterator[Problem]:
        """What is wrong with them together. Unless ``are_all_read``, what a rule about notes misses
        may stand in one that is not there."""
        if journal.schema.unsure & _RULED:
            return
        are_notes_sure = are_all_read and not self._are_rungs_to_come(journal)
        for rule in (*OF_ALL, *(OF_ALL_NOTES if are_notes_sure else ())):
            yield from rule(journal, self.day.date)
