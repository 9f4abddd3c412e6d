"""Saved views: their list, a page each, and their place in the navigation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pytest

from site_builder.insights.insights import Insights
from site_builder.query import saved
from site_builder.query.records import Record, records
from tests.catalogue import BASE, deal
from tests.journals import site

CONFIG = BASE["pipeline.yml"]


def pages(*queries: str, **deals: str) -> Mapping[str, str]:
    """The pages of the base journal with these views, `v0` and so on, and deals."""
    views = "".join(f"  v{at}: {query}\n" for at, query in enumerate(queries))
    text = f"{CONFIG}views:\n{views}" if queries else CONFIG
    return site({"pipeline.yml": text, **{f"deals/{id}.md": text for id, text in deals.items()}})


def deals_in(page: str) -> list[str]:
    return re.findall(r'data-deal="([^"]+)"', page)


def entries(page: str) -> list[str]:
    """The pages of the current group in the navigation."""
    found = re.search(r'<nav class="pages".*?</nav>', page, re.DOTALL)
    return re.findall(r'href="([^"]+)"', found[0]) if found else []


def test_a_view_has_a_page_of_its_deals_by_stage() -> None:
    made = pages("title:bad", "-title:bad", one=deal(front="value: 500").replace("Bad", "Bad one"))
    page = made["view-v0.html"]
    assert "one" in deals_in(page) and set(deals_in(page)) <= {"one", "bad"}
    assert "<code>title:bad</code>" in page and 'data-filter="view:v0"' in page
    assert not set(deals_in(page)) & set(deals_in(made["view-v1.html"]))
    assert re.search(r'<tbody data-of="pipeline:sales stage:lead" data-rows="deal"', page)


def test_the_deals_of_all_views_are_found_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[Insights]()

    def counted(insights: Insights) -> Iterator[Record]:
        asked.append(insights)
        return records(insights)

    monkeypatch.setattr(saved, "records", counted)
    assert ">1 saved view</a>." in pages("title:bad")["views.html"]
    assert len(asked) == 1


def test_an_empty_view_says_so() -> None:
    page = pages("title:nothing-like-it")["view-v0.html"]
    assert "No deal is in this view now." in page and deals_in(page) == []


def test_the_list_has_each_with_what_it_finds() -> None:
    page = pages("title:bad", "'value>=1m \"a b\"'", bad=deal(front="value: 500"))["views.html"]
    rows = re.findall(r'<tr data-of="view:(v.)".*?</tr>', page, re.DOTALL)
    assert rows == ["v0", "v1"]
    assert ">2 saved views</a>." in page and "value&gt;=1m &#34;a b&#34;" in page and "€500" in page


def test_the_navigation_has_a_group_of_them_where_there_are_any() -> None:
    assert ">Views<" not in re.sub("</?bdi>", "", pages()["index.html"])
    assert "views.html" in pages()  # built all the same, to say how
    some = pages("state:open")
    assert 'href="views.html"' in some["index.html"]
    assert entries(some["view-v0.html"]) == ["views.html", "view-v0.html"]


def test_the_navigation_stays_short_with_many() -> None:
    many = pages(*["state:open"] * 12)
    shown = ["views.html", *(f"view-v{at}.html" for at in range(8))]
    assert entries(many["views.html"]) == shown == entries(many["view-v11.html"])
    assert 'href="views.html" aria-current="true"' in many["view-v11.html"]
    assert many["views.html"].count('href="view-v11.html"') == 2  # its name and its count


def test_a_page_without_deals_has_no_box_that_filters_them() -> None:
    made = pages("title:zzz")
    assert "data-filter" not in made["view-v0.html"]
    lists = {path: page for path, page in made.items() if path.startswith("deals-")}
    assert {"data-filter" in page for page in lists.values()} == {True, False}
    assert all(("data-filter" in page) == ("data-deal" in page) for page in lists.values())


def test_of_very_many_deals_the_last_are_folded() -> None:
    made = pages("title:bad", **{f"d{n:02}": deal() for n in range(61)})["view-v0.html"]
    first, fold = made.split('<details class="fold part-fold" data-more>')
    assert (len(deals_in(first)), len(deals_in(fold))) == (50, 11)
    assert "<summary>11 more deals</summary>" in fold and "<tbody data-continued>" in fold
    assert ">61 deals</span>" in first
