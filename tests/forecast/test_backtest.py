"""Past forecasts of simulated histories, and what is said of them."""

from __future__ import annotations

import csv
import datetime as dt
import math
from collections import defaultdict
from dataclasses import replace

import pytest

from site_builder.forecast.backtest import Backtest, Helps, helps, scored
from site_builder.forecast.courses import LOST, Course
from site_builder.forecast.lessons import Lessons, backtest
from site_builder.forecast.snapshots import Said, snapshots, snapshots_by
from site_builder.forecast.tallies import EDGES
from site_builder.forecast.taught import taught
from site_builder.insights.insights import Insights
from site_builder.journal.journal import Journal
from tests import by_hand, shares, worlds
from tests.examples import a_few
from tests.forecast.test_scores import said
from tests.places import ROOT
from tests.worlds import journal, world

END = dt.date.fromordinal(worlds.end_of())


def brier(found: Backtest, name: str) -> float:
    score = found.predictors[name].brier
    assert score is not None
    return score


@pytest.mark.parametrize("horizon", [90, 180, 365])
@pytest.mark.parametrize("daily", [worlds.fading, worlds.fading_away, worlds.broken])
def test_where_there_is_something_to_learn_it_is_learned(daily: worlds.Daily, horizon: int) -> None:
    found = worlds.past(world(daily)).backtest(horizon)
    for plain in ("base_rate", "even", "stage"):
        assert brier(found, "learned") < brier(found, plain)
    learned = found.predictors["learned"]
    is_near = 1 / 1.2 <= learned.expected / learned.actual <= 1.2
    does = "helps" if is_near else "tells deals apart, but not how many are won"
    assert str(found.verdict).startswith(
        f"History {does}. Brier scores (0 is best): what your history has taught 0."
    )
    if daily is not worlds.broken and horizon < 365:
        assert 0.8 < learned.expected / learned.actual < 1.2


def test_what_a_clean_up_closed_does_not_mislead() -> None:
    day = worlds.BEGAN + 3 * 365
    for to in (LOST, 3):
        closed = worlds.moved(world(worlds.fading_away), day, to, 0.9)
        found = scored(snapshots(journal(closed), END, 90), 90)
        assert brier(found, "learned") < 0.95 * brier(found, "base_rate")
        learned = found.predictors["learned"]
        assert 0.8 < learned.expected / learned.actual < 1.25


@pytest.mark.parametrize(
    ("made", "days", "verdict"),
    a_few(
        pytest.param(
            journal(world(worlds.coin, 600), worlds.guessing),
            5 * 365,
            "History does not help here. B",
            id="Zoho",
        ),
        pytest.param(journal(worlds.outlived()), 430, "History tells deals apart", id="Maven"),
        pytest.param(
            journal(world(worlds.coin, 600)),
            5 * 365,
            "History does not help here. Brier",
            id="coin",
        ),
        here=2,
    ),
)
def test_where_nothing_tells_winners_no_more_than_the_base_rate_is_claimed(
    made: Journal, days: int, verdict: str
) -> None:
    """In sales like Maven's time tells when a deal is won and which deals never end, but not more.
    Estimates that are guessed, as Zoho's, miss by far more than what is learned, and don't count."""
    lessons = Lessons(Insights(made, dt.date.fromordinal(worlds.BEGAN + days)))
    for horizon in (30, 90, 180):
        found = lessons.backtest(horizon)
        learned, base = (found.predictors[name] for name in ("learned", "base_rate"))
        assert learned.expected < 1.05 * base.expected
        assert brier(found, "learned") < 1.02 * brier(found, "base_rate")
        own = found.predictors["own"].brier
        assert own is None or own > 1.2 * brier(found, "learned")
    assert str(lessons.backtest(90).verdict).startswith(verdict)
    assert lessons.choices["sales"].order[0] != "own"


@pytest.mark.parametrize("seed", a_few(*range(3)))
def test_of_a_coin_no_more_is_claimed_than_the_base_rate_can_be_wrong_by(seed: int) -> None:
    """It differs from what the base rate expects by less than that is wrong, or would be by chance, and
    is no more than what came by more than chance: a standard error, for which all that was said of a
    deal counts as one."""
    made, until = journal(world(worlds.coin, 600, seed=seed)), dt.date.fromordinal(worlds.end_of())
    found = snapshots_by(taught(made, until).values(), made, until, (30, 90, 180))
    for several in found.values():
        errors, learned, base = defaultdict[str, float](float), 0.0, 0.0
        for one in several:
            assert one.learned is not None and one.base_rate is not None
            learned, base = learned + one.learned, base + one.base_rate
            errors[one.deal] += one.base_rate - one.was_won
        came, chance = sum(one.was_won for one in several), math.hypot(*errors.values())
        assert abs(learned - base) < max(abs(base - came), chance)
        assert learned < came + chance


def test_the_history_of_real_proposals_is_learned_from() -> None:
    """About as right as plain shares by stage and time, for they have but two stages."""
    made, until, courses = journal(proposals()), dt.date(2015, 12, 31), proposals()
    several = snapshots_by(taught(made, until).values(), made, until, a_few(180, 90, 365))
    for horizon, some in several.items():
        found = scored(some, horizon)
        assert brier(found, "learned") < min(brier(found, "base_rate"), brier(found, "even"))
        learned = found.predictors["learned"]
        assert 0.8 < learned.expected / learned.actual < 1.2
        for edges in (EDGES, (0, 30, 60, 90, 180, 365)):
            plain = shares.brier(some, courses, worlds.SHAPE, edges, horizon)
            assert brier(found, "learned") < 1.02 * plain


def proposals() -> tuple[Course, ...]:
    """The enhancement proposals of Python up to 2015: the same states as in a pipeline."""
    states = {"Draft": 0, "Deferred": 3, "Rejected": -2, "Withdrawn": -2, "Superseded": -2,
              "Accepted": -1, "Active": -1, "Final": -1}  # fmt: skip
    moves: dict[str, list[tuple[int, int]]] = {}
    with (ROOT / "tests/data/python-peps/status_history_to_2015.csv").open(
        encoding="utf-8"
    ) as file:
        for row in csv.DictReader(file):
            day = dt.date.fromisoformat(row["timestamp"][:10]).toordinal()
            moves.setdefault(row["pep"], []).append((day, states.get(row["to_status"], 0)))
    return tuple(
        _course(id, sorted(found, key=lambda one: one[0])) for id, found in sorted(moves.items())
    )


def _course(pep: str, moves: list[tuple[int, int]]) -> Course:
    last = dict(moves)  # the last of a day counts
    days, states = list(last), list(last.values())
    kept = [at for at in range(len(days)) if at == 0 or states[at] != states[at - 1]]
    return Course(f"pep-{pep}", tuple(days[at] for at in kept), tuple(states[at] for at in kept))


def test_where_too_little_is_known_that_is_said() -> None:
    found = scored([said(0.5, True)], 90)
    assert str(found.verdict) == (
        "Too little is known to judge forecasts: 1 month end and 1 deal, 90 days ahead, 1 of these won."
    )
    other = replace(by_hand.PIPELINE, id="development")
    both = [said(0.5, True), said(0.5, True)._replace(pipeline=other)]
    assert "1 month end and 2 deals of 2 pipelines, 90 days" in str(scored(both, 90).verdict)
    assert backtest(Insights(by_hand.journal(), by_hand.TODAY)).n == 0


def test_it_is_told_by_month_end() -> None:
    found = scored(
        [said(0.5, True), said(0.1, False, "b", own=0.2), said(1, True, on="2026-02-28")], 90
    )
    first, second = found.snapshots
    assert (first.day, first.n, first.actual) == (by_hand.day("2026-01-31"), 2, 1)
    assert first.expected == {
        "base_rate": 0.5,
        "even": 1,
        "stage": None,
        "own": 0.2,
        "learned": 0.6,
    }
    assert second.n == 1
    assert found.n == 3


def test_the_best_estimator_is_named() -> None:
    many = [
        said(0.7, n % 2 == 0, str(n), f"2026-0{n % 3 + 1}-28", own=float(n % 2 == 0), base=0.4)
        for n in range(60)
    ]
    assert str(scored(many, 90).verdict) == (
        "History does not help here. Brier scores (0 is best): own estimates 0.000, what your "
        "history has taught 0.290, even odds 0.250; 3 month ends and 60 deals, 90 days ahead. By "
        "what your history has taught 42 wins were expected, 40% more than the 30 that came: look "
        "whether what used to be true still is."
    )


def test_what_did_better_than_history_is_said_where_that_helps() -> None:
    def told(sure: float) -> list[Said]:
        return [
            said(0.7 if won else 0.3, won, str(n), f"2026-0{n % 3 + 1}-28", own=abs(won - sure))
            for n in range(60)
            for won in (n % 2 == 0,)
        ]

    def verdict(sure: float) -> str:
        return str(scored(told(sure), 90).verdict)

    assert verdict(0.1).startswith("History helps, but own estimates did better. Brier scores")
    other = replace(by_hand.PIPELINE, id="other")
    several = str(scored([*told(0.1), told(0.1)[0]._replace(pipeline=other)], 90).verdict)
    assert several.startswith(
        "History helps. Over 2 pipelines taken together own estimates did better; what counts is "
        "chosen for each by itself. Brier scores"
    )
    assert verdict(0.299).startswith("History helps. Brier scores (0 is best): own estimates 0.0")
    assert verdict(0.4).startswith("History helps. Brier scores (0 is best): what your history")


def test_it_is_said_how_far_ahead_history_helps() -> None:
    helpful = [
        said(0.7 if n % 2 else 0.3, n % 2 == 1, str(n), f"2026-0{n % 3 + 1}-28") for n in range(60)
    ]
    useless = [one._replace(learned=0.5) for one in helpful]
    others: dict[int, Helps | None] = {30: "no", 180: "unsure", 365: None, 90: "yes"}
    assert (helps(helpful), helps(useless), helps(helpful[:9])) == ("yes", "no", None)
    for found, said_so in (
        (scored(helpful, 45, (), {30: "yes"}), "History helps. Brier"),
        (scored(helpful, 45, (), others), "History helps 45 days ahead, but not 30. Brier"),
        (scored(helpful, 45, (), others | {365: "no"}), "History helps 45 days ahead, but not 30 and 365. B"),
        (scored(useless, 45, (), {30: "no"}), "History does not help here. Brier"),
        (scored(useless, 45, (), others), "History does not help here 45 days ahead; 90 days ahead it does. B"),
    ):  # fmt: skip
        assert str(found.verdict).startswith(said_so)
    better = [one._replace(own=float(one.was_won)) for one in helpful]
    assert str(scored(better, 45, (), others).verdict).startswith(
        "History helps 45 days ahead, but not 30, and own estimates did better. Brier"
    )


def test_history_helps_where_it_was_better_by_more_than_its_error() -> None:
    """The same gain is surer of two deals than of one twice."""
    two = [
        said(0.9 if n < 2 else 0.5, n < 2 or n % 2 == 1, str(n), f"2026-0{n % 3 + 1}-28", base=0.5)
        for n in range(40)
    ]
    one = [two[0], two[1]._replace(deal="0"), *two[2:]]
    assert (helps(two), helps(one)) == ("yes", "unsure")
    assert str(scored(one, 90).verdict).startswith(
        "History may help, but that is not sure yet. Brier"
    )


def test_where_nothing_was_ever_won_nothing_used_to_be_true() -> None:
    none = [said(0.2, False, str(n), f"2026-0{n % 3 + 1}-28", base=0) for n in range(120)]
    found = str(scored(none, 180).verdict)
    assert found.startswith("History does not help here: none was won. Brier scores (0 is best)")
    assert found.endswith("24 wins were expected, and none came.")
    before = [one._replace(base_rate=0.1) for one in none]
    assert str(scored(before, 180).verdict).endswith(
        "none came: look whether what used to be true still is."
    )
    few = str(scored(none[:9], 180).verdict)
    assert few.endswith("3 month ends and 9 deals, 180 days ahead, none of these won.")


def test_it_is_said_of_the_same_deals() -> None:
    """Own estimates of those deals alone that were easy for all are no better by that."""
    easy = [said(0.1, False, f"e{n}", f"2026-0{n % 3 + 1}-28", own=0.1) for n in range(40)]
    hard = [said(0.6, True, f"h{n}", f"2026-0{n % 3 + 1}-28") for n in range(30)]
    found = str(scored([*easy, *hard], 90).verdict)
    assert found.startswith(
        "History tells deals apart, but not how many are won. Brier scores (0 is best): own "
        "estimates 0.010, what"
    )
    assert "22 wins were expected, 27% fewer than the 30 that came" in found


def test_its_figures_are_grouped_as_all_are() -> None:
    many = [said(0.7, n % 2 == 0, str(n), f"2026-0{n % 3 + 1}-28", base=0.4) for n in range(3000)]
    assert "2\u202f100 wins were expected, 40% more than the 1\u202f500 that" in str(
        scored(many, 90).verdict
    )
