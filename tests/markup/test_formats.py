from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.journal.money import Money
from site_builder.markup import formats
from site_builder.problems import counting

NARROW = counting.NARROW


def of(amount: str, currency: str = "EUR") -> Money:
    return Money(Decimal(amount), currency)


@pytest.mark.parametrize(
    ("money", "text"),
    [
        (of("48000"), "€48 000"), (of("48000.5"), "€48 000.50"), (of("1.234", "KWD"), "1.234 KWD"),
        (of("-12"), "\N{MINUS SIGN}€12"), (of("12", "CHF"), "12 CHF"), (of("1234", "XXX"), "1 234"),
    ],
)  # fmt: skip
def test_money_is_exact(money: Money, text: str) -> None:
    assert formats.money(money) == text.replace(" ", NARROW)


@pytest.mark.parametrize(
    "kept",
    ["1 473 days", "24 hours", "0.42 ± 0.17", "17 of 19", "−20 to 31", "5 Jun 2026", "5 Jun"],
)
def test_a_figure_is_not_broken_and_words_around_it_are(kept: str) -> None:
    figure = kept.replace("1 4", f"1{NARROW}4")
    held = figure.replace(" ", "\N{NO-BREAK SPACE}")
    assert formats.unbroken(f"for {figure}, or 12 deals") == f"for {held}, or 12 deals"


@pytest.mark.parametrize("part", ["1.", f"1{NARROW}", "1 of 1 "])
def test_no_text_takes_long_to_be_kept_together(part: str) -> None:
    start = time.process_time()
    formats.unbroken(part * 30_000)
    assert time.process_time() - start < 2


@given(st.integers(-(10**14), 10**14), st.integers(0, 5))
def test_a_whole_amount_reads_the_same_however_it_is_written(amount: int, places: int) -> None:
    written = Money(Decimal(amount).quantize(Decimal(1).scaleb(-places)), "EUR")
    sign = "\N{MINUS SIGN}" if amount < 0 else ""
    digits = f"{abs(Decimal(amount)):,f}".replace(",", NARROW)
    assert formats.money(written) == formats.rounded(written) == f"{sign}€{digits}"


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0", "€0"), ("999", "€999"), ("999.4", "€999"), ("999.6", "€1k"), ("1250", "€1.25k"), ("96400", "€96.4k"),
        ("412345", "€412k"), ("999600", "€1m"), ("1250000", "€1.25m"), ("2000000000", "€2bn"),
    ],
)  # fmt: skip
def test_compact_money_has_about_three_digits(amount: str, text: str) -> None:
    assert formats.compact(of(amount)) == text


@pytest.mark.parametrize("amount", ["-0.4", "-0.004", "-0.0"])
def test_what_is_rounded_to_nothing_has_no_sign(amount: str) -> None:
    assert formats.rounded(of(amount)) == formats.compact(of(amount)) == "€0"


def test_less_than_nothing_keeps_its_sign() -> None:
    assert formats.rounded(of("-0.5")) == formats.compact(of("-0.5")) == "\N{MINUS SIGN}€1"
    assert formats.money(of("-0.004")) == "\N{MINUS SIGN}€0.004"


@pytest.mark.parametrize("write", [formats.rounded, formats.money])
def test_amounts_of_many_digits_are_written_out(write: Callable[[Money], str]) -> None:
    most = Decimal(999_999_999_999_999)
    amount = most * most
    assert write(Money(amount, "EUR")) == f"€{int(amount):,}".replace(",", NARROW)


@pytest.mark.parametrize(
    ("fraction", "text"), [("0.55", "55%"), ("0.125", "12.5%"), ("1", "100%"), ("0", "0%")]
)
def test_percents(fraction: str, text: str) -> None:
    assert (
        formats.percent(Decimal(fraction)) == formats.percent_or_nothing(Decimal(fraction)) == text
    )


def test_no_percentage_is_no_text_and_zero_is_one() -> None:
    assert formats.percent_or_nothing(None) == ""
    assert formats.percent_or_nothing(Decimal(0)) == "0%"


@pytest.mark.parametrize(
    ("hours", "text"),
    [(36, "36h"), (24, "1d"), (14 * 24, "2w"), (15 * 24, "15d"), (180 * 24, "6m"), (0, "0d")],
)
def test_durations_read_as_they_are_written(hours: int, text: str) -> None:
    assert formats.duration(dt.timedelta(hours=hours)) == text


def test_dates_and_counts() -> None:
    day = dt.date(2026, 10, 24)
    assert (formats.short_day(day), formats.weekday(day), formats.month(day)) == (
        "24 Oct 2026", "Sat 24 Oct", "Oct 2026")  # fmt: skip
    assert counting.count(1, "deal") == "1 deal"
    assert counting.count(1200, "deal") == f"1{NARROW}200 deals"
    assert formats.days(1) == "1 day"


@pytest.mark.parametrize(("hours", "text"), [(36, "36h"), (24, "1 day"), (14 * 24, "14 days")])
def test_a_length_of_whole_days_is_told_in_days(hours: int, text: str) -> None:
    assert formats.length(dt.timedelta(hours=hours)) == text


def test_equal_shares_read_alike_whichever_comes_first() -> None:
    zero, below = Decimal(0), Decimal("-0")
    assert formats.percent(below) == formats.percent(zero) == "0%"
    assert formats.percent(Decimal("-0.0001")) == "0%"


def test_names_from_right_to_left_are_set_apart_in_sentences() -> None:
    assert formats.isolated("Price (3)") == "Price (3)"
    assert formats.isolated("מחיר (3)") == "\u2068מחיר (3)\u2069"
