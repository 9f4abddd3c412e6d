"""The forecast page: figures beside each other, each with the deals it is made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from site_builder.journal.deal import Deal
from site_builder.journal.money import Rate
from site_builder.journal.schema import Schema, Target
from site_builder.pages.forecast import Forecast, forecast
from site_builder.pages.forecast_deals import Section
from site_builder.pages.forecast_rows import PeriodRow, PeriodTable
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


def table(view: Forecast, anchor: str) -> PeriodTable:
    return next(found for found in view.tables if found.anchor == anchor)


def figures(row: PeriodRow) -> tuple[str, ...]:
    texts = (row.label, row.deals, row.open, row.by_stage, row.by_own, row.own, row.won)
    return tuple(text.replace("\u202f", " ") for text in texts)


def test_quarters() -> None:
    quarters = table(page(*DEALS), "quarters")
    assert [figures(row) for row in (*quarters.rows[3:], quarters.total)] == [
        ("2026-Q4", "2", "€10 000", "€1 000", "€6 000", "1 of 2", "€30 000"),
        ("2027-Q1", "1", "€20 000", "€10 000", "€10 000", "0 of 1", ""),
        ("Later", "1", "€40 000", "€20 000", "€20 000", "0 of 1", ""),
        ("Close date passed", "1", "€5 000", "", "", "0 of 1", ""),
        ("No close date", "1", "100 CHF", "10 CHF", "10 CHF", "0 of 1", ""),
        ("Total", "6", "€75 000 + 100 CHF", "€31 000 + 10 CHF", "€36 000 + 10 CHF", "1 of 6",
         "€30 000"),
    ]  # fmt: skip
    assert [row.label for row in quarters.rows[:3]] == ["2026-Q1", "2026-Q2", "2026-Q3"]
    assert [row.label for row in quarters.rows if row.current] == ["2026-Q4"]


def test_every_table_has_the_same_total() -> None:
    quarters, years, months = page(*DEALS).tables
    assert quarters.total == years.total == months.total
    assert [row.label for row in years.rows][:2] == ["2026", "2027"]


def test_past_months_without_a_won_deal_have_no_row() -> None:
    labels = [row.label for row in table(page(*DEALS), "months").rows]
    assert labels[:4] == [
        "Oct 2026",
        "Nov 2026",
        "Dec 2026",
        "Jan 2027",
    ]


def test_targets_and_what_is_won_of_them() -> None:
    quarters = table(page(*DEALS), "quarters")
    assert [(r.target, r.reached) for r in quarters.rows if r.target] == [("€120\u202f000", "25%")]
    assert not table(page(*DEALS, schema=SCHEMA), "quarters").targets


def test_a_target_in_a_foreign_currency_is_measured_in_it() -> None:
    foreign = replace(SCHEMA, targets=(Target("2026-Q4", eur(9, "CHF")),))
    row = table(page(*DEALS, schema=foreign), "quarters").rows[3]
    assert (row.target, row.reached) == ("9\u202fCHF", "0%")


def test_people() -> None:
    maria, otto = page(*DEALS).people
    assert [row.label for row in maria.rows] == [
        "2026-Q4",
        "Later",
        "Close date passed",
        "No close date",
    ]
    assert (maria.rows[0].target, maria.rows[0].reached) == ("€60\u202f000", "50%")
    assert [(row.label, row.target, row.reached) for row in maria.beside] == [
        ("2026", "€500\u202f000", "6%")
    ]
    assert [figures(row)[:3] for row in (*otto.rows, otto.total)] == [
        ("2027-Q1", "1", "€20 000"),
        ("Total", "1", "€20 000"),
    ]


def test_the_first_line_says_the_answer() -> None:
    view = page(*DEALS)
    assert said(view.answer).replace("\u202f", " ") == (
        "€75k + 100 CHF open (5 of 6; one has no value), €6k expected by the end of Dec 2026 "
        "(1 of 2; one has no value or probability), 10 CHF more without a close date"
    )
    assert [link.path for link in view.answer] == ["#deals", "#in-2026-Q4", "#in-undated"]
    assert view.under == (
        "2026-Q4",
        "#in-2026-Q4",
        (
            ": €30k won and €6k expected make €36k of the €120k targeted "
            "(2 of 3; one has no value or probability)."
        ),
    )


def test_an_empty_journal_has_no_answer() -> None:
    assert page().answer == page(deal(stage=LOST)).answer == ()


def test_what_the_sums_leave_out_is_named() -> None:
    apart = [(found.text.replace("\u202f", " "), found.href) for found in page(*DEALS).apart]
    assert apart == [
        ("1 deal of the category omitted, €9 000", "#in-omitted"),
        ("1 deal parked, 7 CHF", "#in-parked"),
        ("1 deal in a stage without a probability, €5 000", "#in-unweighted"),
        ("1 deal open without a value", "#in-valueless"),
    ]
    assert page(*DEALS).apart[2].why.startswith("Talks:")
    (found,) = page(deal(stage=WON, value=eur(5))).apart
    assert found.href == "#in-won-undated"


def test_categories() -> None:
    view = page(*DEALS)
    assert view.categories == ("Commit", "Best case", "Pipeline", "No category")
    cells = {row.label: row.cells for row in view.by_category}
    assert cells["2027-Q1"] == (
        ("€20\u202f000", "1", "Commit"),
        ("", "", "Best case"),
        ("", "", "Pipeline"),
        ("", "", "No category"),
    )
    assert list(cells)[-1] == "Total"
    assert page(deal()).by_category == ()


def hrefs(view: Forecast) -> Iterator[str]:
    tables = (*view.tables, *view.people)
    yield from (row.href for t in tables for row in (*t.rows, t.total, *t.beside) if row.href)
    yield from (found.href for found in view.apart)
    yield from (row.href for row in view.by_category)


def flat(sections: Iterable[Section]) -> Iterator[Section]:
    """The sections with those inside them."""
    for section in sections:
        yield section
        yield from flat(section.inside)


def test_every_figure_leads_to_a_section_and_every_section_has_its_deals() -> None:
    view = page(*DEALS)
    sections = tuple(flat(view.sections))
    anchors = {f"#{section.anchor}" for section in sections}
    assert len(anchors) == len(sections)
    assert set(hrefs(view)) - {"#deals"} <= anchors
    listed = {s.anchor: [d.title for d in s.open] + [d.title for d in s.won] for s in sections}
    assert listed == {
        "in-2026": [], "in-2026-Q4": [], "in-2026-10": ["D"], "in-2026-12": ["A", "I"],
        "in-2027": [], "in-2027-Q1": [], "in-2027-02": ["B"],
        "in-later": ["H"], "in-overdue": ["C"], "in-undated": ["G"],
        "in-omitted": ["F"], "in-parked": ["E"], "in-unweighted": ["C"], "in-valueless": ["I"],
        "of-maria": ["H", "A", "C", "G", "I", "D"], "of-otto": ["B"],
    }  # fmt: skip


def test_a_listed_deal_shows_both_weights() -> None:
    section = next(s for s in flat(page(*DEALS).sections) if s.anchor == "in-2026-12")
    row = section.open[0]
    assert (row.stage_percent, row.by_stage) == ("10%", "€1\u202f000")
    assert (row.own_percent, row.by_own) == ("60%", "€6\u202f000")
    assert (row.path, row.close, row.owner) == ("deals/a.html", "10 Dec 2026", "Maria Lopez")


@pytest.mark.parametrize(("count", "shown", "more"), [(50, 50, ()), (53, 50, None)])
def test_a_long_section_lists_the_largest(count: int, shown: int, more: object) -> None:
    deals = [deal(f"d{n}", LEAD, value=eur(n), close=TODAY) for n in range(1, count + 1)]
    section = next(s for s in flat(page(*deals).sections) if s.anchor == "in-2026-11")
    assert len(section.open) == shown
    assert section.open[0].value == f"€{count}"
    assert section.more == (() if more == () else ("3 smaller open deals more, €6 together",))


def test_the_chart_draws_quarters_in_the_journals_currency() -> None:
    view = page(*DEALS)
    assert (
        view.undrawn
        == "Not drawn, for want of a rate: amounts in CHF; for want of a value: 1 deal."
    )
    assert "€30\u202f000 won in 2026-Q4" in view.chart
    assert "€6\u202f000 expected in 2026-Q4" in view.chart
    assert "€4\u202f000 more open in 2026-Q4, not expected" in view.chart
    assert "Target of 2026-Q4: €120\u202f000" in view.chart
    assert ">target<" in view.key
    plain = page(DEALS[0], schema=SCHEMA)
    assert plain.undrawn == ""
    assert ">target<" not in plain.key


def test_the_chart_draws_targets_that_have_a_rate() -> None:
    foreign = replace(SCHEMA, targets=(Target("2026-Q4", eur(9, "CHF")),))
    view = page(DEALS[0], schema=foreign)
    assert "Target of" not in view.chart and ">target<" not in view.key
    assert view.undrawn == "Not drawn, for want of a rate: amounts in CHF."
    rated = replace(foreign, rates={"CHF": Rate.always(Decimal(2))})
    view = page(DEALS[0], schema=rated)
    assert "Target of 2026-Q4: €18<" in view.chart and ">target<" in view.key
    assert view.undrawn == ""


def test_of_a_quarter_without_deals_the_chart_says_whether_there_can_be_any_yet() -> None:
    assert dict(re.findall(r">(2026-Q[34])<.*?>(nothing(?: yet)?)<", page().chart, re.DOTALL)) == {
        "2026-Q3": "nothing",
        "2026-Q4": "nothing yet",
    }


def test_every_link_of_the_page_leads_somewhere() -> None:
    html = rendered("forecast.html", page(*DEALS))
    ids = re.findall(' id="([^"]*)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall('href="#([^"]*)"', html)) <= set(ids) | {"main"}
    assert html.count('href="deals/b.html"') == 2


def test_the_page_escapes_what_people_write() -> None:
    html = rendered("forecast.html", page(deal(title="<script>", value=eur(1))))
    assert "&lt;script&gt;" in html
    assert "<script" not in html
    assert "style=" not in html


def test_an_empty_page_says_what_would_fill_it() -> None:
    html = rendered("forecast.html", page())
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
    view = forecast(context(journal(won, opened, schema=schema), day(today)))
    assert view.answer and any(row.current for row in table(view, "quarters").rows)
    assert overview(context(journal(won, opened, schema=schema), day(today))).answer


def test_omitted_deals_are_named_where_the_sum_lacks_them() -> None:
    assert page(*DEALS).left_out[:2] == ("1 more open deal, €9k, is omitted", "#in-omitted")
    html = rendered("forecast.html", page(*DEALS))
    assert '<a href="#in-omitted">1 more open deal, €9k, is omitted</a>.' in html
    assert 'id="in-omitted"' in html
    assert page(deal("a", LEAD, value=eur(1))).left_out.text == ""
    alone = page(deal("o", LEAD, category="omitted"))
    assert alone.answer and alone.left_out.text == "1 more open deal is omitted"


def test_deals_without_a_value_are_worth_nothing_said_rather_than_zero() -> None:
    view = page(deal("n", LEAD, close=day("2026-12-10")), schema=SCHEMA)
    assert said(view.answer) == "1 deal open, none of them with a value"
    row = table(view, "quarters").total
    assert (row.deals, row.open, row.by_stage, row.by_own) == ("1", "no value", "", "")


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
    assert "Other targets" in html and "2029-Q3" in html
    assert "Other targets" not in rendered("forecast.html", page(*DEALS))


def test_only_the_current_quarter_is_unfolded() -> None:
    folds = {s.anchor: s.fold for s in flat(page(*DEALS).sections) if s.fold}
    assert [anchor for anchor, fold in folds.items() if fold == "open"] == ["in-2026-Q4"]
    assert folds["in-2027-Q1"] == folds["in-parked"] == folds["of-maria"] == "closed"
    html = rendered("forecast.html", page(*DEALS))
    assert html.count('<details class="fold fold-') == len(folds)
    assert html.count(" open>") == 1
    inside = html.partition('<div class="folded" id="in-2026-Q4">')[2]
    assert inside.index('id="in-2026-12"') < inside.index("</details>")


def test_the_contents_lead_to_all_sections_of_the_page() -> None:
    view = page(*DEALS)
    html = rendered("forecast.html", view)
    ids = re.findall('<h2 id="([^"]*)"', html)
    assert [link.path for link in view.contents] == [f"#{id}" for id in ids if id != "what"]
    assert 'aria-label="On this page"' not in rendered("forecast.html", page())
