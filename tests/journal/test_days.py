from __future__ import annotations

import datetime as dt

import pytest

from site_builder.journal.days import months_later


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        ("2026-11-20", -1, "2026-10-20"),
        ("2026-05-31", -3, "2026-02-28"),
        ("2024-05-31", -3, "2024-02-29"),
        ("2026-01-15", -1, "2025-12-15"),
        ("2026-12-31", 2, "2027-02-28"),
        ("0001-01-15", -1, "0001-01-01"),
        ("9999-12-01", 1, "9999-12-31"),
    ],
)
def test_months_keep_the_date_where_there_is_one(day: str, months: int, found: str) -> None:
    assert months_later(dt.date.fromisoformat(day), months).isoformat() == found
