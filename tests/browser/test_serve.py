"""A page that is open while its file changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from site_builder.serve.server import HOST, Server
from tests.commands import write
from tests.serve.served import DEAL, served

_NOTES = "".join(f"## 2026-01-{day:02} note — Of the {day}th\n\nText.\n\n" for day in range(1, 29))
LONG_DEAL = f"{DEAL}\n{_NOTES}"


@pytest.fixture
def server(journal: Path) -> Iterator[Server]:
    with served(journal, LONG_DEAL) as server:
        yield server


@pytest.mark.browser
def test_an_open_page_shows_a_change_where_it_is_scrolled_to(
    server: Server, journal: Path, browser: Browser
) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.set_viewport_size({"width": 900, "height": 500})
    page.goto(f"http://{HOST}:{server.port}/deals/one.html")
    page.evaluate("window.mine = 1; scrollTo(0, 300)")
    write(journal, {"deals/one.md": LONG_DEAL + "## 2026-11-19 call — A new one\n"})
    server.session.changed(["deals/one.md"])
    expect(page.get_by_text("A new one").first).to_be_attached(timeout=15_000)
    assert page.evaluate("[window.mine, scrollY]") == [1, 300]

    write(journal, {"deals/one.md": "no front matter"})
    server.session.changed(["deals/one.md"])
    banner = page.get_by_role("alert")
    expect(banner).to_contain_text("deals/one.md:1:1 The file does not begin", timeout=15_000)
    expect(page.get_by_text("A new one").first).to_be_attached()

    write(journal, {"deals/one.md": LONG_DEAL.replace("title: One", "title: Two")})
    server.session.changed(["deals/one.md"])
    expect(banner).to_have_count(0, timeout=15_000)
    expect(page).to_have_title("Two · Kestrel & Vane")
    assert page.evaluate("window.mine") == 1
    assert said == []
