"""Search, keys and sortable tables in Chromium, over http and from a folder."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests import demo
from tests.browser.conftest import SMALL_PHONE, LookedAt
from tests.browser.looks import look, violations
from tests.browser.tabs import DESK, Look, Tabs
from tests.commands import write

pytestmark = pytest.mark.browser

FOCUSED = "document.activeElement.textContent.trim()"
JOURNAL = {
    "pipeline.yml": "visibility: private\ncurrency: EUR\nas-of: 2026-11-20\nrates: {USD: 2}\n"
    "team: {ann: {name: Ann}}\npipelines: {sales: {stages: {lead: {probability: 10%}, won: {type: won}}}}\n",
    "contacts/jo.md": "---\nname: Jörg Müller\nphone: +49 (0)30 123-4567\n---\n",
    "deals/a.md": "---\ntitle: '<b>Alpha</b>'\nowner: ann\nstage: lead\nvalue: 900\ncontacts: [jo]\n---\n\n"
    "## 2026-10-02 call with jo — Wants a quote\n\nAbout the <i>refrigerator</i> in Zürich, see [[b]].\n",
    "deals/b.md": "---\ntitle: Beta\nowner: ann\nstage: lead\nvalue: 1000 USD\nnext: 2026-12-01 Call\n---\n",
    "deals/c.md": "---\ntitle: Gamma\nowner: ann\nstage: lead\nvalue: 10000\nnext: 2027-01-05 Call\n---\n",
    "deals/d.md": "---\ntitle: Delta\nowner: ann\nstage: lead\n---\n",
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("small")
    write(folder / "journal", JOURNAL)
    return demo.build(folder / "site", folder / "journal").as_uri() + "/"


def found(page: Page, text: str) -> list[str]:
    page.locator("#search input").fill(text)
    said = page.locator("#search [role=status]")
    page.wait_for_function(
        "() => / found/.test(document.querySelector('#search [role=status]').textContent)"
    )
    assert said.is_visible()
    page.wait_for_timeout(50)
    return page.locator("#search .found-name").all_inner_texts()


def test_words_names_and_phones_are_found(tabs: Tabs, small: str) -> None:
    with tabs.opened(small, "deals/b.html") as (page, faults):
        page.keyboard.press("/")
        assert found(page, "refrig") == found(page, "refridgerator") == ["<b>Alpha</b>"]
        assert found(page, "zurich") == ["<b>Alpha</b>"]
        assert page.locator("#search mark").inner_text() == "Zürich"
        note = page.locator("#search .found-note a")
        assert note.inner_text() == "2 Oct, call"
        assert page.locator("#search .found-note b, #search .found-note i").count() == 0
        for phone in ("030 1234567", "+49 30 123 4567", "0049301234567", "123-45", "4930"):
            assert found(page, phone) == ["Jörg Müller"], phone
        assert found(page, "muller")[0] == "Jörg Müller"
        assert found(page, "qwertz") == []
        found(page, "zurich")
        note.click()
        expect(page).to_have_url(f"{small}deals/a.html#note-2026-10-02")
        assert faults == []


def test_a_letter_finds_names_alone_and_one_escape_closes(tabs: Tabs, small: str) -> None:
    with tabs.opened(small, "index.html") as (page, faults):
        page.keyboard.press("/")
        assert found(page, "d") == ["Delta"] and found(page, "al") == ["<b>Alpha</b>"]
        assert found(page, "re") == [] and found(page, "ref") == ["<b>Alpha</b>"]
        page.keyboard.press("Escape")
        expect(page.locator("#search")).to_be_hidden()
        assert faults == []


def test_keys(tabs: Tabs, over_http: str) -> None:
    with tabs.opened(over_http, "deals.html") as (page, faults):
        page.keyboard.press("j")
        first = page.evaluate(FOCUSED)
        page.keyboard.press("j")
        assert page.evaluate(FOCUSED) != first
        page.keyboard.press("k")
        assert page.evaluate(FOCUSED) == first
        page.keyboard.press("?")
        expect(page.locator("#keys")).to_be_visible()
        assert not violations(page)
        page.keyboard.press("Escape")
        expect(page.locator("#keys")).to_be_hidden()
        assert page.evaluate(FOCUSED) == first
        page.keyboard.press("f")
        page.keyboard.type("g b?/")
        expect(page.locator("#filter")).to_have_value("g b?/")
        page.reload()
        page.keyboard.press("Control+/")
        assert page.locator("dialog[open]").count() == 0
        page.keyboard.press("?")
        page.get_by_label("Single keys are on").uncheck()
        page.keyboard.press("Escape")
        page.reload()
        page.keyboard.press("/")
        assert page.locator("dialog[open]").count() == 0
        page.get_by_role("button", name="Keys").click()
        page.get_by_label("Single keys are on").check()
        page.keyboard.press("Escape")
        page.keyboard.press("g")
        page.keyboard.press("b")
        page.wait_for_url("**/board.html")
        assert faults == []


def test_tables_sort_by_value(tabs: Tabs, small: str) -> None:
    with tabs.opened(small, "deals.html") as (page, faults):
        names = page.locator("tbody [data-deal] td:first-child a")
        own = names.all_inner_texts()
        for button, orders in {
            "Value": (
                ["<b>Alpha</b>", "Beta", "Gamma", "Delta"],
                ["Gamma", "Beta", "<b>Alpha</b>", "Delta"],
            ),
            "Next": (["Beta", "Gamma"], ["Gamma", "Beta"]),
        }.items():
            for order, state in zip((*orders, own), ("ascending", "descending", None), strict=True):
                page.get_by_role("button", name=button, exact=True).click()
                page.wait_for_function(
                    "text => document.querySelector('main > p.unseen').textContent.includes(text)",
                    arg=state or "own order",
                )
                assert names.all_inner_texts()[: len(order)] == order
                head = page.get_by_role("columnheader", name=button, exact=True)
                assert head.get_attribute("aria-sort") == state
        assert faults == []


@pytest.mark.parametrize("width", [DESK, SMALL_PHONE])
def test_results_of_odd_texts_fit_and_are_accessible(
    tabs: Tabs, odd_site: LookedAt, width: int
) -> None:
    with tabs.opened(odd_site.address, "index.html", Look(width=width)) as (page, faults):
        page.locator(".search-open").click()
        assert found(page, "Donaudampf")
        assert [*look(page, "overflow()"), *violations(page), *faults] == []


def test_the_header_of_a_phone_does_not_grow(tabs: Tabs, over_http: str) -> None:
    heights = []
    for scripts in (True, False):
        with tabs.opened(over_http, "index.html", Look(width=SMALL_PHONE, scripts=scripts)) as (
            page,
            _,
        ):
            heights.append(page.locator("header.site").evaluate("e => e.offsetHeight"))
    assert heights[0] == heights[1]
