from __future__ import annotations

import pytest

from site_builder.insights.share import Share


@pytest.mark.parametrize(
    ("n", "of", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (5, 10, 0.2366, 0.7634),
        (10, 10, 0.7225, 1.0),
        (81, 263, 0.2553, 0.3662),
    ],
)  # the last of Newcombe, Two-sided confidence intervals for the single proportion, 1998
def test_the_interval_is_wilsons(n: int, of: int, low: float, high: float) -> None:
    assert Share(n, of).interval == pytest.approx((low, high), abs=0.00006)


def test_of_nothing_nothing_is_known() -> None:
    assert (Share(0, 0).part, Share(0, 0).interval) == (None, None)
    assert Share(1, 4).part == 0.25
