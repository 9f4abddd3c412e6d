"""Each type of page in Chromium, of the demo and of odd texts: quiet, closed, within its width, nothing
on anything else, accessible, with large text and in forced colours too, on paper, without JS."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from site_builder.pages.team import LINES
from tests import demo
from tests.browser.conftest import SMALL_PHONE, WAYS, LookedAt, Way
from tests.browser.looks import SEEN, large_text, look, looked, violations
from tests.browser.tabs import DESK, Look, Tabs, resize
from tests.commands import write
from tests.examples import TIMES
from tests.page_types import IN_EACH_GROUP, TYPES

pytestmark = pytest.mark.browser

PHONE, PAPER = 375, 718
"""Widths in pixels; paper is A4 within its margins."""
EACH_TYPE = pytest.mark.parametrize("page_type", TYPES)
MAX_TABS = 80
ROWS_OF_LINKS = {"groups", "pages", "stage-strip"}
"""What scrolls sideways on a phone: rows of links, which the keyboard reaches."""

FOCUS = """() => {
  const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
  const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
  return {
    tag: e.tagName, text: e.textContent.trim(), href: e.getAttribute('href') || '',
    inNav: !!e.closest('nav'), shown: box.width > 0 && box.height > 0 && box.bottom > 0,
    ring: outlined || style.boxShadow !== 'none',
  };
}"""


@EACH_TYPE
def test_a_page_looks_as_it_should(
    measured: Tabs, demo_site: LookedAt, odd_site: LookedAt, page_type: str
) -> None:
    """Of the demo over http, and of odd texts as a file; loaded once, and looked at in many ways."""
    assert page_type in odd_site.pages
    sites = [site for site in (demo_site, odd_site) if page_type in site.pages]
    for at, site in enumerate(sites):
        path = site.pages[page_type]
        with measured.opened(site.address, path) as (page, faults):
            ways = ways_of(TYPES.index(page_type), *((at,) if len(sites) > 1 else (0, 1)))
            wrong = looks(page, site, ways)
            found = [f"{site.name}, {path}, {one}" for one in (*wrong, *faults)]
            assert not found, "\n".join(found)


def ways_of(number: int, *places: int) -> Sequence[Way]:
    """The ways in which axe sees a page: those at these places of its number's pair, in the soak all."""
    pair = WAYS[number % len(WAYS)]
    return [pair[at] for at in places] if TIMES == 1 else sorted({*WAYS[0], *WAYS[1]})


def looks(page: Page, site: LookedAt, ways: Sequence[Way]) -> Iterator[str]:
    """What is wrong with a page, each time with how it was looked at; in these ways to axe, and in
    forced colours at their widths."""
    look(page, "unfold()")
    assert page.evaluate("document.styleSheets.length") > 0
    assert page.evaluate("getComputedStyle(document.body).fontFamily") != ""
    for width in (DESK, 901, 700, PHONE, SMALL_PHONE):
        resize(page, width)
        assert page.evaluate("innerWidth") == width
        yield from (f"{width}: {one}" for one in at_width(page, site))
        if width in (DESK, SMALL_PHONE):
            for how, found in CLOSER.items():
                yield from (f"{width}, {how}: {one}" for one in found(page))
        if width in dict(ways):
            yield from (f"{width}, forced colours: {one}" for one in in_forced_colours(page))
        if width == 901:
            yield from (f"print: {one}" for one in on_paper(page, site))
    yield from accessible(page, ways)


def on_paper(page: Page, site: LookedAt) -> list[str]:
    resize(page, PAPER, 1000)
    page.emulate_media(media="print")
    assert page.evaluate("matchMedia('print').matches && innerWidth") == PAPER
    found = look(page, "overflow()", "overlaps()", f"brokenWords({site.unbroken})")
    page.emulate_media(media="screen")
    return found


def accessible(page: Page, ways: Sequence[Way]) -> Iterator[str]:
    """What axe has to say of a page with few rows of a kind, for it takes a second for each thousand
    elements: on a phone with two of each kind, for there targets are closest to each other, else with
    one. In a second way it is asked for what depends on the way."""
    yield from look(page, "twice()")
    for at, (width, scheme) in enumerate(sorted(ways)):
        look(page, f"thin({1 if width == DESK else 2})")
        resize(page, width)
        page.emulate_media(color_scheme=scheme)
        found = violations(page, SEEN) if at else violations(page)
        yield from (f"{width}, {scheme}: {one}" for one in found)


def at_width(page: Page, site: LookedAt) -> list[str]:
    asked = ("overflow()", "runOver()", "overlaps()", f"brokenWords({site.unbroken})")
    *found, scrolling, stops = looked(page, *asked, "scrolling()", "stops()")
    scrolls = set(scrolling) - site.scrolls - ROWS_OF_LINKS
    stopped = set(stops) - (site.scrolls - {"source"})
    wrong = [one for each in found for one in each]
    return [*wrong, *(f"scrolls: {one}" for one in scrolls), *(f"a stop: {one}" for one in stopped)]


def with_large_text(page: Page) -> list[str]:
    with large_text(page):
        return look(page, "overflow()", "overlaps()")


def in_forced_colours(page: Page) -> list[str]:
    look(page, "mark()")
    page.emulate_media(forced_colors="active")
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    found = look(page, "lost()")
    page.emulate_media(forced_colors="none")
    return found


CLOSER: dict[str, Callable[[Page], list[str]]] = {
    "rules": lambda page: look(page, "doubleRules()"),
    "twice as large": with_large_text,
}


@EACH_TYPE
def test_page_says_all_without_scripts(
    tabs: Tabs, demo_site: LookedAt, odd_site: LookedAt, page_type: str
) -> None:
    site = demo_site if page_type in demo_site.pages else odd_site
    plain = Look(scripts=False)
    with tabs.opened(site.address, site.pages[page_type], plain) as (page, _):
        assert page.locator("main h1").is_visible()
        assert len(page.locator("main").inner_text().strip()) > 20
        folds = page.locator("main details:not([open]):has([data-deal]) > summary")
        while folds.count():
            folds.first.click()
        assert page.eval_on_selector_all("main [data-deal]", NOT_SHOWN) == []


@pytest.mark.parametrize("page_type", IN_EACH_GROUP)  # whose navigation differs
def test_keyboard_reaches_the_skip_link_and_all_of_the_navigation(
    tabs: Tabs, demo_site: LookedAt, odd_site: LookedAt, page_type: str
) -> None:
    site = demo_site if page_type in demo_site.pages else odd_site
    with tabs.opened(site.address, site.pages[page_type]) as (page, _):
        wanted = set(page.eval_on_selector_all("header nav a", HREFS_OF_VISIBLE))
        assert wanted
        first = tab(page)
        assert first["href"].startswith("#")
        assert first["shown"]
        assert "skip" in first["text"].lower()
        reached = set()
        for _ in range(MAX_TABS):
            stop = tab(page)
            assert stop["ring"], f"no visible focus on {stop}"
            reached.add(stop["href"])
            if wanted <= reached:
                return
        pytest.fail(f"Tab never reached {sorted(wanted - reached)}")


def test_skip_link_leads_to_the_content(tabs: Tabs, over_http: str) -> None:
    with tabs.opened(over_http, "board.html") as (page, _):
        target = tab(page)["href"]
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{over_http}board.html{target}")
        assert page.locator(f"main{target}, main {target}").count() == 1


def test_a_link_opens_the_fold_it_leads_to(tabs: Tabs, over_http: str) -> None:
    with tabs.opened(over_http, "forecast.html") as (page, _):
        fold = page.locator("details:not([open]) > .folded[id]").first
        assert not fold.is_visible()
        anchor = fold.get_attribute("id")
        page.goto(f"{over_http}forecast.html#{anchor}")
        expect(page.locator(f"[id='{anchor}']")).to_be_visible()


@pytest.mark.parametrize(("people", "deals"), [(0, 0), (2, 60), (9, 9), (LINES + 9, 2)])
def test_the_sheet_of_the_team_is_one_printed_page(
    tabs: Tabs, over_http: str, tmp_path: Path, people: int, deals: int
) -> None:
    """Of the demo, and of journals that have more than there is room for."""
    address = over_http if not people else f"{sold_by(tmp_path, people, deals).as_uri()}/"
    with tabs.opened(address, "team.html") as (page, _):
        printed = page.pdf(format="A4")
        assert len(re.findall(rb"/Type\s*/Page[^s]", printed)) == 1
        page.emulate_media(media="print")
        rows = page.locator("main tbody tr")
        assert rows.count() > 20
        heights = rows.evaluate_all("all => all.map(e => e.getBoundingClientRect().height)")
        assert max(heights) < 30, "rows are one line each"


def sold_by(folder: Path, people: int, deals: int) -> Path:
    """The site of a journal in which so many sell so many deals each."""
    texts = {
        f"deals/d{n:04}.md": "---\ntitle: A deal whose title is as long as such titles often are\n"
        f"owner: p{n % people}\nstage: lead\nvalue: 1200000.50 CHF\n"
        "next: 2026-12-01 Something that has to be done next by all who are in it\n---\n"
        "## 2026-11-17 call\n- [x] first\n"
        for n in range(people * deals)
    }
    team = "".join(f"  p{n}: {{name: Somebody of the Team {n}}}\n" for n in range(people))
    texts["pipeline.yml"] = (
        f"journal: Full\ncurrency: EUR\nvisibility: private\nas-of: 2026-11-20\nteam:\n{team}"
        "pipelines:\n  sales:\n    name: Sales\n    stages:\n      lead: {name: A lead that is raw, "
        "steps: {first: First thing done, next: Next}, probability: 20%}\n"
        "      won: {type: won}\n      lost: {type: lost}\n"
    )
    write(folder / "journal", texts)
    return demo.build(folder / "site", folder / "journal")


NOT_SHOWN = """all => all.filter(e => {
  const {width, height} = e.getBoundingClientRect();
  return !width || !height || !e.checkVisibility({visibilityProperty: true});
}).map(e => e.dataset.deal)"""
HREFS_OF_VISIBLE = """links => links
  .filter(link => link.getClientRects().length > 0)
  .map(link => link.getAttribute('href'))"""


def tab(page: Page) -> dict[str, Any]:
    """Press Tab and say what has the focus now."""
    page.keyboard.press("Tab")
    focus = page.evaluate(FOCUS)
    assert isinstance(focus, dict)
    return focus


def run_over(page: Page) -> list[str]:
    """Cells of tables whose text runs into the cell to the right."""
    return look(page, "runOver()")


def overflow(page: Page) -> list[str]:
    """What sticks out to the right, where the page scrolls sideways; nothing where it fits."""
    return look(page, "overflow()")
