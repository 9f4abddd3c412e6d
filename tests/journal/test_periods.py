"""Months, quarters and years, also of fiscal years."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.journal.periods import Period, between, month_of, quarter_of, year_of
from tests.by_hand import day

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1))
STARTS = st.integers(1, 12)


def shown(period: Period) -> str:
    return f"{period.label} {period.first} {period.last}"


def test_month() -> None:
    assert shown(month_of(day("2026-02-10"))) == "2026-02 2026-02-01 2026-02-28"
    assert shown(month_of(day("2026-12-31"))) == "2026-12 2026-12-01 2026-12-31"


@pytest.mark.parametrize(
    ("date", "starts", "quarter", "year"),
    [
        ("2026-11-20", 1, "2026-Q4 2026-10-01 2026-12-31", "2026 2026-01-01 2026-12-31"),
        ("2026-01-01", 1, "2026-Q1 2026-01-01 2026-03-31", "2026 2026-01-01 2026-12-31"),
        ("2026-10-24", 7, "2027-Q2 2026-10-01 2026-12-31", "2027 2026-07-01 2027-06-30"),
        ("2026-06-30", 7, "2026-Q4 2026-04-01 2026-06-30", "2026 2025-07-01 2026-06-30"),
        ("2026-01-15", 12, "2026-Q1 2025-12-01 2026-02-28", "2026 2025-12-01 2026-11-30"),
    ],
)
def test_quarter_and_year(date: str, starts: int, quarter: str, year: str) -> None:
    assert shown(quarter_of(day(date), starts)) == quarter
    assert shown(year_of(day(date), starts)) == year


@given(DAYS, STARTS)
def test_a_day_lies_in_its_periods_and_these_in_each_other(date: dt.date, starts: int) -> None:
    month, quarter, year = month_of(date), quarter_of(date, starts), year_of(date, starts)
    assert date in month
    assert month.first in quarter
    assert month.last in quarter
    assert quarter.first in year
    assert quarter.last in year
    assert quarter.label.startswith(f"{year.label}-Q")


@given(DAYS, st.integers(0, 900), STARTS)
def test_periods_follow_each_other_without_gaps(first: dt.date, days: int, starts: int) -> None:
    last = first + dt.timedelta(days)
    found = between(first, last, lambda date: quarter_of(date, starts))
    assert first in found[0]
    assert last in found[-1]
    assert all(b.first == a.last + dt.timedelta(1) for a, b in itertools.pairwise(found))
    assert len({period.label for period in found}) == len(found)


@pytest.mark.parametrize("starts", range(1, 13))
@pytest.mark.parametrize("of", [month_of, quarter_of, year_of])
def test_periods_at_either_end_of_the_calendar(of: Callable[..., Period], starts: int) -> None:
    period_of = of if of is month_of else partial(of, starts=starts)
    for end in (dt.date.min, dt.date.max):
        assert end in period_of(end)
    assert period_of(dt.date.min).first == dt.date.min
    assert period_of(dt.date.max).last == dt.date.max
    late = dt.date(9998, 3, 1)
    assert between(late, dt.date.max, period_of)[-1].last == dt.date.max
