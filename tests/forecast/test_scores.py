"""Scores of forecasts, by hand."""

from __future__ import annotations

from decimal import Decimal
from math import log

import pytest

from site_builder.forecast.scores import Bin, Value, bins, score
from site_builder.forecast.snapshots import Said
from tests.by_hand import PIPELINE, day


def said(
    learned: float,
    was_won: bool,
    deal: str = "a",
    on: str = "2026-01-31",
    *,
    own: float | None = None,
    value: int | None = None,
    base: float = 0.25,
) -> Said:
    money = None if value is None else Decimal(value)
    return Said(PIPELINE, deal, day(on), base, 0.5, None, own, learned, was_won, money)


SAID = [said(0.8, True, value=100), said(0.4, False, value=50), said(0.0, True), said(1.0, False)]


def test_a_score_is_the_mean_of_squares_and_of_surprises() -> None:
    found = score("learned", SAID)
    assert found.brier == pytest.approx((0.04 + 0.16 + 1 + 1) / 4)
    surprise = -(log(0.8) + log(0.6) + 2 * log(0.001)) / 4
    assert found.log_loss == pytest.approx(surprise, abs=1e-4)
    assert (found.expected, found.actual, found.n) == (2.2, 2, 4)
    assert found.value == Value("100.00", "100.00", 2)
    even = score("even", SAID)
    assert (even.brier, even.log_loss) == (0.25, 0.6931)


def test_who_said_nothing_has_no_score() -> None:
    found = score("own", SAID)
    assert (found.brier, found.log_loss, found.n, found.value) == (
        None,
        None,
        0,
        Value(None, None, 0),
    )
    assert score("own", [*SAID, said(0.1, True, own=0.5)]).n == 1


def test_bins_compare_what_was_said_with_what_came() -> None:
    assert bins("learned", [*SAID, said(0.42, True)]) == (
        Bin("learned", 0.0, 0.1, 1, 0.0, 1.0, 1),
        Bin("learned", 0.4, 0.5, 2, 0.41, 0.5, 1),
        Bin("learned", 0.8, 0.9, 1, 0.8, 1.0, 1),
        Bin("learned", 0.9, 1.0, 1, 1.0, 0.0, 0),
    )
    assert bins("own", SAID) == ()
