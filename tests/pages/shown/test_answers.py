"""The pages of an audience: what each says first, and how sums say what they cover."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest

from site_builder.audiences.projection import projection
from site_builder.files.tree import MemoryTree
from site_builder.journal.audience import Audience
from site_builder.load.loader import load
from site_builder.pages.shown.registry import shown_pages, shown_site
from site_builder.site.render import Renderer
from tests.catalogue import BASE, deal
from tests.sites import words

TODAY = dt.date(2026, 11, 20)
FILES = {
    **BASE,
    "contacts/jane-roe.md": "---\nname: Jane Roe\nrole: Buyer\ncompany: acme\n---\n",
    "contacts/acme.md": "---\nname: Acme\nis: company\n---\n",
    "deals/one.md": deal(
        "value: 9000\nclose: 2026-12-04\ncontacts: [jane-roe]\ncompany: acme"
    ).replace("Bad", "One"),
}


def page(
    path: str,
    *of_deals: str,
    of_contacts: tuple[str, ...] = ("name",),
    files: Mapping[str, str] = FILES,
) -> str:
    audience = Audience("a", ("title", *of_deals), of_contacts)
    whole = load(MemoryTree(files), lambda: TODAY).seen
    assert whole is not None
    pages = shown_pages(projection(whole, audience, TODAY, ()), audience, TODAY)
    renderer = Renderer(shown_site(projection(whole, audience, TODAY, ()), pages, TODAY))
    (one,) = [page for page in pages if page.path == path]
    return renderer.render(one).decode()


def answer(html: str) -> str:
    _, _, rest = html.partition('<p class="answer">')
    return words(rest.partition("</p>")[0])


def test_a_deal_says_first_where_it_stands_of_what_is_listed() -> None:
    every = page("deals/one.html", "stage", "value", "close")
    assert answer(every) == "Lead · €9 000 · close 4 Dec 2026"
    assert answer(page("deals/one.html", "value")) == "€9 000"
    assert 'class="answer"' not in page("deals/one.html", "company")


def test_a_contact_says_first_who_it_is() -> None:
    listed = ("name", "role", "company")
    html = page("contacts/jane-roe.html", "contacts", of_contacts=listed)
    assert answer(html) == "Buyer · Acme"
    assert 'class="answer"' not in page("contacts/jane-roe.html", "contacts")


def test_it_is_said_once_that_sums_cover_those_with_a_value() -> None:
    html = page("index.html", "stage", "value")
    assert answer(html) == "2 deals, €9 000 (1 of 2 have a value)."
    assert html.count("have a value") == 1 and "(1\N{NO-BREAK SPACE}of\N{NO-BREAK SPACE}2)" in html


@pytest.mark.parametrize(
    ("count", "links", "more"), [(5, 10, ""), (25, 30, ""), (26, 30, "The first 25 of 26.")]
)
def test_the_first_page_has_the_first_25_and_those_that_close_next(
    count: int, links: int, more: str
) -> None:
    deals = {f"deals/d{n:02}.md": deal("close: 2026-12-01") for n in range(count)}
    html = page("index.html", "close", files={"pipeline.yml": BASE["pipeline.yml"], **deals})
    assert html.count('<a href="deals/') == links
    assert ("The first" in html) == bool(more) and more in words(html)
    assert "Next by expected close" in words(html)
