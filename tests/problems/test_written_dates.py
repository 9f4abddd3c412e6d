"""Dates in the spellings that people use."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.problems.written_dates import date_at, weekday_end

EN = "January February March April May June July August September October November December"
DE = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
ES = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
FR = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"

OTHERS = (
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "ledna února března dubna května června července srpna září října listopadu prosince",
    "januar februar mars april mai juni juli august september oktober november desember",
    "Januery Febuary March April May June July Augst Setember Octobor Novmber Decembr",
)

FORMS = (
    "{d} {name} {y}", "{d}. {name} {y}", "{name} {d}, {y}", "{d:02}-{name}-{y}", "{y} {name} {d}",
    "{d}th of {name}, {y}", "{y}/{m}/{d}", "{y}.{m:02}.{d:02}", "{y}{m:02}{d:02}", "{y} {m:02} {d:02}",
    "{y}-{m}-{d}", "{y}_{m:02}_{d:02}", "{y}年{m}月{d}日", "{d}.{name}{y}", "{name}/{d}/{y}", "{y}{name}{d}",
    "{y}, {name} {d}", "{y} {d} {name}", "{y}-{d:02}-{name}", "{name} the {d}th, {y}", "{y}년 {m}월 {d}일",
)  # fmt: skip


@given(
    st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)),
    st.sampled_from([EN, DE, ES, FR]),
    st.sampled_from(FORMS),
)
def test_a_date_is_read_in_any_spelling(day: dt.date, names: str, form: str) -> None:
    name = names.split()[day.month - 1]
    text = form.format(d=day.day, m=day.month, y=day.year, name=name)
    read = date_at(text + " call", 0)
    assert read is not None
    assert (read.end, read.days, read.has_year) == (len(text), (day.isoformat(),), True)


@pytest.mark.parametrize("names", OTHERS)
def test_months_of_other_languages_and_with_a_letter_wrong(names: str) -> None:
    for month, name in enumerate(names.split(), 1):
        read = date_at(f"10. {name} 2026 call", 0)
        assert read is not None and read.days == (f"2026-{month:02}-10",), name


@pytest.mark.parametrize(
    ("text", "years", "days"),
    [
        ("9.11.2026 call", [], ("2026-11-09", "2026-09-11")),
        ("30/11/2026", [], ("2026-11-30",)),
        ("11/30/2026", [], ("2026-11-30",)),
        ("26-11-10 call", [], ("2026-11-10", "2010-11-26")),
        ("26-11-10 call", [2025], ("2026-11-10",)),
        ("10.11.26", [2026], ("2026-11-10", "2026-10-11")),
        ("Nov 10 call", [], ("YYYY-11-10",)),
        ("Nov 10 call", [2025, 2026], ("YYYY-11-10",)),
        ("10. Nov 9:30 call", [2026], ("2026-11-10",)),
        ("10 nov. 26: call", [], ("2026-11-10",)),
        ("10.11. call", [2026], ("2026-11-10",)),
        ("11/10 call", [2026], ("2026-10-11", "2026-11-10")),
        ("10.XI.2026 call", [], ("2026-11-10",)),
        ("3 IV 2026", [], ("2026-04-03",)),
        ("202611100930 call", [], ("2026-11-10",)),
    ],
)
def test_what_a_date_can_mean(text: str, years: list[int], days: tuple[str, ...]) -> None:
    read = date_at(text, 0, years)
    assert read is not None
    assert read.days == days
    assert read.has_year is ("26" in text)


@pytest.mark.parametrize(
    "text",
    ["3 options", "Q4 2026", "May 2026", "2026 plans", "1.2.3 call", "1.1.20261", "2026-11", "32 Feb 2026",
     "2026-13-01", "20261399", "2026111025", "10 pro 2026", "10 mix 2026", "10 IIX 2026", "2026-11-1O", "ju 10 2026", "10 call 2026", "12345678", "2026-11-105", ""],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert date_at(text, 0, [2026]) is None


@pytest.mark.parametrize("text", ["31 Feb 2026", "30.2.2026", "2026/02/31", "Feb 30, 2026"])
def test_a_day_that_the_month_does_not_have_is_left_open(text: str) -> None:
    read = date_at(text, 0, [2026])
    assert read is not None and read.days == ("2026-02-DD",)


@pytest.mark.parametrize(("text", "end"), [("Tue, 10", 5), ("Tuesday 10", 8), ("di. 10", 4), ("Di., 10", 5), ("Di.,10", 3), ("Texas 1", 0), ("Tue", 0),
     ("mar. 10/11/2026", 5), ("mar. 10 2026", 0), ("út 10", 3)])  # fmt: skip
def test_a_weekday_is_passed_over(text: str, end: int) -> None:
    assert weekday_end(text, 0) == end
