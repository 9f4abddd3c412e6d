"""The registry of pages: every deal and contact has one, and no two share a path."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pathlib import PurePosixPath
from typing import Literal, NoReturn

import pytest

from site_builder.files.tree import FolderTree
from site_builder.insights.insights import Insights
from site_builder.journal.contact import Contact
from site_builder.journal.journal import Journal
from site_builder.journal.pipeline import Pipeline
from site_builder.journal.repository import Repository
from site_builder.load.loaded import Loaded
from site_builder.load.loader import load
from site_builder.pages import registry
from site_builder.pages.context import Context
from site_builder.pages.registry import (
    PAGES,
    all_pages,
    context_of,
    may_be_whole,
    site_context,
    whole_page,
)
from site_builder.problems.problem import Problem, Severity, Span
from site_builder.site.render import Renderer, templates_dir
from tests.by_hand import LEAD, PIPELINE, SCHEMA, TODAY, WON, deal, eur, journal, note
from tests.places import PACKAGE, ROOT


def loaded(made: Journal | None, *problems: Problem) -> Loaded:
    return Loaded(made, problems, {}, TODAY)


def problem(severity: Severity) -> Problem:
    return Problem("code", "It is `wrong`.", "Do it.", Span.start_of("deals/a.md"), severity)


def paths(made: Journal) -> list[str]:
    return [page.path for page in all_pages(loaded(made))]


def test_every_page_that_the_format_promises_is_there() -> None:
    found = paths(journal(deal("acme")))
    for path in ("index.html", "board.html", "board-sales.html", "forecast.html", "stale.html",
                 "deals/acme.html", "contacts/jane-roe.html", "problems.html", "404.html",
                 "deals.html", "contacts.html", "deals-sales.won.html"):  # fmt: skip
        assert path in found


def test_no_two_pages_share_a_path_whatever_the_ids() -> None:
    stages = (replace(LEAD, id="b-c"), replace(WON, id="2"), replace(WON, id="c"))
    pipelines = (Pipeline("a", "A", stages), Pipeline("a-b", "AB", stages))
    deals = [deal(id, stages[0], pipeline=pipelines[0]) for id in ("index", "404", "board")]
    made = journal(*deals, schema=replace(SCHEMA, pipelines=pipelines))
    found = paths(made)
    assert len(found) == len({path.lower() for path in found})


def test_pages_of_the_whole_journal_are_found_by_what_their_paths_begin_with() -> None:
    read = load(FolderTree(ROOT), lambda: TODAY)
    context = context_of(read)
    assert context is not None
    for page in all_pages(read):
        assert may_be_whole(page.path) or not page.is_whole, page.path
        found = whole_page(context, page.path)
        assert (found and found.path) == (page.path if page.is_whole else None)


def test_a_page_that_there_is_not_is_not_looked_for_among_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def keys(_context: object) -> NoReturn:
        raise AssertionError

    closed = tuple(replace(kind, keys=keys) for kind in PAGES)
    monkeypatch.setattr(registry, "PAGES", closed)
    context = Context(Insights(journal(deal("acme")), TODAY))
    for path in ("deals/none.html", "contacts/none.html", "favicon.ico", "none.html"):
        assert whole_page(context, path) is None


def test_every_page_renders() -> None:
    made = journal(
        deal("a", value=eur(10), notes=(note("2026-11-01", "call", "jane-roe"),)), deal("b", WON)
    )
    site = loaded(made, problem(Severity.ERROR))
    renderer = Renderer(site_context(site))
    for page in all_pages(site):
        begins = {".html": b"<!doctype html>", ".ics": b"BEGIN:VCALENDAR", ".js": b"dealog.given("}
        assert renderer.render(page).startswith(begins[PurePosixPath(page.path).suffix])


def test_pages_show_nothing_later_than_today() -> None:
    tomorrow = note("2026-11-21", "call", "jane-roe")
    site = loaded(journal(deal(notes=(note("2026-11-01", "email", "jane-roe"), tomorrow))))
    renderer = Renderer(site_context(site))
    for page in all_pages(site):
        assert b"21 Nov 2026" not in renderer.render(page)


def test_a_journal_that_could_not_be_understood_shows_its_problems() -> None:
    site = loaded(None, problem(Severity.ERROR))
    pages = all_pages(site)
    assert [page.path for page in pages] == ["index.html", "problems.html", "404.html"]
    assert [item.path for item in site_context(site).nav] == ["problems.html"]
    assert b"It is" in Renderer(site_context(site)).render(pages[0])


def test_the_badge_counts_problems() -> None:
    both = site_context(loaded(journal(), problem(Severity.ERROR), problem(Severity.WARNING)))
    assert (both.nav[-1].badge, both.nav[-1].badge_noun) == ("2", "1 error and 1 warning")
    assert both.nav[-1].alarm
    none = site_context(loaded(journal()))
    assert (none.nav[-1].badge, none.nav[-1].alarm) == ("", False)


def test_visibility_is_the_journals() -> None:
    words: tuple[Literal["private", "public"], ...] = ("private", "public")
    for word in words:
        made = journal(schema=replace(SCHEMA, visibility=word, pipelines=(PIPELINE,)))
        assert site_context(loaded(made)).private is (word == "private")


def test_problems_lead_to_the_edit_view_of_the_repository() -> None:
    schema = replace(
        SCHEMA, repository=Repository("https://git.example/k/p", "", "https://e.example/")
    )
    site = loaded(journal(schema=schema), problem(Severity.ERROR))
    page = next(page for page in all_pages(site) if page.path == "problems.html")
    html = Renderer(site_context(site)).render(page).decode()
    assert 'href="https://e.example/deals/a.md' in html


def test_what_is_left_out_is_said_where_it_would_stand() -> None:
    site = replace(loaded(journal()), left_out=("contacts/c.md", "deals/a.md", "deals/b.md"))
    assert site_context(site).left_out == "2 deals and 1 contact left out"
    renderer = Renderer(site_context(site))
    pages = {page.path: renderer.render(page).decode() for page in all_pages(site)}
    for path in ("index.html", "board.html", "board-sales.html", "deals.html", "contacts.html",
                 "forecast.html", "stale.html", "deals-sales.lead.html"):  # fmt: skip
        assert "2 deals and 1 contact left out</span>" in pages[path]
        assert 'see <a href="problems.html">Problems</a>' in pages[path]
    assert "No deals yet" not in pages["index.html"] + pages["deals.html"]
    assert site_context(loaded(journal())).left_out == ""


def test_a_lost_reader_is_led_to_lists_only_where_there_are_some() -> None:
    for made, count in ((journal(), 3), (None, 1)):
        site = loaded(made)
        page = next(page for page in all_pages(site) if page.path == "404.html")
        assert Renderer(site_context(site)).render(page).count(b"<li>The <a") == count


def test_each_kind_is_declared_in_a_module_of_its_name_and_has_a_template() -> None:
    names = [kind.name for kind in PAGES]
    assert len(names) == len(set(names))
    for kind in PAGES:
        module = import_module(f"site_builder.pages.{_module(kind.name)}")
        assert module.PAGE is kind
        assert kind.is_file or (templates_dir() / kind.template).is_file()
    modules = (PACKAGE / "pages").glob("*.py")
    declared = {path.stem for path in modules if "\nPAGE = " in path.read_text("utf-8")}
    assert declared == set(map(_module, names))


def _module(name: str) -> str:
    """Modules have bars where the names of pages have hyphens."""
    return name.replace("-", "_")


def test_every_page_but_one_belongs_to_an_entry() -> None:
    site = loaded(journal(deal("acme", notes=(note("2026-11-01", "call", "jane-roe"),))))
    entries = {item.path for item in site_context(site).nav}
    entries |= {kind.nav.path for kind in PAGES if kind.nav}  # hidden where they have nothing
    found = {page.path: page.entry for page in all_pages(site) if page.template}
    assert {path for path, entry in found.items() if entry not in entries} == {"404.html"}
    for path, entry in (("deals/acme.html", "deals.html"), ("contacts/jane-roe.html", "contacts.html"),
                        ("deals-sales.won.html", "deals.html"), ("board-sales.html", "board.html")):  # fmt: skip
        assert found[path] == entry


def test_pages_of_a_deal_and_a_contact_say_what_they_read() -> None:
    acme = Contact("acme", "contacts/acme.md", "Acme", is_company=True)
    jane = Contact("jane-roe", "contacts/jane-roe.md", "Jane", company="acme")
    told = replace(note("2026-11-01", "call", "jane-roe", "max"), text="As [[beta|they]] said.")
    one = deal("alfa", company="acme", referral="gone", notes=(told,))
    made = Journal(SCHEMA, (one, deal("beta"), deal("gamma")), (acme, jane))
    every = {page.path: page.reads() for page in all_pages(loaded(made)) if page.reads}
    reads = {path: read for path, read in every.items() if path.endswith(".html")}
    shares = [read for path, read in every.items() if path not in reads]
    assert sorted(name for read in shares for name in read) == [
        "contacts/acme", "contacts/jane-roe", "deals/alfa", "deals/beta", "deals/gamma",
    ]  # fmt: skip
    own = {"deals/alfa", "contacts/acme", "contacts/jane-roe", "contacts/max",
           "deals/beta", "contacts/beta", "deals/gone", "contacts/gone"}  # fmt: skip
    assert reads == {
        "deals/alfa.html": own,
        "deals/beta.html": {"deals/beta"},
        "deals/gamma.html": {"deals/gamma"},
        "contacts/acme.html": own,
        "contacts/jane-roe.html": own,
    }
