"""Moves followed week by week, against a count day by day."""

from __future__ import annotations

import pytest

from site_builder.forecast.chain import Chain
from site_builder.forecast.courses import LOST, WON
from site_builder.forecast.hazards import STRETCHES, Rates
from site_builder.forecast.tallies import stretch_of
from tests.worlds import SHAPE, Daily, truth


def stepped(state: int, age: int, day: int) -> dict[int, float]:
    """Chances that change with the stretch of time alone."""
    fresh = 1 / (1 + stretch_of(age))
    on = {state + 1: 0.06 * fresh} if state < 3 else {0: 0.001}
    return {WON: (0.002, 0.01, 0.03, 0.0)[state] * fresh, LOST: 0.004, **on}


def rates_by(daily: Daily) -> Rates:
    ages = (0, 7, 14, 28, 56, 91, 182, 364, 728)
    found: Rates = {(s, at): dict(daily(s, ages[at], 0)) for s in range(4) for at in STRETCHES}
    return {**found, **{(end, at): {} for end in (WON, LOST) for at in STRETCHES}}


@pytest.mark.parametrize("days", [7, 30, 90, 180, 365])
def test_a_week_at_a_time_is_near_a_day_at_a_time(days: int) -> None:
    chain = Chain(rates_by(stepped), SHAPE, WON)
    for state in range(4):
        for age in (0, 7, 28, 182):
            exact = truth(stepped, state, age, days)
            assert chain.within(state, age, days) == pytest.approx(exact, abs=0.008)


def test_chances_grow_with_time_and_are_chances() -> None:
    won, lost = (Chain(rates_by(stepped), SHAPE, end) for end in (WON, LOST))
    found = [won.within(0, 10, days) for days in range(0, 1500, 11)]
    assert found == sorted(found)
    assert found[0] == 0
    assert 0 <= won.within(2, 0, 3000) + lost.within(2, 0, 3000) <= 1 + 1e-9


def test_what_is_won_stays_so_unless_it_is_reopened() -> None:
    rates = rates_by(stepped)
    assert Chain(rates, SHAPE, WON).within(WON, 0, 90) == 1
    assert Chain(rates, SHAPE, WON).within(LOST, 0, 90) == 0
    rates |= {(LOST, at): {1: 0.01} for at in STRETCHES}
    assert Chain(rates, SHAPE, WON).within(LOST, 0, 90) > 0.05


def test_where_nothing_moves_nothing_is_won() -> None:
    still: Rates = {(s, at): {} for s in SHAPE.states for at in STRETCHES}
    assert Chain(still, SHAPE, WON).within(1, 5000, 400) == 0
