"""Where losses move to, year by year; recomputed in test_structure."""

from __future__ import annotations

import pytest

from site_builder.insights.loss_trends import Began, Trend, trend


def of(*years: tuple[int, list[float]], unended: int = 0) -> Trend:
    made = [Began(str(year), 100, unended, places) for year, places in years]
    return trend("sales", made)


FIRST, LAST = [0.0] * 12, [1.0] * 12
MIXED = [0.0, 1.0] * 6


@pytest.mark.parametrize(
    ("years", "direction"),
    [
        ([(2024, FIRST), (2025, MIXED)], "later"),
        ([(2024, MIXED), (2025, MIXED), (2026, FIRST)], "earlier"),
        ([(2024, MIXED), (2025, MIXED)], "none"),
        ([(2024, [0.0] * 6 + [1.0] * 6), (2025, [0.0] * 4 + [1.0] * 8)], "none"),
        ([(2024, LAST), (2025, LAST)], "none"),
        ([(2024, LAST * 2)], None),
        ([(2024, FIRST), (2025, LAST[:7])], None),
        ([(2024, FIRST * 2), (2025, LAST[:4])], None),
        ([], None),
    ],
)
def test_losses_move_where_chance_would_hardly_move_them(
    years: list[tuple[int, list[float]]], direction: str | None
) -> None:
    assert of(*years).direction == direction


def test_the_strength_is_mantels_statistic() -> None:
    """Of a table of two by two the squared correlation is chi-squared, 24 x (12x6 - 0x6)^2 /
    (12 x 12 x 18 x 6) = 8, by their number; times one less than that."""
    assert of((2024, FIRST), (2025, MIXED)).strength == pytest.approx(8 * 23 / 24)


@pytest.mark.parametrize("place", [1 / 3, 1 / 5, 2 / 5, 3 / 7])
def test_what_ends_in_one_place_is_not_off_by_a_rounding(place: float) -> None:
    found = of((2024, [place] * 12), (2025, [place] * 25))
    assert [(one.centre, one.spread) for one in found.years] == [(place, 0.0)] * 2
    assert (found.direction, found.strength) == ("none", 0.0)


def test_a_year_of_which_much_is_open_is_not_compared() -> None:
    young = trend("sales", [Began("2024", 20, 4, FIRST), Began("2025", 20, 5, LAST)])
    assert [(one.over, one.compared) for one in young.years] == [(True, True), (False, False)]
    assert (young.direction, young.losses) == (None, 12)
