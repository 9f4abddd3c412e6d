"""What came, in past periods, from deals that did not exist yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from site_builder.forecast.arrivals import NotYet, arrivals
from site_builder.insights.insights import Insights
from site_builder.journal.deal import Deal
from site_builder.journal.history import as_of
from site_builder.journal.periods import Period, month_of, quarter_of, year_of
from site_builder.journal.schema import Schema
from tests import worlds
from tests.by_hand import LEAD, SCHEMA, TODAY, WON, day, deal, eur, journal, note
from tests.worlds import world


def won(id: str, began: str, on: str, value: int | None = None) -> Deal:
    first = note(began, "stage", stage=LEAD)
    last = note(on, "stage", stage=WON)
    if value is not None:
        last = replace(last, fields=replace(last.fields, value=eur(value)))
    return deal(id, WON, (first, last))


DEALS = (
    won("a", "2025-01-05", "2026-02-10"),
    won("b", "2026-03-01", "2026-03-20"),  # Q1: 41 days before its end it did not exist
    won("c", "2026-01-01", "2026-04-02"),  # won before we would have asked
    won("d", "2026-06-01", "2026-06-30"),
    won("e", "2026-05-01", "2026-06-30"),
    won("f", "2026-08-25", "2026-09-12"),
)


def told(
    *deals: Deal, period: Period, schema: Schema = SCHEMA, today: dt.date = TODAY
) -> NotYet | None:
    return arrivals(Insights(journal(*deals, schema=schema), today)).not_yet(period)


def test_wins_of_deals_that_did_not_exist_as_long_before_the_end() -> None:
    """On 20 November the quarter has 41 days to go; so 18 February, 20 May and 20 August count, and
    as many days before the ends of the quarters of 2025."""
    found = told(*DEALS, period=quarter_of(TODAY))
    assert found == NotYet(7, 0.43, 3, 4, None)  # b, d and f of b, d, e and f


def test_a_period_to_come_is_as_far_from_those_before() -> None:
    """The next quarter ends in 131 days: as long before the end of the first of 2025 nothing was recorded."""
    found = told(*DEALS, period=quarter_of(day("2027-01-01")))
    assert found == NotYet(6, 0.67, 4, 6, None)  # b, d, e and f of all


@pytest.mark.parametrize("period_of", [month_of, year_of])
def test_months_and_years_have_their_own(period_of: Callable[[dt.date], Period]) -> None:
    found = told(*DEALS, won("z", "2020-01-01", "2020-02-01"), period=period_of(TODAY))
    assert found is not None
    assert (found.periods, found.of) == ((8, 2) if period_of is month_of else (6, 0))


def test_amounts_are_of_noted_values_alone_and_not_of_few() -> None:
    more = [won(f"n{n}", "2026-09-01", "2026-09-20", 100 + n) for n in range(5)]
    found = told(*DEALS, *more, period=quarter_of(TODAY))
    assert found is not None
    assert (found.won, found.amount) == (8, f"{8 / 7 * 102:.2f}")
    few = told(*DEALS, *more[:4], period=quarter_of(TODAY))
    assert few is not None and few.amount is None


def test_too_few_periods_say_nothing_and_no_period_that_is_over() -> None:
    assert told(*DEALS[3:], period=quarter_of(TODAY)) is None
    assert told(*DEALS, period=quarter_of(day("2026-02-01"))) is None
    assert told(period=quarter_of(TODAY)) is None


def test_it_is_what_really_came_on_average_and_nothing_later_is_known() -> None:
    courses, today = world(worlds.fading, 1000, 5), dt.date.fromordinal(worlds.end_of(4))
    whole = worlds.journal(courses)
    found = arrivals(Insights(as_of(whole, today), today)).not_yet(quarter_of(today))
    cut = worlds.journal(tuple(c for one in courses if (c := one.until(today.toordinal()))))
    assert found == arrivals(Insights(cut, today)).not_yet(quarter_of(today))
    assert found is not None and found.periods == 8
    last = quarter_of(today).last.toordinal()
    came = [
        one for one in courses
        if one.days[0] > today.toordinal() and one.states[-1] == -1 and one.days[-1] <= last
    ]  # fmt: skip
    assert abs(len(came) - found.deals) < 3 * max(found.deals, 1) ** 0.5
