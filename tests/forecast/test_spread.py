"""What deals bring together, against every case counted."""

from __future__ import annotations

import random
from itertools import product
from math import comb, prod

import pytest

from site_builder.forecast.spread import Part, spread


def parts(seed: int, number: int, owners: int = 1000) -> list[Part]:
    """With some that are to be taken away, of every second seed."""
    draw = random.Random(seed)
    taken = (1, 1, -1) if seed % 2 else (1,)
    return [
        Part(
            draw.random(),
            draw.randrange(1, 1000) * taken[n % len(taken)],
            f"o{n % owners}",
            f"c{n}",
        )
        for n in range(number)
    ]


def every_case(some: list[Part]) -> list[tuple[float, float]]:
    """Each sum with its probability, of independent deals."""
    found = []
    for case in product((True, False), repeat=len(some)):
        chance = prod(
            p.probability if won else 1 - p.probability for p, won in zip(some, case, strict=True)
        )
        found.append((sum(p.worth for p, won in zip(some, case, strict=True) if won), chance))
    return sorted(found)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("number", [1, 4, 8, 12])
def test_it_is_what_counting_every_case_gives(seed: int, number: int) -> None:
    some = parts(seed, number)
    found, cases = spread(some), every_case(some)
    near = 1e-6 if number <= 8 else 2 * sum(abs(one.worth) for one in some) / 250
    for part in (0.1, 0.5, 0.9):
        sum_ = found.quantile(part)
        assert at_most(cases, sum_ + near) >= part - 1e-9
        assert at_most(cases, sum_ - near) <= part + 1e-9
    for goal in (1, 300, 1500):
        more, less = 1 - at_most(cases, goal - near), 1 - at_most(cases, goal + near)
        assert less - 1e-6 <= found.reaches(goal) <= more + 1e-6


def at_most(cases: list[tuple[float, float]], sum_: float) -> float:
    """How probable it is that no more than a sum comes."""
    return sum(chance for one, chance in cases if one <= sum_)


def quantile(cases: list[tuple[float, float]], part: float) -> float:
    """The least sum than which no more comes with such a probability."""
    return next(sum_ for sum_, _ in cases if at_most(cases, sum_) >= part - 1e-9)


@pytest.mark.parametrize("number", [3, 8, 40, 300])
def test_its_mean_is_that_of_the_deals_however_they_differ(number: int) -> None:
    some = parts(1, number, 4)
    found = spread(some, 0.5)
    mean = sum(one * chance for one, chance in zip(found.sums, found.chances, strict=True))
    assert sum(found.chances) == pytest.approx(1)
    assert mean == pytest.approx(sum(one.worth * one.probability for one in some), rel=1e-6)


def test_deals_that_are_not_independent_spread_wider() -> None:
    same = [Part(0.3, 10, "maria", "corp") for _ in range(40)]
    apart = [Part(0.3, 10, f"o{n}", f"c{n}") for n in range(40)]

    def width(some: list[Part], together: float = 0.0) -> float:
        found = spread(some, together)
        return found.quantile(0.9) - found.quantile(0.1)

    one_owner = [part._replace(company=f"c{n}") for n, part in enumerate(same)]
    assert width(apart) < width(one_owner) < width(same) < width(same, 0.5)
    cases = [(10.0 * won, comb(40, won) * 0.3**won * 0.7 ** (40 - won)) for won in range(41)]
    assert width(apart) == pytest.approx(quantile(cases, 0.9) - quantile(cases, 0.1), abs=4)


@pytest.mark.parametrize("probability", [0.02, 0.3, 0.97])
def test_however_far_deals_differ_together_chances_stay_chances(probability: float) -> None:
    found = spread([Part(probability, 10, "maria", "corp") for _ in range(12)], 1.0)
    assert min(found.chances) >= 0
    assert sum(found.chances) == pytest.approx(1)
    mean = sum(one * chance for one, chance in zip(found.sums, found.chances, strict=True))
    assert mean == pytest.approx(120 * probability)


def test_nothing_brings_nothing() -> None:
    for some in ([], [Part(0, 100)], [Part(0.5, 0)]):
        found = spread(some, 0.3)
        assert (found.quantile(0.9), found.reaches(0), found.reaches(1)) == (0, 1, 0)
    sure = spread([Part(1.0, 12.34)], 0.5)
    assert sure.quantile(0.1) == pytest.approx(12.34)
    assert sure.reaches(12.34) == pytest.approx(1)
