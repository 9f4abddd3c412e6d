"""Templates around views: the frame of every page, and whose templates win."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from site_builder.pages.frame import NavItem, SiteContext
from site_builder.pages.notfound import not_found
from site_builder.pages.page import Page
from site_builder.site.render import Renderer
from site_builder.site.template_errors import TemplateWrong
from tests.journals import write_odd

NAV = (
    NavItem("Board", "board.html", group="Pipeline"),
    NavItem("Deals", "deals.html", group="Pipeline"),
    NavItem("Problems", "problems.html", "3", "2 errors and 1 warning", True),
)
SITE = SiteContext("Kestrel & Vane", "2026-11-20", "20 Nov 2026", NAV)
MISSING = Page("404.html", "notfound.html", not_found)
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'"
)


def html(page: Page = MISSING, site: SiteContext = SITE, templates: Path | None = None) -> str:
    return Renderer(site, templates).render(page).decode()


def test_every_page_has_the_frame() -> None:
    page = html()
    assert page.startswith('<!doctype html>\n<html lang="en">')
    assert f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">' in page
    assert '<meta name="referrer" content="no-referrer">' in page
    assert "<title>Not found · Kestrel &amp; Vane</title>" in page
    assert '<a class="skip" href="#main">' in page and '<main id="main"' in page
    assert '<time datetime="2026-11-20">20 Nov 2026</time>' in page
    assert "<style" not in page and "style=" not in page
    assert re.findall("<script[^>]*>[^<]*", page) == ['<script src="assets/site.js" defer>']


def test_a_private_journal_says_noindex_and_a_public_one_does_not() -> None:
    assert '<meta name="robots" content="noindex">' in html()
    assert "noindex" not in html(site=replace(SITE, private=False))


def test_problems_are_counted_in_the_navigation() -> None:
    page = html()
    assert '<span aria-hidden="true">3</span>' in page
    assert '<span class="unseen">2 errors and 1 warning</span>' in page


def test_a_page_made_of_few_files_says_nothing_of_the_problems_of_others() -> None:
    few = MISSING._replace(reads=lambda: frozenset({"deals/acme"}))
    page = html(few, site=replace(SITE, left_out="1 deal left out"))
    assert page == html(
        few, site=replace(SITE, nav=(*NAV[:2], NavItem("Problems", "problems.html")))
    )
    assert "badge" not in page and ">Problems</bdi></a>" in page


def test_pages_in_folders_lead_back_to_the_root(tmp_path: Path) -> None:
    (tmp_path / "any.html").write_text('{% extends "base.html" %}')
    page = html(Page("deals/acme.html", "any.html", lambda: None, "deals.html"), templates=tmp_path)
    assert 'href="../assets/style.css"' in page
    assert '<a href="../deals.html" aria-current="true">' in page
    assert 'href="deals.html"' not in page


def test_the_page_itself_is_the_current_page() -> None:
    page = html(MISSING._replace(path="deals.html", entry="deals.html"))
    assert '<a href="deals.html" aria-current="page">' in page


def test_a_journals_template_replaces_the_built_in_one(tmp_path: Path) -> None:
    (tmp_path / "footer.html").write_text("<footer>Ours & theirs</footer>")
    page = html(templates=tmp_path)
    assert "<footer>Ours & theirs</footer>" in page and "Made from plain files" not in page
    assert "Not found" in page


def test_what_a_view_says_is_escaped_and_what_it_lacks_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "any.html").write_text("{{ view }}")
    assert html(Page("a.html", "any.html", lambda: "<b>&"), templates=tmp_path) == (
        "&lt;b&gt;&amp;"
    )
    (tmp_path / "any.html").write_text("{{ view.nothing }}")
    with pytest.raises(TemplateWrong, match="no attribute 'nothing'"):
        html(Page("a.html", "any.html", lambda: "x"), templates=tmp_path)


OURS = [
    "assets/icon.svg",
    "assets/minisearch.LICENSE.txt",
    "assets/minisearch.js",
    "assets/site.js",
    "assets/style.css",
]


@pytest.mark.parametrize("name", [b"k\xf6ln.css", b"a\nb.css", b"a\\b.css", b"\xe2\x80\xaea.css"])
def test_assets_whose_names_can_be_no_address_are_left_out(tmp_path: Path, name: bytes) -> None:
    write_odd(tmp_path, b"assets/" + name, "body {}")
    assert sorted(dict(Renderer(SITE, tmp_path).assets())) == OURS


def test_assets_are_the_journals_before_ours(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "style.css").write_text("body {}")
    (tmp_path / "assets" / ".hidden").write_text("x")
    assets = dict(Renderer(SITE, tmp_path).assets())
    assert assets["assets/style.css"] == b"body {}"
    assert sorted(assets) == OURS


def test_the_same_view_gives_the_same_bytes() -> None:
    assert Renderer(SITE).render(MISSING) == Renderer(SITE).render(MISSING)


def test_what_many_pages_have_in_common_is_written_once(tmp_path: Path) -> None:
    (tmp_path / "parts.html").write_text(
        "{% macro part(it, up) %}{{ up }}{{ it.name }};{% endmacro %}"
    )
    (tmp_path / "any.html").write_text(
        '{% import "parts.html" as parts %}{% for one in view %}{{ one|once(parts.part, root) }}'
        "{% endfor %}"
    )
    asked: list[str] = []

    class Named(NamedTuple):
        id: str

        @property
        def name(self) -> str:
            asked.append(self.id)
            return f"<{self.id}>"

    ann, bob = Named("ann"), Named("bob")
    renderer = Renderer(SITE, tmp_path)
    first = renderer.render(Page("a.html", "any.html", lambda: [ann, bob, ann]))
    again = renderer.render(Page("b.html", "any.html", lambda: [Named("bob")]))
    inner = renderer.render(Page("x/c.html", "any.html", lambda: [bob], "b.html"))
    assert first == b"&lt;ann&gt;;&lt;bob&gt;;&lt;ann&gt;;" and again == b"&lt;bob&gt;;"
    assert inner == b"../&lt;bob&gt;;"
    assert asked == ["ann", "bob", "bob"]
