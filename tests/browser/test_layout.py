"""Where things stand: the same on each page, and nothing over the edge of what it is in."""

from __future__ import annotations

import pytest

from tests.browser.tabs import DESK, Look, Tabs
from tests.browser.test_pages import PHONE

pytestmark = pytest.mark.browser

TABLET = 768
LEFT = "e => e.getBoundingClientRect().left"
TOP = "e => e.getBoundingClientRect().top"
BEYOND = """cards => cards.filter(card => {
  const style = getComputedStyle(card), edge = card.getBoundingClientRect().right;
  const inner = edge - parseFloat(style.paddingRight) - 1;
  return [...card.querySelectorAll('span')].some(
    e => e.className !== 'unseen' && e.getBoundingClientRect().right > inner + 0.5);
}).map(card => card.dataset.deal)"""


@pytest.mark.parametrize("width", [PHONE, TABLET, DESK])
def test_the_head_stands_where_it_stands_on_other_pages(
    tabs: Tabs, over_http: str, width: int
) -> None:
    found = set()
    for path in ("index.html", "board.html", "problems.html"):
        with tabs.opened(over_http, path, Look(width)) as (page, _):
            found.add(tuple(page.locator(what).evaluate(LEFT) for what in (".site-name", "h1")))
    assert len(found) == 1


@pytest.mark.parametrize("width", [TABLET, DESK])
def test_nothing_on_a_card_leaves_it(tabs: Tabs, over_http: str, width: int) -> None:
    with tabs.opened(over_http, "board.html", Look(width)) as (page, _):
        assert page.eval_on_selector_all(".lane .card", BEYOND) == []


@pytest.mark.parametrize("width", [PHONE, TABLET, DESK])
def test_cards_are_low(tabs: Tabs, over_http: str, width: int) -> None:
    heights = "all => all.map(card => card.offsetHeight)"
    for path in ("board.html", "board-development.html"):
        with tabs.opened(over_http, path, Look(width)) as (page, _):
            assert max(page.eval_on_selector_all(".column .card", heights)) <= 110


@pytest.mark.parametrize("width", [PHONE, TABLET, DESK])
def test_no_day_on_a_card_is_cut(tabs: Tabs, over_http: str, width: int) -> None:
    cut = "all => all.filter(e => e.scrollWidth > e.clientWidth).map(e => e.textContent)"
    with tabs.opened(over_http, "board.html", Look(width)) as (page, _):
        assert page.eval_on_selector_all(".column .card-next > .status", cut) == []


def test_a_phone_shows_the_first_cards_at_once_and_its_stages_throughout(
    tabs: Tabs, over_http: str
) -> None:
    with tabs.opened(over_http, "board.html", Look(PHONE)) as (page, _):
        assert page.locator(".column").first.evaluate(TOP) <= 240
        page.locator(".stage-strip a", has_text="Lost").click()
        page.wait_for_function(f"() => ({TOP})(document.querySelector('.stage-strip')) === 0")
        strip = page.locator(".stage-strip").evaluate("e => e.getBoundingClientRect().bottom")
        assert page.locator("#stage-lost").evaluate(TOP) >= strip


def test_the_navigation_stands_on_the_line_below_it(tabs: Tabs, over_http: str) -> None:
    bottom = "e => e.getBoundingClientRect().bottom"
    with tabs.opened(over_http, "index.html", Look(TABLET)) as (page, _):
        head = page.locator("header.site").evaluate(bottom)
        assert head - page.locator("nav.pages [aria-current]").evaluate(bottom) <= 1


def test_a_phone_shows_all_groups_of_pages(tabs: Tabs, over_http: str) -> None:
    with tabs.opened(over_http, "index.html", Look(PHONE)) as (page, _):
        links = page.locator(".groups a")
        assert links.count() == 6
        rights = links.evaluate_all("all => all.map(e => e.getBoundingClientRect().right)")
        assert max(rights) <= PHONE


@pytest.mark.parametrize("path", ["index.html", "board.html", "deals/ostrand-night-shift.html"])
def test_the_head_leaves_a_phone_to_the_page(tabs: Tabs, over_http: str, path: str) -> None:
    bottom = "e => e.getBoundingClientRect().bottom"
    with tabs.opened(over_http, path, Look(PHONE)) as (page, _):
        assert page.locator("header.site").evaluate(bottom) <= 96
        assert page.locator(".site-apart").is_visible()


def test_a_phone_shows_what_was_said_before_the_facts(tabs: Tabs, over_http: str) -> None:
    path = "contacts/greta-halden.html"
    for width, is_before in ((PHONE, True), (DESK, False)):
        with tabs.opened(over_http, path, Look(width)) as (page, _):
            notes, facts, aside = (
                page.locator(place).evaluate(TOP) for place in ("#notes", "#facts", ".aside")
            )
            assert (notes < facts) if is_before else (aside <= notes)


def test_what_is_folded_stays_folded_on_paper(tabs: Tabs, over_http: str) -> None:
    with tabs.opened(over_http, "forecast.html") as (page, _):
        page.emulate_media(media="print")
        shown = "all => all.map(e => e.checkVisibility({contentVisibilityAuto: true}))"
        folded = ".fold:not([open]) > .folded"
        assert not any(page.eval_on_selector_all(folded, shown))


def test_a_day_that_is_due_stands_on_one_line_where_there_is_room(
    tabs: Tabs, over_http: str
) -> None:
    heights = "all => all.map(e => e.getBoundingClientRect().height)"
    with tabs.opened(over_http, "follow-ups.html", Look(DESK)) as (page, _):
        statuses = page.eval_on_selector_all("td:last-child .status", heights)
        shown = [height for height in statuses if height]
        assert max(shown) <= 1.5 * min(shown)


def test_a_phone_says_what_the_rows_of_figures_are(tabs: Tabs, over_http: str) -> None:
    with tabs.opened(over_http, "structure.html", Look(PHONE)) as (page, _):
        first = page.locator(".sheet.pairs.heat thead th").first
        assert first.is_visible()
        assert first.inner_text() == "Of 100 begun in, lost in"


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_figure_keeps_off_the_edge_of_its_shade(tabs: Tabs, over_http: str, width: int) -> None:
    padding = "all => all.map(e => parseFloat(getComputedStyle(e).paddingRight))"
    with tabs.opened(over_http, "structure.html", Look(width)) as (page, _):
        assert min(page.eval_on_selector_all(".heat td", padding)) > 0


def test_a_finger_hits_each_link_of_what_figures_are_made_of(tabs: Tabs, over_http: str) -> None:
    heights = "all => all.map(e => e.getBoundingClientRect().height).filter(h => h)"
    with tabs.opened(over_http, "follow-ups.html", Look(width=320)) as (page, _):
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        found = page.eval_on_selector_all(".made-of a", heights)
        assert len(found) > 50 and min(found) >= 24
