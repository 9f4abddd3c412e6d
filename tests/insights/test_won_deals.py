"""What is won, with the value of that day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from site_builder.insights.insights import Insights
from site_builder.journal.history import as_of
from site_builder.journal.money import Rate
from tests.by_hand import LEAD, LOST, PARKED, SCHEMA, TODAY, WON, day, deal, eur, journal, note


def test_won_deals_have_the_rate_of_their_day_also_where_they_are_parked_by_now() -> None:
    steps = ((dt.date.min, Decimal(1)), (day("2026-10-01"), Decimal(2)))
    rates = replace(SCHEMA, rates={"USD": Rate(steps)})
    won, parked = note("2026-09-01", "stage", stage=WON), note("2026-10-02", "stage", stage=PARKED)
    made = journal(
        deal("a", WON, (won,), value=eur(5, "USD")),
        deal("b", PARKED, (won, parked), value=eur(5, "USD")),
        deal("c", PARKED, (parked,), value=eur(5)),
        deal("d", LOST, value=eur(5)),
        deal("e", LEAD, (won, note("2026-10-02", "stage", stage=LEAD)), value=eur(5)),
        deal("f", WON),
        schema=rates,
    )
    found = Insights(as_of(made, TODAY), TODAY).won
    assert [(one.deal.id, one.ended.day, one.worth) for one in found] == [
        ("a", day("2026-09-01"), eur(5)),
        ("b", day("2026-09-01"), eur(5)),
        ("f", None, None),
    ]
