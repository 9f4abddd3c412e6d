"""Of a long list the first few are seen at once."""

from __future__ import annotations

import pytest

from site_builder.pages.first_few import cut, first_few, first_many
from site_builder.pages.links import NO_LINK


@pytest.mark.parametrize(("count", "fold"), [(5, ""), (6, "1 more fox"), (7, "2 more foxes")])
def test_the_others_are_folded(count: int, fold: str) -> None:
    items = tuple(range(count))
    few = first_few(items, "fox", "foxes", NO_LINK)
    assert (few.first + few.folded, len(few.first), few.fold) == (items, 5, fold)


@pytest.mark.parametrize(("count", "fold"), [(60, ""), (61, "11 more foxes")])
def test_many_rows_are_folded_where_that_is_worth_it(count: int, fold: str) -> None:
    items = tuple(range(count))
    many = first_many(items, "fox", "foxes")
    assert (many.first + many.folded, many.fold) == (items, fold)
    assert len(many.first) == (50 if fold else count)


@pytest.mark.parametrize(
    ("sizes", "first", "rest"),
    [
        ((30, 30), (30, 30), ()),
        ((30, 31), (30, 20), (11,)),
        ((50, 11), (50,), (11,)),
        ((90, 0, 1), (50,), (40, 1)),
    ],
)
def test_groups_are_cut_where_a_list_would_be(
    sizes: tuple[int, ...], first: tuple[int, ...], rest: tuple[int, ...]
) -> None:
    groups = {at: [at] * size for at, size in enumerate(sizes)}
    *parts, fold = cut(groups, "fox", "foxes")
    assert fold == (f"{sum(rest)} more foxes" if rest else "")
    assert [tuple(map(len, part.values())) for part in parts] == [first, rest]
    whole = [item for part in parts for items in part.values() for item in items]
    assert whole == [item for items in groups.values() for item in items]
