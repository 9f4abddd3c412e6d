"""Of a long list the first few are seen at once."""

from __future__ import annotations

import pytest

from site_builder.pages.first_few import first_few
from site_builder.pages.links import NO_LINK


@pytest.mark.parametrize(("count", "fold"), [(5, ""), (6, "1 more fox"), (7, "2 more foxes")])
def test_the_others_are_folded(count: int, fold: str) -> None:
    items = tuple(range(count))
    few = first_few(items, "fox", "foxes", NO_LINK)
    assert (few.first + few.folded, len(few.first), few.fold) == (items, 5, fold)
