"""What sleeps, and what slept."""

from __future__ import annotations

import datetime as dt
from statistics import median

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.insights.insights import Insights
from site_builder.insights.nurture import Nurture, nurture
from site_builder.journal.deal import Deal
from site_builder.load.loader import load
from tests.by_hand import LEAD, LOST, PARKED, TODAY, WON, day, deal, journal
from tests.insights.test_structure import ended, moved
from tests.stories import STAGES, RawFile, raw, story


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


def test_who_leaves_and_comes_back_on_a_day_has_not_left() -> None:
    moves = [("2026-02-01", PARKED), ("2026-03-01", LEAD), ("2026-03-01", PARKED)]
    (one,) = found(moved("a", ("2026-01-01", LEAD), *moves)).sleepers
    assert [(s.state, s.since) for s in one.life] == [
        ("awake", day("2026-01-01")), ("asleep", day("2026-02-01"))]  # fmt: skip


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
    found_now = nurture(Insights(seen, TODAY))
    made = {one.id.id: one.slept for one in found_now.sleepers}
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
    deals = {one.id: one for one in raw(files, "deals")}
    lives = {id: life(one) for id, one in deals.items()}
    assert made.keys() == {
        id for id, one in deals.items()
        if one.type == "parked" or "asleep" in [state for state, _, _ in lives[id]]
    }  # fmt: skip
    for sleeper in found_now.sleepers:
        one = deals[sleeper.id.id]
        assert sleeper.is_asleep == (one.type == "parked")
        assert str(sleeper.wake) == (one.front.get("wake", "None") if sleeper.is_asleep else "None")
        assert (sleeper.ended or "") == ended(one)[0]
        assert [tuple(stretch) for stretch in sleeper.life] == lives[one.id]
    sleeping = [one.wake or dt.date.max for one in found_now.sleepers if one.is_asleep]
    assert [one.is_asleep for one in found_now.sleepers[: len(sleeping)]] == [True] * len(sleeping)
    assert sleeping == sorted(sleeping)
    over = {id: ended(deals[id])[0] for id in made if deals[id].type != "parked"}
    slept_and_won = [made[id] for id, how in over.items() if how == "won"]
    assert found_now.woken == (len(slept_and_won), sum(how != "" for how in over.values()))
    assert found_now.slept_before_win == (median(slept_and_won) if slept_and_won else None)
    assert [one.id for one in found_now.needs] == [
        id for id, one in deals.items() if one.type in ("open", "parked")
        and (one.front.get("need"), one.front.get("want")) == ("yes", "no")
    ]  # fmt: skip


def life(one: RawFile) -> list[tuple[str, dt.date, dt.date]]:
    """What a deal did, told by the state in which each of its days ended."""
    if not one.notes:
        return []
    types = STAGES[one.front["pipeline"]]
    days = {one.notes[0].date: "open" if one.moves else one.type}
    days |= {move.date: types[move.stage] for move in one.moves}
    starts: list[tuple[str, dt.date]] = []
    for date, type in days.items():
        state = {"open": "awake", "parked": "asleep"}.get(type, type)
        if not starts or starts[-1][0] != state:
            starts.append((state, date))
    ends = [*[start for _, start in starts[1:]], TODAY]
    return [(state, start, end) for (state, start), end in zip(starts, ends, strict=True)]
