"""What people said of their own deals, by hand and recomputed from simulated ones."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

import pytest

from site_builder.forecast.people import LEAST, People, people
from site_builder.insights.insights import Insights
from site_builder.journal.deal import Deal
from site_builder.journal.note import Note
from tests.by_hand import LOST, MARIA, OFFER, OTTO, TODAY, WON, deal, journal, note


def sets(date: str, **fields: object) -> Note:
    one = note(date, "note")
    return replace(one, fields=replace(one.fields, **fields))  # type: ignore[arg-type] # of any type


def commit(date: str) -> Note:
    return sets(date, category="commit")


def said(*deals: Deal) -> People:
    return people(Insights(journal(*deals), TODAY))


def test_commits_that_came_and_wins_that_were_committed() -> None:
    won, lost = (note("2026-06-01", "stage", stage=stage) for stage in (WON, LOST))
    (maria, otto) = said(
        deal("came", WON, (commit("2026-05-01"), won)),
        deal("failed", LOST, (commit("2026-05-01"), lost)),
        deal("open", OFFER, (commit("2026-05-01"),)),
        deal("too-late", WON, (replace(won), commit("2026-06-01"))),
        deal("taken-back", WON, (commit("2026-05-01"), sets("2026-05-09", category="pipeline"), won)),
        deal("otto", WON, (won,), owner=OTTO),
        deal("before-all", WON, (note("2026-04-01", "stage", stage=WON),), owner=OTTO),
        deal("always-so", LOST, (lost,), owner=OTTO, category="commit"),
    ).commits  # fmt: skip
    assert (maria.person, maria.came, maria.pending, maria.committed) == (MARIA, (2, 3), 1, (1, 3))
    assert (otto.person, otto.came, otto.pending, otto.committed) == (OTTO, (0, 0), 0, (0, 1))


def test_a_commit_is_that_of_who_had_the_deal_then() -> None:
    won = note("2026-06-01", "stage", stage=WON)
    given = sets("2026-05-05", owner=OTTO)
    first = replace(commit("2026-05-01"), fields=replace(commit("2026-05-01").fields, owner=MARIA))
    found = {
        one.person: one for one in said(deal("d", WON, (first, given, won), owner=OTTO)).commits
    }
    assert (found[MARIA].came, found[MARIA].committed) == ((1, 1), (0, 0))
    assert (found[OTTO].came, found[OTTO].committed) == ((0, 0), (1, 1))


def test_without_categories_there_are_no_commits() -> None:
    assert said(deal("d", WON, (note("2026-06-01", "stage", stage=WON),))).commits == ()


def estimated(n: int, p: float, won: int, owner: object = MARIA) -> list[Deal]:
    return [
        deal(
            f"{owner.id}{p:.2f}{at:03}".replace(".", "-"),  # type: ignore[attr-defined] # a person
            WON if at < won else LOST,
            (
                sets("2026-01-01", probability=Decimal("0.01")),
                sets("2026-05-01", probability=Decimal(str(p))),
                note("2026-06-01", "stage", stage=WON if at < won else LOST),
                sets("2026-06-01", probability=Decimal(1)),
            ),
            owner=owner,
        )
        for at in range(n)
    ]


@pytest.mark.parametrize(
    ("p", "won", "usually"), [(0.8, 8, "too-high"), (0.2, 12, "too-low"), (0.5, 9, "neither")]
)
def test_the_usual_direction_of_the_error(p: float, won: int, usually: str) -> None:
    (found,) = said(*estimated(20, p, won)).estimates
    assert (found.n, found.expected, found.actual, found.usually) == (20, 20 * p, won, usually)
    assert found.brier == round((won * (1 - p) ** 2 + (20 - won) * p**2) / 20, 4)
    assert [(one.low, one.n, one.expected, one.actual) for one in found.bins] == [
        (int(p * 5) / 5, 20, p, won / 20)
    ]


def test_nothing_is_said_of_few() -> None:
    found = said(*estimated(LEAST - 1, 0.8, 1), *estimated(LEAST, 0.8, 1, OTTO))
    assert [one.person for one in found.estimates] == [OTTO]
    assert found.few == (MARIA,)


def test_of_one_who_is_right_it_is_seldom_said_that_they_are_not() -> None:
    draw, told = random.Random(3), []
    for _ in range(60):
        deals = [
            one for at in range(30)
            for p in [draw.uniform(0.05, 0.95)]
            for one in [replace(estimated(1, p, draw.random() < p)[0], id=f"d{at}")]
        ]  # fmt: skip
        told += [one.usually for one in said(*deals).estimates]
    assert told.count("neither") >= 0.9 * len(told) > 50
