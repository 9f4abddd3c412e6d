"""The data by which scripts work a quarter out anew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from site_builder.forecast.frame import frame
from site_builder.forecast.landing import Bringing
from site_builder.forecast.spread import Part, spread
from site_builder.journal.money import Money
from site_builder.pages.context import Context
from site_builder.pages.forecast import forecast
from site_builder.pages.forecast_landing import landings, used
from site_builder.pages.forecast_what_if import _row, others
from site_builder.pages.what_if_data import PAGE, what_if_data
from tests.by_hand import OFFER, context, day, deal, eur, journal
from tests.pages.test_forecast_landing import learned, shown

__all__ = ["learned", "shown"]
Rows = Sequence[Sequence[str]]


def data(made: Context) -> Mapping[str, object]:
    value = what_if_data(made).value
    assert isinstance(value, Mapping)
    return value


def rows(made: Context, key: str) -> Rows:
    found = data(made)[key]
    assert isinstance(found, tuple)
    return found


def test_the_range_and_the_chance_follow_from_it(shown: Context) -> None:
    found, whole = data(shown), shown.once(landings)[forecast(shown).quarter]
    parts = [
        Part(float(p), float(worth), owner, company)
        for _, _, _, worth, p, owner, company, *_ in rows(shown, "deals")
    ]
    sums = spread(parts, max(float(row[8]) for row in rows(shown, "deals")))
    assert whole.won == Decimal(str(found["won"]))
    for part, end in ((0.1, whole.low), (0.5, whole.middle), (0.9, whole.high)):
        assert whole.won + Decimal(f"{sums.quantile(part):.2f}") == end
    assert round(sums.reaches(float(str(found["goal"]))), 4) == whole.chance


def test_the_largest_of_other_periods_can_be_moved_in(shown: Context) -> None:
    others = rows(shown, "others")
    inside = {row[0] for row in rows(shown, "deals")}
    assert others and not inside & {row[0] for row in others}
    worths = [float(row[3]) for row in others]
    assert worths == sorted(worths, reverse=True)
    first, last = (dt.date.fromisoformat(str(data(shown)[key])) for key in ("first", "last"))
    for row in others:
        assert float(row[8]) == shown.once(used).choices["sales"].spread
        assert 0 <= float(row[4]) == float(row[9]) <= 1
        assert not row[7] or not first <= dt.date.fromisoformat(row[7]) <= last


def test_each_has_its_probability_with_a_date_in_the_quarter(shown: Context) -> None:
    """Beside that which it has as it is."""
    known, period = shown.once(used), shown.facts(frame).current.period
    assert period is not None
    for part in shown.facts(frame).everything.parts:
        row = _row(Bringing(part.deal, 0.123, 1.0, None), known, period)
        assert row[4] == "0.123" != row[9] == repr(known.by_date(part.deal, period))


def test_25_of_them_can(shown: Context) -> None:
    made, known = shown.facts(frame), shown.once(used)
    whole = made.everything
    parts = [part for part in whole.parts if part.worth is not None][:1]
    for count in (25, 26):
        found = replace(made, everything=replace(whole, parts=tuple(parts * count)))
        assert len(tuple(others((), found, known))) == 25


@pytest.mark.parametrize(
    ("value", "close"), [(eur(10), None), (None, day("2026-12-01")), (eur(10), day("2026-12-01"))]
)
def test_there_is_none_where_no_money_is_expected_in_the_quarter(
    value: Money | None, close: dt.date | None
) -> None:
    made = context(journal(deal("a", OFFER, value=value, close=close)))
    assert tuple(PAGE.keys(made)) == ("",) * bool(value and close)
