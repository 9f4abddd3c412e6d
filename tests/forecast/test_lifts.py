"""How much what notes tell moves a chance, at any horizon."""

from __future__ import annotations

from site_builder.forecast.lifts import HORIZONS, Lift, lifted, times_of
from site_builder.forecast.signals import MOST, SIGNALS

CALLED = (1, 0, 0, 0, 0)


def test_between_horizons_both_count_and_beyond_them_the_last() -> None:
    plain = tuple([(1.0,) * MOST for _ in SIGNALS])
    one, two = (Lift((0.0,) * len(SIGNALS), plain, level) for level in (1.0, 2.0))
    lifts = (one, two, two, two)
    assert [times_of(lifts, days, CALLED) for days in (7, 30, 60, 90, 2000)] == [1, 1, 1.5, 2, 2]
    assert times_of((), 90, CALLED) == 1
    assert len(lifts) == len(HORIZONS)
    assert lifted(0.2, 1) == 0.2
    assert lifted(1.0, 0.5) < 1
