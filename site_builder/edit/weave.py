"""What three versions have, and two orders of names woven into one from what both began with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")
U = TypeVar("U")
K = TypeVar("K")
V = TypeVar("V")


class Three(NamedTuple, Generic[T]):
    """Something in the version that two began with, and in these two."""

    base: T
    ours: T
    theirs: T

    def each(self, take: Callable[[T], U]) -> Three[U]:
        """Something of each."""
        return Three(take(self.base), take(self.ours), take(self.theirs))

    @property
    def settled(self) -> T | None:
        """What it is where only one side changed it, or both alike; None where both did."""
        if self.theirs in (self.ours, self.base):
            return self.ours
        return self.theirs if self.base == self.ours else None

    @property
    def chosen(self) -> T:
        """What it is; where both sides changed it, as ours."""
        return self.theirs if self.base == self.ours else self.ours


def under(key: K, rows: Three[dict[K, V]]) -> Three[V | None]:
    """What each has by a key; None where one has nothing."""
    return rows.each(lambda row: row.get(key))


Mix = Callable[[Sequence[T], Sequence[T]], list[T]]
"""Takes the names that each side put into one place, gives all of them in an order that is the
same when the sides are swapped."""


def woven(names: Three[Sequence[T]], mix: Mix[T]) -> list[T]:
    """All names, each once: those of the base in the order of the side that changed it, the new
    ones behind what they stand behind."""
    spine = _spine(names)
    new = names.each(lambda side: _by_place(side, set(spine)))
    made: list[T] = []
    for place in (None, *spine):
        made += [] if place is None else [place]
        made += _mixed(new.ours.get(place, []), new.theirs.get(place, []), mix)
    return list(dict.fromkeys(made))


def _spine(names: Three[Sequence[T]]) -> list[T]:
    """The names of the base, in the order in which they stand where only one side moved them."""
    common = set(names.ours) & set(names.theirs) & set(names.base)
    order = names.each(lambda side: [name for name in side if name in common])
    now = order.chosen
    if now == order.base:
        return list(names.base)
    gone = _by_place(names.base, common)
    rows = [[*gone.get(None, [])], *([name, *gone.get(name, [])] for name in now)]
    return [name for row in rows for name in row]


def _by_place(names: Sequence[T], known: set[T]) -> dict[T | None, list[T]]:
    """The names that are not known, by the known one that they stand behind."""
    found: dict[T | None, list[T]] = {}
    place: T | None = None
    for name in names:
        if name in known:
            place = name
        else:
            found.setdefault(place, []).append(name)
    return found


def _mixed(ours: list[T], theirs: list[T], mix: Mix[T]) -> list[T]:
    if not ours or not theirs or ours == theirs:
        return ours or theirs
    return mix(ours, theirs)
