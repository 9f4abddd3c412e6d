"""What a page looks at, as a journal records it, is within what it says that it reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.load.loader import load
from site_builder.pages import contact, deal, overview
from site_builder.pages.page import PageKind
from site_builder.pages.registry import PAGES
from tests.journals import CLOCK, demo_and_others
from tests.large import large_journal
from tests.recording import EVERYTHING, Recording


@pytest.fixture(scope="module")
def journals(tmp_path_factory: pytest.TempPathFactory) -> list[Recording]:
    """The demo, some journals made at random, and one with more than enough of everything."""
    large = load(MemoryTree(dict(large_journal(220, 110, 210))), lambda: CLOCK)
    some = demo_and_others(tmp_path_factory.mktemp("journals"))
    return [*map(Recording, (*some, large))]


def beyond(kind: PageKind[Any], journal: Recording) -> Iterator[tuple[str, set[str]]]:
    """The pages of a kind that look at something else than they say, and what that is."""
    for key in kind.keys(journal.context):
        more = journal.looked_at(kind, key) - journal.read_by(kind, key)
        if more:
            yield kind.path(key), more


OF_FEW = [kind for kind in PAGES if kind.reads]


@pytest.mark.parametrize("kind", OF_FEW, ids=lambda kind: kind.name)
def test_pages_look_at_nothing_but_what_they_read(
    kind: PageKind[Any], journals: list[Recording]
) -> None:
    assert any(any(kind.keys(journal.context)) for journal in journals)
    for journal in journals:
        assert dict(beyond(kind, journal)) == {}


def test_what_is_looked_at_is_recorded(journals: list[Recording]) -> None:
    demo = journals[0]
    assert EVERYTHING in demo.looked_at(overview.PAGE, "")
    for kind in (deal.PAGE, contact.PAGE):
        for key in kind.keys(demo.context):
            found = demo.looked_at(kind, key)
            assert f"{kind.name}s/{key}" in found and EVERYTHING not in found and len(found) > 1


@pytest.mark.parametrize("kind", OF_FEW, ids=lambda kind: kind.name)
def test_what_a_page_reads_and_does_not_say_is_found(
    kind: PageKind[Any], journals: list[Recording]
) -> None:
    silent = replace(kind, reads=lambda _context, _key: frozenset())
    assert any(dict(beyond(silent, journal)) for journal in journals)
