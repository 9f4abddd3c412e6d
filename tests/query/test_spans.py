from __future__ import annotations

import datetime as dt

import pytest

from site_builder.query.spans import Calendar

DAY = dt.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("word", "first", "last"),
    [
        ("today", "2026-11-20", "2026-11-20"),
        ("+7d", "2026-11-27", "2026-11-27"),
        ("-2w", "2026-11-06", "2026-11-06"),
        ("+1m", "2026-12-20", "2026-12-20"),
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-q4", "2026-10-01", "2026-12-31"),
        ("2026-Q1", "2026-01-01", "2026-03-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026-02-03", "2026-02-03", "2026-02-03"),
        ("this-week", "2026-11-16", "2026-11-22"),
        ("last-week", "2026-11-09", "2026-11-15"),
        ("next-week", "2026-11-23", "2026-11-29"),
        ("this-month", "2026-11-01", "2026-11-30"),
        ("last-month", "2026-10-01", "2026-10-31"),
        ("next-quarter", "2027-01-01", "2027-03-31"),
        ("last-year", "2025-01-01", "2025-12-31"),
    ],
)
def test_days_and_periods(word: str, first: str, last: str) -> None:
    span = Calendar(DAY).span(word)
    assert span is not None
    assert (str(span.first), str(span.last)) == (first, last)


@pytest.mark.parametrize("starts", range(1, 13))
def test_fiscal_years_and_quarters_follow_one_another(starts: int) -> None:
    calendar = Calendar(DAY, starts)
    year = calendar.span("2026")
    assert year is not None and year.last.year == 2026 - (year.last.month == 12 and starts > 1)
    assert year.first.month == starts
    at = year.first
    for number in range(1, 5):
        quarter = calendar.span(f"2026-q{number}")
        assert quarter is not None and quarter.first == at
        at = quarter.last + dt.timedelta(1)
    assert at == year.last + dt.timedelta(1)


@pytest.mark.parametrize("word", ["", "soon", "2026-13", "2026-00", "0000", "2026-Q5", "-9999m9"])
def test_what_is_no_day(word: str) -> None:
    assert Calendar(DAY).span(word) is None


@pytest.mark.parametrize("today", [dt.date.min, dt.date.max])
def test_the_ends_of_the_calendar(today: dt.date) -> None:
    for word in (
        "last-week",
        "next-week",
        "this-year",
        "last-year",
        "next-quarter",
        "9999",
        "0001",
    ):
        assert Calendar(today, 4).span(word) is not None
    assert Calendar(dt.date.min).span("-1d") is None
