from __future__ import annotations

import datetime as dt

import pytest

from site_builder.edit.refusals import NotDone
from site_builder.edit.when import day_of, is_day

FRIDAY = dt.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("said", "coming", "past"),
    [
        ("today", "2026-11-20", "2026-11-20"),
        ("Tomorrow", "2026-11-21", "2026-11-21"),
        ("yesterday", "2026-11-19", "2026-11-19"),
        ("fri", "2026-11-27", "2026-11-13"),
        ("friday", "2026-11-27", "2026-11-13"),
        ("sat", "2026-11-21", "2026-11-14"),
        ("thurs", "2026-11-26", "2026-11-19"),
        ("+3d", "2026-11-23", "2026-11-23"),
        ("+3", "2026-11-23", "2026-11-23"),
        ("-2w", "2026-11-06", "2026-11-06"),
        ("+1m", "2026-12-20", "2026-12-20"),
        ("2026-12-01", "2026-12-01", "2026-12-01"),
    ],
)
def test_days_as_people_say_them(said: str, coming: str, past: str) -> None:
    assert is_day(said, FRIDAY)
    assert str(day_of(said, FRIDAY, is_past=False)) == coming
    assert str(day_of(said, FRIDAY, is_past=True)) == past


@pytest.mark.parametrize(
    ("said", "help"),
    [
        ("30.11.2026", "Did you mean `2026-11-30`?"),
        ("03/04/2026", "Did you mean `2026-04-03` or `2026-03-04`?"),
        ("2026-11-31", "Write a day as 2026-11-30"),
        ("tomorow", "Did you mean `tomorrow`?"),
        ("firday", "Did you mean `friday`?"),
        ("24.11.", "Did you mean `2026-11-24`?"),
        ("1.2", "Did you mean `2027-02-01`?"),
        ("31.2.", "Write a day as 2026-11-30"),
        ("soon", "Write a day as 2026-11-30"),
        ("t", "Write a day as 2026-11-30"),
        ("", "Write a day as 2026-11-30"),
    ],
)
def test_what_is_no_day_is_told_with_what_to_type(said: str, help: str) -> None:
    with pytest.raises(NotDone, match="is no day") as refused:
        day_of(said, FRIDAY, is_past=False)
    assert help in str(refused.value)


def test_a_day_of_no_year_lies_behind_where_something_was_done() -> None:
    with pytest.raises(NotDone, match="Did you mean `2025-11-24`"):
        day_of("24.11.", FRIDAY, is_past=True)


def test_days_beyond_the_calendar() -> None:
    with pytest.raises(NotDone, match="`-9999m` is no day"):
        day_of("-9999m", dt.date(700, 1, 1), is_past=False)
