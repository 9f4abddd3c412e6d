"""Whether wins become more or fewer, by months of which it is known what was to be expected."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from site_builder.forecast.courses import LOST, WON
from site_builder.forecast.hazards import Rates
from site_builder.forecast.tallies import Tally
from site_builder.forecast.trends import Month, trend
from tests.worlds import SHAPE

RATES: Rates = {(0, 0): {WON: 0.01, LOST: 0.02}, (1, 0): {LOST: 0.02}}
"""A deal in the first stage is won on one of a hundred days."""


def ahead(months: int, times: Callable[[int], float], usual: float = 40) -> tuple[float, ...]:
    """How many times as many wins are to come in 30, 90 and 180 days, after months in each of which
    so many times as many came as usual, to the nearest win."""
    days = (((0, 0), usual * 100), ((1, 0), 500.0))
    seen = [Month(days, round(usual * times(month))) for month in range(months)]
    return trend(seen, RATES, (30, 90, 180))


@pytest.mark.parametrize("falls", [0.02, -0.02])
def test_what_has_risen_or_fallen_goes_on_so(falls: float) -> None:
    """Beside what came on average, as rates of all months have it."""
    found = ahead(36, lambda month: math.exp(falls * (18 - month)))
    for days, times in zip((30, 90, 180), found, strict=True):
        assert times == pytest.approx(math.exp(-falls * (18 + days / 60)), rel=0.05)


def test_where_as_many_come_as_ever_there_is_no_trend() -> None:
    for often in (lambda _: 1.0, lambda month: 0.9 if month % 2 else 1.1):
        assert ahead(60, often) == pytest.approx((1, 1, 1), abs=0.02)


def test_a_step_is_followed_and_is_no_trend_for_ever() -> None:
    found = ahead(48, lambda month: 1.25 if month < 24 else 0.75)
    assert found == pytest.approx((0.75,) * 3, abs=0.06)


def test_few_wins_and_the_first_year_tell_nothing() -> None:
    assert ahead(11, lambda month: math.exp(-month / 5)) == (1, 1, 1)
    few = ahead(24, lambda month: month < 21, usual=1)
    assert few == pytest.approx((1, 1, 1), abs=0.2)
    assert ahead(24, lambda _: 1, usual=0) == (1, 1, 1)


def test_wins_that_come_together_tell_less() -> None:
    """Six months of none may be chance where there are none in two of three months."""
    apart = ahead(36, lambda month: month < 30, 3)
    together = ahead(36, lambda month: 3 * (month < 30 and month % 3 == 0), 3)
    assert apart[2] < together[2] - 0.1
    assert together[2] < 1


def test_no_trend_is_more_than_twice_or_less_than_half() -> None:
    for falls, most in ((0.1, 0.5), (-0.1, 2.0)):
        assert ahead(48, lambda month: math.exp(falls * (24 - month))) == (most,) * 3  # noqa: B023


def test_of_a_month_open_days_and_wins_count() -> None:
    moves = {((0, 0), WON): 2.0, ((0, 0), LOST): 5.0, ((3, 0), WON): 9.0}
    month = Month.of(Tally({(0, 0): 300.0, (3, 0): 70.0}, moves, {}), SHAPE)
    assert month == Month((((0, 0), 300.0),), 2.0)
    assert month.expected(RATES) == pytest.approx(3)
