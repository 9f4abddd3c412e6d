"""A journal that records what of it is looked at: which deals and contacts, or all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import pytest

from site_builder.insights.insights import Insights
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.load.loaded import Loaded
from site_builder.pages.context import Context
from site_builder.pages.page import Key, PageKind

EVERYTHING = "everything"
"""What is looked at by who goes through the whole journal, or its problems."""

V = TypeVar("V")


class Recording:
    """A journal whose pages are made to see what they look at."""

    def __init__(self, loaded: Loaded) -> None:
        assert loaded.seen is not None
        self.context = Context(Insights(loaded.seen, loaded.today), loaded.problems, loaded.sources)
        """What pages are made of where nothing is recorded."""

    def looked_at(self, kind: PageKind[Key], key: Key) -> set[str]:
        """The deals and contacts that the view of a page looks at or asks for, whether they are
        there or not, called as in ``reads``."""
        looked: set[str] = set()
        context = self._recording(looked.add)
        with _noticed(looked.add):
            kind.view(context, key)
        return looked

    def read_by(self, kind: PageKind[Key], key: Key) -> frozenset[str]:
        """What the page reads, as its kind says."""
        assert kind.reads is not None
        return kind.reads(self.context, key)

    def _recording(self, look: Callable[[str], None]) -> Context:
        """The context made anew, so that nothing is known yet of what an earlier page looked at;
        but who belongs to whom is known."""
        known = self.context
        journal = Journal(known.journal.schema)
        insights = Insights(journal, known.today)
        context = Context(insights)
        wholes: tuple[tuple[object, object, tuple[str, ...]], ...] = (
            (journal, known.journal, ("deals", "contacts", "rung_notes")),
            (context, known, ("problems",)),
        )
        for made, was, names in wholes:
            vars(made).update({name: _All(getattr(was, name), look) for name in names})
        by_id: tuple[tuple[object, object, str, tuple[str, ...]], ...] = (
            (journal, known.journal, "deals/{}", ("deals_by_id",)),
            (journal, known.journal, "contacts/{}", ("contacts_by_id", "deals_of", "people_of")),
            (insights, known.insights, "contacts/{}", ("mentions", "introduced", "referred")),
            (insights, known.insights, EVERYTHING, ("by_stage",)),
            (context, known, EVERYTHING, ("sources",)),
        )
        for made, was, called, names in by_id:
            vars(made).update({name: _ById(getattr(was, name), called, look) for name in names})
        return context


class _All(Sequence[V]):
    """What is looked at as a whole."""

    def __init__(self, items: Sequence[V], look: Callable[[str], None]) -> None:
        self._items, self._look = items, look

    def __getitem__(self, place: Any) -> Any:  # an index, or a slice
        self._look(EVERYTHING)
        return self._items[place]

    def __len__(self) -> int:
        self._look(EVERYTHING)
        return len(self._items)


class _ById(Mapping[Any, V]):
    """What is asked for by key, of any type; ``called`` is how one is called that has a key."""

    def __init__(self, found: Mapping[Any, V], called: str, look: Callable[[str], None]) -> None:
        self._found, self._called, self._look = found, called, look

    def __getitem__(self, key: Any) -> V:
        if key:
            self._look(self._called.format(key))
        return self._found[key]

    def __iter__(self) -> Iterator[Any]:
        self._look(EVERYTHING)
        return iter(self._found)

    def __len__(self) -> int:
        self._look(EVERYTHING)
        return len(self._found)


@contextmanager
def _noticed(look: Callable[[str], None]) -> Iterator[None]:
    """Notice whatever is asked of a deal or contact."""
    with pytest.MonkeyPatch.context() as patch:
        for kind, folder in ((Deal, "deals"), (Contact, "contacts")):
            # A deal or contact, and what any of its fields and properties says.
            def asked(subject: Any, name: str, folder: str = folder) -> Any:
                if not name.startswith("__"):
                    look(f"{folder}/{object.__getattribute__(subject, 'id')}")
                return object.__getattribute__(subject, name)

            patch.setattr(kind, "__getattribute__", asked)
        yield
