"""The forecast page: figures beside each other, each with the deals it is made of."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from site_builder.forecast.figures_periods import Apart, Weighted
from site_builder.journal.deal import Deal
from site_builder.journal.money import Rate
from site_builder.journal.schema import Schema, Target
from site_builder.pages.forecast import Forecast, forecast
from site_builder.pages.forecast_apart import unrated
from site_builder.pages.forecast_rows import Figure, PeriodRow
from site_builder.pages.overview import overview
from tests.by_hand import (
    LEAD,
    LOST,
    MARIA,
    OFFER,
    OTTO,
    PARKED,
    SCHEMA,
    TALKS,
    TODAY,
    WON,
    context,
    day,
    deal,
    eur,
    journal,
    note,
    rendered,
    said,
)

TARGETED = replace(
    SCHEMA,
    targets=(
        Target("2026-Q4", eur(120_000)),
        Target("2026-Q4", eur(60_000), MARIA),
        Target("2026", eur(500_000), MARIA),
    ),
)
DEALS = (
    deal("a", LEAD, value=eur(10_000), close=day("2026-12-10"), probability=Decimal("0.6")),
    deal("b", OFFER, value=eur(20_000), close=day("2027-02-10"), owner=OTTO, category="commit"),
    deal("c", TALKS, value=eur(5_000), close=day("2026-11-10")),
    deal("d", WON, value=eur(30_000), notes=(note("2026-10-05", "stage", stage=WON),)),
    deal("e", PARKED, value=eur(7, "CHF")),
    deal("f", LEAD, category="omitted", value=eur(9_000), close=day("2026-12-10")),
    deal("g", LEAD, value=eur(100, "CHF")),
    deal("h", OFFER, value=eur(40_000), close=day("2100-02-10")),
    deal("i", LEAD, close=day("2026-12-10")),
)


def page(*deals: Deal, schema: Schema = TARGETED) -> Forecast:
    return forecast(context(journal(*deals, schema=schema), TODAY))


def rows(view: Forecast, *kinds: str) -> list[PeriodRow]:
    return [row for row in view.table.rows if row.kind in kinds]


def quarter(view: Forecast, label: str) -> PeriodRow:
    return next(row for row in rows(view, "quarter") if row.label == label)


def figures(row: PeriodRow) -> tuple[str, ...]:
    found = (row.deals, row.open, row.by_stage, row.own, row.won, row.coming)
    texts = (row.label, *[figure.text for figure in found])
    return tuple(text.replace("\u202f", " ").replace("\u00a0", " ") for text in texts)


def test_one_table_of_quarters_years_and_what_has_none() -> None:
    view = page(*DEALS)
    shown = rows(view, "quarter", "year", "loose", "sum")
    assert [figures(row) for row in shown[3:]] == [
        ("2026-Q4", "2", "€10 000", "€1 000", "€6 000", "€30 000", "€36 000"),
        ("2026", "2", "€10 000", "€1 000", "€6 000", "€30 000", "€36 000"),
        ("2027-Q1", "1", "€20 000", "€10 000", "€10 000", "", "€10 000"),
        ("2027", "1", "€20 000", "€10 000", "€10 000", "", "€10 000"),
        ("Later", "1", "€40 000", "€20 000", "€20 000", "", "€20 000"),
        ("Close date passed", "1", "€5 000", "", "", "", ""),
        ("No close date", "1", "100 CHF", "10 CHF", "10 CHF", "", "10 CHF"),
        ("Total", "6", "€75 000 + 100 CHF", "€31 000 + 10 CHF", "€36 000 + 10 CHF", "€30 000",
         "€66 000 + 10 CHF"),
    ]  # fmt: skip
    assert [row.label for row in shown[:3]] == ["2026-Q1", "2026-Q2", "2026-Q3"]
    assert [row.label for row in view.table.rows if row.is_current] == ["2026-Q4", "Nov 2026"]


def test_the_months_of_a_quarter_stand_below_it() -> None:
    labels = [row.label for row in page(*DEALS).table.rows]
    first = labels.index("2026-Q4")
    assert labels[first : first + 7] == [
        "2026-Q4", "Oct 2026", "Nov 2026", "Dec 2026", "2026", "2027-Q1", "Jan 2027",
    ]  # fmt: skip
    assert labels[:3] == ["2026-Q1", "2026-Q2", "2026-Q3"]


def test_targets_and_what_is_won_and_expected_of_them() -> None:
    found = [(r.label, r.target, r.reached) for r in page(*DEALS).table.rows if r.target]
    assert found == [("2026-Q4", "€120\u202f000", ("30%", "25%"))]
    assert not page(*DEALS, schema=SCHEMA).table.targets


@pytest.mark.parametrize(
    ("deals", "reached"),
    [
        ("d", ("25%", "")),
        ("a", ("5%", "")),
        ("ad", ("30%", "25%")),
        ("", ("0%", "")),
    ],
)
def test_what_is_won_of_a_target_is_told_where_more_is_expected(
    deals: str, reached: tuple[str, str]
) -> None:
    some = [deal for deal in DEALS if deal.id in deals or deal.id == "e"]
    assert quarter(page(*some), "2026-Q4").reached == reached


def test_a_target_in_a_foreign_currency_is_measured_in_it() -> None:
    foreign = replace(SCHEMA, targets=(Target("2026-Q4", eur(9, "CHF")),))
    row = quarter(page(*DEALS, schema=foreign), "2026-Q4")
    assert (row.target, row.reached.share) == ("9\u202fCHF", "0%")


def test_people_in_the_current_quarter_and_in_all() -> None:
    maria, otto, team = page(*DEALS).people
    assert (maria.name, otto.name, team.name) == ("Maria Lopez", "Otto Brandt", "All")
    assert maria.path == "forecast-of-maria.html"
    assert (maria.quarter.target, maria.quarter.reached) == ("€60\u202f000", ("60%", "50%"))
    assert figures(maria.quarter)[1:3] == ("2", "€10 000")
    assert figures(otto.quarter)[1:] == ("",) * 6
    assert figures(otto.whole)[:3] == ("Total", "1", "€20 000")
    assert figures(team.whole) == figures(page(*DEALS).table.rows[-1])
    assert team.quarter == quarter(page(*DEALS), "2026-Q4")


def test_the_first_line_says_the_answer_and_the_next_what_is_open() -> None:
    view = page(*DEALS)
    assert view.answer == (
        "2026-Q4",
        "forecast-2026-Q4.html",
        (
            ": €30k won and €6k expected by own estimates make €36k, 30% of the €120k targeted "
            "(2 of 3; one has no value or probability)."
        ),
    )
    assert said(view.opened).replace("\u202f", " ") == (
        "€75k + 100 CHF open (5 of 6; one has no value), €5k of it past its close date, 100 CHF of "
        "it without a close date"
    )
    assert [link.path for link in view.opened] == [
        "forecast-all.html#open", "forecast-overdue.html#open", "forecast-undated.html#open"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("deals", "words"),
    [
        ("d", "€30k won and nothing expected, 25% of the €120k targeted."),
        ("a", "nothing won yet, €6k expected by own estimates, 5% of the €120k targeted."),
        ("e", "nothing won yet, nothing expected, 0% of the €120k targeted."),
    ],
)
def test_what_the_quarter_has_not_is_said(deals: str, words: str) -> None:
    view = page(*[deal for deal in DEALS if deal.id in deals])
    assert view.answer.lead == f": {words}"
    assert bool(view.answer.path) is (deals != "e")


@pytest.mark.parametrize(("chance", "wins"), [("0.6", "0.6 wins"), ("0.04", "no wins")])
def test_where_nothing_has_a_value_wins_are_expected(chance: str, wins: str) -> None:
    view = page(deal("a", LEAD, close=day("2026-12-10"), probability=Decimal(chance)))
    assert f"nothing won yet, {wins} expected by own estimates" in view.answer.lead


def test_an_empty_journal_has_no_answer() -> None:
    assert page().is_empty and page(deal(stage=LOST)).is_empty
    assert not page(deal(stage=PARKED)).is_empty


def test_what_the_sums_leave_out_is_named() -> None:
    apart = [(found.text.replace("\u202f", " "), found.path) for found in page(*DEALS).apart]
    assert apart == [
        ("1 deal of the category omitted, €9 000", "forecast-omitted.html"),
        ("1 deal parked, 7 CHF", "forecast-parked.html"),
        ("1 deal in a stage without a probability, €5 000", "forecast-unweighted.html"),
        ("1 deal open without a value", "forecast-valueless.html"),
    ]
    assert page(*DEALS).apart[2].why.startswith("Talks:")
    (found,) = page(deal(stage=WON, value=eur(5))).apart
    assert found.path == "forecast-won-undated.html"


def test_categories() -> None:
    view = page(*DEALS)
    assert view.categories == ("Commit", "Best case", "Pipeline", "No category")
    cells = {row.label: row.cells for row in view.by_category}
    commit = Figure("€20\u202f000", "forecast-in-commit.html#open-2027-Q1", "1")
    assert cells["2027-Q1"] == (commit, Figure(), Figure(), Figure())
    assert cells["Total"][0] == commit._replace(path="forecast-in-commit.html#open")
    assert cells["2026-Q4"][3].of == "1 of 2"
    assert list(cells)[-1] == "Total"
    assert page(deal()).by_category == ()


def test_every_figure_leads_to_its_deals() -> None:
    view = page(*DEALS)
    rows = view.table.rows
    for row in rows:
        for figure in (row.deals, row.open, row.by_stage, row.own, row.won):
            assert bool(figure.path) is bool(figure.text), row.label
    assert {row.label: row.open.path for row in rows if row.open.text} == {
        "2026-Q4": "forecast-2026-Q4.html#open",
        "Dec 2026": "forecast-2026-Q4.html#open-2026-12",
        "2026": "forecast-2026.html#open",
        "2027-Q1": "forecast-2027-Q1.html#open",
        "Feb 2027": "forecast-2027-Q1.html#open-2027-02",
        "2027": "forecast-2027.html#open",
        "Later": "forecast-later.html#open",
        "Close date passed": "forecast-overdue.html#open",
        "No close date": "forecast-undated.html#open",
        "Total": "forecast-all.html#open",
    }
    assert {row.label: (row.won.path, row.coming.path) for row in rows if row.won.text} == {
        "2026-Q4": ("forecast-2026-Q4.html#won", "forecast-2026-Q4.html"),
        "Oct 2026": ("forecast-2026-Q4.html#won-2026-10",) * 2,
        "2026": ("forecast-2026.html#won", "forecast-2026.html"),
        "Total": ("forecast-all.html#won", "forecast-all.html"),
    }


def test_the_chart_draws_quarters_in_the_journals_currency() -> None:
    view = page(*DEALS)
    assert view.undrawn == "Not drawn: CHF (no rate), 1 deal (no value)."
    assert "€30\u202f000 won in 2026-Q4" in view.chart
    assert "€6\u202f000 expected in 2026-Q4" in view.chart
    assert "€4\u202f000 more open in 2026-Q4" in view.chart
    assert "Target of 2026-Q4: €120\u202f000" in view.chart
    assert '<a class="of-won" href="forecast-2026-Q4.html#won">€30k won</a>' in view.chart
    assert ">target €120k<" in view.chart
    plain = page(DEALS[0], schema=SCHEMA)
    assert plain.undrawn == ""
    assert "target €" not in plain.chart


def test_where_nothing_has_a_value_the_chart_and_the_table_count_deals() -> None:
    worthless = [replace(one, value=None) for one in DEALS]
    view = page(*[replace(one, notes=()) for one in worthless], schema=SCHEMA)
    assert view.undrawn == "The bars count deals, for none has a value."
    assert '<a class="of-open" href="forecast-2026-Q4.html#open">2 deals open</a>' in view.chart
    assert ">0.7 wins expected</a>" in view.chart
    aimed = page(*[replace(one, notes=()) for one in worthless])
    assert "Target of 2026-Q4" in aimed.chart and "(no value)" in aimed.undrawn


def test_the_chart_draws_targets_that_have_a_rate() -> None:
    foreign = replace(SCHEMA, targets=(Target("2026-Q4", eur(9, "CHF")),))
    view = page(DEALS[0], schema=foreign)
    assert "Target of" not in view.chart and "target 9" not in view.chart
    assert view.undrawn == "Not drawn: CHF (no rate)."
    rated = replace(foreign, rates={"CHF": Rate.always(Decimal(2))})
    view = page(DEALS[0], schema=rated)
    assert "Target of 2026-Q4: €18<" in view.chart and ">target €18<" in view.chart
    assert view.undrawn == ""


def test_of_a_quarter_whose_open_deals_have_no_value_the_chart_says_the_wins() -> None:
    view = page(deal("n", OFFER, close=day("2026-12-10")))
    assert "1 deal open, 0.5 wins expected <" in view.chart


def test_of_a_quarter_without_deals_the_chart_says_whether_there_can_be_any_yet() -> None:
    assert dict(
        re.findall(r">(2026-Q[34])<.*?>(nothing(?: yet)?) ?<", page().chart, re.DOTALL)
    ) == {
        "2026-Q3": "nothing",
        "2026-Q4": "nothing yet",
    }


def test_the_page_has_no_id_twice_and_escapes_what_people_write() -> None:
    html = rendered("forecast.html", page(*DEALS, deal(title="<script>", value=eur(1))))
    ids = re.findall(' id="([^"]*)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall('href="#([^"]*)"', html)) <= set(ids) | {"main"}
    assert "<script>" not in html
    assert "style=" not in html


def test_an_empty_page_says_what_would_fill_it() -> None:
    html = rendered("forecast.html", page(deal(stage=LOST)))
    assert "No open deal and none won yet." in html
    assert "<svg" not in html


@pytest.mark.parametrize(
    "today", ["0001-01-01", "0003-12-31", "9996-11-20", "9998-12-31", "9999-12-31"]
)
@pytest.mark.parametrize("starts", [1, 4, 12])
def test_the_ends_of_the_calendar(today: str, starts: int) -> None:
    schema = replace(SCHEMA, fiscal_year_starts=starts)
    won = deal("w", WON, value=eur(1), notes=(note(today, "stage", stage=WON),))
    opened = deal("o", LEAD, value=eur(1), close=day("9999-12-31"))
    made = context(journal(won, opened, schema=schema), day(today))
    view = forecast(made)
    assert view.answer.path and any(row.is_current for row in rows(view, "quarter"))
    assert overview(made).answer


def test_omitted_deals_are_named_where_the_sum_lacks_them() -> None:
    assert page(*DEALS).left_out[:2] == (
        "1 more open deal, €9k, is omitted",
        "forecast-omitted.html",
    )
    html = rendered("forecast.html", page(*DEALS))
    assert '<a href="forecast-omitted.html">1 more open deal, €9k, is omitted</a>.' in html
    assert page(deal("a", LEAD, value=eur(1))).left_out.text == ""
    alone = page(deal("o", LEAD, category="omitted"))
    assert not alone.is_empty and alone.left_out.text == "1 more open deal is omitted"


def test_deals_without_a_value_are_worth_nothing_said_rather_than_zero() -> None:
    view = page(deal("n", LEAD, close=day("2026-12-10")), schema=SCHEMA)
    assert said(view.opened) == "1 deal open, none of them with a value"
    assert figures(view.table.rows[-1])[1:] == ("1", "1 deal", "", "", "", "0.1 wins")


def test_targets_of_other_periods_are_listed() -> None:
    targets = (
        Target("2031", eur(9)),
        Target("2029-Q3", eur(8), MARIA),
        Target("2024-02", eur(7)),
        Target("2026", eur(6)),
    )
    view = page(*DEALS, schema=replace(SCHEMA, targets=targets))
    assert [(other.period, other.whose, other.target) for other in view.other_targets] == [
        ("Feb 2024", "the team", "€7"),
        ("2029-Q3", "Maria Lopez", "€8"),
        ("2031", "the team", "€9"),
    ]
    html = rendered("forecast.html", view)
    assert "Targets of other periods" in html and "2029-Q3" in html
    assert "Targets of other periods" not in rendered("forecast.html", page(*DEALS))


def test_what_is_below_the_table_is_folded() -> None:
    html = rendered("forecast.html", page(*DEALS))
    assert html.count('<details class="fold">') == 5
    assert " open>" not in html
    assert html.index("How sure it is") < html.index("By quarter")
    assert html.index("</table>") < html.index("By person")


def test_the_months_of_a_fiscal_year_are_named() -> None:
    hints = {row.label: row.hint for row in page(*DEALS).table.rows}
    assert set(hints.values()) == {""}
    fiscal = page(*DEALS, schema=replace(SCHEMA, fiscal_year_starts=4))
    assert quarter(fiscal, "2027-Q3").hint == "Oct 2026 – Dec 2026"


def test_what_no_rate_brings_into_a_sum_is_told_open_and_won() -> None:
    none = Weighted("0.00", "0.00", None)
    apart = [
        Apart("CHF", "15000.00", none, "2000.00", None, None),
        Apart("SEK", "0.00", none, "0.00", "9000.00", None),
        Apart("USD", "0.00", none, "2500.50", None, None),
    ]
    assert unrated(apart) == (
        "15k\u202fCHF open and 2k\u202fCHF won are in no sum: pipeline.yml has no rate for CHF.",
        "$2.5k won is in no sum: pipeline.yml has no rate for USD.",
    )
