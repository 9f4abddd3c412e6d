"""Whose probabilities count."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from site_builder.forecast.backtest import is_enough
from site_builder.forecast.choice import choice, choices
from site_builder.forecast.estimators import USUAL_SPREAD, said_of, unproven
from site_builder.forecast.snapshots import Said, snapshots_by
from site_builder.forecast.spread import Part, spread
from site_builder.journal.pipeline import ProbabilityFrom
from tests import worlds
from tests.by_hand import OFFER, PIPELINE, SCHEMA, TALKS, deal
from tests.examples import TIMES
from tests.forecast.test_scores import said
from tests.worlds import journal, world

MANY = [
    said(0.7 if n % 2 else 0.3, n % 2 == 1, str(n), f"2026-0{n % 4 + 1}-28", own=0.5)
    for n in range(60)
]


def test_the_best_estimator_counts_and_others_where_it_says_nothing() -> None:
    found = choice(PIPELINE, "best", MANY)
    assert (found.order, found.why, found.n) == (("learned", "own"), "best", 60)
    assert found.briers == {"own": 0.25, "learned": 0.09}
    assert found.used({"stage": 0.1, "own": 0.2, "learned": None}) == "own"
    assert found.used({"stage": 0.1, "own": None, "learned": None}) is None


def test_too_little_evidence_chooses_nothing() -> None:
    for few in ([], MANY[:20], [one._replace(day=MANY[0].day) for one in MANY]):
        found = choice(PIPELINE, "best", few)
        assert (found.order, found.why) == (("own", "stage", "learned"), "too-little")
        assert found.spread == USUAL_SPREAD


@pytest.mark.parametrize(("deals", "why"), [(99, "too-little"), (100, "best")])
def test_of_many_deals_of_which_none_was_won_no_percentage_is_believed(
    deals: int, why: str
) -> None:
    none = [said(0.01, False, str(n), f"2026-0{n % 4 + 1}-28", own=0.5) for n in range(deals)]
    found = choice(PIPELINE, "best", none)
    assert found.why == why
    assert found.order[0] == ("learned" if why == "best" else "own")
    assert is_enough(none) == (why == "best")


def test_who_said_too_little_is_not_compared() -> None:
    rare = [one._replace(own=None if n > 5 else 1.0) for n, one in enumerate(MANY)]
    assert choice(PIPELINE, "best", rare).order == ("learned",)


def test_pipeline_yml_can_say_whose() -> None:
    assert choice(PIPELINE, "own", MANY)[1:4] == (("own", "stage"), "said", 60)
    own = replace(PIPELINE, probability_from="own")
    by_id = choices(replace(SCHEMA, pipelines=(own,), probability_from="stage"), MANY)
    assert by_id["sales"].order == ("own", "stage")
    by_id = choices(replace(SCHEMA, probability_from="stage"), MANY)
    assert by_id["sales"].order == ("stage",)


def test_what_is_said_of_a_deal() -> None:
    assert said_of(deal("a", OFFER, probability=Decimal("0.7")), 0.2) == {
        "stage": 0.5, "own": 0.7, "learned": 0.2}  # fmt: skip
    assert said_of(deal("a", TALKS), None) == {"stage": None, "own": None, "learned": None}


def test_wins_that_come_together_spread_wider() -> None:
    apart = [said(0.5, n % 2 == 0, str(n), f"2026-0{n // 15 + 1}-28") for n in range(60)]
    together = [said(0.5, n // 15 % 2 == 0, str(n), f"2026-0{n // 15 + 1}-28") for n in range(60)]
    assert choice(PIPELINE, "best", apart).spread < 0.8 * USUAL_SPREAD
    assert choice(PIPELINE, "best", together).spread == 1


def test_what_is_long_past_widens_less_than_what_was_lately() -> None:
    """Half of the month ends had all of their wins together."""
    days = [f"202{n // 12}-{n % 12 + 1:02}-28" for n in range(24)]

    def spread_of(first: int, last: int) -> float:
        found = [
            said(0.5, at % 2 == 0 if first <= at < last else n % 2 == 0, f"{at}-{n}", day)
            for at, day in enumerate(days)
            for n in range(20)
        ]
        return choice(PIPELINE, "best", found).spread

    assert spread_of(0, 0) < spread_of(0, 6) < spread_of(18, 24) <= 1


def test_the_range_held_what_came_in_seven_to_nine_of_ten_past_periods() -> None:
    """In all worlds together; the 48 of one (in the suite every other one of them) overlap, so that these
    tell as much as 16 that do not and vary by a tenth by chance (the standard deviation of a share of
    eight of ten)."""
    held = {
        daily: held_in(daily)
        for daily in (worlds.fading, worlds.fading_away, worlds.coin, worlds.broken)
    }
    every = [one for days in held.values() for one in days]
    assert 0.7 <= sum(every) / len(every) <= 0.9
    assert all(0.7 <= sum(days) / len(days) <= 0.95 for days in held.values())


def held_in(daily: worlds.Daily) -> list[bool]:
    """Of each month end, from the seventh on; in the suite of every other one."""
    courses = world(daily, 500)
    taught, until = worlds.past(courses).taught.values(), dt.date.fromordinal(worlds.end_of())
    told = snapshots_by(taught, journal(courses), until, (90,))[90]
    return [
        holds(
            [one for one in told if one.day == day],
            [one for one in told if (day - one.day).days > 90],
        )
        for day in sorted({one.day for one in told})[6 :: 2 if TIMES == 1 else 1]
    ]


def holds(now: list[Said], known: list[Said]) -> bool:
    """Whether as many as the range says were won, by what was known."""
    together = choice(PIPELINE, "learned", known).spread
    found = spread([Part(one.learned or 0, 1, "o", one.deal) for one in now], together)
    return found.quantile(0.1) <= sum(one.was_won for one in now) <= found.quantile(0.9)


@pytest.mark.parametrize("asked", ["best", "stage", "own", "learned"])
def test_before_any_deal_has_ended_the_choice_is_known_without_learning(
    asked: ProbabilityFrom,
) -> None:
    schema = replace(SCHEMA, probability_from=asked)
    assert unproven(schema) == choices(schema, [])
