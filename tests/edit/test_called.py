from __future__ import annotations

import pytest

from site_builder.edit.called import called
from site_builder.edit.refusals import NotDone

NAMES = {"needs-analysis": "Needs analysis done", "map": "Who decides", "mapped": "All mapped"}


@pytest.mark.parametrize(
    ("said", "id"),
    [
        ("needs-analysis", "needs-analysis"), (" Needs ", "needs-analysis"), ("who d", "map"),
        ("map", "map"), ("all mapped", "mapped"), ("analysis", ""), ("", ""), ("was-map", "map"),
    ],
)  # fmt: skip
def test_an_id_a_name_or_the_beginning_of_one(said: str, id: str) -> None:
    assert called(said, NAMES, {"was-map": "map"}) == id


def test_which_of_several_is_asked() -> None:
    with pytest.raises(NotDone, match="^`ma` may be `map`, `mapped`: which one\\?$"):
        called("ma", NAMES)
