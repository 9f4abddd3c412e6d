"""Days at risk and moves, counted by month."""

from __future__ import annotations

import random

import pytest

from site_builder.forecast.courses import LOST, WON, Course
from site_builder.forecast.tallies import (
    EDGES,
    Tally,
    clean_ups,
    empty,
    end_of_month,
    month_number,
    stretch_of,
    tallies,
)
from tests import worlds
from tests.worlds import BEGAN


def everything(by_month: dict[int, Tally]) -> Tally:
    whole = empty()
    for one in by_month.values():
        whole.add(one)
    return whole


def test_each_day_of_a_stay_is_counted_where_it_belongs() -> None:
    course = Course("a", (BEGAN, BEGAN + 20), (0, WON))
    found = everything(tallies((course,), BEGAN + 50))
    assert found.at_risk == {(0, 0): 7, (0, 1): 7, (0, 2): 6, (WON, 0): 7, (WON, 1): 7,
                             (WON, 2): 14, (WON, 3): 2}  # fmt: skip
    assert found.moves == {((0, 2), WON): 1}
    assert found.seen == dict.fromkeys(found.at_risk, 1)


@pytest.mark.parametrize("seed", range(5))
def test_days_and_moves_are_those_of_a_count_day_by_day(seed: int) -> None:
    courses, until = (
        worlds.world(worlds.fading, 30, 2, seed),
        BEGAN + random.Random(seed).randrange(700),
    )
    at_risk: dict[tuple[int, int, int], int] = {}
    moves: dict[tuple[int, int, int, int], int] = {}
    for one in courses:
        for day in range(one.days[0] + 1, until + 1):
            state, now = one.state_on(day - 1), one.state_on(day)
            assert state is not None and now is not None
            key = month_number(day), state, stretch_of(day - 1 - one.since(day - 1))
            at_risk[key] = at_risk.get(key, 0) + 1
            if now != state:
                moves[*key, now] = moves.get((*key, now), 0) + 1
    found = tallies(courses, until)
    assert {(m, *c): n for m, t in found.items() for c, n in t.at_risk.items()} == at_risk
    assert {(m, *c, to): n for m, t in found.items() for (c, to), n in t.moves.items()} == moves


def test_a_move_after_the_last_day_is_not_known() -> None:
    course = Course("a", (BEGAN, BEGAN + 20), (0, WON))
    assert everything(tallies((course,), BEGAN + 19)).moves == {}
    assert everything(tallies((course,), BEGAN + 20)).moves == {((0, 2), WON): 1}


def test_what_is_older_than_the_records_is_counted_from_its_first_note_on() -> None:
    told = tuple(Course(f"t{n}", (BEGAN,), (1,)) for n in range(10))
    old = Course("a", (BEGAN - 900, BEGAN + 5, BEGAN + 9), (0, 1, WON), is_inferred=True)
    found = everything(tallies((*told, old), BEGAN + 9))
    assert {state for state, _ in found.at_risk} == {1}
    young = old._replace(days=(BEGAN + 1, BEGAN + 5, BEGAN + 9))
    assert everything(tallies((*told, young), BEGAN + 9)).moves[(0, 0), 1] == 1


def test_a_clean_up_is_no_move() -> None:
    day = BEGAN + 700
    closed = worlds.moved(worlds.world(worlds.fading_away, 300, 3), day, LOST, 0.9)
    assert clean_ups(closed) == {(day, LOST)}
    found = tallies(closed, day + 30)
    assert sum(n for (_, to), n in found[month_number(day)].moves.items() if to == LOST) < 10
    parked = worlds.moved(worlds.world(worlds.fading_away, 300, 3), day, 3, 0.9)
    assert clean_ups(parked) == {(day, 3)}


def test_wins_are_no_clean_up_and_neither_is_what_is_usual() -> None:
    won = [Course(f"w{n}", (BEGAN, BEGAN + 9), (0, WON)) for n in range(50)]
    monthly = [Course(f"l{n}", (BEGAN, BEGAN + n // 12 * 30 + 30), (0, LOST)) for n in range(120)]
    assert clean_ups(won) == frozenset()
    assert {day for day, _ in clean_ups(monthly)} == {BEGAN + 30}


def test_months_have_ends() -> None:
    for day in (BEGAN, BEGAN + 30, BEGAN + 31, BEGAN + 365):
        end = end_of_month(month_number(day))
        assert day <= end < day + 31
        assert month_number(end) == month_number(day) == month_number(end + 1) - 1
    assert [stretch_of(edge) for edge in EDGES] == list(range(len(EDGES)))


def test_what_is_older_weighs_less() -> None:
    whole = empty()
    whole.add(Tally({(0, 0): 8.0}, {((0, 0), WON): 4.0}, {(0, 0): 3}), 0.5)
    whole.add(Tally({(0, 0): 2.0}, {}, {(0, 0): 1}), 0.5)
    assert (whole.at_risk[0, 0], whole.moves[(0, 0), WON], whole.seen[0, 0]) == (6, 2, 4)
