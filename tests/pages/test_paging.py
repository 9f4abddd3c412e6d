"""Long lists on pages: which page has what, on both sides of each border."""

from __future__ import annotations

import pytest

from site_builder.pages.paging import Paging
from site_builder.problems.counting import NARROW


@pytest.mark.parametrize(
    ("count", "pages", "last"),
    [(0, 1, ""), (1, 1, ""), (2, 1, ""), (3, 2, "3 to 3"), (4, 2, "3 to 4"), (5, 3, "5 to 5")],
)
def test_pages_and_their_ranges(count: int, pages: int, last: str) -> None:
    paging = Paging(count, 2)
    assert (paging.pages, paging.range(pages)) == (pages, last)
    links = paging.links(lambda number: f"list.{number}.html")
    assert len(links) == (pages if pages > 1 else 0)
    assert not links or links[-1] == (last, f"list.{pages}.html", "")
    assert links == paging.links(lambda number: f"list.{number}.html", paging.range)
    assert len(paging.numbers) == pages and paging.numbers[-1] == pages


def test_digits_are_grouped_as_those_of_counts_are() -> None:
    assert Paging(2_000, 1_000).range(2) == f"1{NARROW}001 to 2{NARROW}000"


def test_each_item_stands_on_its_page() -> None:
    paging, items = Paging(5, 2), "abcde"
    assert [paging.part(items, number) for number in (1, 2, 3)] == ["ab", "cd", "e"]
    for place, item in enumerate(items):
        assert item in paging.part(items, paging.page_of(place))
