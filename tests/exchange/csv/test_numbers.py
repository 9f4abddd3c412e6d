from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.exchange.csv.numbers import (
    CONVENTIONS,
    Fault,
    Rounded,
    kept,
    number,
    percent,
    shown,
)


@pytest.mark.parametrize(
    ("text", "convention", "value"),
    [
        ("1,234,567.89", "1,234.56", "1234567.89"),
        ("12,34,567", "1,234.56", "1234567"),
        ("1.234.567,89", "1.234,56", "1234567.89"),
        ("1 234,5", "1 234,56", "1234.5"),
        ("1\u202f234,5", "1 234,56", "1234.5"),
        ("1'234.50", "1'234.56", "1234.50"),
        ("1234,56", "1234,56", "1234.56"),
        ("-5", "", "-5"),
        ("1100.04", "", "1100.04"),
        ("1 234", "", "1234"),
        ("(1,234)", "1,234.56", "-1234"),
        ("5-", "", "-5"),
        ("\N{MINUS SIGN}5", "", "-5"),
        ("1.5E+6", "", "1500000"),
        ("2,5e-1", "1.234,56", "0.25"),
        ("10k", "", "10000"),
        ("1,5 Mio.", "1.234,56", "1500000"),
        ("2 crore", "", "20000000"),
        ("12'000.-", "1'234.56", "12000"),
        ("1,00,000/-", "1,234.56", "100000"),
    ],
)
def test_reads_numbers_by_convention(text: str, convention: str, value: str) -> None:
    assert number(text, convention) == Decimal(value)


@pytest.mark.parametrize("text", ["1,234", "1.234", "1.234.567", "1,5"])
def test_refuses_what_can_be_read_in_two_ways(text: str) -> None:
    fault = number(text, "")
    assert isinstance(fault, Fault)
    assert fault.code == "ambiguous-number"


@pytest.mark.parametrize(
    ("text", "convention"),
    [
        ("1,23", "1,234.56"),
        ("1.234,56", "1,234.56"),
        ("1,234.56", "1.234,56"),
        ("5,-", "1,234.56"),
        ("abc", ""),
        ("", ""),
        ("-", ""),
        ("5.", ""),
        ("10-20", ""),
        ("((5))", ""),
        ("-(5)", ""),
        ("5 kg", ""),
        ("٣", ""),
        ("5\x1f", ""),
        ("1E+15", ""),
        ("1" * 81, ""),
    ],
)
def test_refuses_what_does_not_fit_the_convention(text: str, convention: str) -> None:
    assert isinstance(number(text, convention), Fault)


def test_percentages_need_a_convention_up_to_one() -> None:
    assert percent("10", "", "") == "10%"
    assert percent("0", "", "") == "0%"
    assert percent("0.5%", "", "") == "0.5%"
    assert isinstance(percent("1", "", ""), Fault)
    assert isinstance(percent("0.55", "", ""), Fault)
    assert percent("1", "", "whole") == "1%"
    assert percent("0.55", "", "fraction") == "55%"
    assert isinstance(percent("101", "", "whole"), Fault)


def test_a_number_that_fits_another_convention_names_it() -> None:
    fault = number("1.234,56", "1,234.56")
    assert isinstance(fault, Fault)
    assert fault.help.endswith("say in the map how numbers are written: `numbers: 1.234,56`.")
    other = number("5 kg", "")
    assert isinstance(other, Fault)
    assert "otherwise: leave-out" in other.help


def test_more_decimals_than_are_kept_are_rounded() -> None:
    assert kept(Decimal("1.123456789")) == "1.123456789"
    assert kept(Decimal("1.1234567891")) == Rounded("1.123456789")
    assert kept(Decimal("-0.00000000001")) == Rounded("0")
    assert percent("33.3333333333%", "", "") == Rounded("33.333333333%")
    assert percent("0.300000000000004", "", "fraction") == Rounded("30%")
    assert percent("33.333333333%", "", "") == "33.333333333%"


def test_messages_show_one_short_line() -> None:
    assert shown("a\n `b`") == "a 'b'"
    assert len(shown("x" * 500)) == 60


@given(st.text(max_size=20), st.sampled_from(["", *CONVENTIONS]))
@settings(deadline=None)
def test_nothing_crashes_it(text: str, convention: str) -> None:
    number(text, convention)
    percent(text, convention, "")
