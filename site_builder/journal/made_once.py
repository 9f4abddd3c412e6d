"""Values by key, each made when it is first asked for.

This module imports nothing else of the package.
"""

from __future__ import annotations

from collections.abc import Callable
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

    def __len__(self) -> int:
        return len(self._made)
