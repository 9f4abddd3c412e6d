"""Values by key, each made when it is first asked for, and kept from then on or for a while.

This module imports nothing else of the package.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


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
