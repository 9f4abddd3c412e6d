"""The navigation: groups, the pages of the current one, and what stands apart."""

from __future__ import annotations

from dataclasses import replace

from site_builder.journal.pipeline import Pipeline
from site_builder.load.loader import Loaded
from site_builder.pages.frame import NavItem
from site_builder.pages.navigation import navigation
from site_builder.pages.registry import all_pages, site_context
from tests.by_hand import LEAD, SCHEMA, TODAY, journal

ITEMS = (
    NavItem("Overview", "index.html", group="Today"),
    NavItem("Stale", "stale.html", group="Today"),
    NavItem("Forecast", "forecast.html", group="Forecast"),
    NavItem("Problems", "problems.html", "3", "3 errors", True),
)


def test_a_group_leads_to_its_first_page_and_shows_the_others_when_it_is_current() -> None:
    nav = navigation(ITEMS, "stale.html", is_entry=True)
    assert nav.groups == (
        NavItem("Today", "index.html", mark="true"),
        NavItem("Forecast", "forecast.html"),
    )
    assert nav.group == "Today"
    assert nav.pages == (ITEMS[0], replace(ITEMS[1], mark="page"))


def test_a_group_of_one_page_is_that_page() -> None:
    nav = navigation(ITEMS, "forecast.html", is_entry=True)
    assert [entry.mark for entry in nav.groups] == ["", "page"]
    assert nav.pages == ()
    assert navigation(ITEMS, "forecast.html", is_entry=False).groups[1].mark == "true"


def test_a_page_within_another_marks_it_but_is_not_it() -> None:
    assert [e.mark for e in navigation(ITEMS, "stale.html", is_entry=False).pages] == ["", "true"]


def test_what_has_no_group_stands_apart_with_its_count() -> None:
    nav = navigation(ITEMS, "problems.html", is_entry=True)
    assert nav.apart == (replace(ITEMS[3], mark="page"),)
    assert (nav.group, nav.pages) == ("", ())
    assert not any(entry.mark for entry in nav.groups)


def test_a_page_of_no_entry_marks_none() -> None:
    nav = navigation(ITEMS, "", is_entry=False)
    assert not any(entry.mark for entry in (*nav.groups, *nav.pages, *nav.apart))


def test_each_pipeline_has_an_entry_for_its_board_where_there_are_several() -> None:
    pipelines = (Pipeline("new", "New business", (LEAD,)), Pipeline("kept", "Renewals", (LEAD,)))
    loaded = Loaded(journal(schema=replace(SCHEMA, pipelines=pipelines)), (), {}, TODAY)
    boards = [item for item in site_context(loaded).nav if "board" in item.path]
    assert [(item.label, item.path, item.group) for item in boards] == [
        ("New business", "board.html", "Pipeline"),
        ("Renewals", "board-kept.html", "Pipeline"),
    ]
    entries = {page.path: page.entry for page in all_pages(loaded) if "board" in page.path}
    assert entries == {
        "board.html": "board.html",
        "board-new.html": "board.html",
        "board-kept.html": "board-kept.html",
    }


def test_the_only_board_is_the_board() -> None:
    items = site_context(Loaded(journal(), (), {}, TODAY)).nav
    assert [(i.label, i.path) for i in items if i.group == "Pipeline"] == [
        ("Board", "board.html"),
        ("Deals", "deals.html"),
    ]
