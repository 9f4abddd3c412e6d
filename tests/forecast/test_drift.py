"""Whether more wins were expected than came, or fewer."""

from __future__ import annotations

import pytest

from site_builder.forecast.backtest import Helps
from site_builder.forecast.drift import Drift
from site_builder.pages.forecast_belief_words import drift_words, further_words


@pytest.mark.parametrize(
    ("expected", "came", "said"),
    [
        (120.0, 100, "120 wins were expected, and 100 came"),
        (134.4, 100, "134 wins were expected, 34% more than the 100 that came"),
        (80.0, 100, "80 wins were expected, 20% fewer than the 100 that came"),
        (1.1, 0, "1.1 wins were expected, and none came"),
        (9.0, 0, "9.0 wins were expected, and none came"),
        (0.4, 1, "0.4 wins were expected, and 1 came"),
        (1.44, 2, "1.4 wins were expected, and 2 came"),
        (5.0, 9, "5.0 wins were expected, and 9 came"),
        (7.0, 10, "7.0 wins were expected, 30% fewer than the 10 that came"),
    ],
)
def test_it_is_told_by_how_much(expected: float, came: int, said: str) -> None:
    assert Drift(365, expected, came, 500).said == f"365 days ahead {said}"


def test_what_is_far_is_told_but_for_what_is_told_already() -> None:
    found = [Drift(30, 10, 10, 9), Drift(90, 20, 10, 9), Drift(180, 20, 0, 9), Drift(365, 5, 10, 9)]
    assert drift_words(found) == (
        "180 days ahead 20 wins were expected, and none came; 365 days ahead 5.0 wins were expected, "
        "50% fewer than the 10 that came."
    )
    assert drift_words(found, 180).startswith("90 days ahead 20 wins were expected, 100% more")
    assert drift_words(found[:2]) == ""


@pytest.mark.parametrize(
    ("helped", "said"),
    [
        (
            "yes no no",
            "Q2 and 2019, further off than 90 days, leans on what did not help 180 and 365",
        ),
        ("yes yes no", "2019, further off than 180 days, leans on what did not help 365"),
        ("yes no unsure", "Q2 and 2019, further off than 90 days, leans on what did not help 180"),
        ("yes unsure yes", ""),
        ("no no no", ""),
    ],
)
def test_what_leans_on_what_has_not_helped_so_far_ahead_is_named(helped: str, said: str) -> None:
    helps: dict[str, Helps] = {"yes": "yes", "no": "no", "unsure": "unsure"}
    told = zip((90, 180, 365), helped.split(), strict=True)
    found = [Drift(30, 9, 9, 9, "no"), *[Drift(days, 9, 9, 9, helps[one]) for days, one in told]]
    words = said and f"What was learned of {said} days ahead."
    assert further_words(found, {"Q1": 90, "Q2": 180, "2019": 364}) == words
    assert further_words(found, {"Q1": 90}) == ""
