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
from site_builder.forecast.figures import Forecast, forecast
from site_builder.forecast.figures_periods import Apart, Period, Weighted
from site_builder.insights.insights import Insights
from site_builder.journal.deal import Deal
from site_builder.journal.history import as_of
from site_builder.journal.schema import Target
from site_builder.load.loader import load
from tests import worlds
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
from tests.examples import a_few
from tests.insights.test_structure import ended
from tests.stories import PIPELINE, RawFile, raw, story
from tests.worlds import world


def made(*deals: Deal, targets: tuple[Target, ...] = ()) -> Forecast:
    return forecast(Insights(journal(*deals, schema=replace(SCHEMA, targets=targets)), TODAY))


def told(one: Period) -> tuple[str | None, str, str, str, str]:
    return one.period, one.open, one.weighted.stage, one.weighted.own, one.won


def test_a_deal_is_told_with_its_probabilities_and_amounts_as_text() -> None:
    one = deal("a", OFFER, value=eur("1200.5", "USD"), close=day("2026-12-01"),
               category="commit", probability=Decimal("0.55"))  # fmt: skip
    facts = facts_of("forecast", TODAY, made(one, deal("b")))
    assert facts["currency"] == "EUR"
    unknown = {"30": None, "90": None, "180": None, "eventually": None}
    assert facts["deals"] == [
        {"id": "a", "pipeline": "sales", "stage": "offer", "owner": "maria", "value": "1200.50",
         "currency": "USD", "close": "2026-12-01", "category": "commit",
         "probability": {"stage": 0.5, "own": 0.55, "learned": None}, "used": "own", "n": 0,
         "within": unknown},
        {"id": "b", "pipeline": "sales", "stage": "lead", "owner": "maria", "value": None,
         "currency": None, "close": None, "category": None,
         "probability": {"stage": 0.1, "own": None, "learned": None}, "used": "stage", "n": 0,
         "within": unknown},
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


def test_where_own_estimates_are_to_count_ranges_and_sums_agree_on_deals_without_one() -> None:
    deals = (
        deal("a", OFFER, value=eur(100), close=day("2026-12-01")),
        deal("b", OFFER, value=eur(40), close=day("2026-12-02"), probability=Decimal(1)),
    )
    schema = replace(SCHEMA, probability_from="own")
    found = forecast(Insights(journal(*deals, schema=schema), TODAY))
    (quarter,) = [one for one in found.periods if one.period == "2026-Q4"]
    assert [one.used for one in found.deals] == ["stage", "own"]
    assert quarter.weighted.own == "90.00"
    assert (quarter.p10, quarter.p90) == ("40.00", "140.00")


def test_what_has_no_rate_stands_apart() -> None:
    found = made(deal("a", OFFER, value=eur(100, "CHF")), deal("b", OFFER, value=eur(1)))
    assert told(found.undated)[1:] == ("1.00", "0.50", "0.50", "0.00")
    (apart,) = found.undated.apart
    assert (apart.currency, apart.open, apart.weighted) == (
        "CHF",
        "100.00",
        Weighted("50.00", "50.00", None),
    )


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


@pytest.mark.parametrize("seed", a_few(*range(3)))
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
    for replay in found.replays:
        assert replay.came == [quarter(day) for day in won.values()].count(replay.period)
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


def test_what_is_learned_is_used_where_it_was_right_most() -> None:
    until = dt.date.fromordinal(worlds.end_of(3))
    courses = world(worlds.fading, 600, 3)
    whole = worlds.journal(
        courses, lambda one: replace(one, value=eur(100), close=until + dt.timedelta(40))
    )
    targets = (Target(quarter(until + dt.timedelta(40)), eur(300)),)
    schema = replace(SCHEMA, targets=targets)
    found = forecast(Insights(replace(whole, schema=schema), until), 30)
    assert [one.why for one in found.choices] == ["best"]
    assert found.choices[0].order[0] == "learned"
    (coming,) = [one for one in found.periods if one.deals]
    assert coming.p10 is not None and coming.p50 is not None and coming.p90 is not None
    assert Decimal(coming.won) <= Decimal(coming.p10) <= Decimal(coming.p50) <= Decimal(coming.p90)
    assert coming.chance is not None and 0 < coming.chance < 1
    assert coming.weighted.learned is not None
    assert abs(Decimal(coming.weighted.learned) + Decimal(coming.won) - Decimal(coming.p50)) < 500
    for one in found.deals:
        assert one.used == "learned"
        assert one.probability.learned == one.within["30"]
        assert one.n > 0


def test_pipeline_yml_says_which_is_used() -> None:
    schema = replace(SCHEMA, probability_from="stage")
    one = deal("a", OFFER, value=eur(100), close=day("2026-12-01"), probability=Decimal(1))
    found = forecast(Insights(journal(one, schema=schema), TODAY))
    assert [one.used for one in found.deals] == ["stage"]
    (coming,) = [one for one in found.periods if one.deals]
    assert (coming.p10, coming.p90, coming.chance) == ("0.00", "100.00", None)


def test_what_a_query_leaves_out_is_learned_from_too() -> None:
    until = dt.date.fromordinal(worlds.end_of(3))
    whole = worlds.journal(world(worlds.fading, 200, 3))
    opened = [one for one in whole.deals if one.stage.is_open][:2]
    part = Insights(replace(whole, deals=tuple(opened)), until, whole)
    every = {one.id.id: one for one in forecast(Insights(whole, until)).deals}
    found = forecast(part).deals
    assert [one.within for one in found] == [every[one.id.id].within for one in found]
    assert found[0].n > 0


def test_nothing_later_is_known_and_no_value_is_learned_from() -> None:
    until = dt.date.fromordinal(worlds.end_of(3) - 200)
    courses = world(worlds.fading, 200, 3)
    seen = as_of(worlds.journal(courses), until)
    cut = worlds.journal(tuple(c for one in courses if (c := one.until(until.toordinal()))))
    leaking = as_of(worlds.journal(courses, worlds.with_values), until)
    known, same, blind = (forecast(Insights(one, until)) for one in (seen, cut, leaking))
    assert any(one.n for one in known.deals)
    assert facts_of("", until, known)["deals"] == facts_of("", until, same)["deals"]
    assert [one.within for one in known.deals] == [one.within for one in blind.deals]
