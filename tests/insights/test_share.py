from __future__ import annotations

import pytest

from site_builder.insights.share import Share, difference


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


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        (Share(56, 70), Share(48, 80), 0.0524, 0.3339),
        (Share(9, 10), Share(3, 10), 0.1705, 0.8090),
        (Share(6, 7), Share(2, 7), 0.0582, 0.8062),
        (Share(5, 56), Share(0, 29), -0.0381, 0.1926),
        (Share(0, 10), Share(0, 20), -0.1611, 0.2775),
        (Share(10, 10), Share(0, 20), 0.6791, 1.0),
    ],
)  # all of Newcombe, Interval estimation for the difference between independent proportions, 1998
def test_the_interval_of_a_difference_is_newcombes(
    one: Share, other: Share, low: float, high: float
) -> None:
    found = difference(one, other)
    assert found is not None
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.00006)
    assert found.is_sure is (low > 0)
    turned = difference(other, one)
    assert turned is not None
    assert (turned.low, turned.high) == pytest.approx((-high, -low), abs=0.00006)


def test_there_is_no_difference_to_nothing() -> None:
    assert difference(Share(0, 0), Share(1, 2)) is None
    assert difference(Share(1, 2), Share(0, 0)) is None
