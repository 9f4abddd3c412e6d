"""The chances of moves on a day."""

from __future__ import annotations

import pytest

from site_builder.forecast.courses import LOST, WON
from site_builder.forecast.hazards import STRETCHES, rates_of, shape_of
from site_builder.forecast.tallies import Tally, empty, tallies
from tests import worlds
from tests.by_hand import PIPELINE
from tests.worlds import SHAPE


def counted(courses: int, seed: int = 0) -> Tally:
    whole = empty()
    for one in tallies(worlds.world(worlds.fading, courses, 5, seed), worlds.end_of()).values():
        whole.add(one)
    return whole


def test_a_pipeline_has_open_and_parked_states() -> None:
    assert shape_of(PIPELINE) == SHAPE


def test_much_evidence_speaks_for_itself() -> None:
    rates = rates_of(counted(2000), SHAPE)
    for state in SHAPE.open:
        for at, age in ((0, 3), (3, 40), (4, 70)):
            for to, chance in worlds.fading(state, age, 0).items():
                assert rates[state, at][to] == pytest.approx(chance, rel=0.4, abs=0.002)


def test_where_nothing_is_counted_the_rest_speaks() -> None:
    tally = Tally({(0, 0): 1000.0}, {((0, 0), WON): 10.0, ((0, 0), LOST): 10.0}, {(0, 0): 100.0})
    rates = rates_of(tally, SHAPE)
    for state in (1, 2):
        for at in STRETCHES:
            assert rates[state, at][WON] == pytest.approx(0.01, rel=0.05)
    assert rates[3, 0] == rates[WON, 0] == {}


def test_of_nothing_nothing_follows_and_nothing_is_divided_by_nothing() -> None:
    assert set(map(len, rates_of(empty(), SHAPE).values())) == {0}
    stood = rates_of(Tally({(0, 0): 5.0}, {}, {(0, 0): 1.0}), SHAPE)
    assert set(map(len, stood.values())) == {0}


def test_without_a_win_there_is_no_chance_of_one() -> None:
    tally = Tally({(0, 0): 1000.0}, {((0, 0), LOST): 10.0, ((0, 0), 1): 10.0}, {(0, 0): 100.0})
    rates = rates_of(tally, SHAPE)
    assert rates[0, 0].get(WON, 0) == 0


def test_a_move_on_is_one_to_the_next_stage() -> None:
    tally = Tally({(0, 0): 1000.0}, {((0, 0), 1): 10.0}, {(0, 0): 100.0})
    rates = rates_of(tally, SHAPE)
    assert (set(rates[0, 0]), set(rates[1, 0]), set(rates[2, 0])) == ({1}, {2}, {WON})
