from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.exchange.numbers import CONVENTIONS, Fault, money, number, percent, shown
from site_builder.model import Money
from site_builder.values import money as read_money


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
        ("abc", ""),
        ("", ""),
    ],
)
def test_refuses_what_does_not_fit_the_convention(text: str, convention: str) -> None:
    assert isinstance(number(text, convention), Fault)


@pytest.mark.parametrize(
    ("text", "stated", "home", "written"),
    [
        ("$22,700.00", "USD", "EUR", "22700 USD"),
        ("$22,700.00", "", "USD", "22700"),
        ("€ 5", "", "EUR", "5"),
        ("5 €", "", "USD", "5 EUR"),
        ("£5.50", "", "EUR", "5.5 GBP"),
        ("CHF 1,000", "", "EUR", "1000 CHF"),
        ("(1,000)", "", "EUR", "-1000"),
        ("-$5", "USD", "USD", "-5"),
        ("5-", "", "EUR", "-5"),
        ("5", "USD", "EUR", "5 USD"),
        ("kr 5", "SEK", "EUR", "5 SEK"),
        ("R$5", "", "EUR", "5 BRL"),
    ],
)
def test_reads_money(text: str, stated: str, home: str, written: str) -> None:
    assert money(text, "1,234.56", stated, home) == written


@pytest.mark.parametrize(
    ("text", "stated", "home"),
    [("$5", "", "EUR"), ("$5", "EUR", "EUR"), ("€5", "USD", "USD"), ("5 apples", "", "EUR"),
     ("(5", "", "EUR"), ("kr 5", "", "EUR"), ("EUR 5 USD", "", "EUR"), ("", "", "EUR")],
)  # fmt: skip
def test_refuses_money_in_doubt(text: str, stated: str, home: str) -> None:
    assert isinstance(money(text, "", stated, home), Fault)


def test_percentages_need_a_convention_up_to_one() -> None:
    assert percent("10", "", "") == "10%"
    assert percent("0", "", "") == "0%"
    assert percent("0.5%", "", "") == "0.5%"
    assert isinstance(percent("1", "", ""), Fault)
    assert isinstance(percent("0.55", "", ""), Fault)
    assert percent("1", "", "whole") == "1%"
    assert percent("0.55", "", "fraction") == "55%"
    assert isinstance(percent("101", "", "whole"), Fault)


def test_messages_show_one_short_line() -> None:
    assert shown("a\n `b`") == "a 'b'"
    assert len(shown("x" * 500)) == 60


@given(
    st.decimals(-(10**9), 10**9, places=2),
    st.sampled_from([c for c in CONVENTIONS if c != "1234.56"]),
)
@settings(deadline=None)
def test_money_reads_back_as_it_was(amount: Decimal, convention: str) -> None:
    thousands, point = CONVENTIONS[convention]
    text = f"{amount:,.2f}".replace(",", "T").replace(".", point).replace("T", thousands)
    written = money(text, convention, "EUR", "EUR")
    assert isinstance(written, str)
    assert read_money(written, "EUR") == Money(amount, "EUR")


@given(st.text(max_size=20), st.sampled_from(["", *CONVENTIONS]))
@settings(deadline=None)
def test_nothing_crashes_it(text: str, convention: str) -> None:
    money(text, convention, "", "EUR")
    percent(text, convention, "")
