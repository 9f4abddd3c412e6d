"""Values as people write them: dates are read as those in headings are."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.problems.wording import dated, dates, period
from site_builder.problems.written_dates import date_at
from tests.problems.test_written_dates import DE, EN, ES, FORMS, FR


@given(
    st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)),
    st.sampled_from([EN, DE, ES, FR]),
    st.sampled_from(FORMS),
    st.sampled_from(["", "Mon, ", "on Tuesday "]),
    st.sampled_from(["", " 10:00", ", 9:30 pm", "T10:00:00+02:00"]),
)
def test_a_value_is_read_as_a_heading_is(
    day: dt.date, names: str, form: str, before: str, behind: str
) -> None:
    text = form.format(d=day.day, m=day.month, y=day.year, name=names.split()[day.month - 1])
    read = date_at(text, 0)
    assert read is not None
    assert dates(f"{before}{text}{behind}") == read.days == (day.isoformat(),)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1.12.2026: Call", (("2026-12-01", "2026-01-12"), "Call")),
        ("Call by Dec 1 2026", (("2026-12-01",), "Call")),
        ("Ruf an am 3. M\u00e4rz 2026", (("2026-03-03",), "Ruf an")),
        ("2026-12-01:Call", (("2026-12-01",), "Call")),
        ("Call Jane", ((), "Call Jane")),
    ],
)
def test_a_date_before_or_behind_a_text_is_found(
    text: str, found: tuple[tuple[str, ...], str]
) -> None:
    assert dated(text) == found


def test_a_month_of_a_period_is_named_in_english() -> None:
    assert [period(text) for text in ("Nov 2026", "Sept. 2026", "No 2026", "Mai 2026")] == [
        "2026-11", "2026-09", "", "",
    ]  # fmt: skip
