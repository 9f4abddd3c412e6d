"""A board of 8,800 deals, as files: shown within a second."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from site_builder.pages.registry import all_pages, site_context
from site_builder.site.render import Renderer
from tests.sites import read, write_pages

pytestmark = pytest.mark.browser

DEALS, TRIES = 8_800, 5
STAGES = {"lead": "open", "talk": "open", "offer": "open", "won": "won", "lost": "lost"}
SHOWN = """() => new Promise(done => new PerformanceObserver(list => done(list.getEntries()[0].startTime))
  .observe({type: 'largest-contentful-paint', buffered: true}))"""


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the board, beside the data of its filter."""
    folder = tmp_path_factory.mktemp("large")
    stages = "".join(f"      {id}: {{type: {type}}}\n" for id, type in STAGES.items())
    texts = {
        "pipeline.yml": "journal: Large\ncurrency: EUR\nvisibility: private\nas-of: 2026-11-20\n"
        f"team:\n  ann: {{name: Ann}}\npipelines:\n  sales:\n    stages:\n{stages}"
    }
    for n in range(DEALS):
        texts[f"deals/d{n:04}.md"] = (
            f"---\ntitle: Deal number {n} of very many\nowner: ann\nstage: {list(STAGES)[n % 5]}\n"
            f"value: {1000 + n} EUR\nnext: 2026-12-{1 + n % 28:02} Call them\nlost-reason: Price\n---\n"
        )
    loaded = read(texts)
    pages = [page for page in all_pages(loaded) if page.path in ("board.html", "deals.js")]
    return (write_pages(folder, Renderer(site_context(loaded)), pages) / "board.html").as_uri()


def test_a_board_of_many_deals_is_shown_within_a_second(browser: Browser, board: str) -> None:
    """The best of several times, for a machine may have other things to do as well."""
    times = []
    for _ in range(TRIES):
        context = browser.new_context()
        page = context.new_page()
        page.goto(board)
        assert page.locator("main .card").count() > 20
        times.append(float(page.evaluate(SHOWN)))
        context.close()
        if times[-1] < 1_000:
            return
    pytest.fail(f"milliseconds: {times}")
