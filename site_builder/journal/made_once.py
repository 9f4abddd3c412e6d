"""Values by key, each made when it is first asked for, and kept from then on or for a while.

This module imports nothing else of the package.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import itemgetter
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")
_KEY = itemgetter(0)


class MadeOnce(Generic[K, V]):
    """What ``make`` makes of a key, from then on kept. Its length is how many are made."""

    __slots__ = ("_made", "_make")

    def __init__(self, make: Callable[[K], V]) -> None:
        self._make = make
        self._made: dict[K, V] = {}

    def __getitem__(self, key: K) -> V:
        if key not in self._made:
            self._made[key] = self._make(key)
        return self._made[key]

    def take(self, other: MadeOnce[K, V], but: Iterable[K]) -> None:
        """Take what another made of all but some keys. The other has nothing of it then."""
        self._made, other._made = other._made, {}
        for key in but:
            self._made.pop(key, None)

    def __len__(self) -> int:
        return len(self._made)


class Found(Generic[K, V]):
    """What ``find`` finds of each of some keys, of those of which it finds anything, sorted by key:
    looked for when it is first asked for, and from then on kept."""

    __slots__ = ("_again", "_find", "_found")

    def __init__(self, find: Callable[[K], V | None]) -> None:
        self._find = find
        self._found: dict[K, V] | None = None
        self._again: set[K] = set()

    def among(self, keys: Iterable[K]) -> Mapping[K, V]:
        """What is found of ``keys``, which are sorted: always the same ones, but for those that are
        looked at again."""
        if self._found is None:
            self._found = dict(self._some(keys))
        elif self._again:
            self._found = self._anew(self._found)
        self._again.clear()
        return self._found

    def take(self, other: Found[K, V], but: Iterable[K]) -> None:
        """Take what another found, and look at some keys again, for those that are gone ``find``
        finds nothing. The other has nothing of it then."""
        self._found, other._found = other._found, None
        self._again = other._again.union(but)

    def _anew(self, found: dict[K, V]) -> dict[K, V]:
        known = len(found)
        now = dict(self._some(self._again))
        for key in self._again:
            if key not in now:
                known -= found.pop(key, None) is not None
        found.update(now)
        return found if len(found) == known else dict(sorted(found.items(), key=_KEY))

    def _some(self, keys: Iterable[K]) -> Iterator[tuple[K, V]]:
        for key in keys:
            value = self._find(key)
            if value:
                yield key, value


class Recent(Generic[K, V]):
    """Values by key, of which ``most`` are kept: so many are all forgotten for one more. For what
    recurs soon or never."""

    __slots__ = ("_kept", "_most")

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[K, V] = {}

    def get(self, key: K) -> V | None:
        return self._kept.get(key)

    def keep(self, key: K, value: V) -> V:
        """Keep a value, and give it back."""
        if len(self._kept) >= self._most:
            self._kept.clear()
        self._kept[key] = value
        return value

    def __len__(self) -> int:
        return len(self._kept)
