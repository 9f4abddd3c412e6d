"""The figures of the forecast for other programs, by hand and recomputed from raw files."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

import pytest

from site_builder.exchange.facts import facts_of
from site_builder.files.tree import MemoryTree
from site_builder.forecast.figures import Apart, Forecast, Period, forecast
from site_builder.insights.insights import Insights
from site_builder.journal.deal import Deal
from site_builder.journal.schema import Target
from site_builder.load.loader import load
from tests.by_hand import (
    MARIA,
    OFFER,
    OTTO,
    PARKED,
    SCHEMA,
    TODAY,
    WON,
    day,
    deal,
    eur,
    journal,
    note,
)
from tests.insights.test_structure import ended
from tests.stories import PIPELINE, RawFile, raw, story


def made(*deals: Deal, targets: tuple[Target, ...] = ()) -> Forecast:
    return forecast(Insights(journal(*deals, schema=replace(SCHEMA, targets=targets)), TODAY))


def told(one: Period) -> tuple[str | None, str, str, str, str]:
    return one.period, one.open, one.weighted.stage, one.weighted.own, one.won


def test_a_deal_is_told_with_its_probabilities_and_amounts_as_text() -> None:
    one = deal("a", OFFER, value=eur("1200.5", "USD"), close=day("2026-12-01"),
               category="commit", probability=Decimal("0.55"))  # fmt: skip
    facts = facts_of("forecast", TODAY, made(one, deal("b")))
    assert facts["currency"] == "EUR"
    assert facts["deals"] == [
        {"id": "a", "pipeline": "sales", "stage": "offer", "owner": "maria", "value": "1200.50",
         "currency": "USD", "close": "2026-12-01", "category": "commit",
         "probability": {"stage": 0.5, "own": 0.55}},
        {"id": "b", "pipeline": "sales", "stage": "lead", "owner": "maria", "value": None,
         "currency": None, "close": None, "category": None,
         "probability": {"stage": 0.1, "own": None}},
    ]  # fmt: skip


def test_a_period_sums_what_closes_in_it_and_what_was_won() -> None:
    won = (note("2026-10-05", "stage", stage=WON),)
    found = made(
        deal("a", OFFER, value=eur(100), close=day("2026-12-01")),
        deal("b", OFFER, value=eur(100, "USD"), close=day("2026-12-31"), probability=Decimal(1)),
        deal("c", OFFER, close=day("2026-12-31")),
        deal("w", WON, won, value=eur(7), owner=OTTO),
        targets=(Target("2026-Q4", eur(500, "USD")), Target("2026-Q4", eur(9), MARIA),
                 Target("2026", eur(8, "CHF"))),
    )  # fmt: skip
    (quarter,) = [one for one in found.periods if one.period == "2026-Q4"]
    assert told(quarter) == ("2026-Q4", "190.00", "95.00", "140.00", "7.00")
    assert (quarter.deals, quarter.valued, quarter.estimated, quarter.won_deals) == (3, 2, 1, 1)
    assert (quarter.target, found.people[0].quarter.target) == ("450.00", "9.00")
    (year,) = [one for one in found.years if one.period == "2026"]
    assert (year.target, [(one.currency, one.target) for one in year.apart]) == (
        None,
        [("CHF", "8.00")],
    )
    assert [told(one) for one in found.months if one.open != "0.00"] == [
        ("2026-12", "190.00", "95.00", "140.00", "0.00")]  # fmt: skip
    assert [(one.person, told(one.quarter)[1], one.quarter.won) for one in found.people] == [
        (MARIA, "190.00", "0.00"), (OTTO, "0.00", "7.00")]  # fmt: skip


def test_what_has_no_rate_stands_apart() -> None:
    found = made(deal("a", OFFER, value=eur(100, "CHF")), deal("b", OFFER, value=eur(1)))
    assert told(found.undated)[1:] == ("1.00", "0.50", "0.50", "0.00")
    (apart,) = found.undated.apart
    assert (apart.currency, apart.open, apart.weighted) == ("CHF", "100.00", ("50.00", "50.00"))


def test_what_no_sum_counts_is_listed() -> None:
    won = (note("2020-10-05", "stage", stage=WON),)
    found = made(
        deal("o", OFFER, value=eur(9), category="omitted"), deal("p", PARKED, value=eur(9)),
        deal("u", WON, value=eur(9)), deal("w", WON, won, value=eur(9)),
    )  # fmt: skip
    assert [one.id for one in found.omitted] == ["o"]
    assert [one.id.id for one in found.deals] == ["o"]
    assert [one.id.id for one in found.parked] == ["p"]
    assert [one.id.id for one in found.won_undated] == ["u"]
    assert [one.id.id for one in found.won_before] == ["w"]
    assert told(found.total) == (None, "0.00", "0.00", "0.00", "0.00")


@pytest.mark.parametrize("seed", range(8))
def test_its_figures_follow_from_the_raw_files(seed: int) -> None:
    files = story(seed)
    loaded = load(MemoryTree(files), lambda: TODAY)
    assert loaded.seen is not None
    found, deals = forecast(Insights(loaded.seen, TODAY)), list(raw(files, "deals"))
    opened = [one for one in deals if one.type == "open"]
    assert [one.id.id for one in found.deals] == [one.id for one in opened]
    counted = [one for one in opened if one.front.get("category") != "omitted"]
    won = {one.id: ended(one)[1] for one in deals if ended(one)[0] == "won"}
    for period in found.periods:
        assert period.period is not None
        inside = [one for one in counted if quarter(close(one)) == period.period
                  and str(close(one)) >= str(TODAY)]  # fmt: skip
        sold = [one for one in deals if quarter(won.get(one.id)) == period.period]
        check(period, inside, sold)
    check(found.undated, [one for one in counted if close(one) is None], [])
    check(
        found.overdue, [one for one in counted if close(one) and str(close(one)) < str(TODAY)], []
    )
    listed = {one.id.id for one in (*found.won, *found.won_undated, *found.won_before)}
    assert listed == set(won)
    assert [one.id.id for one in found.parked] == [
        one.id for one in deals if one.type == "parked" and one.id not in won]  # fmt: skip
    for category in found.categories:
        theirs = [one for one in counted if one.front.get("category") == category.category]
        assert category.total.deals == len(theirs)


def check(period: Period, opened: list[RawFile], won: list[RawFile]) -> None:
    """Look whether a period sums up these deals."""
    assert (period.deals, period.won_deals) == (len(opened), len(won))
    sides: list[tuple[str, Period | Apart]] = [("EUR", period)]
    sides += [(one.currency, one) for one in period.apart]
    for code, sums in sides:
        assert Decimal(sums.open) == total((money(one), Decimal(1)) for one in opened)[code]
        assert Decimal(sums.won) == total((money(one), Decimal(1)) for one in won)[code]
        by_stage = total((money(one), by_stages(one)) for one in opened)
        by_own = total((money(one), own(one) or by_stages(one)) for one in opened)
        assert Decimal(sums.weighted.stage) == by_stage[code]
        assert Decimal(sums.weighted.own) == by_own[code]


def close(one: RawFile) -> dt.date | None:
    return dt.date.fromisoformat(one.front["close"]) if "close" in one.front else None


def quarter(on: dt.date | None) -> str:
    return f"{on.year}-Q{(on.month + 2) // 3}" if on else ""


def money(one: RawFile) -> tuple[Decimal, str]:
    amount, _, code = one.front.get("value", "0 EUR").partition(" ")
    return (Decimal(amount) * Decimal("0.9"), "EUR") if code == "USD" else (Decimal(amount), code)


def by_stages(one: RawFile) -> Decimal:
    block = re.search(rf"(?ms)^      {one.front['stage']}:.*?(?=^      \S|\Z)", PIPELINE)
    assert block is not None
    inside = re.search(r"probability: (\d+)%", block[0])
    return Decimal(inside[1]) / 100 if inside else Decimal(0)


def own(one: RawFile) -> Decimal | None:
    text = one.front.get("probability", "")
    return Decimal(text.rstrip("%")) / 100 if text else None


def total(parts: Iterable[tuple[tuple[Decimal, str], Decimal]]) -> dict[str, Decimal]:
    found = {code: Decimal(0) for code in ("EUR", "GBP", "CHF")}
    for (amount, code), weight in parts:
        found[code] += amount * weight
    return found
