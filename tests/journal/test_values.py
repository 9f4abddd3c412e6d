from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from site_builder.journal import money_values, values
from site_builder.journal.values import Bad


@pytest.mark.parametrize(
    ("text", "fraction"),
    [("55%", "0.55"), ("0.55", "0.55"), ("0", "0"), ("1", "1"), ("100%", "1"), ("12.5 %", "0.125")],
)
def test_percent(text: str, fraction: str) -> None:
    assert values.percent(text) == Decimal(fraction)


@pytest.mark.parametrize(
    ("text", "help"), [("55", "Write `55%`"), ("101%", "like"), ("-5%", "like"), ("half", "like")]
)
def test_bad_percent(text: str, help: str) -> None:
    bad = values.percent(text)
    assert isinstance(bad, Bad)
    assert help in bad.help


def test_what_is_too_large_is_called_so() -> None:
    for bad in (
        values.number("1" * 16),
        values.duration("1217m"),
        values.duration("9" * 5000 + "h"),
    ):
        assert isinstance(bad, Bad)
        assert "too large" in bad.message or "longer than" in bad.message
    assert values.duration("1216m") == dt.timedelta(36_480)


def test_dates_are_days_that_exist() -> None:
    assert values.date("2028-02-29") == dt.date(2028, 2, 29)
    for text, help in [
        ("2026-02-30", "`2026-02-28`"),
        ("2026-2-3", "`2026-02-03`"),
        ("2026/02/03", "`2026-02-03`"),
        ("2026-13-01", "year-month-day"),
        ("0000-01-01", "year-month-day"),
        ("0000-02-30", "year-month-day"),
        ("24.10.2026", "`2026-10-24`"),
        ("15/12/2026", "`2026-12-15`"),
        ("11.11.2026", "`2026-11-11`"),
        ("9.11.2026", "Write `2026-11-09` or `2026-09-11`."),
        ("2026/13/40", "year-month-day"),
    ]:
        bad = values.date(text)
        assert isinstance(bad, Bad), text
        assert help in bad.help


@pytest.mark.parametrize(
    ("text", "days"), [("36h", 1.5), ("14d", 14), ("2w", 14), ("6m", 180), ("0d", 0)]
)
def test_durations(text: str, days: float) -> None:
    assert values.duration(text) == dt.timedelta(days=days)


@pytest.mark.parametrize("text", ["6", "2 w", "1y", "-3d", "1.5d"])
def test_bad_durations(text: str) -> None:
    assert isinstance(values.duration(text), Bad)


def test_yes_and_no() -> None:
    assert [values.yes_no(t) for t in ("yes", "no", "true", "false")] == [True, False, True, False]
    assert isinstance(values.yes_no("maybe"), Bad)


@pytest.mark.parametrize(
    "text", ["https://a.example/x?y#z", "http://a", "mailto:a@b.example", "tel:+44-20"]
)
def test_urls(text: str) -> None:
    assert values.url(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "ftp://a.example",
        "www.a.example",
        "//a.example",
        "https://",
        "https://a b",
    ],
)
def test_bad_urls(text: str) -> None:
    assert isinstance(values.url(text), Bad)


def test_a_web_address_without_its_scheme_is_completed() -> None:
    bad = values.url("www.acme.example/team")
    assert isinstance(bad, Bad)
    assert "`https://www.acme.example/team`" in bad.help
    bad = values.url("http://a.example, http://b.example")
    assert isinstance(bad, Bad) and bad.help == "Write one of the addresses alone."


def test_email_and_phone() -> None:
    assert values.email("jane.roe@acme.example") == "jane.roe@acme.example"
    assert isinstance(values.email("jane@acme"), Bad)
    assert isinstance(values.email("a b@acme.example"), Bad)
    for text in ("+44 20 7946 0000", "(512) 757-6000", "886-2-25474189", "020 7946 0000 ext. 12"):
        assert values.phone(text) == text
    assert isinstance(values.phone("call me"), Bad)


@given(st.text(max_size=60))
def test_no_text_crashes_a_value(text: str) -> None:
    for read in (
        values.number,
        values.percent,
        values.date,
        values.time,
        values.duration,
        values.yes_no,
        values.url,
        values.email,
        values.phone,
    ):
        read(text)
    money_values.money(text, "EUR")


def test_zero_has_no_sign() -> None:
    assert str(values.number("-0")) == "0"
    assert str(values.percent("-0%")) == "0"
    assert str(values.percent("-0.00")) == "0.00"


WRITTEN: dict[Callable[[str], object], dict[str, str]] = {
    values.date: {
        "24.10.2026": "Write `2026-10-24`.",
        "10/24/2026": "Write `2026-10-24`.",
        "4/10/2026": "Write `2026-10-04` or `2026-04-10`.",
        "4.4.2026": "Write `2026-04-04`.",
        "24 Oct 2026": "Write `2026-10-24`.",
        "October 24th, 2026": "Write `2026-10-24`.",
        "24th of October 2026": "Write `2026-10-24`.",
        "Sept 1 2026": "Write `2026-09-01`.",
        "24-Oct-2026": "Write `2026-10-24`.",
        "2026 Oct 24": "Write `2026-10-24`.",
        "Sat, 24 Oct 2026": "Write `2026-10-24`.",
        "2026-10-24T10:00:00Z": "Write `2026-10-24`.",
        "2026-10-24 10:00": "Write `2026-10-24`.",
        "20261024": "Write `2026-10-24`.",
        "2026\u201110\u201124": "Write `2026-10-24`.",
        "2026\u201310\u201324.": "Write `2026-10-24`.",
        "2026-10": "Write a date as year-month-day, such as its last: `2026-10-31`.",
        "02/2027": "Write a date as year-month-day, such as its last: `2027-02-28`.",
        "Q4 2026": "Write a date as year-month-day, such as its last: `2026-12-31`.",
        "2026-Q3": "Write a date as year-month-day, such as its last: `2026-09-30`.",
        "TBD": "Leave it empty until it is known.",
        "tomorrow": "Write a date as year-month-day: `2026-10-24`.",
        "26-10-24": "Write `2026-10-24` or `2024-10-26`.",
        "1/12/26": "Write `2026-12-01` or `2026-01-12`.",
        "1.2.3": "Write a date as year-month-day: `2026-10-24`.",
        "24 Oct": "Write a date as year-month-day: `2026-10-24`.",
        "31.11.2026": "Write a date as year-month-day: `2026-10-24`.",
        "on Monday, 2 February 2026": "Write `2026-02-02`.",
        "lundi 2 février 2026": "Write `2026-02-02`.",
        "31 Foo 2026": "Write a date as year-month-day: `2026-10-24`.",
        "31 Mai 2026": "Write `2026-05-31`.",
    },
    (lambda text: money_values.money(text, "EUR")): {
        "48k": "Write `48000`.",
        "48.5k": "Write `48500`.",
        "1,2m EUR": "Write `1200000 EUR`.",
        "₹48k": "Write `48000 INR`.",
        "₩48 000": "Write `48 000 KRW`.",
        "48 000 ₪": "Write `48 000 ILS`.",
        "48 thousand": "Write `48000`.",
        "48'000.-": "Write `48000`.",
        "48000,-": "Write `48000`.",
        "48000 Euros": "Write `48000 EUR`.",
        "about 48,000": "Write `48000`.",
        "~48000": "Write `48000`.",
        "ca. 25.000": "Write `25000`, or `25` if the point is a decimal point.",
        "48000-50000": "Write one amount: `48000` or `50000`.",
        "48000 eur": "Write `48000 EUR`.",
        "n/a": "Leave it empty until it is known.",
        "a lot": "Write it like `48000`, `48 000` or `48000 USD`.",
    },
    values.percent: {
        "50 percent": "Write `50%`.",
        "50 per cent": "Write `50%`.",
        "0,5": "Write `0.5`.",
        "50,5%": "Write `50.5%`.",
        ".5": "Write `0.5`.",
        "~50%": "Write `50%`.",
        "?": "Leave it empty until it is known.",
        "high": "Write it like `55%` or `0.55`.",
        ",": "Write it like `55%` or `0.55`.",
        "\u22125%": "Write it like `55%` or `0.55`.",
    },
    values.interval: {"0d": "Write how often, as in `30d`.", "monthly": "Write `1m`."},
    values.number: {
        "1,5": "Write `1.5`.",
        "1 500": "Write `1500`.",
        "1,500,000": "Write `1500000`.",
        "+3": "Write `3`.",
        "\u22125": "Write `-5`.",
        ",": "Write it like `12` or `-3.5`.",
        "12 sites": "Write it like `12` or `-3.5`.",
    },
    values.duration: {
        "14 days": "Write `14d`.",
        "3 Weeks": "Write `3w`.",
        "a month": "Write `1m`.",
        "2 years": "Write `24m`.",
        "14 D": "Write `14d`.",
        "14": "Write `14d`.",
        "weekly": "Write `1w`.",
        "P14D": "Write `14d`.",
        "soon": "Write a number and a unit: `36h`, `14d`, `2w` or `6m`.",
    },
    values.yes_no: {
        "y": "Write `yes`.",
        "X": "Write `yes`.",
        "on": "Write `yes`.",
        "1": "Write `yes`.",
        "Yes.": "Write `yes`.",
        "nope": "Write `no`.",
        "0": "Write `no`.",
        "off": "Write `no`.",
        "maybe": "Write `yes` or `no`.",
        "n/a": "Leave it empty until it is known.",
    },
    values.email: {
        "Jane Roe <jane@acme.example>": "Write `jane@acme.example`.",
        "mailto:jane@acme.example": "Write `jane@acme.example`.",
        "jane@acme": "Write it like `jane@acme.example`.",
    },
    values.phone: {"tel:+44 20 7946 0000": "Write `+44 20 7946 0000`."},
    values.url: {
        "<https://acme.example>": "Write `https://acme.example`.",
        "[ACME](https://acme.example)": "Write `https://acme.example`.",
        "htps:/acme.example": "Write `https://acme.example`.",
        "acme.example": "Write `https://acme.example`.",
        "@acme": "Write it with `https://`, `http://`, `mailto:` or `tel:`.",
    },
}


@pytest.mark.parametrize(
    ("read", "text", "help"),
    [(read, text, help) for read, rows in WRITTEN.items() for text, help in rows.items()],
)
def test_what_people_write_is_told_as_it_is_typed(
    read: Callable[[str], object], text: str, help: str
) -> None:
    bad = read(text)
    assert isinstance(bad, Bad)
    assert bad.help == help
    for written in re.findall("`([^`]*)`", help) if help.startswith("Write `") else ():
        assert not isinstance(read(written), Bad)


pieces = st.lists(
    st.sampled_from([*"0123456789.,-/ '%€kmTQ:<>()[]", "Oct", "about ", "[](", "euro", "https:/"]),
    max_size=12,
).map("".join)


@example("0.0/<")
@given(pieces)
def test_no_help_sends_anyone_the_wrong_way(text: str) -> None:
    for read in WRITTEN:
        bad = read(text)
        if isinstance(bad, Bad) and (offered := re.fullmatch("Write `([^`]*)`[.]", bad.help)):
            assert not isinstance(read(offered[1]), Bad), (text, bad.help)


def test_long_values_are_near_to_nothing() -> None:
    for read in WRITTEN:
        for part in ("[](", "about ", "9,", "<", "h", "every ", "9 ", "Q4 "):
            bad = read(part * 20_000)
            assert isinstance(bad, Bad) and len(bad.help) < 200
