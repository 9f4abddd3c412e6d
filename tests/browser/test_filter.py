"""The box that filters lists of deals: figures are those of a site of just these deals, an address
shares what is seen, mistakes are told, and nothing that users wrote is anything but text."""

from __future__ import annotations

import csv
import functools
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from site_builder.files.tree import FolderTree
from site_builder.insights.insights import Insights
from site_builder.load.loaded import Loaded
from site_builder.load.loader import load
from site_builder.pages.context import Context
from site_builder.pages.page import Page as OfSite
from site_builder.pages.registry import pages_in, site_context
from site_builder.query.fields import fields_of
from site_builder.query.matching import query
from site_builder.query.records import meant_alone
from site_builder.query.spans import Calendar
from site_builder.site.render import Renderer
from tests import demo
from tests.bench.generate import write_journal
from tests.browser.conftest import SMALL_PHONE, WAYS, LookedAt
from tests.browser.looks import look, violations
from tests.browser.tabs import DESK, Look, Tabs
from tests.by_hand import TODAY
from tests.catalogue import BASE, deal
from tests.commands import write
from tests.examples import TIMES, a_few
from tests.odd_texts import odd_journal
from tests.places import ROOT

pytestmark = pytest.mark.browser

QUERIES = (
    "owner:maria",
    "value>=30k",
    "stale:yes",
    "category:commit,none close:any",
    "-view:large-and-quiet view:closing-this-quarter,nobody-decides",
    "zzz",
)
ODD_QUERIES = ("owner:anna", "value>=1000000", "category:omitted", "-stage:s1,s2")
ALWAYS = re.compile(r"(board|deals|stale|forecast|forecast-2026-Q4)\.html")
IN_TURN = re.compile(
    r"(view-closing-this-quarter|deals-(acquisition|one)\.(decision|lost|s4|done)|stale-silent"
    r"|forecast-(all|of-(maria|anna)|in-commit|valueless|parked|omitted))\.html"
)
"""Pages with figures: some are asked each query, each of the others every second one, in the soak all."""
OWN_WORDS = {"late", "nothing", "folded", "coming-words", "stale", "apart"}
"""Figures in other words where they are of some deals, and what no reduced site says so."""
FIGURES = """html => {
  const page = html === null ? document : new DOMParser().parseFromString(html, 'text/html');
  const own = document.querySelector('main [data-filter]').dataset.filter;
  const found = {};
  for (const one of page.querySelectorAll('main [data-figure]')) {
    const scope = [own];
    for (let at = one; at; at = at.parentElement) if (at.dataset?.of) scope.push(at.dataset.of);
    const [name, ...more] = one.dataset.figure.split(' ');
    const terms = [...new Set([...scope, ...more].join(' ').split(' '))].sort().join(' ').trim();
    const isGone = html === null && one.closest('[hidden]');
    // Rows of what has a target are the same rows where targets are not shown.
    const row = (one.closest('tr, p, nav')?.className ?? '').replace(/ ?\\baimed\\b/, '');
    if (!isGone) found[`${name} ${terms} ${row}`] = one.textContent.replace(/\\s+/g, ' ').trim();
  }
  return found;
}"""
LARGE = 400
SAID = "() => document.querySelector('#filter-said')?.textContent"
LEARNED = "td[data-label=Learned][data-figure], td[data-label=Together][data-figure]"
NOTHING = re.compile(
    r"|0|0 deals?|0 of 0|0 deals, 0 of them open\.|0 deals open|No deals\.|no value"
)


@functools.cache
def insights_of(journal: Path) -> tuple[Loaded, Insights]:
    loaded = load(FolderTree(journal), lambda: TODAY)
    assert loaded.seen
    return loaded, Insights(loaded.seen, loaded.today)


def asked_of(paths: Iterable[str], turn: int) -> Iterator[str]:
    """Those of these pages that are asked a query by its number."""
    for path in paths:
        is_its_turn = TIMES > 1 or (len(path) + turn) % 2 == 0
        if ALWAYS.fullmatch(path) or (IN_TURN.fullmatch(path) and is_its_turn):
            yield path


def few_pages(journal: Path, text: str) -> tuple[Loaded, Mapping[str, OfSite]]:
    """A journal that has only the deals that a query means, and its pages. What all have taught is as
    on the site of all: scripts don't know it, and say nothing of it."""
    loaded, insights = insights_of(journal)
    schema = insights.journal.schema
    meant = query(text, fields_of(schema), Calendar(insights.today, schema.fiscal_year_starts))
    alone = meant_alone(insights, meant)
    few = Loaded(alone.journal, (), {}, loaded.today, begun=loaded.begun)
    found = pages_in(Context(alone, (), {}, has_heaps=few.has_heaps))
    return few, {page.path: page for page in found}


def reduced(journal: Path, text: str, turn: int = 0) -> Mapping[str, str]:
    """Those of these pages that are asked the query, by their paths."""
    few, pages = few_pages(journal, text)
    renderer = Renderer(site_context(few))
    return {path: renderer.render(pages[path]).decode() for path in asked_of(pages, turn)}


def filtered(page: Page, text: str) -> str:
    """Type a query; what is said of it then."""
    page.locator("#filter").fill(text)
    page.wait_for_function(
        "text => new URLSearchParams(location.search).get('q') === (text || null)", arg=text
    )
    page.wait_for_function(SAID)
    return page.locator("#filter-said").inner_text()


def wrong_figures(page: Page, html: str) -> Iterator[str]:
    found, wanted = page.evaluate(FIGURES, None), page.evaluate(FIGURES, html)
    for key, text in wanted.items():
        if key.startswith("coming ") and key.replace("coming", "nothing", 1) in found:
            continue  # By what was learned of all, which scripts don't know.
        if key.split(" ")[0] not in OWN_WORDS and found.get(key) != text:
            yield f"{key}: {found.get(key)!r} instead of {text!r}"
    for key, text in found.items():
        is_own = key.split(" ")[0] in OWN_WORDS or key.endswith(" group-row")
        if key not in wanted and not is_own and not NOTHING.fullmatch(text):
            yield f"{key}: {text!r} instead of nothing"


@pytest.mark.parametrize("text", QUERIES)
def test_figures_are_those_of_a_site_of_these_deals(tabs: Tabs, over_file: str, text: str) -> None:
    check_figures(tabs, ROOT, over_file, text, QUERIES.index(text))


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo.write_odd(tmp_path_factory.mktemp("odd") / "journal")


@pytest.mark.parametrize("text", ODD_QUERIES)
def test_figures_in_six_currencies(tabs: Tabs, odd_site: LookedAt, odd: Path, text: str) -> None:
    check_figures(tabs, odd, odd_site.address, text, ODD_QUERIES.index(text))


def test_each_page_with_figures_is_asked_a_query(odd: Path) -> None:
    for journal, queries in ((ROOT, QUERIES), (odd, ODD_QUERIES)):
        pages = [few_pages(journal, text)[1] for text in queries]
        asked = {path for turn, each in enumerate(pages) for path in asked_of(each, turn)}
        assert asked == {
            p for each in pages for p in each if ALWAYS.fullmatch(p) or IN_TURN.fullmatch(p)
        }
        assert len(asked) > 10


def test_what_is_won_and_expected_by_own_estimates(tabs: Tabs, tmp_path: Path) -> None:
    """Where nothing was learned, scripts work it out."""
    deals = {
        f"deals/{name}.md": deal(f"value: {value} EUR\nclose: {month}-10\nprobability: 40%",
                                 owner=f"owner: {owner}")
        for name, value, month, owner in (
            ("one", 1000, "2026-12", "maria"), ("two", 2000, "2026-12", "ines"), ("far", 4000, "2027-06", "maria"))
    }  # fmt: skip
    journal = tmp_path / "j"
    team = BASE["pipeline.yml"].replace("team:\n", "team:\n  ines: {name: Ines}\n")
    write(journal, {**BASE, "pipeline.yml": team, **deals})
    site = demo.build(tmp_path / "site", journal)
    with tabs.opened(site.as_uri() + "/", "forecast.html?q=owner:maria") as (page, faults):
        page.wait_for_function(SAID)
        together = page.locator("tr.for-quarter.now [data-figure=coming]")
        expect(together).to_have_text("€400")
        assert [*wrong_figures(page, reduced(journal, "owner:maria")["forecast.html"])] == []
        assert faults == []


def test_wins_of_deals_without_a_value_are_rounded_as_on_a_site_of_these(
    tabs: Tabs, tmp_path: Path
) -> None:
    chances = {"maria": (25,), "ann": (5,) * 7, "bea": (33.3, 12.5), "cleo": (4,), "ines": (70,)}
    team = "".join(f"  {owner}: {{name: {owner.title()}}}\n" for owner in chances)
    deals = {
        f"deals/{owner}-{n}.md": deal(
            f"close: 2026-12-10\nprobability: {of}%", owner=f"owner: {owner}"
        )
        for owner, each in chances.items()
        for n, of in enumerate(each)
    }
    pipeline = re.sub(r"(?m)^team:\n(  .*\n)+", f"team:\n{team}", BASE["pipeline.yml"])
    journal = tmp_path / "j"
    write(journal, {**BASE, "pipeline.yml": pipeline, **deals})
    address = demo.build(tmp_path / "site", journal).as_uri() + "/"
    for owner, wins in {"maria": "0.3", "ann": "0.4", "bea": "0.5", "cleo": ""}.items():
        with tabs.opened(address, f"forecast.html?q=owner:{owner}") as (page, faults):
            page.wait_for_function(SAID)
            coming = page.locator("tr.for-quarter.now [data-figure=coming]")
            expect(coming).to_have_text(f"{wins} wins" if wins else "")
            expect(page.locator(".answer")).to_contain_text(f"{wins or 'no'} wins expected")
            html = reduced(journal, f"owner:{owner}")["forecast.html"]
            assert [*wrong_figures(page, html)] == []
            assert faults == []


def test_what_was_learned_of_all_is_not_told_of_some(tabs: Tabs, over_file: str) -> None:
    with tabs.opened(over_file, "forecast.html?q=owner:maria") as (page, faults):
        page.wait_for_function(SAID)
        assert set(page.locator(LEARNED).all_inner_texts()) == {""}
        expect(page.locator(".answer")).to_contain_text("own estimates")
        assert faults == []


def check_figures(tabs: Tabs, journal: Path, address: str, text: str, turn: int) -> None:
    wrong = []
    pages = reduced(journal, text, turn)
    with tabs.opened(address, "board.html") as (page, faults):
        for path, html in pages.items():
            page.goto(f"{address}{path}?q={quote(text)}")
            page.wait_for_function(SAID)
            wrong += [f"{path}: {one}" for one in wrong_figures(page, html)]
            if journal == ROOT:
                learned = page.locator(LEARNED).all_inner_texts()
                wrong += [f"{path}: learned of all: {one}" for one in learned if one]
    assert {"board.html", "deals.html", "stale.html", "forecast.html"} <= pages.keys()
    assert not wrong, "\n".join(wrong)
    assert faults == []


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A journal with more deals than lists show, and the address of its site as files."""
    folder = tmp_path_factory.mktemp("large")
    write_journal(folder / "journal", LARGE)
    return folder / "journal", demo.build(folder / "site", folder / "journal").as_uri() + "/"


def listed(journal: Path, shape: str, text: str) -> str:
    command = [
        sys.executable,
        "-m",
        "site_builder",
        "-C",
        str(journal),
        "list",
        text,
        "--format",
        shape,
    ]
    done = subprocess.run(command, capture_output=True, check=False, cwd=ROOT)
    return done.stdout.decode()


def test_lists_that_are_cut_show_all_that_a_query_means(
    tabs: Tabs, large: tuple[Path, str]
) -> None:
    """Beyond the first ones of a stage or owner, from the data; as `dealog list` has them."""
    journal, address = large
    text = "owner:maria state:open"
    deals: list[dict[str, Any]] = json.loads(listed(journal, "json", text))["deals"]
    ids = {deal["id"] for deal in deals}
    value = sum((Decimal(d["value"]["amount"]) for d in deals if d["value"]), Decimal(0))
    with tabs.opened(address, "deals.html") as (page, faults):
        before = set(
            page.eval_on_selector_all("main [data-deal]", "all => all.map(e => e.dataset.deal)")
        )
        assert not ids <= before
        assert filtered(page, text) == f"{len(ids)} of {LARGE} deals"
        assert shown(page) == ids
        sums = page.locator("main .group-row .count:visible").all_inner_texts()
        assert sum(int(one.split(" ")[0]) for one in sums) == len(ids)
        amounts = [re.sub(r"\D", "", part) for one in sums for part in re.findall("€([^ ]+)", one)]
        assert sum(map(int, amounts)) == value
        page.goto(f"{address}stale.html?q=owner:maria+state:open")
        page.wait_for_function(SAID)
        assert shown(page) == {deal["id"] for deal in deals if deal["stale"]}
        page.locator("#filter").fill("")
        page.wait_for_function("() => !document.querySelector('main [hidden]')")
        assert faults == []


@pytest.mark.parametrize(
    ("path", "of"),
    [("deals-acquisition.lost.html", "stage:lost"), ("stale-silent.html", "stale:silent")],
)
def test_rows_that_are_folded_are_filtered_and_sorted_with_the_others(
    tabs: Tabs, large: tuple[Path, str], path: str, of: str
) -> None:
    journal, address = large
    small = f"{of} value<20k"
    with tabs.opened(address, path) as (page, faults):
        fold, rows = page.locator("main details[data-more]"), page.locator("main [data-deal]")
        every = rows.count()
        expect(fold.locator("summary")).to_have_text(f"{every - 50} more deals")
        expect(page.locator("main [data-deal]:visible")).to_have_count(50)
        page.locator("main").get_by_role("button", name="Value").click()
        expect(fold).to_have_count(0)
        expect(page.locator("main [data-deal]:visible")).to_have_count(every)
        for group in page.locator("main tbody").all():
            texts = group.locator("[data-deal] td.num:has-text('€')").all_inner_texts()
            amounts = [int(re.sub(r"\D", "", text)) for text in texts]
            assert amounts == sorted(amounts)
        page.reload()
        expect(fold).to_have_count(1)
        filtered(page, small)
        ids = {deal["id"] for deal in json.loads(listed(journal, "json", small))["deals"]}
        expect(page.locator("main [data-deal]:visible")).to_have_count(len(ids))
        assert shown(page) == ids
        assert faults == []


def test_a_card_that_is_added_says_where_its_deal_stands(tabs: Tabs, tmp_path: Path) -> None:
    deal = "---\ntitle: One\nowner: maria\nstage: qualification\nnext: 2026-12-{} Call\n---\n"
    deals = {f"deals/d{number:03}.md": deal.format("01") for number in range(100)}
    deals["deals/last.md"] = f"{deal.format('02')}\n## 2020-01-02 call\n\n- [x] needs-analysis\n"
    stages = BASE["pipeline.yml"].replace(
        "  qualification:\n", "  qualification:\n        stale-after: 14d\n"
    )
    write(tmp_path / "journal", {**BASE, **deals, "pipeline.yml": stages})
    address = demo.build(tmp_path / "site", tmp_path / "journal").as_uri() + "/"
    html = reduced(tmp_path / "journal", "id:last")["board.html"]
    with tabs.opened(address, "board.html") as (page, faults):
        card = page.locator("[data-deal=last]")
        assert card.count() == 0
        filtered(page, "id:last")
        line = card.locator(".card-row:has(.dots)").inner_html()
        assert '<span class="status is-stale">stale' in line
        assert line.partition('<span class="status')[0].strip() in html
        assert faults == []


def shown(page: Page) -> set[str]:
    rows = "all => all.filter(e => e.checkVisibility()).map(e => e.dataset.deal)"
    return set(page.eval_on_selector_all("main [data-deal]", rows))


def test_a_file_for_spreadsheets_is_that_of_the_terminal(tabs: Tabs, tmp_path: Path) -> None:
    files = dict(odd_journal())
    files["deals/formula.md"] = files["deals/open-04.md"].replace('title: "', 'title: "=1+1, ', 1)
    write(tmp_path / "journal", files)
    address = demo.build(tmp_path / "site", tmp_path / "journal").as_uri() + "/"
    with tabs.opened(address, "deals.html?q=owner:anna,bart") as (page, _):
        page.wait_for_function(SAID)
        with page.expect_download() as download:
            page.get_by_role("button", name="CSV").click()
        text = Path(download.value.path()).read_bytes().decode()
    assert text == listed(tmp_path / "journal", "csv", "owner:anna,bart")
    assert any(row[1].startswith("'=1+1, ") for row in csv.reader(io.StringIO(text)))


@pytest.mark.parametrize("where", ["over_http", "over_file"])
def test_an_address_shares_what_is_seen(
    tabs: Tabs, request: pytest.FixtureRequest, where: str
) -> None:
    address = request.getfixturevalue(where)
    with tabs.opened(address, "board.html") as (page, faults):
        said = filtered(page, "owner:maria value>=10k")
        here = f"{address}board.html?q=owner:maria+value%3E%3D10k"
        expect(page).to_have_url(here)
        before = shown(page)
        page.get_by_role("link", name="Qualification").first.click()
        expect(page).not_to_have_url(here)
        expect(page.locator("#filter")).to_have_value("owner:maria value>=10k")
        page.goto(here)
        page.wait_for_function(SAID)
        assert page.locator("#filter-said").inner_text() == said and shown(page) == before
        assert page.locator("html").inner_text().count("undefined") == 0
        assert faults == []


def test_mistakes_are_told_and_the_page_stays(tabs: Tabs, over_http: str) -> None:
    with tabs.opened(over_http, "deals.html") as (page, faults):
        before = shown(page)
        said = filtered(page, "ownr:maria")
        assert said.startswith("There is no field ownr. Did you mean owner?")
        assert page.locator("#filter").get_attribute("aria-invalid") == "true"
        assert shown(page) == before
        assert not violations(page) and faults == []


def test_no_heading_is_left_above_nothing(tabs: Tabs, over_http: str) -> None:
    with tabs.opened(over_http, "board.html") as (page, faults):
        folds = page.locator("main details.fold:visible")
        assert folds.count() > 0
        filtered(page, "zzz")
        assert folds.count() == 0
        page.goto(f"{over_http}follow-ups.html")
        rules = page.get_by_role("heading", name="Rules")
        assert rules.is_visible()
        filtered(page, "zzz")
        assert rules.is_hidden()
        assert faults == []


def test_what_a_rule_counts_is_listed_under_a_filter_too(tabs: Tabs, over_http: str) -> None:
    with tabs.opened(over_http, "follow-ups.html") as (page, faults):
        assert page.locator(".answer a").count() > 2
        filtered(page, "owner:jonah")
        expect(page.locator(".answer")).to_have_text(
            re.compile("^[0-9]+ overdue; [0-9]+ due today, ")
        )
        led = page.evaluate("""() => [...document.querySelectorAll(".answer a")].map(link =>
          [/[0-9]+/.exec(link.textContent)[0],
            document.getElementById(link.hash.slice(1)).querySelector(".count").textContent])""")
        assert led and [one for one in led if len(set(one)) > 1] == []
        told = page.evaluate("""() => [...document.querySelectorAll("td[data-figure^=due-] a")]
          .filter(link => link.hash.startsWith("#:") && !link.closest("[hidden]")).map(link => {
            const term = document.getElementById(link.hash.slice(1)), said = term.nextSibling;
            const more = /and ([0-9]+) more/.exec(said.querySelector("[data-figure]:not([hidden])")?.textContent);
            const here = said.querySelectorAll(".entry:not([hidden])").length + Number(more?.[1] ?? 0);
            return [link.textContent, term.querySelector(".count").textContent, String(here)];
          })""")
        assert len(told) > 3 and [one for one in told if len(set(one)) > 1] == []
        page.get_by_text("how much is due by each").click()
        for part in ("people", "rules"):
            here = page.locator(f"section[aria-labelledby={part}]")
            expect(here.locator(".made-of")).to_be_hidden()
            here.locator('td[data-figure=due-overdue] a[href*="#:"]:visible').first.click()
            expect(here.locator(".made-of")).to_be_visible()
        assert faults == []


def test_no_link_leads_to_nothing(tabs: Tabs, over_http: str) -> None:
    with tabs.opened(over_http, "board.html", Look(width=SMALL_PHONE)) as (page, faults):
        late = page.get_by_role("link", name="with an overdue next step")
        assert late.is_visible()
        filtered(page, "owner:maria")
        assert late.is_hidden()
        assert page.locator(".answer").inner_text() == "€145k open in 3 deals."
        expect(page.locator(".answer a:visible")).to_have_attribute("href", "#open")
        page.goto(f"{over_http}stale.html")
        filtered(page, "owner:ruth")
        counts = page.locator(".counts a:visible").all_inner_texts()
        assert counts == ["Silent: 1", "Next step overdue: 1"]
        link = page.locator(".answer a")
        assert page.locator("#deals [data-deal]:visible").count() == int(
            link.inner_text().split()[0]
        )
        filtered(page, "zzz")
        expect(page.locator(".answer")).to_have_text("No such deal is stale.")
        expect(link).to_have_count(0)
        page.locator("#filter").fill("")
        expect(link).to_have_attribute("href", "#deals")
        page.goto(f"{over_http}deals.html?q=owner:ruth")
        expect(page.locator("#filter-said")).not_to_be_empty()
        every, opened_ones = page.locator(".answer a").all()
        assert [one.get_attribute("href") for one in (every, opened_ones)] == ["#deals", "#open"]
        assert page.locator("#deals table [data-deal]:visible").count() == int(
            opened_ones.inner_text()
        )
        assert faults == []


def test_a_link_that_filters_keeps_its_own_query(tabs: Tabs, over_http: str) -> None:
    with tabs.opened(over_http, "board.html?q=owner:jonah") as (page, faults):
        late = page.get_by_role("link", name="with an overdue next step")
        number = int(late.inner_text().split()[0])
        late.click()
        expect(page.locator("#filter")).to_have_value(re.compile("^pipeline:[a-z]+ owner:jonah$"))
        expect(page.locator("tr[data-deal]:visible")).to_have_count(number)
        assert faults == []


def test_a_phone_has_the_columns_with_cards_side_by_side(tabs: Tabs, over_http: str) -> None:
    empty = (
        "all => all.filter(e => !e.querySelector('.card:not([hidden])')).map(e => e.offsetWidth)"
    )
    with tabs.opened(over_http, "board.html", Look(width=SMALL_PHONE)) as (page, _):
        filtered(page, "owner:maria")
        widths = page.eval_on_selector_all(".column", empty)
        assert widths and max(widths) < SMALL_PHONE / 2


def test_the_mark_of_an_open_menu_covers_no_title(tabs: Tabs, over_http: str) -> None:
    gap = """card => {
      const title = document.createRange(), mark = card.querySelector('summary').getBoundingClientRect();
      title.selectNodeContents(card.querySelector('.card-title'));
      return mark.left - Math.max(...[...title.getClientRects()].map(one => one.right));
    }"""
    with tabs.opened(over_http, "board.html") as (page, _):
        card = page.locator(".board .card").first
        card.locator("summary").focus()
        page.keyboard.press("Enter")
        expect(card.locator("code")).to_be_visible()
        assert card.evaluate(gap) >= 0
        page.keyboard.press("Escape")
        expect(card.locator("code")).to_be_hidden()
        expect(card.locator("summary")).to_be_focused()


def test_a_board_of_a_phone_has_its_lines_within_it(tabs: Tabs, over_http: str) -> None:
    with tabs.opened(over_http, "board.html", Look(width=375)) as (page, _):
        assert page.evaluate("document.documentElement.scrollWidth") == 375
        name = "one => one.scrollWidth <= one.clientWidth"
        assert page.locator(".site-name").evaluate(name)


PAINTED = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
WATCHED = f"""async () => {{ await {PAINTED}; window.moved = 0;
  new PerformanceObserver(list => {{ for (const e of list.getEntries()) window.moved += e.value; }})
    .observe({{type: 'layout-shift'}}); }}"""
MOVED = f"async () => {{ await {PAINTED}; await new Promise(done => setTimeout(done, 50)); return window.moved; }}"


def test_nothing_moves_when_the_box_comes(browser: Browser, over_http: str) -> None:
    """The scripts are held back until the page is there without them, however slow all is."""
    held = list[Route]()

    def hold(route: Route) -> None:
        held.append(route)

    for width in (DESK, SMALL_PHONE):
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.route("**/site.js", hold)
        for path in ("board.html", "deals.html", "stale.html", "forecast.html", "follow-ups.html"):
            page.goto(over_http + path, wait_until="commit")
            page.wait_for_function("() => document.readyState === 'interactive'")
            page.evaluate(WATCHED)
            expect(page.locator("#filter")).to_be_hidden()
            held.pop().continue_()
            expect(page.locator("#filter")).to_be_visible()
            assert page.evaluate(MOVED) == 0, path
        page.close()


@pytest.mark.parametrize(("width", "scheme"), a_few(*WAYS[0], *WAYS[1], here=2))
def test_filtered_pages_of_odd_texts_fit_and_are_accessible(
    tabs: Tabs, odd_site: LookedAt, width: int, scheme: Literal["light", "dark"]
) -> None:
    for path in ("board.html", "deals.html", "follow-ups.html"):
        seen = Look(width, scheme)
        with tabs.opened(odd_site.address, f"{path}?q=owner:anna", seen) as (page, faults):
            page.wait_for_function(SAID)
            found = [*look(page, "overflow()", "overlaps()", "thin(2)"), *violations(page), *faults]
            assert not found, (path, found)
            page.emulate_media(media="print")
            assert not page.locator(".filter").is_visible()
