"""Deals of a contact with very many: its page has the first, pages of their own have all."""

from __future__ import annotations

import pytest

from site_builder.journal.contact import Contact
from site_builder.journal.journal import Journal
from site_builder.pages import contact_deals as pages
from site_builder.pages.contact import contact_page
from site_builder.pages.context import Context
from tests.by_hand import SCHEMA, TODAY, WON, context, deal, note, rendered

ACME = Contact("acme", "contacts/acme.md", "Acme <&>", is_company=True)


def made(count: int) -> Context:
    won = deal("d00", WON, company="acme", notes=(note("2026-11-01", "stage", stage=WON),))
    others = [deal(f"d{n:02}", company="acme") for n in range(1, count)]
    return context(Journal(SCHEMA, (won, *others), (ACME,)), TODAY)


@pytest.mark.parametrize(
    ("count", "shown", "more"), [(100, 100, ""), (101, 100, "and 1 more deal")]
)
def test_the_page_of_a_contact_has_the_first(count: int, shown: int, more: str) -> None:
    view = contact_page(made(count), ACME)
    deals = view.deals
    assert (len(deals.first), len(deals.folded), deals.more.text) == (5, shown - 5, more)
    assert deals.fold == "95 more deals"
    link = '<a href="../contacts/acme.deals.html">and 1 more deal</a>'
    assert (link in rendered("contact.html", view)) is bool(more)
    assert [*map(pages.PAGE.path, pages.PAGE.keys(made(count)))] == (
        ["contacts/acme.deals.html"] if more else []
    )


def test_pages_of_their_own_have_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MOST", 2)
    monkeypatch.setattr(pages, "PER_PAGE", 3)
    five = made(5)
    first, last = (pages.PAGE.view(five, key) for key in pages.PAGE.keys(five))
    assert isinstance(first, pages.ContactDeals) and isinstance(last, pages.ContactDeals)
    assert [card.id for card in (*first.deals.first, *last.deals.first)] == [
        "d01",
        "d02",
        "d03",
        "d04",
        "d00",
    ]
    assert [link[:2] for link in last.pages] == [
        ("1 to 3", "contacts/acme.deals.html"),
        ("4 to 5", "contacts/acme.deals.2.html"),
    ]
    assert (last.range, last.home.path) == ("4 to 5", "../contacts/acme.html")
    html = rendered("contact_deals.html", last)
    assert "<h1>Deals with <bdi>Acme &lt;&amp;&gt;</bdi></h1>" in html
    assert 'href="contacts/acme.deals.2.html" aria-current="page"' in html
