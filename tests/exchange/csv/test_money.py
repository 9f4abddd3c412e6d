from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.exchange.csv.money import column_currency, currencies, money
from site_builder.exchange.csv.numbers import CONVENTIONS, Fault, Rounded
from site_builder.journal.money import Money
from site_builder.journal.money_values import money as read_money


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
        (" $ 1,250.00 ", "USD", "EUR", "1250 USD"),
        (" $ (1,250.00)", "USD", "EUR", "-1250 USD"),
        (" $ -   ", "USD", "EUR", "0 USD"),
        ("-   €", "", "EUR", "0"),
        ("(1,250.00) USD", "", "EUR", "-1250 USD"),
        ("USD (1,250.00)", "", "EUR", "-1250 USD"),
        ("($5)", "USD", "EUR", "-5 USD"),
        ("$-5", "USD", "EUR", "-5 USD"),
        ("5 USD-", "", "EUR", "-5 USD"),
        ("Rs. 1,00,000", "", "INR", "100000"),
        ("Rs 1,00,000", "PKR", "EUR", "100000 PKR"),
        ("1,00,000/-", "", "INR", "100000"),
        ("KES 5/=", "", "EUR", "5 KES"),
        ("5.-", "", "CHF", "5"),
        ("CHF 5000.--", "", "EUR", "5000 CHF"),
        ("5:-", "SEK", "EUR", "5 SEK"),
        ("10k", "", "EUR", "10000"),
        ("$10K", "USD", "USD", "10000"),
        ("10 k€", "", "EUR", "10000"),
        ("1.5M", "", "EUR", "1500000"),
        ("10 kr", "SEK", "EUR", "10 SEK"),
        ("10 KR", "SEK", "EUR", "10 SEK"),
        ("10 kkr", "SEK", "EUR", "10000 SEK"),
        ("1.5E+6", "", "EUR", "1500000"),
        ("5 usd", "", "EUR", "5 USD"),
        ("US$ 5", "", "EUR", "5 USD"),
        ("$5.00 USD", "", "EUR", "5 USD"),
        ("5\u00a0\u200e€", "", "EUR", "5"),
        ("5000 CHF", "USD", "EUR", "5000 CHF"),
        ("CHF 5000.--", "USD", "USD", "5000 CHF"),
        ("5000 eur", "USD", "USD", "5000 EUR"),
        ("5000 EUR", "USD", "EUR", "5000"),
        ("€ 5000", "USD", "USD", "5000 EUR"),
        ("£ -", "USD", "USD", "0 GBP"),
        ("$5 CAD", "USD", "USD", "5 CAD"),
    ],
)
def test_reads_money(text: str, stated: str, home: str, written: str) -> None:
    assert money(text, "1,234.56", stated, home) == written


def test_a_convention_holds_with_no_cents() -> None:
    assert money("12'000.-", "1'234.56", "", "EUR") == "12000"
    assert money("CHF 5'000.--", "1'234.56", "", "EUR") == "5000 CHF"
    assert money("€ 1.234,-", "1.234,56", "", "EUR") == "1234"
    assert money("5,-", "", "", "EUR") == "5"


@pytest.mark.parametrize(
    ("text", "stated", "home"),
    [("$5", "", "EUR"), ("$5", "EUR", "EUR"), ("kr 5", "USD", "USD"), ("¥ 5", "USD", "JPY"), ("5 apples", "", "EUR"),
     ("(5", "", "EUR"), ("5)", "", "EUR"), ("kr 5", "", "EUR"), ("EUR 5 USD", "", "EUR"),
     ("", "", "EUR"), ("Rs 5", "", "EUR"), ("-", "", "EUR"), ("$", "", "USD"), ("EUR", "", "EUR"),
     ("5 XYZ", "", "EUR"), ("5 - 7 EUR", "", "EUR"), ("CHF -.-", "", "EUR"), ("5 cr", "", "INR"),
     ("٣", "", "EUR"), ("5 EUR\x1f", "", "EUR"), ("1E+30", "", "EUR")],
)  # fmt: skip
def test_refuses_money_in_doubt(text: str, stated: str, home: str) -> None:
    assert isinstance(money(text, "", stated, home), Fault)


@pytest.mark.parametrize("text", ["€5", "5 EUR", "kr 5"])
def test_refuses_what_contradicts_the_currency_of_its_row(text: str) -> None:
    fault = money(text, "", "USD", "EUR", by_column=True)
    assert isinstance(fault, Fault)
    assert fault.message.endswith("is not clear: its currency column says USD.")
    assert fault.help == "Mend the cell, or that of the currency column."
    assert money("$5 USD", "", "USD", "EUR", by_column=True) == "5 USD"


def test_a_dash_alone_asks_what_it_means() -> None:
    fault = money("-", "1,234.56", "", "EUR")
    assert isinstance(fault, Fault)
    assert fault.message == "`-` may be nothing or 0."
    assert '`blank: ["-"]`' in fault.help
    assert '`{column: COLUMN, values: {"-": 0}}`' in fault.help


def test_amounts_are_rounded_to_six_decimals() -> None:
    assert money("0.1234564", "", "", "EUR") == Rounded("0.123456")
    assert money("5.1234565 USD", "", "", "EUR") == Rounded("5.123456 USD")
    assert money("5.123456", "", "", "EUR") == "5.123456"
    assert money("1", "", "", "EUR", Decimal(3)) == Rounded("0.333333")
    assert money("1500000", "", "", "EUR", Decimal(1000000)) == "1.5"


@pytest.mark.parametrize(
    ("word", "codes"),
    [("usd", ("USD",)), ("Usd", ("USD",)), ("US$", ("USD",)), ("€", ("EUR",)), ("Euro", ("EUR",)),
     ("Fr.", ("CHF",)), ("kr.", ("SEK", "NOK", "DKK", "ISK")), ("XYZ", ()), ("", ()), ("ſek", ())],
)  # fmt: skip
def test_a_word_means_a_currency_in_any_case(word: str, codes: tuple[str, ...]) -> None:
    assert currencies(word) == codes


def test_a_currency_column_takes_signs_that_are_clear() -> None:
    assert column_currency("usd", "Currency", ("", "EUR")) == "USD"
    assert column_currency("$", "Currency", ("CAD", "EUR")) == "CAD"
    assert column_currency("$", "Currency", ("", "USD")) == "USD"
    fault = column_currency("$", "Cur: x", ("", "EUR"))
    assert isinstance(fault, Fault)
    assert fault.message.startswith("`$` may be any of USD, AUD, CAD")
    assert fault.help.endswith('`replace: {"Cur: x": {$: CODE}}`, `CODE` being its ISO 4217 code.')
    unknown = column_currency("gold", "Currency", ("", "EUR"))
    assert isinstance(unknown, Fault)
    assert unknown.message == "`gold` is not a currency code."


@pytest.mark.parametrize(
    ("text", "code"),
    [("gold", "CODE"), ("kr", "CODE"), ("dollars", "CODE"), ("USD$", "USD"), ("Euro (EUR)", "EUR"),
     ("EUR/USD", "CODE"), ("not all", "CODE"), ("EUROS!", "CODE")],
)  # fmt: skip
def test_no_currency_is_guessed_for_what_is_none(text: str, code: str) -> None:
    fault = column_currency(text, "Cur", ("", "INR"))
    assert isinstance(fault, Fault)
    assert f": {code}}}}}`" in fault.help


def test_words_for_dollars_and_yen_are_currencies() -> None:
    assert column_currency("dollars", "Cur", ("", "USD")) == "USD"
    assert column_currency("US dollar", "Cur", ("", "EUR")) == "USD"
    assert money("5 dollars", "", "CAD", "EUR") == "5 CAD"
    assert money("5 yen", "", "", "EUR") == "5 JPY"
    assert money("5 thousand", "", "", "EUR") == "5000"
    assert money("1.5 million USD", "", "", "EUR") == "1500000 USD"


@pytest.mark.parametrize(
    ("text", "codes"), [("C$5", "CAD or NIO"), ("Rs. 1,00,000", "INR or PKR or LKR")]
)
def test_a_sign_of_other_currencies_does_not_change_the_maps(text: str, codes: str) -> None:
    fault = money(text, "1,234.56", "USD", "EUR")
    assert isinstance(fault, Fault)
    assert fault.message.endswith("is not clear: the map states USD.")
    assert f"the code that it means, {codes}" in fault.help
    assert "currency:" not in fault.help


@pytest.mark.parametrize(
    ("text", "what", "help"),
    [
        ("5%", "`%` makes it a part of a whole, not an amount", "take another column"),
        ("5mm", "`mm` beside the number is not a currency.", "`k`, `m` or `bn` for thousands"),
        ("5 apples", "`apples` beside the number is not a currency.", "an ISO 4217 code"),
        ("1_000", "`1_000` is not a number as in `1,234.56`.", "`numbers: 1 234.56`."),
        ("1_000 EUR", "`1_000 EUR` is not a number as in `1,234.56`.", "Mend the cell"),
    ],
)
def test_what_is_no_money_is_told_as_it_is_written(text: str, what: str, help: str) -> None:
    fault = money(text, "1,234.56", "", "EUR")
    assert isinstance(fault, Fault)
    assert what in fault.message
    assert help in fault.help


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


@given(st.text("0123456789.,'()-+ $€kKmMeE", max_size=14), st.sampled_from(["", *CONVENTIONS]))
@settings(deadline=None)
def test_what_is_read_is_money_of_a_journal(text: str, convention: str) -> None:
    made = money(text, convention, "USD", "USD")
    if not isinstance(made, Fault):
        written = made.text if isinstance(made, Rounded) else made
        assert isinstance(read_money(written, "USD"), Money)
