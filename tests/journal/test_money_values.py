from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.journal import money_values
from site_builder.journal.money import Money
from site_builder.journal.values import Bad


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("48000", "48000", "EUR"), ("48 000", "48000", "EUR"), ("48_000.50", "48000.50", "EUR"),
        ("48000 USD", "48000", "USD"), ("USD 48000", "48000", "USD"), ("GBP48 000", "48000", "GBP"),
        ("1 234 567.89 CHF", "1234567.89", "CHF"), ("0", "0", "EUR"), ("48\u202f000", "48000", "EUR"),
    ],
)  # fmt: skip
def test_money(text: str, amount: str, currency: str) -> None:
    assert money_values.money(text, "EUR") == Money(Decimal(amount), currency)


@given(st.from_regex(r"\A[0-9]{1,16}\Z") | st.text("0123456789٤²", max_size=4))
def test_plain_digits_are_read_as_any_amount(text: str) -> None:
    plain, coded = money_values.money(text, "EUR"), money_values.money(f"{text} EUR", "EUR")
    assert isinstance(plain, Bad) if isinstance(coded, Bad) else plain == coded


@pytest.mark.parametrize(
    ("text", "help"),
    [
        ("48,000", "`48000`"), ("48000 euro", "Write `48000 EUR`."), ("€48000", "`48000 EUR`"), ("$ 5,000", "`5000 USD`"), ("€€5", "like"), ("5 £ $", "like"), ("25.000.000", "`25000000`"), ("48000 usd", "Write `48000 USD`."),
        ("48000 yen", "Write `48000 JPY`."), ("25.000 usd", "Write `25000 USD`, or `25 USD` if"),
        ("48000 QQQ", "ISO 4217"), ("4 80 00", "like"), ("1e5", "like"), ("USD 5 EUR", "like"), ("NaN", "like"),
        ("٤٨", "like"), ("1" * 40, "15 digits"),
        ("USD 1 000 000 000 000 000 000", "15 digits"), ("4,0,0", "like"), ("48,000 usd", "Write `48000 USD`."),
    ],
)  # fmt: skip
def test_bad_money(text: str, help: str) -> None:
    bad = money_values.money(text, "EUR")
    assert isinstance(bad, Bad)
    assert help in bad.help


@pytest.mark.parametrize(
    ("text", "help"),
    [
        ("48,5", "Write `48.5`."), ("4,0", "Write `4.0`."), ("12,345.67", "Write `12345.67`."),
        ("1,000,000", "Write `1000000`."), ("1.234,56 USD", "Write `1234.56 USD`."),
        ("25,000", "Write `25000`."), ("25.000,50", "Write `25000.50`."), ("25 000,50", "Write `25000.50`."),
        ("€25.000", "Write `25000 EUR`, or `25 EUR` if the point is a decimal point."),
    ],
)  # fmt: skip
def test_commas_are_replaced_by_what_is_an_amount(text: str, help: str) -> None:
    bad = money_values.money(text, "EUR")
    assert isinstance(bad, Bad)
    assert bad.help == help


@given(st.integers(1, 10**8), st.sampled_from(["{:,}", "{:,}.50", "{:,} USD", "€{:,}"]))
def test_no_help_offers_what_can_be_misread(amount: int, form: str) -> None:
    english = form.format(amount)
    for text in (english, english.translate({ord(","): ".", ord("."): ","})):
        bad = money_values.money(text, "EUR")
        if isinstance(bad, Bad):
            assert not re.search(r"\.[0-9]{3}(?![0-9])", bad.help), (text, bad.help)


@pytest.mark.parametrize(
    ("text", "help"),
    [
        ("25.000", "Write `25000`, or `25` if"), ("USD 25.000", "Write `USD 25000`, or `USD 25` if"),
        ("1.234", "Write `1234`, or `1.2340` if"), ("-12.340", "Write `-12340`, or `-12.34` if"),
    ],
)  # fmt: skip
def test_an_amount_that_could_be_read_in_two_ways(text: str, help: str) -> None:
    money = money_values.money(text, "EUR")
    assert isinstance(money, Money)
    assert money_values.either_way(text, money).startswith(help)


@pytest.mark.parametrize("text", ["25.00", "KWD 25.000", "1234.567", "1 234.567", "0.567", "25000"])
def test_a_clear_amount(text: str) -> None:
    money = money_values.money(text, "EUR")
    assert isinstance(money, Money)
    assert money_values.either_way(text, money) == ""


def test_no_amount_has_a_sign_of_zero() -> None:
    assert money_values.money("-0", "EUR") == money_values.money("0", "EUR")
    assert "-" not in str(money_values.money("-0.0 USD", "EUR"))
