"""What git has recorded of deals and contacts: which commit changed what, and who made it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, NamedTuple, get_args

Recorded = Literal["stage", "value", "close", "probability"]
RECORDED: tuple[Recorded, ...] = get_args(Recorded)
"""The fields of deals whose changes are told."""

_MARK = 16
"""How many bytes of a digest tell one state from another."""


class Commit(NamedTuple):
    """A commit: the day on which its author made it, where they were, and their name and address
    as they are recorded. One that ``brings_much`` at once is no record of what just happened."""

    id: str
    day: dt.date
    author: str
    address: str
    brings_much: bool = False

    @property
    def short(self) -> str:
        """As much of the id as people tell each other."""
        return self.id[:10]


class FieldRecorded(NamedTuple):
    """A field of a deal before a commit and after it, as files have it; nothing where it is not
    there."""

    name: Recorded
    before: str
    after: str


class Entry(NamedTuple):
    """What a commit did to the file of a deal or contact: whether that ``is_new``, which fields it
    changed, and the days of the notes that it added."""

    commit: Commit
    is_new: bool
    fields: tuple[FieldRecorded, ...]
    notes: tuple[dt.date, ...]


@dataclass(frozen=True, slots=True)
class Recordings:
    """All of it: the entries of each ``deals/ID`` and ``contacts/ID``, oldest first. What was
    recorded before ``begins`` is not here, where that is a day."""

    of: Mapping[str, tuple[Entry, ...]]
    begins: dt.date | None = None

    @property
    def marks(self) -> dict[str, bytes]:
        """For each deal and contact what changes with its entries."""
        return {
            name: sha256("".join([one.commit.id for one in some]).encode()).digest()[:_MARK]
            for name, some in self.of.items()
        }

    def until(self, day: dt.date) -> Recordings:
        """The same without what was recorded after a day."""
        if all(one.commit.day <= day for some in self.of.values() for one in some):
            return self
        until = {
            name: tuple([one for one in some if one.commit.day <= day])
            for name, some in self.of.items()
        }
        return Recordings({name: some for name, some in until.items() if some}, self.begins)
