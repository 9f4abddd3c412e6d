"""The pages that audiences are shown, in Chromium, of the demo and of odd texts: with all that can be
listed, and with little."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from playwright.sync_api import expect

from site_builder.audiences.projection import projection
from site_builder.files.tree import FolderTree, MemoryTree, Tree
from site_builder.journal.audience import SHOWN_OF_CONTACTS, SHOWN_OF_DEALS, Audience
from site_builder.load.loader import load
from site_builder.pages.shown.registry import shown_pages, shown_site
from site_builder.site.render import Renderer
from tests.browser.conftest import LookedAt
from tests.browser.tabs import Look, Tabs
from tests.browser.test_pages import looks, ways_of
from tests.odd_texts import odd_journal
from tests.places import ROOT
from tests.sites import write_pages

pytestmark = pytest.mark.browser
TODAY = dt.date(2026, 11, 20)
LITTLE = Audience("a", ("title", "company", "stage", "close"), ("name", "company"))
ALL = Audience("a", SHOWN_OF_DEALS, SHOWN_OF_CONTACTS, notes=True)


def _built(tree: Tree, audience: Audience, folder: Path) -> Path:
    whole = load(tree, lambda: TODAY).seen
    assert whole is not None
    journal = projection(whole, audience, TODAY, ())
    pages = shown_pages(journal, audience, TODAY)
    return write_pages(folder, Renderer(shown_site(journal, pages, TODAY)), pages)


@pytest.fixture(scope="module", params=["demo, little", "odd, all"])
def looked_at(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> LookedAt:
    name, _, listed = request.param.partition(", ")
    tree = FolderTree(ROOT) if name == "demo" else MemoryTree(dict(odd_journal()))
    site = _built(tree, ALL if listed == "all" else LITTLE, tmp_path_factory.mktemp("shown"))
    largest = max((site / "deals").glob("*.html"), key=lambda page: page.stat().st_size % 60_000)
    pages = ["index", "board", "deals", "contacts", f"deals/{largest.stem}", "404"]
    return LookedAt(
        request.param,
        site,
        site.as_uri() + "/",
        {page: f"{page}.html" for page in pages},
        frozenset({"board", "source", "scroll", "folded scroll"}),
        0 if name == "odd" else 14,
    )


def test_the_pages_look_as_they_should(measured: Tabs, looked_at: LookedAt) -> None:
    place = 1 if looked_at.name.startswith("demo") else 0
    for number, path in enumerate(looked_at.pages.values()):
        with measured.opened(looked_at.address, path) as (page, faults):
            found = (*looks(page, looked_at, ways_of(number, place)), *faults)
            assert not found, "\n".join(f"{looked_at.name}, {path}, {one}" for one in found)


def test_search_and_keys_lead_to_what_is_there(tabs: Tabs, looked_at: LookedAt) -> None:
    with tabs.opened(looked_at.address, "index.html", Look()) as (page, faults):
        page.keyboard.press("?")
        keys = page.locator("#keys").inner_text()
        assert "Board" in keys and "Forecast" not in keys and "Stale" not in keys
        page.keyboard.press("Escape")
        expect(page.locator("#keys")).to_be_hidden()
        page.keyboard.press("g")
        page.keyboard.press("f")
        page.keyboard.press("/")
        page.keyboard.type("a")
        page.locator("dialog[open]").wait_for()
        assert not faults and page.url.endswith("index.html")
