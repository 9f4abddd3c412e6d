"""How much what notes tell moves what is said: by what has come alone, and as far as it was right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import log

import pytest

from site_builder.forecast.alike import Alike
from site_builder.forecast.lifts import Lift, lifted
from site_builder.forecast.signals import NOTHING, SIGNALS, Signs
from site_builder.forecast.tracks import NOTHING_KNOWN, Track

CALLED, STEP, BOTH = (1, 0, 0, 0, 0), (0, 0, 0, 1, 0), (1, 0, 0, 1, 0)
SILENCE, STEPS = SIGNALS.index("silence"), SIGNALS.index("steps")
Wins = Mapping[Signs, int]
"""Of twenty open deals of some signs, each won with 0.2 by stage and time: how many are."""


def told(months: int, wins: Callable[[int], Wins]) -> list[Lift]:
    """What a horizon of 90 days says each month of such deals."""
    track = Track(90)
    return [
        track.lift(30 * n, [Alike(of, 20, 0.2, won) for of, won in wins(n).items()], NOTHING_KNOWN)[
            0
        ]
        for n in range(months)
    ]


def test_what_tells_winners_counts_and_what_does_not_does_not() -> None:
    (*_, telling) = told(36, lambda _: {CALLED: 7, NOTHING: 1})
    assert telling.weights[SILENCE] > 0.95
    assert lifted(0.2, telling.times(CALLED)) == pytest.approx(0.35, abs=0.02)
    assert lifted(0.2, telling.times(NOTHING)) == pytest.approx(0.05, abs=0.02)
    (*_, not_telling) = told(36, lambda n: {CALLED: 3 + n % 3, NOTHING: 5 - n % 3})
    assert not_telling.weights[SILENCE] < 0.1
    assert not_telling.times(CALLED) == pytest.approx(1, abs=0.02)


def test_all_open_deals_together_stay_where_they_were() -> None:
    for lift in told(36, lambda n: {CALLED: 7 if n < 20 else 2, NOTHING: 1, STEP: 5})[10:22]:
        said = [lifted(0.2, lift.times(signs)) for signs in (CALLED, NOTHING, STEP)]
        assert sum(said) / 3 == pytest.approx(0.2, abs=0.004)
        assert said[0] > 0.21


def test_nothing_is_known_before_its_horizon_has_passed() -> None:
    now = told(12, lambda _: {CALLED: 7, NOTHING: 1})
    later = told(24, lambda n: {CALLED: 7 if n < 9 else 0, NOTHING: 1})
    assert now == later[:12]
    assert now[2].weights[SILENCE] == pytest.approx(0.0474, abs=0.001)
    assert now[2].times(CALLED) == 1
    assert now[11].times(CALLED) > 1.3


def test_what_was_true_and_is_no_more_is_forgotten() -> None:
    lifts = told(60, lambda n: {CALLED: 7, NOTHING: 1} if n < 20 else {CALLED: 4, NOTHING: 4})
    assert lifts[22].weights[SILENCE] > 0.9
    assert lifts[-1].weights[SILENCE] < 0.1


def test_a_second_signal_counts_beside_the_first_for_what_it_adds() -> None:
    (*_, lift) = told(48, lambda _: {NOTHING: 1, CALLED: 3, STEP: 3, BOTH: 9})
    assert min(lift.weights[SILENCE], lift.weights[STEPS]) > 0.95
    said = [lifted(0.2, lift.times(signs)) for signs in (NOTHING, CALLED, STEP, BOTH)]
    assert said == pytest.approx([0.05, 0.15, 0.15, 0.45], abs=0.03)
    (*_, lift) = told(48, lambda _: {NOTHING: 1, BOTH: 7})
    assert lift.weights[SILENCE] + lift.weights[STEPS] == pytest.approx(1, abs=0.15)


def test_what_counts_for_a_shorter_horizon_is_believed_sooner() -> None:
    days, alone, after = 365, Track(365), Track(365)
    short = Track(30)
    for n in range(18):
        alike = [Alike(CALLED, 20, 0.2, 7), Alike(NOTHING, 20, 0.2, 1)]
        _, known = short.lift(30 * n, alike, NOTHING_KNOWN)
        one, _ = alone.lift(30 * n, alike, NOTHING_KNOWN)
        other, _ = after.lift(30 * n, alike, known)
    assert days < 30 * 17
    assert log(other.times(CALLED)) > 1.5 * log(one.times(CALLED)) > 0
    assert other.weights[SILENCE] > 0.4 + one.weights[SILENCE]


def test_few_deals_have_no_wild_effect() -> None:
    track = Track(90)
    for n in range(12):
        alike = [Alike(CALLED, 1, 0.2, n % 2), Alike(NOTHING, 2, 0.2, 0)]
        lift, known = track.lift(30 * n, alike, NOTHING_KNOWN)
        assert 0.1 < lifted(0.2, lift.times(CALLED)) < 0.4
    assert 1.1 < known.factors[(SILENCE,)][SILENCE][1] < 1.6
