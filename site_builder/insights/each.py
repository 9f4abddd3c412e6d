"""What follows from each deal of a journal alone, or from each contact: kept for as long as that is
the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar, cast

from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.made_once import Found, MadeOnce

Subject = TypeVar("Subject", Deal, Contact)
Whole = TypeVar("Whole")
T = TypeVar("T")


class Each(Generic[Subject, Whole]):
    """What functions make of each of some deals or contacts, and of the ``whole`` that they are
    told of with it: of nothing in that which may be another where the deal or contact is none of
    those that ``take`` leaves."""

    def __init__(
        self, subjects: Sequence[Subject], by_id: Mapping[str, Subject], whole: Whole
    ) -> None:
        """``subjects`` are sorted by id."""
        self._subjects: Sequence[Subject] = subjects
        self._by_id: Mapping[str, Subject] = by_id
        self._whole = whole
        self._of: dict[Callable[[Subject, Whole], object], MadeOnce[str, object]] = {}
        self._with: dict[Callable[[Subject, Whole], object], Found[str, object]] = {}

    def of(self, make: Callable[[Subject, Whole], T]) -> MadeOnce[str, T]:
        """What a function makes of each, by id."""
        if make not in self._of:
            self._of[make] = MadeOnce(lambda id: make(self._by_id[id], self._whole))
        # What stands under a function is its own result.
        return cast("MadeOnce[str, T]", self._of[make])

    def having(self, find: Callable[[Subject, Whole], T | None]) -> Mapping[str, T]:
        """What a function finds of those of which it finds anything, sorted by their ids."""
        found = self._found(find).among(one.id for one in self._subjects)
        return cast("Mapping[str, T]", found)  # likewise

    def take(self, before: Each[Any, Any], but: Iterable[str]) -> None:
        """Take over what was known before of all but some: the other knows nothing of it then."""
        but = frozenset(but)
        for make, made in before._of.items():
            self.of(make).take(made, but)
        for find, found in before._with.items():
            self._found(find).take(found, but)

    def _found(self, find: Callable[[Subject, Whole], object]) -> Found[str, object]:
        if find not in self._with:
            self._with[find] = Found(lambda id: self._find(find, id))
        return self._with[find]

    def _find(self, find: Callable[[Subject, Whole], object], id: str) -> object:
        one = self._by_id.get(id)
        return None if one is None else find(one, self._whole)
