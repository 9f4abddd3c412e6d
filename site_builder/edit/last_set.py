"""Whose version of a field follows from the notes of both, where notes set it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum

from site_builder.edit.parts import NotePart
from site_builder.edit.weave import Three, under
from site_builder.parse.note_order import in_order

Named = Mapping[str, NotePart]


class Whose(Enum):
    """Whose version it is; neither where only people can tell."""

    OURS = "ours"
    THEIRS = "theirs"
    NEITHER = "neither"


class LastSet:
    """The notes of both sides by names, and those of a merge in the order of its file: which of
    them sets a field last, in the order in which a journal reads them."""

    def __init__(self, named: Three[dict[str, NotePart]], names: Sequence[str]) -> None:
        self._ours, self._theirs = _in_time(named.ours), _in_time(named.theirs)
        merged = ((name, _merged(under(name, named))) for name in names)
        self._both = _in_time({name: note for name, note in merged if note})

    def whose(self, field: str) -> Whose | None:
        """Whose version of a field the last note asks for. Neither where it is of no side,
        or where each noted another value on one day, and no clock tells which was later. None
        where notes don't tell."""
        last = _last(field, self._both)
        ours, theirs = _last(field, self._ours), _last(field, self._theirs)
        if last is None or ours == theirs:
            return None
        if last not in (ours, theirs):
            return Whose.NEITHER
        if ours and theirs and self._are_rivals(ours, theirs):
            one, other = self._ours[ours], self._theirs[theirs]
            if one.value_of(field) == other.value_of(field):
                return None
            if not _is_after(*((one, other) if last == ours else (other, one))):
                return Whose.NEITHER
        return Whose.OURS if last == ours else Whose.THEIRS

    def said(self, field: str, whose: Whose) -> str | None:
        """What the last note of a side that sets a field says of it."""
        notes = self._ours if whose is Whose.OURS else self._theirs
        last = _last(field, notes)
        return notes[last].value_of(field) if last else None

    def _are_rivals(self, ours: str, theirs: str) -> bool:
        """Whether two notes are of one day, and neither side knew that of the other."""
        is_known = ours in self._theirs or theirs in self._ours
        return not is_known and self._ours[ours].date == self._theirs[theirs].date


def _in_time(notes: Named) -> Named:
    names = {id(note): name for name, note in notes.items()}
    return {names[id(note)]: note for note in in_order(list(notes.values()))}


def _merged(there: Three[NotePart | None]) -> NotePart | None:
    """What becomes of a note; None where a side deleted it, and the other left it."""
    texts = there.each(lambda note: note.text if note else "")
    if texts.settled == "":
        return None
    return (there.theirs if texts.base == texts.ours else there.ours) or there.theirs


def _last(field: str, notes: Named) -> str | None:
    setting = [name for name, note in notes.items() if note.value_of(field) is not None]
    return setting[-1] if setting else None


def _is_after(late: NotePart, early: NotePart) -> bool:
    """Whether the clock of one note of a day tells that it is later than another."""
    return late.time is not None and early.time is not None and late.time > early.time
