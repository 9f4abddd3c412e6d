"""Notes in the order of their days, and their numbers among those of a day."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import fields
from itertools import pairwise
from operator import attrgetter
from typing import Protocol, TypeVar

from site_builder.journal.note import Note

_NAMES = [field.name for field in fields(Note)]
_before_ordinal = attrgetter(*_NAMES[: _NAMES.index("ordinal")])


class Dated(Protocol):
    """Something of a day, that may have a time."""

    @property
    def date(self) -> dt.date: ...
    @property
    def time(self) -> dt.time | None: ...


D = TypeVar("D", bound=Dated)


def in_order(written: list[D]) -> tuple[D, ...]:
    """Notes from the oldest to the newest, whichever way the file runs.

    Notes of one day keep the file's order (turned where the file runs newest first),
    unless all of them have times.
    """
    notes = list(written)
    dates = [note.date for note in notes]
    if dates != sorted(dates):
        falls = sum(a > b for a, b in pairwise(dates))
        rises = sum(a < b for a, b in pairwise(dates))
        if falls > rises:
            notes.reverse()
        notes.sort(key=lambda note: note.date)
    if not [note for note in notes if note.time]:
        return tuple(notes)
    return tuple(_timed(notes))


def numbered(notes: tuple[Note, ...]) -> tuple[Note, ...]:
    """The same notes, oldest first, each with its number among those of its day."""
    if len({note.date for note in notes}) == len(notes):  # as in most files
        return notes
    seen: Counter[dt.date] = Counter()
    found = []
    for note in notes:
        seen[note.date] += 1
        ordinal = seen[note.date]
        found.append(again(note, ordinal, note.is_whole) if ordinal > 1 else note)
    return tuple(found)


def again(note: Note, ordinal: int, is_whole: bool) -> Note:
    """The same note with another number, or with more written in it than is here."""
    # Many times as fast as `replace`, and there can be thousands.
    return Note(*(*_before_ordinal(note), ordinal, is_whole))


def _timed(notes: list[D]) -> list[D]:
    days: dict[dt.date, list[D]] = {}
    for note in notes:
        days.setdefault(note.date, []).append(note)
    for day, same in days.items():
        if all(note.time for note in same):
            days[day] = sorted(same, key=lambda note: note.time or dt.time())
    return [note for same in days.values() for note in same]
