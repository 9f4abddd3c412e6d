"""The levels of moves of late, on histories in which it is known what has changed."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from site_builder.forecast.courses import WON
from site_builder.forecast.hazards import Rates, rates_of
from site_builder.forecast.learning import Learned, learnings
from site_builder.forecast.levels import MEMORIES, Levels, counted, lifted
from site_builder.forecast.tallies import Tally, empty, tallies
from tests import worlds
from tests.worlds import SHAPE, Daily, world


def levels_of(daily: Daily, years: int = 5) -> list[dict[str, float]]:
    """The levels at the end of each month."""
    levels, found = Levels(SHAPE), []
    memories: dict[int, Tally] = {half: empty() for half in (0, *MEMORIES)}
    for _, more in sorted(tallies(world(daily, years=years), worlds.end_of(years)).items()):
        levels.score(more, memories, rates_of(memories[0], SHAPE))
        for half, memory in memories.items():
            memory.add(more, 0.5 ** (1 / half) if half else 1)
        of_late = levels.of_late(memories, rates_of(memories[0], SHAPE))
        found.append({str(kind): level for kind, level in of_late.items()})
    return found


def test_fewer_wins_are_noticed_and_nothing_else() -> None:
    found = levels_of(worlds.broken)
    assert all("won" not in one for one in found[:36])
    for one in found[44:]:
        assert set(one) == {"won"}
        assert 0.3 < one["won"] < 0.6


@pytest.mark.parametrize("daily", [worlds.fading, worlds.coin])
def test_where_nothing_changes_there_is_no_level(daily: Daily) -> None:
    found = levels_of(daily)
    assert sum(map(bool, found)) < 0.1 * len(found)


def test_in_the_first_year_nobody_can_tell() -> None:
    found = levels_of(sudden, 2)
    assert not any(found[:11])
    assert found[12]["won"] < 0.7


def sudden(state: int, age: int, day: int) -> Mapping[int, float]:
    """After half a year hardly anything is won any more."""
    moves = worlds.fading(state, age, day)
    return {**moves, WON: moves[WON] * (1 if day < 180 else 0.05)}


def test_rates_of_open_stages_are_lifted_and_no_others() -> None:
    tally = Tally({(0, 0): 100.0, (3, 0): 100.0}, {((0, 0), -1): 4.0, ((3, 0), 1): 3.0}, {})
    rates: Rates = {(0, 0): {-1: 0.02, 1: 0.1}, (3, 0): {1: 0.03}}
    expected, came = counted(tally, rates, SHAPE)
    assert (dict(expected), dict(came)) == ({"won": 2.0, "on": 10.0}, {"won": 4.0})
    assert lifted(rates, {"won": 0.5}, SHAPE) == {(0, 0): {-1: 0.01, 1: 0.1}, (3, 0): {1: 0.03}}
    assert lifted(rates, {}, SHAPE) is rates


def test_they_are_used_where_they_answer_better_than_forgetting() -> None:
    def last(daily: Daily) -> Learned:
        return list(learnings(world(daily), SHAPE, worlds.end_of()))[-1]

    held, less = last(worlds.fading), last(worlds.broken)
    assert held.recent is held.rates
    assert less.recent[2, 0][-1] < 0.9 * less.rates[2, 0][-1]
