"""What is expected, corrected by what past forecasts were wrong by: out of time, on histories in which
they are wrong for different reasons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import cache

import pytest

from site_builder.forecast import scores
from site_builder.forecast.corrections import Expected, corrected
from site_builder.forecast.courses import LOST, Course
from site_builder.forecast.hazards import Rates
from site_builder.forecast.learning import KNOTS, Correction, Learned, learnings
from site_builder.forecast.lifts import Lift
from site_builder.forecast.scores import PREDICTORS
from site_builder.forecast.snapshots import Said, snapshots_by
from site_builder.forecast.tallies import EDGES
from site_builder.forecast.taught import Taught
from tests import shares, worlds
from tests.examples import a_few
from tests.worlds import BEGAN, SHAPE, world

MONTHS = (0, 30, 60, 90, 180, 365)
START = Learned(BEGAN, {}, 0, 1, 1, {}, {}).corrections
WORLDS: Mapping[str, Callable[[], tuple[Course, ...]]] = {
    "calm": lambda: world(worlds.fading),
    "coin": lambda: world(worlds.coin),
    "broken": lambda: world(worlds.broken),
    "less": lambda: world(worlds.fading_less),
    "unlike": worlds.unlike,
    "cleaned": lambda: worlds.moved(
        worlds.moved(world(worlds.fading_away), BEGAN + 700, LOST, 0.8), BEGAN + 1300, LOST, 0.8
    ),
}


def past(name: str) -> tuple[tuple[Course, ...], Taught]:
    """The courses of a world, and what they had taught."""
    courses = WORLDS[name]()
    return courses, worlds.past(courses).taught["sales"]


@cache
def told(name: str, is_mended: bool) -> dict[int, list[Said]]:
    """What would have been said, by horizon: with corrections and levels, or without them."""
    courses, mended = past(name)
    plain = [one._replace(recent=one.rates, corrections=START) for one in mended.learned]
    return snapshots_by(
        [mended if is_mended else mended._replace(learned=tuple(plain), answered={})],
        worlds.journal(courses),
        dt.date.fromordinal(worlds.end_of()),
        (90, 180, *a_few(365, here=0)) if is_mended else (90, 180),
    )


def brier(said: list[Said]) -> float:
    return sum(((one.learned or 0) - one.was_won) ** 2 for one in said) / len(said)


def times(said: list[Said]) -> float:
    """How many times as many wins as came were expected."""
    return sum(one.learned or 0 for one in said) / sum(one.was_won for one in said)


@pytest.mark.parametrize("horizon", [90, 180])
@pytest.mark.parametrize("name", WORLDS)
def test_wins_are_about_as_many_as_expected_and_no_forecast_is_the_worse_for_it(
    name: str, horizon: int
) -> None:
    plain, mended = (told(name, is_mended)[horizon] for is_mended in (False, True))
    assert brier(mended) <= 1.005 * brier(plain)
    assert 0.8 < times(mended) < 1.2


@pytest.mark.parametrize(
    ("name", "part"), [("broken", 0.8), ("less", 0.6), ("unlike", 0.8), ("cleaned", 0.8)]
)
def test_without_it_more_would_be_expected_than_comes(name: str, part: float) -> None:
    plain, mended = (told(name, is_mended)[180] for is_mended in (False, True))
    assert abs(times(mended) - 1) < part * abs(times(plain) - 1)


@pytest.mark.parametrize("horizon", a_few(180, 90, 365))
@pytest.mark.parametrize("name", WORLDS)
def test_where_there_is_anything_to_learn_it_beats_plain_shares_by_stage_and_time(
    name: str, horizon: int
) -> None:
    """Those of what was open at past month ends, by the stretches of time that are learned from and
    by months; and the base rate, a coin and the stages' percentages. Of a coin it misses the shares
    by no more than 2%."""
    mended = told(name, True)[horizon]
    for edges in (EDGES, MONTHS):
        plain = shares.brier(mended, past(name)[0], SHAPE, edges, horizon)
        assert brier(mended) < plain * (1.02 if name == "coin" else 1)
    for usual in PREDICTORS if name != "coin" else ():
        same = [one for one, _ in scores.told(usual, mended)]
        assert usual in ("own", "learned") or brier(same) < missed(usual, same)


def missed(predictor: str, said: list[Said]) -> float:
    """The Brier score of an estimator."""
    pairs = scores.told(predictor, said)
    return sum((p - one.was_won) ** 2 for one, p in pairs) / len(pairs)


def test_what_is_known_of_a_month_does_not_depend_on_later_ones() -> None:
    courses, until = world(worlds.broken, 250, 4), worlds.end_of(4)
    whole = {one.day: one for one in learned_of(courses, until)}
    days = sorted(whole)[5::14]
    assert any(whole[day].corrections != START for day in days)
    for day in days:
        cut = tuple(known for one in courses if (known := one.until(day)))
        last = learned_of(cut, day)[-1]
        assert last == learned_of(courses, day)[-1]
        assert last.corrections == whole[day].corrections


def learned_of(courses: tuple[Course, ...], until: int) -> list[Learned]:
    return [one for one, _ in corrected(courses, SHAPE, learnings(courses, SHAPE, until), until)]


def test_before_anything_is_known_nothing_is_corrected() -> None:
    first = learned_of(world(worlds.fading, 200, 3), worlds.end_of(3))[:2]
    assert [one.corrections for one in first] == [START] * 2


def expected_by(*corrections: Correction) -> Expected:
    rates: Rates = {(state, at): {} for state in SHAPE.states for at in range(9)}
    usual: Rates = {**rates, **{(0, at): {-1: 0.004} for at in range(9)}}
    late: Rates = {**rates, **{(0, at): {-1: 0.002} for at in range(9)}}
    return Expected(Learned(BEGAN, usual, 0, 1, 1, {}, late, corrections=corrections), SHAPE)


def test_an_answer_counts_with_its_weight_and_between_horizons_with_both() -> None:
    usual, late, more = (
        expected_by(*[Correction(weights, 2.0)] * 3)
        for weights in ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
    )
    p, q = usual.won(0, 0, 91), late.won(0, 0, 91)
    assert p == pytest.approx(1 - 0.996**91)
    assert q == pytest.approx(1 - 0.998**91)
    assert more.won(0, 0, 91) == pytest.approx(1 - (1 - q) ** 2)
    plain, second = Correction((1.0, 0.0, 0.0), 1.0), Correction((0.0, 1.0, 0.0), 1.0)
    mixed = expected_by(plain, second, second)
    assert mixed.won(0, 0, KNOTS[0]) == pytest.approx(usual.won(0, 0, KNOTS[0]))
    assert mixed.won(0, 0, 60) == pytest.approx((usual.won(0, 0, 60) + late.won(0, 0, 60)) / 2)
    assert mixed.won(0, 0, 400) == pytest.approx(late.won(0, 0, 400))


def test_what_was_asked_before_changes_no_answer() -> None:
    """Answers are kept by weeks in a stage, days ahead, and what notes tell."""
    learned = (
        past("calm")[1]
        .learned[-1]
        ._replace(lifts=(Lift((1.0,) * 5, ((1.0, 2.0, 0.5),) * 5, 1.0),) * 4)
    )
    signs = (None, (0, 0, 0, 0, 0), (1, 0, 0, 0, 0), (1, 1, 0, 0, 0))
    asked = [
        (state, age, days, sign)
        for state in SHAPE.open
        for age in (0, 6, 7, 90, 2000)
        for days in (30, 31, 90)
        for sign in signs
    ]
    both, fresh = Expected(learned, SHAPE), [Expected(learned, SHAPE).both(*one) for one in asked]
    assert [both.both(*one) for one in asked] == fresh
    assert [both.both(*one) for one in reversed(asked)] == fresh[::-1]
    assert len(set(fresh)) == 3 * 4 * 3 * 3, "by stage, weeks, days, and signs that move anything"


def test_won_and_lost_are_together_at_most_certain() -> None:
    ends: Rates = {(state, at): {} for state in SHAPE.states for at in range(9)}
    ends |= {(0, at): {-1: 0.02, -2: 0.02} for at in range(9)}
    twice = (Correction((0.0, 0.0, 1.0), 2.0),) * 3
    sure = Expected(Learned(BEGAN, ends, 0, 1, 1, {}, ends, corrections=twice), SHAPE)
    for days in (30, 400, 1800):
        won, lost = sure.both(0, 0, days)
        assert won > sure.ended(0, 0, days)[0]
        assert won + lost <= 1
