"""What notes tell of deals, out of time: in worlds in which it is known who is won more readily."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache

import pytest

from site_builder.forecast.backtest import scored
from site_builder.forecast.chances import chances_by
from site_builder.forecast.past import past_of
from site_builder.forecast.snapshots import Said, snapshots_by
from site_builder.forecast.taught import Taught, taught
from site_builder.journal.deal import Deal
from site_builder.journal.history import as_of
from site_builder.journal.journal import Journal
from site_builder.journal.note import Note
from tests import by_hand, worlds
from tests.worlds import hot_and_cold, noted

COURSES = worlds.world(worlds.fading, 60, 2)
UNTIL = worlds.end_of(3)
END = dt.date.fromordinal(UNTIL)
CALL: Note = by_hand.note("2020-01-01", "call")
TELLING = noted(hot_and_cold(), CALL, 3, UNTIL)


def test_the_deals_that_were_open_on_some_days_stand_where_their_courses_say() -> None:
    known = Taught(by_hand.PIPELINE, COURSES, worlds.SHAPE, ())
    days = [*range(worlds.BEGAN - 3, worlds.BEGAN + 400, 9)]
    every = known.opened(days)
    assert list(every) == days and not every[days[0]]
    for day, opened in every.items():
        assert opened == [
            (one, state, one.since(day))
            for one in COURSES
            if (state := one.state_on(day)) is not None and state in worlds.SHAPE.open
        ]


@cache
def told(name: str) -> tuple[Taught, list[Said]]:
    made = {
        "telling": lambda: TELLING,
        "told of any": lambda: noted(hot_and_cold(), CALL, 3, UNTIL, is_told=False),
        "told at the win": lambda: worlds.journal(
            tuple(one for one, _ in hot_and_cold()), called_when_won
        ),
    }[name]()
    return told_by(made, END)


def told_by(journal: Journal, today: dt.date) -> tuple[Taught, list[Said]]:
    of = taught(journal, today)["sales"]
    return of, snapshots_by([of], journal, today, (90,))[90]


def called_when_won(deal: Deal) -> Deal:
    """The deal with a call on the day it was won, if it was."""
    if deal.stage is not by_hand.WON:
        return deal
    return replace(deal, notes=(*deal.notes, replace(CALL, date=deal.notes[-1].date)))


def brier(said: list[Said], name: str) -> float:
    chances = [(one.learned if name == "learned" else one.plain, one.was_won) for one in said]
    return sum(((p or 0) - was_won) ** 2 for p, was_won in chances) / len(said)


def test_what_tells_winners_from_losers_makes_forecasts_better() -> None:
    of, said = told("telling")
    assert brier(said, "learned") < 0.85 * brier(said, "plain")
    (one,) = scored(said, 90, [of]).signals
    assert {"silence", "two-way"}.issuperset(one.counts)
    assert one.counts
    assert one.brier == pytest.approx(brier(said, "learned"), abs=1e-4)
    assert one.without == pytest.approx(brier(said, "plain"), abs=1e-4)
    assert one.n == len(said)
    assert str(scored(said, 90).verdict).startswith("History helps")


def test_what_tells_nothing_is_not_counted() -> None:
    of, said = told("told of any")
    (one,) = scored(said, 90, [of]).signals
    assert one.tried.keys() == {"silence", "two-way"}
    assert not one.counts
    assert brier(said, "learned") < 1.003 * brier(said, "plain")


def test_what_was_noted_at_the_win_leaks_nothing() -> None:
    _, said = told("told at the win")
    assert [one.learned for one in said] == [one.plain for one in said]


def test_nothing_later_is_known() -> None:
    day = END - dt.timedelta(200)
    of, said = told_by(as_of(TELLING, day), day)
    again, whole = told_by(TELLING, day)
    assert of.learned == again.learned
    assert said == whole != []
    before = told("telling")[1]
    assert [one.learned for one in said] == [one.learned for one in before][: len(said)]


def test_open_deals_are_told_by_what_notes_tell_of_them() -> None:
    of, _ = told("telling")
    found = chances_by([of], END, of.trails, (30, 90, 180))
    others = chances_by([of], END, {one.id for one in of.courses} - of.trails.keys(), (90,))
    assert min(len(found), len(others)) > 5
    called, silent = (
        sum(one.within[90] for one in some.values()) / len(some) for some in (found, others)
    )
    assert called > 3 * silent
    for one in found.values():
        assert one.eventually is None or one.eventually >= max(one.within.values())


def test_what_is_left_of_the_past_tells_the_same() -> None:
    left = past_of(TELLING)
    of = told("telling")[0]
    assert taught(left, END)["sales"] == of
    assert of.trails
    assert of.learned[-1].lifts
