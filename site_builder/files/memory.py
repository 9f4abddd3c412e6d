"""What was worked out and need not be again, as long as what it is made of stays the same: in this
process, and with a cache between runs."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar, cast

from site_builder.files.cache import Cache
from site_builder.files.plain import Form

T = TypeVar("T")
_MOST, _MOST_PARTS = 4, 200
"""So many results of a name, or parts of them, are known at once, those asked for last."""


class Memory:
    """Results by their names, and by keys that change with anything that they are made of."""

    def __init__(self, cache: Callable[[], Cache | None] = lambda: None) -> None:
        """What is kept between runs is in the cache, if there is one: it is asked for when it is
        needed."""
        self._ask_cache = cache
        self._known: dict[str, dict[bytes, object]] = {}
        self._kept: dict[str, dict[bytes, Any]] = {}
        self._unkept: set[str] = set()

    def of(self, name: str, key: bytes, make: Callable[[], T], form: Form | None = None) -> T:
        """What ``make`` makes, where it is not known; nobody may change that. Only what has a
        ``form`` is kept between runs."""
        known = self._known.setdefault(name, {})
        if key in known:
            result = known.pop(key)
        elif form is None or self._cache is None:
            result = make()
        else:
            result, is_new = self._between_runs(name, key, make, form, _MOST)
            if is_new:
                self._cache.write(_file(name), self._kept[name])
        _put(known, key, result, _MOST)
        return cast("T", result)  # what stands by a name and a key is made alike

    def knows(self, name: str, key: bytes) -> bool:
        """Whether what has a form need not be made."""
        return key in self._known.get(name, ()) or key in self._kept_by(name)

    def part(self, name: str, key: bytes, make: Callable[[], T], form: Form) -> T:
        """The same of something of which there are many, kept between runs by ``keep``."""
        known = self._known.setdefault(name, {})
        if key in known:
            result = known.pop(key)
        elif self._cache is None:
            result = make()
        else:
            result, is_new = self._between_runs(name, key, make, form, _MOST_PARTS)
            self._unkept |= {name} if is_new else set()
        _put(known, key, result, _MOST_PARTS)
        return cast("T", result)  # likewise

    def keep(self) -> None:
        """Keep the parts that were made for the next run."""
        for name in sorted(self._unkept if self._cache else ()):
            assert self._cache is not None
            self._cache.write(_file(name), self._kept[name])
        self._unkept.clear()

    @cached_property
    def _cache(self) -> Cache | None:
        return self._ask_cache()

    def _between_runs(
        self, name: str, key: bytes, make: Callable[[], object], form: Form, most: int
    ) -> tuple[object, bool]:
        """A result, and whether it was not kept."""
        kept = self._kept_by(name)
        if key in kept:
            kept[key] = kept.pop(key)
            return form.thing(kept[key]), False
        result = make()
        _put(kept, key, form.plain(result), most)
        return result, True

    def _kept_by(self, name: str) -> dict[bytes, Any]:
        """What is kept by a name, with what was made since."""
        if name not in self._kept:
            found = self._cache.read(_file(name)) if self._cache else None
            self._kept[name] = found if isinstance(found, dict) else {}  # a file can be another's
        return self._kept[name]


def _put(results: dict[bytes, Any], key: bytes, result: object, most: int) -> None:
    results[key] = result
    if len(results) > most:
        del results[next(iter(results))]


def _file(name: str) -> str:
    return f"learned-{name}"
