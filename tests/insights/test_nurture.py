"""What sleeps, and what slept."""

from __future__ import annotations

import datetime as dt

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.insights.insights import Insights
from site_builder.insights.nurture import Nurture, nurture
from site_builder.journal.deal import Deal
from site_builder.load.loader import load
from tests.by_hand import LEAD, LOST, PARKED, TODAY, WON, day, deal, journal
from tests.insights.test_structure import moved
from tests.stories import STAGES, raw, story


def found(*deals: Deal) -> Nurture:
    return nurture(Insights(journal(*deals), TODAY))


def test_a_life_is_its_stretches() -> None:
    (one,) = found(
        moved(
            "a",
            ("2026-01-01", LEAD),
            ("2026-02-01", PARKED),
            ("2026-03-01", LEAD),
            ("2026-04-01", WON),
        )
    ).sleepers
    assert [(s.state, s.since, s.days) for s in one.life] == [
        ("awake", day("2026-01-01"), 31), ("asleep", day("2026-02-01"), 28),
        ("awake", day("2026-03-01"), 31), ("won", day("2026-04-01"), 233)]  # fmt: skip
    assert (one.slept, one.ended, one.is_asleep, one.wake) == (28, "won", False, None)


def test_the_next_to_wake_comes_first_and_who_woke_last() -> None:
    made = found(
        deal("a", PARKED), deal("b", PARKED, wake=day("2027-01-01")), deal("c", PARKED, wake=day("2026-12-01")),
        moved("d", ("2026-01-01", PARKED), ("2026-02-01", LEAD)), deal("e"),
    )  # fmt: skip
    assert [one.id.id for one in made.sleepers] == ["c", "b", "a", "d"]


def test_of_those_that_slept_and_have_ended_a_share_is_won() -> None:
    made = found(
        moved("a", ("2026-01-01", PARKED), ("2026-01-11", WON)),
        moved("b", ("2026-01-01", PARKED), ("2026-01-31", WON)),
        moved("c", ("2026-01-01", PARKED), ("2026-02-01", LOST)),
        moved("d", ("2026-01-01", PARKED), ("2026-02-01", LEAD)),
        moved("e", ("2026-01-01", WON), ("2026-02-01", PARKED)),
    )
    assert (made.woken, made.slept_before_win) == ((2, 3), 20)


def test_what_needs_it_and_does_not_want_it_is_told_while_it_lives() -> None:
    def needing(
        id: str, stage: object = LEAD, need: bool | None = True, want: bool | None = False
    ) -> Deal:
        return deal(id, stage, need=need, want=want)  # type: ignore[arg-type] # a stage

    made = found(
        needing("a"), needing("b", PARKED), needing("c", WON), needing("d", LOST),
        needing("e", want=True), needing("f", want=None), needing("g", need=None),
    )  # fmt: skip
    assert [one.id for one in made.needs] == ["a", "b"]


@pytest.mark.parametrize("seed", range(6))
def test_its_figures_follow_from_the_raw_files(seed: int) -> None:
    files = story(seed)
    seen = load(MemoryTree(files), lambda: TODAY).seen
    assert seen is not None
    made = {one.id.id: one.slept for one in nurture(Insights(seen, TODAY)).sleepers}
    told: dict[str, int] = {}
    for one in raw(files, "deals"):
        ends: list[dt.date] = [*[m.date for m in one.moves[1:]], TODAY]
        slept = [
            (end - move.date).days
            for move, end in zip(one.moves, ends, strict=False)
            if STAGES[one.front["pipeline"]][move.stage] == "parked"
        ]
        if (one.moves and one.type == "parked") or (slept and any(slept)):
            told[one.id] = sum(slept)
    assert {id: days for id, days in made.items() if days} == {i: d for i, d in told.items() if d}
