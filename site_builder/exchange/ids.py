"""Ids from names: readable, within the rules, stable, and never two alike."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from site_builder.parse.ids import MAX_ID, slug

# Names that some file systems keep for themselves, and the one that a journal skips.
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", "readme"} | {f"{d}{n}" for d in ("com", "lpt") for n in range(10)}
)


class Ids:
    """The ids of one kind, those taken and those given out."""

    def __init__(self, noun: str, taken: Iterable[str]) -> None:
        self.noun = noun
        self.taken = {id.lower() for id in taken}
        self._next: dict[str, int] = {}

    def give(self, text: str, key: str) -> str:
        """A new id made from a text, else from the key, and marked as taken.

        A second of the same name gets ``-2``. A name without a single Latin letter
        gets a short fingerprint of its key, so it is the same in every run.
        """
        base = slug(text) or slug(key) or hashlib.sha256(key.encode()).hexdigest()[:10]
        if base in _RESERVED or not any(slug(part) for part in (text, key)):
            base = f"{self.noun}-{base}"
        base = _shorten(base, MAX_ID)
        id, number = base, self._next.get(base, 2)
        while id in self.taken:
            id, number = f"{_shorten(base, MAX_ID - len(str(number)) - 1)}-{number}", number + 1
        self._next[base] = number
        self.taken.add(id)
        return id


def _shorten(id: str, length: int) -> str:
    return id if len(id) <= length else id[:length].rstrip("-")
