"""What pages are made of is what they say, and what a change touches is looked for no narrower."""

from __future__ import annotations

from dataclasses import replace

import pytest

from site_builder.files.tree import FolderTree
from site_builder.insights import naming
from site_builder.insights.named import name_of, named_in
from site_builder.journal.journal import Journal
from site_builder.load.loaded import Loaded
from site_builder.load.loader import journal_of, load
from site_builder.pages.page import Page
from site_builder.pages.registry import all_pages, pages_of_few
from site_builder.pages.search_data import is_share, share_of
from site_builder.site.plan import glance
from tests.journals import CLOCK, demo_and_others
from tests.places import ROOT


@pytest.fixture(scope="module")
def journals(tmp_path_factory: pytest.TempPathFactory) -> list[Loaded]:
    """Each loaded once for all tests, which change none."""
    return list(demo_and_others(tmp_path_factory.mktemp("journals")))


def part(loaded: Loaded, names: frozenset[str] | set[str]) -> Loaded:
    """The same with these deals and contacts alone."""
    journal = loaded.journal
    assert journal is not None
    deals = tuple(deal for deal in journal.deals if name_of(deal) in names)
    contacts = tuple(contact for contact in journal.contacts if name_of(contact) in names)
    return replace(loaded, journal=Journal(journal.schema, deals, contacts))


class Graph:
    """Who names whom, and what a change of each touches."""

    def __init__(self, names: dict[str, frozenset[str]], named_by: dict[str, list[str]]) -> None:
        self._names, self._named_by = names, named_by
        self._touched: dict[str, set[str]] = {}

    def named_in(self, name: str) -> frozenset[str]:
        return self._names.get(name, frozenset())

    def touched(self, name: str) -> set[str]:
        if name not in self._touched:
            found = naming.touched_by([name], self.named_in, self._named_by)
            self._touched[name] = found
        return self._touched[name]


def few(loaded: Loaded) -> list[tuple[Page, frozenset[str]]]:
    return [(page, page.reads()) for page in all_pages(loaded) if page.reads is not None]


def test_a_page_is_made_of_what_it_reads_alone(journals: list[Loaded]) -> None:
    count = 0
    for loaded in journals:
        for page, reads in few(loaded):
            alone = part(loaded, reads)
            same = next(p for p in pages_of_few(alone) if p.path == page.path)
            assert same.view() == page.view(), page.path
            count += 1
    assert count > 150


def test_what_a_change_touches_is_looked_for_no_narrower(journals: list[Loaded]) -> None:
    for loaded in journals:
        assert loaded.journal is not None
        names = {name_of(s): frozenset(named_in(s)) for s in loaded.journal.subjects}
        named_by: dict[str, list[str]] = {}
        for name, named in names.items():
            for other in named:
                named_by.setdefault(other, []).append(name)
        graph = Graph(names, named_by)
        for page, reads in few(loaded):
            own = page.path.partition(".")[0]
            if is_share(own):
                assert {share_of(name) for name in reads} <= {own}
                continue
            assert all(own in graph.touched(name) for name in reads)
            assert reads <= naming.made_of([own], graph.named_in, named_by)


def test_pages_of_the_whole_journal_see_what_a_glance_sees(journals: list[Loaded]) -> None:
    for loaded in journals:
        journal = loaded.journal
        assert journal is not None
        glances = journal_of(journal.schema, map(glance, journal.subjects))
        seen = replace(loaded, journal=glances)
        pages = zip(all_pages(loaded), all_pages(seen), strict=True)
        for page, same in pages:
            if page.is_whole:
                assert same.view() == page.view(), page.path


def test_it_is_the_whole_that_a_glance_leaves_out_of() -> None:
    loaded = load(FolderTree(ROOT), lambda: CLOCK)
    assert loaded.journal is not None
    deal = next(deal for deal in loaded.journal.deals if deal.notes)
    assert glance(deal) != deal
    renamed = replace(deal, title="Another")
    assert glance(renamed) != glance(deal)
    later = replace(deal.notes[0], date=CLOCK)
    assert glance(replace(deal, notes=(later,))) != glance(replace(deal, notes=deal.notes[:1]))
    retold = replace(deal.notes[0], text="Other words.")
    assert glance(replace(deal, notes=(retold,))) == glance(replace(deal, notes=deal.notes[:1]))
    rung = replace(deal.notes[0], kind=loaded.journal.schema.kinds["like"], headline="")
    assert glance(replace(deal, notes=(rung,))) != glance(
        replace(deal, notes=(replace(rung, text="Other words."),))
    )
