from __future__ import annotations

import datetime as dt

import pytest

from site_builder.journal.said_days import meant, moved, said_day

DAY = dt.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("word", "day"),
    [
        ("today", "2026-11-20"),
        (" Tomorrow ", "2026-11-21"),
        ("yesterday", "2026-11-19"),
        ("+3", "2026-11-23"),
        ("+3d", "2026-11-23"),
        ("-2w", "2026-11-06"),
        ("+1m", "2026-12-20"),
        ("2026-02-28", "2026-02-28"),
    ],
)
def test_days_as_people_say_them(word: str, day: str) -> None:
    assert str(said_day(word, DAY)) == day


@pytest.mark.parametrize("word", ["", "soon", "2026-02-29", "+", "3d", "+99999d", "fri"])
def test_other_words_are_none(word: str) -> None:
    assert said_day(word, DAY) is None


def test_the_ends_of_the_calendar() -> None:
    assert said_day("-9999m", dt.date(700, 1, 1)) is None
    assert moved(dt.date.max, 1) is None and moved(dt.date.min, -1) is None


def test_other_spellings_are_told_from_other_words() -> None:
    assert meant("30.11.2026", DAY) == "Did you mean `2026-11-30`?"
    assert meant("03/04/2026", DAY) == "Did you mean `2026-04-03` or `2026-03-04`?"
    assert meant("soon", DAY) == ""
