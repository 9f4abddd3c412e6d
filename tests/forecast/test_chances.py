"""The chances of open deals."""

from __future__ import annotations

import datetime as dt

import pytest

from site_builder.forecast.chances import base_rate, chances, chances_by
from site_builder.forecast.courses import WON, Course
from site_builder.forecast.snapshots import snapshots_by
from tests import by_hand, worlds
from tests.worlds import BEGAN, SHAPE, journal, world

COURSES = world(worlds.fading)
END = dt.date.fromordinal(worlds.end_of())
OPEN = [one.id for one in COURSES if one.states[-1] >= 0]


def test_open_deals_have_chances_that_grow_with_time() -> None:
    taught = worlds.past(COURSES).taught.values()
    found = chances_by(taught, END, OPEN, (30, 90, 180))
    assert list(found) == OPEN
    for one in found.values():
        in_order = [one.within[days] for days in (30, 90, 180)]
        assert in_order == sorted(in_order)
        assert one.eventually is None or one.eventually >= in_order[-1]
        assert one.n > 0


def test_they_are_near_the_truth_also_eventually() -> None:
    found = chances_by(worlds.past(COURSES).taught.values(), END, OPEN, (90, 365))
    by_id = {one.id: one for one in COURSES}
    wrong = []
    for id, one in found.items():
        state, age = by_id[id].states[-1], END.toordinal() - by_id[id].days[-1]
        assert one.eventually is not None
        assert one.within[365] <= one.eventually <= one.within[365] + 0.06
        wrong += [
            abs(one.within[days] - worlds.truth(worlds.fading, state, age, days))
            for days in (90, 365)
        ]
    assert sum(wrong) / len(wrong) < 0.03


def test_eventually_is_never_less_than_in_some_time() -> None:
    courses = world(worlds.fading, 60, 2)
    open = [one.id for one in courses if one.states[-1] >= 0]
    found = chances(journal(courses), dt.date.fromordinal(worlds.end_of(2)), open)
    assert all((one.eventually or 0) >= one.within[180] for one in found.values())


def test_eventually_is_not_said_where_what_is_slow_is_never_closed() -> None:
    courses = world(worlds.fading_away, 300, 3)
    open = [one.id for one in courses if one.states[-1] >= 0]
    found = chances(journal(courses), dt.date.fromordinal(worlds.end_of(3)), open)
    assert {one.eventually for one in found.values()} == {None}


@pytest.mark.parametrize("seed", range(4))
def test_of_twenty_deals_little_is_claimed(seed: int) -> None:
    courses = world(worlds.coin, 20, 1, seed)
    until = worlds.end_of(1)
    open = [one.id for one in courses if one.states[-1] >= 0]
    rate = base_rate(courses, SHAPE, until, 90)
    assert rate is not None
    found = chances(journal(courses), dt.date.fromordinal(until), open)
    assert all(abs(one.within[90] - rate) < 0.15 for one in found.values())
    assert {one.eventually for one in found.values()} <= {None}


def test_the_base_rate_is_that_of_past_month_ends() -> None:
    day = END - dt.timedelta(90)
    taught = worlds.past(COURSES).taught.values()
    every = snapshots_by(taught, journal(COURSES), END, (90,))[90]
    said = [one for one in every if one.day.month == 6]
    rate = base_rate(COURSES, SHAPE, said[-1].day.toordinal(), 90)
    assert said[-1].day < day
    assert said[-1].base_rate == pytest.approx(rate)
    assert base_rate((), SHAPE, END.toordinal(), 90) is None


def test_where_nothing_ended_nothing_is_said() -> None:
    lone = (Course("a", (BEGAN,), (0,)),)
    assert chances(journal(lone), END, ["a"]) == {}
    assert chances(by_hand.journal(), END, []) == {}


def test_from_less_than_a_month_nothing_is_said() -> None:
    """One deal that was won within days would make every other certain."""
    courses = (Course("w", (BEGAN, BEGAN + 5), (0, WON)), Course("a", (BEGAN,), (0,)))
    said = [
        chances(journal(courses), dt.date.fromordinal(BEGAN + days), ["a"]) for days in (29, 30)
    ]
    assert [list(one) for one in said] == [[], ["a"]]


def test_where_nothing_was_won_it_is_near_nothing() -> None:
    courses = world(worlds.never, 300, 3)
    open = [one.id for one in courses if one.states[-1] >= 0]
    found = chances(journal(courses), dt.date.fromordinal(worlds.end_of(3)), open)
    assert max(one.within[180] for one in found.values()) < 0.01


def test_parked_deals_have_chances_too() -> None:
    back = tuple(
        Course(
            f"b{n}", (BEGAN + n, BEGAN + 25 + n, BEGAN + 40 + 2 * n, BEGAN + 90 + n), (0, 3, 1, WON)
        )
        for n in range(20)
    )
    asleep = Course("p", (BEGAN + 30, BEGAN + 40), (0, 3))
    found = chances(journal((*back, asleep)), dt.date.fromordinal(BEGAN + 120), ["p"])
    assert found["p"].within[180] > found["p"].within[30] > 0.01
