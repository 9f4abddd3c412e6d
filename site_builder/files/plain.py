"""Things of a few types as plain values, and back: numbers, texts and rows of them, which run no
code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

_PLAIN = frozenset((str, int, float, bool, type(None)))

Parts = Callable[[Any], Iterable[Any]]


class Form:
    """Makes plain values of things, and undoes it. A list is a thing, and begins with the number of
    its kind; numbers, texts and rows of them are themselves."""

    def __init__(self, kinds: Iterable[type[Any]], shared: Iterable[object] = ()) -> None:
        """Things are dates, decimals, named tuples and dataclasses of these ``kinds``, and what is
        ``shared``: that which makes them has it too, in the same order."""
        self._shared = tuple(shared)
        self._numbers = {id(one): number for number, one in enumerate(self._shared)}
        self._parts: dict[type, tuple[int, Parts]] = {}
        self._make: list[Callable[..., Any]] = []
        for one in kinds:
            self._add(one, _fields_of(one) if is_dataclass(one) else tuple, one)
        self._add(dt.date, lambda day: (day.toordinal(),), dt.date.fromordinal)
        self._add(Decimal, lambda number: (str(number),), Decimal)
        self._make.append(self._shared.__getitem__)

    def plain(self, thing: Any) -> Any:
        """A thing in plain values. Raises TypeError where anything in it is of no kind."""
        kind = type(thing)
        if kind in _PLAIN:
            return thing
        if kind is tuple:
            return tuple([self.plain(one) for one in thing])
        if issubclass(kind, dict):
            return {key: x if type(x) is float else self.plain(x) for key, x in thing.items()}
        if id(thing) in self._numbers:
            return [len(self._make) - 1, self._numbers[id(thing)]]
        if kind in self._parts:
            number, parts = self._parts[kind]
            return [number, *[self.plain(one) for one in parts(thing)]]
        raise TypeError(f"{kind.__name__} is no kind that can be kept")

    def thing(self, plain: Any) -> Any:
        """What ``plain`` was given; things that nobody may change, but for dicts."""
        kind = type(plain)
        if kind is list:
            return self._make[plain[0]](*[self.thing(one) for one in plain[1:]])
        if kind is tuple:
            return tuple([self.thing(one) for one in plain])
        if kind is dict:
            return {key: x if type(x) is float else self.thing(x) for key, x in plain.items()}
        return plain

    def _add(self, kind: type, parts: Parts, make: Callable[..., Any]) -> None:
        self._parts[kind] = len(self._make), parts
        self._make.append(make)


def _fields_of(kind: type[Any]) -> Parts:
    names = [field.name for field in fields(kind)]
    return lambda thing: [getattr(thing, name) for name in names]
