"""The forecast before a change and after it."""

from __future__ import annotations

from decimal import Decimal

from site_builder.insights.totals import Totals
from tests.catalogue import BASE, PIPELINE
from tests.comparisons import between, deal

HALF = {**BASE, "pipeline.yml": PIPELINE.replace("lead: {", "lead: {probability: 50%, ")}


def amounts(total: Totals) -> dict[str, Decimal]:
    return {line.currency: line.amount for line in total.lines}


def test_by_quarter_and_in_all() -> None:
    made = between(
        {"deals/x.md": deal("value: 100\nclose: 2026-12-01")},
        {"deals/x.md": deal("value: 200 USD\nclose: 2027-01-05")},
        base=HALF,
    )
    rows = {row.period: row for row in made.forecast}
    assert list(rows) == ["2026-Q4", "2027-Q1", "undated", "total"]  # acme has no close
    assert amounts(rows["2026-Q4"].before.weighted) == {"EUR": 50}
    assert amounts(rows["2026-Q4"].after.weighted) == {}
    assert amounts(rows["2027-Q1"].after.open) == {"USD": 200}
    assert amounts(rows["total"].after.weighted) == {"USD": 100}
    assert (rows["total"].before.deals, rows["total"].after.deals) == (2, 2)


def test_what_is_won_counts_in_its_quarter() -> None:
    won = deal("value: 100", "## 2026-11-05 stage won\n- [x] decision-map\n", "won")
    made = between({"deals/x.md": deal("value: 100")}, {"deals/x.md": won}, base=HALF)
    row = next(row for row in made.forecast if row.period == "2026-Q4")
    assert row.after.won_deals == 1
    assert amounts(row.after.won) == {"EUR": Decimal(100)}
