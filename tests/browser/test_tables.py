"""Tables of figures, on a phone and at a desk."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.tabs import DESK, Look, Tabs, resize
from tests.browser.test_pages import PHONE, overflow, run_over
from tests.catalogue import BASE
from tests.sites import page

pytestmark = pytest.mark.browser

SHOWS_LESS = "e => e.scrollWidth > e.clientWidth"
BORDERS = """row => [...row.children].map(cell => {
  const style = getComputedStyle(cell);
  return parseFloat(style.borderTopWidth) + parseFloat(style.borderBottomWidth);
})"""
LINES = """cells => cells.map(cell => {
  const range = document.createRange();
  range.selectNodeContents(cell);
  return new Set([...range.getClientRects()].map(box => Math.round(box.top))).size;
})"""


def test_a_total_has_one_rule_above_and_one_below_on_a_phone(tabs: Tabs, over_http: str) -> None:
    with tabs.opened(over_http, "forecast.html", Look(PHONE)) as (page, _):
        total = page.locator("tr.sum").first
        assert set(total.evaluate(BORDERS)) == {0}
        assert total.evaluate("e => getComputedStyle(e).borderBottomStyle") == "double"


def test_a_period_without_anything_says_so_on_a_phone(tabs: Tabs, over_http: str) -> None:
    said = "e => getComputedStyle(e, '::after').content"
    for width, text in ((PHONE, '" nothing"'), (DESK, "none")):
        with tabs.opened(over_http, "forecast.html", Look(width)) as (page, _):
            assert page.locator("th.bare").first.evaluate(said) == text


@pytest.mark.parametrize("look", [Look(PHONE), Look(DESK), Look(scripts=False)])
def test_a_tick_shows_the_months_below_their_quarters(
    tabs: Tabs, over_http: str, look: Look
) -> None:
    with tabs.opened(over_http, "forecast.html", look) as (page, _):
        months = page.locator(".forecast .for-month")
        assert months.count() > 12 and not months.first.is_visible()
        page.get_by_label("Months").check()
        expect(months.first).to_be_visible()
        expect(months.last).to_be_visible()
        assert overflow(page) == run_over(page) == []
        page.keyboard.press("Space")
        expect(months.first).to_be_hidden()


@pytest.mark.parametrize(("width", "height"), [(PHONE, 2850), (DESK, 1450)])
def test_the_forecast_is_short(tabs: Tabs, over_http: str, width: int, height: int) -> None:
    with tabs.opened(over_http, "forecast.html", Look(width)) as (page, _):
        assert page.evaluate("document.documentElement.scrollHeight") <= height


def test_the_marks_of_the_chart_differ_in_forced_colours(tabs: Tabs, over_http: str) -> None:
    fill = "e => getComputedStyle(e).fill"
    box = "e => getComputedStyle(e, '::before').backgroundColor"
    with tabs.opened(over_http, "forecast.html") as (shown, _):
        shown.emulate_media(forced_colors="active")
        kinds = ("won", "expected", "open")
        assert len({shown.locator(f".mark-{kind}").first.evaluate(fill) for kind in kinds}) == 3
        assert len({shown.locator(f".of-{kind}").first.evaluate(box) for kind in kinds}) == 3
        under = shown.locator(".mark-won").first.evaluate(fill)
        assert shown.locator(".target").first.evaluate(fill) != under


SPREAD = """texts => texts.filter(text => text.checkVisibility()).map(text => {
  const box = text.getBoundingClientRect(), out = text.closest('.chart').getBoundingClientRect();
  return Math.max(out.left - box.left, box.right - out.right);
})"""


@pytest.mark.parametrize("width", [320, PHONE, DESK])
def test_every_word_of_the_chart_is_inside_it(tabs: Tabs, over_http: str, width: int) -> None:
    with tabs.opened(over_http, "forecast.html", Look(width)) as (page, _):
        words = page.eval_on_selector_all(".chart text, .bar-said a", SPREAD)
        assert len(words) > 10 and max(words) <= 0.5


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_it_is_said_what_the_line_across_the_bars_is(
    tabs: Tabs, over_http: str, width: int
) -> None:
    drawn = "e => getComputedStyle(e, '::before').backgroundColor"
    with tabs.opened(over_http, "forecast.html", Look(width)) as (page, _):
        line = page.locator("rect.band").first.evaluate("e => getComputedStyle(e).fill")
        in_bar, above = page.locator(".of-band").first, page.locator(".lands")
        assert in_bar.is_visible() == (width == DESK)
        assert (above.evaluate(drawn) == line) == (width == PHONE)


def test_the_heads_of_columns_do_not_wrap(tabs: Tabs, over_http: str) -> None:
    with tabs.opened(over_http, "forecast.html") as (page, _):
        page.eval_on_selector_all("details", "all => all.forEach(fold => fold.open = true)")
        assert set(page.eval_on_selector_all(".forecast thead th", LINES)) <= {0, 1}


def test_what_a_sum_covers_stands_under_it_and_moves_no_sum(tabs: Tabs, over_http: str) -> None:
    ends = "all => all.map(e => Math.round(e.getBoundingClientRect().right))"
    with tabs.opened(over_http, "forecast.html") as (page, _):
        assert page.locator(".forecast .covers").count() > 1
        for label in ("Open", "Own"):
            cells = f'[aria-label="Figures by quarter"] tr:not(.for-month) [data-label="{label}"] a'
            assert len(set(page.eval_on_selector_all(cells, ends))) == 1


def test_a_table_that_is_cut_shows_it_and_the_keyboard_reaches_it(tabs: Tabs) -> None:
    wide = "| " + " | ".join(["a-long-word-in-a-column"] * 9) + " |\n" + "|-" * 9 + "|\n"
    deal = f"{BASE['deals/acme.md']}\n## 2026-11-01 note\n\n{wide}"
    html = page({**BASE, "deals/acme.md": deal}, "deals/acme.html")
    with tabs.drawn(html, PHONE) as shown:
        box = shown.get_by_role("group", name="Table")
        assert box.evaluate(SHOWS_LESS) and box.get_attribute("tabindex") == "0"
        assert "local" in box.evaluate("e => getComputedStyle(e).backgroundAttachment")
        box.focus()
        shown.keyboard.press("ArrowRight")
        shown.wait_for_function("() => document.querySelector('.scroll').scrollLeft > 0")


WORD = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft"
CURRENCIES = ("EUR", "CHF", "JPY", "GBP", "SEK", "NOK")
STAGES = "talking: {probability: 20%}, offer: {probability: 50%}, won: {type: won}"
ODD = {
    "pipeline.yml": "visibility: private\ncurrency: EUR\nas-of: 2026-11-20\n"
    "targets: {2026-Q4: 1500000, ann/2026-Q4: 900000}\n"
    f"team: {{ann: {{name: {'Maximilian' * 5}}}}}\npipelines: {{sales: {{stages: {{{STAGES}}}}}}}\n",
    **{
        f"deals/d{n}.md": f"---\ntitle: {WORD if n % 2 else 'עברית — (2)'}\nowner: ann\n"
        f"stage: {'won' if n > 11 else 'offer'}\nvalue: 1250000.50 {CURRENCIES[n % 6]}\n"
        f"close: 2026-12-{1 + n}\ncategory: commit\n---\n\n## 2026-11-0{1 + n % 9} stage "
        f"{'won' if n > 11 else 'offer'}\n"
        for n in range(18)
    },
}
COLLISIONS = """() => {
  const cells = [...document.querySelectorAll('main :is(td, th) :is(a, .covers, .count)')]
    .filter(e => e.checkVisibility());
  const boxes = cells.map(e => [...e.getClientRects()].map(box => [e, box])).flat();
  return boxes.flatMap(([a, x], at) => boxes.slice(at + 1)
    .filter(([b, y]) => a !== b && x.left < y.right - 1 && y.left < x.right - 1
      && x.top < y.bottom - 4 && y.top < x.bottom - 4)
    .map(([b, _]) => [a.textContent, b.textContent]));
}"""


IN_PADDING = """cells => cells.filter(cell => {
  const range = document.createRange(), box = cell.getBoundingClientRect();
  range.selectNodeContents(cell);
  return range.getBoundingClientRect().right > box.right - parseFloat(getComputedStyle(cell).paddingRight) + 1;
}).map(cell => cell.textContent)"""


@pytest.mark.parametrize(
    ("path", "cells"),
    [("deals.html", "td"), ("stale.html", "td"), ("contacts.html", "th"), ("companies.html", "th")],
)
def test_cells_of_lists_keep_their_distance(
    tabs: Tabs, over_http: str, path: str, cells: str
) -> None:
    with tabs.opened(over_http, path) as (page, _):
        assert page.eval_on_selector_all(f"main {cells}", IN_PADDING) == []


@pytest.mark.parametrize(
    "path",
    [
        "forecast.html", "forecast-2026-Q4.html", "forecast-of-ann.html", "index.html",
        "stale.html", "stale-no-next-step.html", "deals.html", "deals-sales.offer.html",
    ],
)  # fmt: skip
def test_long_words_and_sums_of_six_currencies_do_not_collide(tabs: Tabs, path: str) -> None:
    with tabs.drawn(page(ODD, path), 320) as shown:
        shown.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        if path == "forecast.html":
            shown.get_by_label("Months").check()
        for width in (320, PHONE, DESK):
            resize(shown, width)
            assert overflow(shown) == run_over(shown) == [], width
            assert shown.evaluate(COLLISIONS) == [], width


@pytest.mark.parametrize("width", [320, PHONE])
def test_on_a_phone_a_line_of_a_list_has_its_small_facts_beside_each_other(
    tabs: Tabs, over_http: str, width: int
) -> None:
    tops = "row => [...row.children].map(cell => Math.round(cell.getBoundingClientRect().top))"
    with tabs.opened(over_http, "views.html", Look(width)) as (page, _):
        row = page.locator(".lines tbody tr", has_text="Closing this quarter")
        view, query, worth, deals = row.evaluate(tops)
        assert view == deals < query == worth


def test_on_a_phone_what_a_line_is_measured_by_stands_to_the_right(
    tabs: Tabs, over_http: str
) -> None:
    rights = "all => all.map(e => Math.round(e.getBoundingClientRect().right))"
    for path, cells in (
        ("queues.html", ".lines td.num:last-child"),
        ("forecast.html", ".deciding td:nth-child(n + 4)"),
    ):
        with tabs.opened(over_http, path, Look(PHONE)) as (page, _):
            page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
            assert len(set(page.locator(cells).evaluate_all(rights))) == 1


def test_feeds_are_told_by_the_address_that_a_calendar_asks_for(tabs: Tabs, over_http: str) -> None:
    for look, of_all in (
        (Look(PHONE), f"{over_http}follow-ups.ics"),
        (Look(PHONE, scripts=False), "follow-ups.ics"),
    ):
        with tabs.opened(over_http, "follow-ups.html", look) as (page, _):
            feeds = page.locator("section:has(#feeds) td")
            expect(feeds.locator("a[href$='follow-ups.ics']").first).to_have_text(of_all)
            own = feeds.locator("a[href^='webcal:'][href$='/follow-ups-maria.ics']")
            expect(own).to_have_count(int(look.scripts))
            assert overflow(page) == []
