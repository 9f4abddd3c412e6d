"""Each type of page in Chromium: quiet, closed, within its width, accessible, without JS too."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

from site_builder.pages.team import LINES
from tests import demo
from tests.commands import write

pytestmark = pytest.mark.browser

PHONE, DESK = 375, 1280
EACH_PAGE = pytest.mark.parametrize("page_type", demo.PAGES)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
AXE = AXE_FILE_PATH.read_text(encoding="utf-8")
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
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


@dataclass(frozen=True)
class Look:
    """How a page is looked at."""

    width: int = DESK
    scheme: Literal["light", "dark"] = "light"
    scripts: bool = True


LOOKS = [Look(width, scheme) for width in (PHONE, DESK) for scheme in SCHEMES]


@contextmanager
def opened(
    browser: Browser, site: str, path: str, look: Look = Look()
) -> Iterator[tuple[Page, list[str]]]:
    """A page in a context of its own, and all that went wrong or elsewhere so far."""
    context = browser.new_context(
        viewport={"width": look.width, "height": 800},
        color_scheme=look.scheme,
        java_script_enabled=look.scripts,
    )
    page = context.new_page()
    faults = watch(page, site)
    page.goto(site + path)
    try:
        yield page, faults
    finally:
        context.close()


def watch(page: Page, site: str) -> list[str]:
    """A list that fills with messages of the console and requests that fail or leave the site."""
    faults: list[str] = []

    def message(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            faults.append(message.text)

    def request(request: Request) -> None:
        if not request.url.startswith((site, "data:")):
            faults.append(f"request of {request.url}")

    def response(response: Response) -> None:
        if response.status >= 400:
            faults.append(f"{response.status}: {response.url}")

    page.on("console", message)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", request)
    page.on("requestfailed", lambda request: faults.append(f"failed: {request.url}"))
    page.on("response", response)
    return faults


@EACH_PAGE
@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look.width}-{look.scheme}")
def test_page_is_quiet_fits_and_is_accessible(
    browser: Browser, over_http: str, site: Path, page_type: str, look: Look
) -> None:
    with opened(browser, over_http, demo.page_path(site, page_type), look) as (page, faults):
        found = overflow(page) + run_over(page) + violations(page, look) + faults
        assert not found, "\n".join(found)


@EACH_PAGE
def test_page_works_as_a_file(browser: Browser, over_file: str, site: Path, page_type: str) -> None:
    with opened(browser, over_file, demo.page_path(site, page_type)) as (page, faults):
        assert page.evaluate("document.styleSheets.length") > 0
        assert page.evaluate("getComputedStyle(document.body).fontFamily") != ""
        assert not faults, "\n".join(faults)


@EACH_PAGE
def test_page_says_all_without_scripts(
    browser: Browser, over_http: str, site: Path, page_type: str
) -> None:
    look = Look(scripts=False)
    with opened(browser, over_http, demo.page_path(site, page_type), look) as (page, _):
        assert page.locator("main h1").is_visible()
        assert len(page.locator("main").inner_text().strip()) > 20
        folds = page.locator("main details:not([open]):has([data-deal]) > summary")
        while folds.count():
            folds.first.click()
        deals = page.locator("main [data-deal]")
        assert all(deals.nth(n).is_visible() for n in range(deals.count()))


@EACH_PAGE
def test_keyboard_reaches_the_skip_link_and_all_of_the_navigation(
    browser: Browser, over_http: str, site: Path, page_type: str
) -> None:
    with opened(browser, over_http, demo.page_path(site, page_type)) as (page, _):
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


def test_skip_link_leads_to_the_content(browser: Browser, over_http: str) -> None:
    with opened(browser, over_http, "board.html") as (page, _):
        target = tab(page)["href"]
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == target
        assert page.locator(f"main{target}, main {target}").count() == 1


@EACH_PAGE
@pytest.mark.parametrize("width", [PHONE, 700, 901, DESK])
def test_only_the_board_scrolls_sideways(
    browser: Browser, over_http: str, site: Path, page_type: str, width: int
) -> None:
    with opened(browser, over_http, demo.page_path(site, page_type), Look(width)) as (page, _):
        assert overflow(page) == []
        assert set(page.evaluate(SCROLLS_SIDEWAYS)) <= {"board", "source", *ROWS_OF_LINKS}
        stops = page.eval_on_selector_all("[tabindex='0']", "all => all.map(e => e.className)")
        assert set(stops) <= {"board"}


def test_a_link_opens_the_fold_it_leads_to(browser: Browser, over_http: str) -> None:
    with opened(browser, over_http, "forecast.html") as (page, _):
        fold = page.locator("details:not([open]) > .folded").first
        assert not fold.is_visible()
        anchor = fold.get_attribute("id")
        page.goto(f"{over_http}forecast.html#{anchor}")
        assert page.locator(f"[id='{anchor}']").is_visible()


@pytest.mark.parametrize(("people", "deals"), [(0, 0), (2, 60), (9, 9), (LINES + 9, 2)])
def test_the_sheet_of_the_team_is_one_printed_page(
    browser: Browser, over_http: str, tmp_path: Path, people: int, deals: int
) -> None:
    """Of the demo, and of journals that have more than there is room for."""
    address = over_http if not people else f"{sold_by(tmp_path, people, deals).as_uri()}/"
    with opened(browser, address, "team.html") as (page, _):
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


SCROLLS_SIDEWAYS = """() => [...document.querySelectorAll('main *')]
  .filter(e => e.scrollWidth > e.clientWidth + 1)
  .filter(e => ['auto', 'scroll'].includes(getComputedStyle(e).overflowX))
  .map(e => e.className)"""

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
    found = page.evaluate(
        """() => [...document.querySelectorAll('td, th')]
          .filter(e => e.scrollWidth > e.clientWidth + 1 && e.textContent.trim())
          .filter(e => !e.querySelector('.unseen'))
          .map(e => `runs over: ${e.textContent.trim().slice(0, 60)}`)"""
    )
    assert isinstance(found, list)
    return found


def overflow(page: Page) -> list[str]:
    """What sticks out to the right, where the page scrolls sideways; nothing where it fits."""
    found = page.evaluate(
        """() => {
          const root = document.scrollingElement;
          if (root.scrollWidth <= root.clientWidth) return [];
          const wide = [...document.querySelectorAll('body *')]
            .filter(e => e.getBoundingClientRect().right > root.clientWidth + 1)
            .map(e => e.tagName.toLowerCase() + '.' + e.getAttribute('class'));
          return [`${root.scrollWidth} px in ${root.clientWidth} px`, ...wide.slice(0, 8)];
        }"""
    )
    assert isinstance(found, list)
    return found


def violations(page: Page, look: Look) -> list[str]:
    """What axe has to say: rule, and the first places it found it in.

    Only colours differ between the schemes, so in the dark it looks at contrast alone.
    """
    rules = AXE_RULES if look.scheme == "light" else ["color-contrast"]
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    page.evaluate(AXE)
    result = page.evaluate(f"axe.run({json.dumps(options)})")
    return [
        f"{found['id']}: {found['help']} at {places(found['nodes'])}"
        for found in result["violations"]
    ]


def places(nodes: list[dict[str, Any]]) -> str:
    """The first places that axe names, and what is wrong there."""
    return "; ".join(f"{node['target']} {node.get('failureSummary', '')}" for node in nodes[:3])
