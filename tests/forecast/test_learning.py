"""What is learned of simulated histories whose chances are known."""

from __future__ import annotations

from functools import cache

import pytest

from site_builder.forecast.chain import Chain
from site_builder.forecast.courses import WON, Course
from site_builder.forecast.learning import Learned, learnings
from site_builder.forecast.tallies import FURTHEST, tallies
from tests import worlds
from tests.worlds import SHAPE, Daily, world


@cache
def learned(courses: tuple[Course, ...], until: int) -> list[Learned]:
    return list(learnings(courses, SHAPE, until))


def error(courses: tuple[Course, ...], daily: Daily, until: int, days: int) -> float:
    """By how much the chances of open deals are mistaken, on average."""
    chain = Chain(learned(courses, until)[-1].rates, SHAPE, WON)
    opened = [(state, until - one.since(until)) for one in courses
              if (state := one.state_on(until)) is not None and state >= 0]  # fmt: skip
    wrong = [
        abs(chain.within(s, age, days) - worlds.truth(daily, s, age, days)) for s, age in opened
    ]
    return sum(wrong) / len(wrong)


@pytest.mark.parametrize("days", [30, 90, 180])
@pytest.mark.parametrize("daily", [worlds.fading, worlds.fading_away, worlds.coin])
def test_with_two_thousand_closed_deals_chances_are_known(daily: Daily, days: int) -> None:
    deals = 3600 if daily is worlds.fading_away else 2300
    courses = world(daily, deals)
    assert sum(one.states[-1] < 0 for one in courses) >= 2000
    assert error(courses, daily, worlds.end_of(), days) <= 0.03


def test_a_history_that_stopped_being_true_is_forgotten() -> None:
    found = [one.half for one in learnings(world(worlds.broken), SHAPE, worlds.end_of())]
    assert found[:36].count(0) > 30
    assert 0 not in found[48:]


@pytest.mark.parametrize("daily", [worlds.fading, worlds.coin])
def test_a_history_that_holds_is_not(daily: Daily) -> None:
    found = [one.half for one in learned(world(daily, 2300), worlds.end_of())]
    assert found.count(0) > 0.9 * len(found)


def test_where_nothing_was_won_nothing_is_expected() -> None:
    last = learned(world(worlds.never, 300, 3), worlds.end_of(3))[-1]
    assert last.won == 0
    assert last.ended > 100
    assert Chain(last.rates, SHAPE, WON).within(1, 30, 365) < 0.01


def test_of_no_deals_nothing_is_learned() -> None:
    assert list(learnings((), SHAPE, worlds.end_of())) == []
    lone = Course("a", (worlds.BEGAN,), (0,))
    assert learned((lone,), worlds.BEGAN + 40)[-1].ended == 0


def test_what_is_known_of_a_month_does_not_depend_on_later_ones() -> None:
    courses = worlds.moved(world(worlds.fading, 400, 3), worlds.BEGAN + 800, -2, 0.5)
    whole = {one.day: one.rates for one in learnings(courses, SHAPE, worlds.end_of(3))}
    for day in sorted(whole)[3::7]:
        assert learned(courses, day)[-1].rates == whole[day]


def test_a_day_of_long_ago_is_no_reason_to_look_at_all_months_since() -> None:
    old = tuple(Course(f"old-{n}", (1, worlds.BEGAN + n), (0, WON)) for n in range(40))
    until = worlds.end_of(1)
    found = list(learnings(old, SHAPE, until))
    assert len(found) == FURTHEST + 1
    assert found[-1].won == 40
    assert sum(len(tally.at_risk) for tally in tallies(old, until).values()) < 2 * FURTHEST
