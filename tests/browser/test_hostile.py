"""A sample of texts that were collected to break programs, in Chromium: no dialog, nothing on the console,
no request elsewhere, no element that is not ours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import corpora, hostile
from tests.browser.tabs import Tabs
from tests.catalogue import BASE
from tests.commands import contents, write
from tests.sequences import run

pytestmark = pytest.mark.browser
HANDLERS = "[...document.querySelectorAll('*')].filter(e => e.getAttributeNames().some(n => n.startsWith('on'))).length"
EVERY, FIRST, MOST_PAGES = 60, 7, 16


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    texts = (*corpora.scripting(), *corpora.naughty())[FIRST::EVERY]
    files = {path: text for path, text in hostile.journal(texts).items() if _can_be_named(path)}
    write(folder / "j", {**BASE, **files})
    assert run("-C", folder / "j", "build", "-o", folder / "site")[0] == 1
    return folder / "site"


def _can_be_named(path: str) -> bool:
    return path.isprintable() and all(len(part.encode()) < 200 for part in path.split("/"))


def paths(site: Path) -> Iterator[str]:
    """Pages that hold the most of them: the largest."""
    pages = {path: data for path, data in contents(site).items() if path.endswith(".html")}
    yield from sorted(pages, key=lambda path: -len(pages[path]))[:MOST_PAGES]


def test_nothing_of_them_is_run(tabs: Tabs, site: Path) -> None:
    seen = 0
    for path in paths(site):
        with tabs.opened(site.as_uri() + "/", path) as (page, faults):
            page.wait_for_timeout(50)
            assert page.evaluate("document.scripts.length") <= 4
            assert page.evaluate(HANDLERS) == 0
            assert faults == [], path
            seen += page.content().count("alert")
    assert seen > 60
