"""What if: on the forecast page of the demo a deal is changed, and the quarter with it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.tabs import DESK, Look, Tabs
from tests.browser.test_pages import PHONE, overflow, run_over

pytestmark = pytest.mark.browser
Data = dict[str, list[list[str]]]
"""Of what scripts know of the quarter: its ``deals``, and ``others``."""


def ask(page: Page) -> None:
    page.get_by_text("What decides it").click()
    page.get_by_role("button", name="What if…").press("Enter")


@contextmanager
def asked_of(page: Page, more: Callable[[Data], Data]) -> Iterator[None]:
    """What if, asked where scripts know more, or other things, than those of the demo."""

    def answer(route: Route) -> None:
        head, _, rest = route.fetch().text().partition("(")
        name, data = json.loads(f"[{rest.strip().removesuffix(';').removesuffix(')')}]")
        route.fulfill(body=f"{head}({json.dumps(name)}, {json.dumps(data | more(data))})")

    page.route("**/what-if.js", answer)
    ask(page)
    yield
    page.unroute("**/what-if.js", answer)


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_unchanged_it_says_what_the_page_says_and_changed_it_follows(
    tabs: Tabs, over_http: str, width: int
) -> None:
    with tabs.opened(over_http, "forecast.html", Look(width)) as (page, faults):
        said = page.locator(".lands").inner_text()
        ask(page)
        result = page.locator("[data-what-if] output")
        assert result.inner_text() == said
        assert overflow(page) == run_over(page) == []
        first = page.locator("[data-what-if] [type=number]").first
        expect(first).to_be_focused()
        first.fill("5")
        changed = result.inner_text()
        assert changed != said
        expect(page).to_have_url(re.compile("#if="))
        page.locator("[data-what-if] [type=checkbox]").nth(1).press("Space")
        dropped = result.inner_text()
        assert dropped not in (said, changed)
        expect(page).to_have_url(re.compile(":drop$"))
        page.reload()
        page.wait_for_selector("[data-what-if] output")
        assert result.inner_text() == dropped
        page.locator("[data-what-if] [type=date]").first.fill("2031-01-05")
        assert result.inner_text() != said
        expect(page).to_have_url(re.compile(":c2031-01-05"))
        page.get_by_role("button", name="As it is").press("Enter")
        assert result.inner_text() == said
        for at in range(3):
            page.locator("[data-what-if] [type=number]").nth(at).fill("99")
        assert "The target is reached in over 99%." in result.inner_text()
        page.locator("[data-what-if] [type=number]").first.fill("100")
        assert "The target is reached in 100%." in result.inner_text()
        page.get_by_role("button", name="As it is").press("Enter")
        assert result.inner_text() == said
        expect(page).to_have_url(re.compile("^[^#]*$"))
        assert faults == []


@pytest.mark.parametrize("said", ["%", "a:p40,%E0%A4%A", "nobody:p40"])
def test_an_address_that_somebody_spoiled_spoils_nothing(
    tabs: Tabs, over_http: str, said: str
) -> None:
    with tabs.opened(over_http, f"forecast.html#if={said}", Look(DESK)) as (page, faults):
        page.keyboard.press("?")
        expect(page.locator("dialog#keys")).to_be_visible()
        assert faults == []


def test_without_scripts_there_is_nothing_of_it(tabs: Tabs, over_http: str) -> None:
    with tabs.opened(over_http, "forecast.html", Look(scripts=False)) as (page, _):
        assert page.locator("[data-what-if]").inner_text() == ""


def test_what_comes_of_it_stays_in_sight(tabs: Tabs, over_http: str) -> None:
    with tabs.opened(over_http, "forecast.html", Look(PHONE)) as (page, _):
        ask(page)
        output, inputs = page.locator("[data-what-if] output"), page.locator(".what-if input")
        expect(output).to_be_visible()
        for at in (inputs.count() - 1, inputs.count() // 2):
            inputs.nth(at).focus()
            said, asked = output.bounding_box(), inputs.nth(at).bounding_box()
            assert said and asked and 0 <= said["y"] < said["y"] + said["height"] <= asked["y"]


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_deal_of_another_date_counts_once_its_date_is_in_the_quarter(
    tabs: Tabs, over_http: str, width: int
) -> None:
    with tabs.opened(over_http, "forecast.html", Look(width)) as (page, faults):
        ask(page)
        said = "Other deals: each counts once its close date is in the rest of 2026-Q4."
        head, own = page.locator(".what-if .group-row"), page.locator(".what-if tbody").first
        expect(head).to_have_text(said)
        expect(head).to_be_visible()
        expect(own.locator("[aria-describedby]")).to_have_count(0)
        row, result = head.locator("+ tr"), page.locator("[data-what-if] output")
        chance, whole = row.locator("[type=number]"), result.inner_text()
        expect(chance).to_have_accessible_description(said)
        chance.fill("100")
        assert result.inner_text() == whole
        row.locator("[type=date]").fill("2026-12-31")
        assert result.inner_text() != whole
        assert overflow(page) == run_over(page) == faults == []


def test_a_deal_that_counted_a_little_counts_by_its_date_in_the_quarter(
    tabs: Tabs, over_http: str
) -> None:
    """And a number that is none changes nothing."""

    def half(data: Data) -> Data:
        return {"deals": [[*row[:9], "0.5"] for row in data["deals"]]}

    with tabs.opened(over_http, "forecast.html") as (page, faults), asked_of(page, half):
        result = page.locator("[data-what-if] output")
        row = page.locator(".what-if tr", has_text="Dunmore")
        chance, close = row.locator("[type=number]"), row.locator("[type=date]")
        whole, usual, before = result.inner_text(), chance.input_value(), close.input_value()
        close.fill("2026-12-19")
        dated = result.inner_text()
        assert chance.input_value() == "50" != usual and dated != whole
        chance.fill("99")
        surer = result.inner_text()
        assert surer not in (whole, dated)
        chance.fill("150")
        assert result.inner_text() == surer
        assert not chance.evaluate("one => one.validity.valid")
        chance.fill("")
        assert result.inner_text() == dated
        close.fill(before)
        assert (result.inner_text(), chance.input_value()) == (whole, usual)
        expect(page).to_have_url(re.compile("^[^#]*$"))
        assert faults == []


def test_where_all_deals_close_in_the_quarter_nothing_is_said_of_others(
    tabs: Tabs, over_http: str
) -> None:
    with (
        tabs.opened(over_http, "forecast.html") as (page, _),
        asked_of(page, lambda _data: {"others": []}),
    ):
        expect(page.locator(".what-if tbody")).to_have_count(1)
        expect(page.locator(".what-if .group-row")).to_have_count(0)


def test_of_many_deals_it_says_that_it_lists_the_largest(tabs: Tabs, over_http: str) -> None:
    def many(data: Data) -> Data:
        (first, *others) = data["deals"]
        return {"deals": [first, *others, *[[f"d{n}", *first[1:]] for n in range(30)]]}

    with tabs.opened(over_http, "forecast.html") as (page, faults), asked_of(page, many):
        told = page.locator("[data-what-if] > .small")
        expect(told).to_have_text(
            re.compile("^The 25 largest of [0-9]+ deals of 2026-Q4; the others")
        )
        assert faults == []
