"""Where a period lands, and what decides it, against every case counted."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import product
from math import prod

import pytest

from site_builder.forecast.figures import forecast
from site_builder.forecast.figures_periods import Period
from site_builder.forecast.frame import frame
from site_builder.forecast.landing import Deciding, Landing, deciding, landing
from site_builder.forecast.used import Used
from site_builder.insights.insights import Insights
from site_builder.journal.deal import Deal
from site_builder.journal.schema import Target
from tests.by_hand import LOST, OFFER, SCHEMA, TODAY, WON, day, deal, eur, journal, note


def opened(id: str, value: int | None, percent: int, currency: str = "EUR") -> Deal:
    """A deal with an own estimate."""
    worth = None if value is None else eur(value, currency)
    own = Decimal(percent) / 100
    return deal(id, OFFER, value=worth, probability=own, close=day("2026-12-01"))


DEALS = (opened("a", 100, 50), opened("b", 40, 80), opened("c", 10, 20), opened("sure", 5, 100))


def landed(*deals: Deal, target: int | None = 150) -> tuple[Landing, tuple[Deciding, ...]]:
    """By estimates that are independent, and as good as they say."""
    targets = (Target("2026-Q4", eur(target)),) if target is not None else ()
    insights = Insights(journal(*deals, schema=replace(SCHEMA, targets=targets)), TODAY)
    made = frame(insights)
    used = Used.of(made, insights)
    exact = {id: choice._replace(spread=0.0) for id, choice in used.choices.items()}
    used = used._replace(choices=exact)
    whole = landing(made.current, made, used)
    return whole, deciding(whole, made.current, made, used)


def cases(deals: tuple[Deal, ...]) -> list[tuple[float, float]]:
    """Each sum and how probable it is."""
    found = []
    for case in product((True, False), repeat=len(deals)):
        each = zip(deals, case, strict=True)
        chance = prod(
            float(p if won else 1 - p) for one, won in each if (p := one.probability) is not None
        )
        won = [one.value.amount for one, won in zip(deals, case, strict=True) if won and one.value]
        found.append((float(sum(won)), chance))
    return found


def reached(deals: tuple[Deal, ...], target: float) -> float:
    return sum(chance for sum_, chance in cases(deals) if sum_ >= target)


@pytest.fixture(autouse=True)
def _apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """The deals of one owner are taken as independent, as they are where every case is counted."""
    monkeypatch.setattr("site_builder.forecast.spread._OWNER", 0.0)


def test_its_range_and_the_chance_of_its_target_are_those_of_every_case() -> None:
    sold = deal("w", WON, (note("2026-10-05", "stage", stage=WON),), value=eur(45))
    found, _ = landed(*DEALS, sold)
    assert (found.won, found.target) == (Decimal(45), Decimal(150))
    assert found.expected == Decimal("89.00")  # 50 + 32 + 2 + 5
    assert found.chance == round(reached(DEALS, 105), 4)
    assert [str(one) for one in (found.low, found.middle, found.high)] == [
        "60.00",
        "100.00",
        "190.00",
    ]
    for sum_, part in ((found.low, 0.1), (found.middle, 0.5), (found.high, 0.9)):
        at_most = sum(chance for one, chance in cases(DEALS) if one + 45 <= sum_)
        below = sum(chance for one, chance in cases(DEALS) if one + 45 < sum_)
        assert below <= part <= at_most + 1e-9


def test_what_decides_is_what_moves_the_chance_most() -> None:
    found, decide = landed(*DEALS, target=100)
    assert [one.bringing.deal.id for one in decide] == ["a"]
    found, decide = landed(*DEALS, target=140)
    assert [one.bringing.deal.id for one in decide] == ["a", "b"]
    for one in decide:
        won = replace(one.bringing.deal, probability=Decimal(1))
        others = tuple(other for other in DEALS if other.id != won.id)
        assert one.if_won == round(reached((*others, won), 140), 4)
        assert one.if_lost == round(reached(others, 140), 4)
    assert found.chance == round(reached(DEALS, 140), 4)


def test_without_a_target_it_is_what_is_expected_that_moves() -> None:
    found, decide = landed(*DEALS, target=None)
    assert (found.target, found.chance) == (None, None)
    assert [one.bringing.deal.id for one in decide] == ["a", "b", "c"]
    first = decide[0]
    assert (first.if_won, first.if_lost) == (139.0, 39.0)


def test_among_many_deals_one_moves_the_sum_of_all() -> None:
    many = tuple(opened(f"d{n:02}", 10, 50) for n in range(60))
    large = opened("large", 100, 50)
    whole, decide = landed(*many, large, target=350)
    assert decide[0].bringing.deal.id == "large"
    assert whole.chance is not None
    assert decide[0].if_lost < whole.chance < decide[0].if_won
    _, few = landed(*many[:38], large, target=240)
    assert abs((few[0].if_won + few[0].if_lost) / 2 - 0.5) < 0.1


def test_what_has_no_rate_or_no_value_is_in_no_range() -> None:
    found, decide = landed(opened("a", 7, 50, "CHF"), opened("b", None, 50))
    assert not (found.low or found.high or found.expected or decide)


def now(*deals: Deal, target: int = 7) -> Period:
    """The figures of the current quarter."""
    schema = replace(SCHEMA, targets=(Target("2026-Q4", eur(target)),))
    found = forecast(Insights(journal(*deals, schema=schema), TODAY))
    return next(one for one in found.periods if one.period == "2026-Q4")


SOLD = deal("w", WON, (note("2026-10-05", "stage", stage=WON),), value=eur(7))
UNDATED = deal("u", OFFER, (note("2026-10-01", "stage", stage=OFFER),), value=eur(9))


@pytest.mark.parametrize(
    ("deals", "p10", "chance"),
    [
        ((UNDATED,), None, None),
        ((replace(UNDATED, close=day("2026-11-01")),), None, None),
        ((UNDATED, SOLD), None, 1.0),
        ((replace(UNDATED, close=day("2027-02-01")),), "0.00", 0.0),
        ((UNDATED, opened("a", 100, 50)), "0.00", 0.5),
        ((), "0.00", 0.0),
    ],
)
def test_no_range_says_that_what_is_open_is_certain(
    deals: tuple[Deal, ...], p10: str | None, chance: float | None
) -> None:
    found = now(*deals)
    assert (found.p10, found.chance) == (p10, chance)
    assert (found.p50 is None, found.wins is None) == (p10 is None, p10 is None)


@pytest.mark.parametrize("count", [9, 10])
def test_what_has_no_close_date_counts_once_enough_deals_have_ended(count: int) -> None:
    ends = [
        deal(f"e{n}", end, (note("2026-07-01", "stage", stage=OFFER),
                            note(f"2026-07-{n + 9:02}", "stage", stage=end)))
        for n, end in enumerate([WON, LOST] * 5)
    ][:count]  # fmt: skip
    assert now(UNDATED, deal("b", OFFER, value=eur(9)), *ends).unplaced == count - 9
    found = now(UNDATED, *ends)
    assert (found.p10, found.p90) == ((None, None) if count < 10 else ("0.00", "9.00"))
    assert (found.weighted.learned == "0.00") is (count < 10)
