"""Sums: converted where there is a rate, apart where there is none, never mixed."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from site_builder.insights.totals import Totals, add, convert, expected, total, weighted
from site_builder.journal.money import Money
from tests.by_hand import LEAD, SCHEMA, TALKS, TODAY, deal, eur

MONIES = st.lists(
    st.builds(
        Money,
        st.decimals(-(10**9), 10**9, places=2, allow_nan=False),
        st.sampled_from(["EUR", "USD", "CHF", "AUD"]),
    )
)


def test_a_rate_converts_and_the_rest_stands_apart_by_code() -> None:
    monies = [eur(5, "CHF"), eur(100), None, eur(10, "USD"), eur(3, "AUD"), eur(5, "CHF")]
    assert total(monies, SCHEMA, TODAY).lines == (eur("109.0"), eur(3, "AUD"), eur(10, "CHF"))


def test_only_currencies_that_were_summed_are_there() -> None:
    assert total([], SCHEMA, TODAY) == Totals()
    assert total([None], SCHEMA, TODAY) == Totals((), 0, 1)
    assert total([eur(3, "CHF")], SCHEMA, TODAY).lines == (eur(3, "CHF"),)
    assert total([eur(0)], SCHEMA, TODAY).lines == (eur(0),)


def test_in_currency() -> None:
    totals = total([eur(3, "CHF")], SCHEMA, TODAY)
    assert totals.in_currency("CHF") == 3
    assert totals.in_currency("EUR") == 0


def test_convert_leaves_what_has_no_rate() -> None:
    assert convert(eur(10, "USD"), SCHEMA, TODAY) == eur("9.0")
    assert convert(eur(10, "CHF"), SCHEMA, TODAY) == eur(10, "CHF")


def test_weighted_is_exact() -> None:
    assert weighted(eur("0.10"), Decimal("0.1")) == eur("0.010")


def test_what_is_weighted_by_nothing_or_is_nothing_is_no_money() -> None:
    assert weighted(None, Decimal("0.1")) is None
    assert weighted(eur(5), None) is None
    assert weighted(eur(5), Decimal(0)) == eur(0)


def test_expected_is_the_value_by_the_own_estimate_or_else_the_stages_probability() -> None:
    assert expected(deal(stage=LEAD, value=eur(100))) == eur(10)
    assert expected(deal(stage=LEAD, value=eur(100), probability=Decimal("0.5"))) == eur(50)
    assert expected(deal(stage=LEAD, value=eur(100), probability=Decimal(0))) == eur(0)
    assert expected(deal(stage=LEAD)) is None
    assert expected(deal(stage=TALKS, value=eur(100))) is None


@given(MONIES, MONIES)
def test_sums_of_parts_add_up_to_the_whole(one: list[Money], other: list[Money]) -> None:
    parts = [total(one, SCHEMA, TODAY), total(other, SCHEMA, TODAY)]
    assert (
        add(parts, SCHEMA) == total(one + other, SCHEMA, TODAY) == total(other + one, SCHEMA, TODAY)
    )
