"""How many deals a period wins, with and without values."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from site_builder.cli import forecast_tables as command
from site_builder.files.memory import Memory
from site_builder.forecast.figures import Forecast, forecast
from site_builder.forecast.figures_periods import Period
from site_builder.forecast.wins import Wins
from site_builder.insights.insights import Insights
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.pages.context import Context
from site_builder.pages.forecast import forecast as page
from tests import worlds
from tests.by_hand import OFFER, TALKS, TODAY, WON, day, deal, eur, journal, note
from tests.worlds import world

YEARS, LEARNED = 3, Memory()
END = dt.date.fromordinal(worlds.end_of(YEARS)) - dt.timedelta(60)


@pytest.fixture(scope="module")
def undated() -> Journal:
    """Deals that have neither values nor close dates, as of the middle of a quarter."""
    cut = (one.until(END.toordinal()) for one in world(worlds.fading, 250, YEARS))
    return worlds.journal(tuple(one for one in cut if one))


@pytest.fixture(scope="module")
def found(undated: Journal) -> Forecast:
    return forecast(Insights(undated, END, memory=LEARNED))


def quarter(found: Forecast, label: str) -> Period:
    return next(one for one in found.periods if one.period == label)


def sure(id: str, probability: str, **more: object) -> Deal:
    one = deal(id, OFFER, close=day("2026-12-01"), probability=Decimal(probability))
    return replace(one, **more)  # type: ignore[arg-type] # fields of any type


def of_quarter(*deals: Deal) -> Period:
    return quarter(forecast(Insights(journal(*deals), TODAY)), "2026-Q4")


def test_wins_are_told_in_deals_whatever_they_are_worth() -> None:
    won = deal("w", WON, (note("2026-10-05", "stage", stage=WON),))
    coin = sure("a", "0.5"), sure("b", "0.5", value=eur(7)), sure("c", "0.5", value=eur(7, "CHF"))
    assert of_quarter(won, sure("d", "1")).wins == Wins(2.0, 2, 2, 2)
    assert of_quarter(won, *coin).wins == Wins(2.5, 1, 2, 4)
    assert of_quarter(won).wins == Wins(1.0, 1, 1, 1)
    assert of_quarter(won, *coin).won_valued == 0


def test_many_deals_are_counted_one_by_one_too() -> None:
    """Without what they have in common 100 coins land between 44 and 56 in eight of ten cases;
    with it, further apart."""
    coins = [sure(f"d{n:03}", "0.5", company=f"c{n}") for n in range(100)]
    found = of_quarter(*coins).wins
    assert found is not None and (found.expected, found.p50) == (50.0, 50)
    assert 37 <= found.p10 <= 44 and 56 <= found.p90 <= 63


def test_of_what_nobody_says_anything_no_wins_are_told() -> None:
    assert of_quarter(deal("t", TALKS, close=day("2026-12-01"))).wins is None


def test_a_deal_without_a_close_date_counts_in_the_periods_in_which_it_is_won(
    found: Forecast,
) -> None:
    """By what its stage has taught, where there is enough of that."""
    now, whole = quarter(found, "2022-Q4"), found.undated.wins
    assert found.undated.deals and not now.deals
    assert now.wins is not None and whole is not None
    last = (day("2022-12-31") - END).days
    assert now.wins.expected - now.won_deals == pytest.approx(
        sum(one.within["90"] or 0 for one in found.deals) * last / 90, rel=0.35
    )
    assert now.won_deals < now.wins.p50 <= now.wins.p90


def test_what_has_no_value_is_not_told_as_zero(
    found: Forecast, undated: Journal, capsys: pytest.CaptureFixture[str]
) -> None:
    now = quarter(found, "2022-Q4").wins
    assert now is not None
    command.print_tables(command.tables_of(found, "quarter", ""))
    (line,) = [
        one for one in capsys.readouterr().out.splitlines() if one.strip().startswith("2022-Q4")
    ]
    wins = f"{now.expected:.1f}", *map(str, now[1:])
    assert line.split() == ["2022-Q4", "0", str(quarter(found, "2022-Q4").won_deals), *wins]
    view = page(Context(Insights(undated, END, memory=LEARNED)))
    assert view.lands.sentence.startswith(f"{now.p10} to {now.p90} deals won in eight of ten cases")
    assert "€0" not in view.answer.lead + view.lands.sentence
    assert view.answer.lead.startswith(f": {quarter(found, '2022-Q4').won_deals} deals won")


def test_values_of_winners_alone_say_nothing_of_what_is_open(
    found: Forecast, undated: Journal
) -> None:
    """Neither is the sum certain that is won, nor is anything learned from them."""
    valued = replace(undated, deals=tuple(map(worlds.with_values, undated.deals)))
    said = forecast(Insights(valued, END, memory=LEARNED))
    assert quarter(said, "2022-Q4").wins == quarter(found, "2022-Q4").wins
    assert [one.within for one in said.deals] == [one.within for one in found.deals]
    view = page(Context(Insights(valued, END, memory=LEARNED)))
    assert "eight of ten cases" in view.lands.sentence and "€" not in view.lands.sentence
    assert "€" in view.answer.lead


def test_beside_amounts_the_sums_of_deals_without_one_are_left_open(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    both = sure("a", "1", value=eur(100)), sure("b", "1", close=day("2027-02-01"))
    found = forecast(Insights(journal(*both), TODAY))
    command.print_tables(command.tables_of(found, "quarter", ""))
    lines = {
        one.split()[0]: one.split()
        for one in capsys.readouterr().out.splitlines()
        if one.strip().startswith("202")
    }
    assert lines["2026-Q4"] == ["2026-Q4", "100", "50", "100", "0", *["100"] * 3, "1"]
    assert lines["2027-Q1"] == ["2027-Q1", "0", "1"]
