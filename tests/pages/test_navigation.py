"""The navigation: groups, the pages of the current one, and what stands apart."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import replace
from operator import attrgetter
from typing import Any

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.insights.topics import FEW, Topic
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.journal.pipeline import Pipeline
from site_builder.load.loaded import Loaded
from site_builder.load.loader import load
from site_builder.pages import problems
from site_builder.pages.board import board
from site_builder.pages.frame import NavItem
from site_builder.pages.navigation import navigation
from site_builder.pages.registry import all_pages, site_context
from site_builder.pages.sheet import Sheet
from site_builder.presets.new_journal import new_journal
from site_builder.site.render import Renderer
from tests.by_hand import LEAD, LOST, PARKED, SCHEMA, TODAY, WON, context, deal, journal
from tests.insights.test_topics import RECORDED
from tests.journals import loaded as of_files
from tests.stories import story

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
    new = Pipeline("new", "New business", (LEAD,))
    kept = Pipeline("kept", "Renewals", (LEAD,))
    schema = replace(SCHEMA, pipelines=(new, kept))
    both = journal(deal("a", pipeline=kept), deal("b", pipeline=new), schema=schema)
    loaded = Loaded(both, (), {}, TODAY)
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
    site = site_context(Loaded(journal(deal("a", pipeline=new), schema=schema), (), {}, TODAY))
    assert [(one.label, one.path) for one in site.nav if "board" in one.path] == [
        ("Board", "board.html")]  # fmt: skip
    assert ("Renewals", "board-kept.html") in {(one.label, one.path) for one in site.more}


def test_a_board_without_deals_has_no_entry_and_the_others_lead_to_it() -> None:
    row = [Pipeline(id, id.title(), (LEAD,)) for id in ("new", "kept", "grown")]
    schema = replace(SCHEMA, pipelines=tuple(row))

    def boards(*filled: int) -> tuple[list[tuple[str, str]], list[str]]:
        deals = [deal(f"d{at}", pipeline=row[at]) for at in filled]
        site = site_context(Loaded(journal(*deals, schema=schema), (), {}, TODAY))
        every = [(one.label, one.path) for one in site.nav if "board" in one.path]
        return every, [one.path for one in site.more if "board" in one.path]

    assert boards(1) == ([("Board", "board-kept.html")], ["board.html", "board-grown.html"])
    assert boards(0, 2) == (
        [("New", "board.html"), ("Grown", "board-grown.html")], ["board-kept.html"])  # fmt: skip
    assert boards() == ([], ["board.html", "board-kept.html", "board-grown.html"])
    ways = board(context(journal(deal(pipeline=row[1]), schema=schema)), row[0]).boards
    assert [way[:2] for way in ways] == [
        ("New: no deals", "board.html"),
        ("Kept", "board-kept.html"),
        ("Grown: no deals", "board-grown.html"),
    ]
    every = [deal(f"d{at}", pipeline=one) for at, one in enumerate(row)]
    assert board(context(journal(*every, schema=schema)), row[0]).boards == ()


def test_a_further_board_has_an_entry_once_a_deal_stands_on_it() -> None:
    files = begun("development", 1)
    moved = files["deals/d0.md"].replace(b"acquisition", b"development")
    files["deals/e.md"] = moved.replace(b"raw-lead", b"qualification")
    paths = [item.path for item in site_context(load(MemoryTree(files), lambda: TODAY)).nav]
    assert [path for path in paths if "board" in path] == ["board.html", "board-development.html"]


def begun(preset: str, deals: int, notes: str = "", people: bool = True) -> dict[str, bytes]:
    """A new journal with so many deals in the first stage, each with somebody and these notes."""
    files = dict(new_journal(preset, TODAY))
    (first, *_) = load(MemoryTree(files), lambda: TODAY).journal.schema.pipelines  # type: ignore[union-attr] # a preset
    stage = first.stages[0]
    front = f"owner: me\npipeline: {first.id}\nstage: {stage.id}\nnext: 2026-11-24 Ring them\n"
    for n in range(deals):
        if people:
            files[f"contacts/c{n}.md"] = f"---\nname: Person {n}\n---\n".encode()
        with_whom = f"contacts: [c{n}]\n" if people else ""
        text = f"---\ntitle: Deal {n}\n{with_whom}{front}---\n{notes.format(f'c{n}', stage.id, stage.steps[0].id)}"
        files[f"deals/d{n}.md"] = text.encode()
    return files


CALLED = "\n## 2026-11-10 email to {0}\n\n## 2026-11-12 call with {0}\n"
MOVED = "\n## 2026-11-18 stage {1}\n- [x] {2}\n"
ALWAYS = {"index.html", problems.PATH}
OF_DEALS = {"board.html", "deals.html", "forecast.html"}
OF_PEOPLE = {"contacts.html"}
HAS_DATA: dict[str, Callable[[Any], object]] = {
    "index.html": lambda _view: True,  # tells how to begin
    problems.PATH: lambda _view: True,  # none is what there is to say
    "board.html": lambda board: any(c.cards or c.earlier for c in (*board.columns, *board.lanes)),
    "deals.html": lambda deals: deals.pipelines,
    "contacts.html": lambda contacts: contacts.rows,
    "forecast.html": lambda forecast: not forecast.is_empty,
    "stale.html": lambda stale: stale.answer,
}
"""What data is on the pages that are no sheets; these have sections then."""


def without_data(loaded: Loaded) -> list[str]:
    """The pages that the navigation leads to though they have nothing to show."""
    led_to = {item.path for item in site_context(loaded).nav}
    views = {page.path: page.view() for page in all_pages(loaded) if page.path in led_to}
    assert views.keys() == led_to
    return [path for path, v in views.items() if not HAS_DATA.get(path, attrgetter("sections"))(v)]


@pytest.mark.parametrize("preset", ["simple", "acquisition", "development", "modules"])
@pytest.mark.parametrize(
    ("deals", "notes", "people"),
    [(0, "", False), (3, "", False), (10, "", True), (10, CALLED, True), (10, CALLED + MOVED, True)],
)  # fmt: skip
def test_a_page_without_data_is_not_led_to_and_a_small_journal_has_few(
    preset: str, deals: int, notes: str, people: bool
) -> None:
    loaded = load(MemoryTree(begun(preset, deals, notes, people)), lambda: TODAY)
    assert [one.severity for one in loaded.problems if one.severity == "error"] == []
    site = site_context(loaded)
    led_to = {item.path for item in site.nav} - ALWAYS
    of_deals = OF_DEALS | {"follow-ups.html"} if deals else set[str]()
    assert led_to == of_deals | (OF_PEOPLE if people else set())
    assert {"structure.html", "steps.html", "stale.html"} <= {item.path for item in site.more}
    assert without_data(loaded) == []


@pytest.mark.parametrize(("path", "text", "_found"), RECORDED)
def test_what_a_single_file_records_fills_the_pages_that_it_leads_to(
    path: str, text: str, _found: Topic
) -> None:
    assert without_data(of_files({path: text})) == []


@pytest.mark.parametrize(
    ("one", "led_to"),
    [
        (Contact("ann", "contacts/ann.md", "Ann"), {"contacts.html"}),
        (deal(), OF_DEALS),
        (deal(stage=WON), OF_DEALS),
        (deal(stage=LOST, lost_reason="price"), OF_DEALS - {"forecast.html"} | {"lost.html"}),
        (deal(stage=PARKED), OF_DEALS - {"forecast.html"} | {"nurture.html", "team.html"}),
    ],
)
def test_bare_ones_fill_the_pages_that_they_lead_to(one: Deal | Contact, led_to: set[str]) -> None:
    contacts, deals = ((one,), ()) if isinstance(one, Contact) else ((), (one,))
    loaded = Loaded(Journal(SCHEMA, deals, contacts), (), {}, TODAY)
    assert {item.path for item in site_context(loaded).nav} - ALWAYS == led_to
    assert without_data(loaded) == []


@pytest.mark.parametrize(("deals", "notes"), [(0, ""), (3, ""), (3, CALLED + MOVED)])
def test_every_page_is_reached_by_links(deals: int, notes: str) -> None:
    """And no link leads to a page that is not there."""
    loaded = load(MemoryTree(begun("simple", deals, notes, bool(notes))), lambda: TODAY)
    renderer = Renderer(site_context(loaded))
    pages = {page.path: renderer.render(page).decode() for page in all_pages(loaded)}
    found, left = set[str](), ["index.html"]
    while left:
        path = left.pop()
        if path in pages and path not in found:
            found.add(path)
            hrefs = re.findall(r'href="([^"#:]+)', pages[path])
            left += [
                posixpath.normpath(posixpath.join(posixpath.dirname(path), href)) for href in hrefs
            ]
        elif path.endswith(".html"):
            assert path in pages
    assert {path for path in pages.keys() - found if path.endswith(".html")} == {"404.html"}


def lost(files: dict[str, bytes]) -> dict[str, bytes]:
    """The same with the first deal lost."""
    gone = files["deals/d0.md"].replace(b"stage: raw-lead", b"stage: lost\nlost-reason: price")
    return {**files, "deals/d0.md": gone}


def test_what_the_overview_tells_of_few_deals_has_a_place_of_its_own_where_there_are_many() -> None:
    few, many = (
        site_context(
            load(MemoryTree(lost(begun("acquisition", count, CALLED + MOVED))), lambda: TODAY)
        )
        for count in (FEW, FEW + 1)
    )
    paths = [{item.path for item in items} for items in (few.nav, few.more, many.nav, many.more)]
    names = ("stale", "changes", "steps", "goals", "queues", "structure")
    told = {f"{name}.html" for name in names}
    assert [paths & told for paths in paths] == [set(), told, told, set()]
    assert paths[0] | paths[1] == paths[2] | paths[3]
    assert paths[0] - ALWAYS == OF_DEALS | OF_PEOPLE | {"follow-ups.html", "lost.html"}


def test_a_page_without_an_entry_belongs_to_its_group_and_no_page_of_it() -> None:
    more = (
        NavItem("Changes", "changes.html", group="Today"),
        NavItem("Lost", "lost.html", group="Learn"),
    )
    today = navigation(ITEMS, "changes.html", is_entry=True, more=more)
    assert [e.mark for e in today.groups] == ["true", ""]
    assert [e.mark for e in today.pages] == ["", ""]
    learn = navigation(ITEMS, "lost.html", is_entry=True, more=more)
    assert not any(entry.mark for entry in (*learn.groups, *learn.pages, *learn.apart))


@pytest.mark.parametrize("seed", range(4))
def test_pages_of_facts_that_are_led_to_have_something_to_show(seed: int) -> None:
    loaded = load(MemoryTree(story(seed, deals=6, people=4)), lambda: TODAY)
    led_to = {item.path for item in site_context(loaded).nav}
    views = {page.path: page.view() for page in all_pages(loaded) if page.path in led_to}
    sheets = {path: view for path, view in views.items() if isinstance(view, Sheet)}
    assert [path for path, sheet in sheets.items() if not sheet.sections] == []
    assert len(sheets) > 6


def test_the_only_board_is_the_board() -> None:
    items = site_context(Loaded(journal(deal()), (), {}, TODAY)).nav
    assert [(i.label, i.path) for i in items if i.group == "Pipeline"] == [
        ("Board", "board.html"),
        ("Deals", "deals.html"),
    ]
