"""What the page of each deal's forecast says of why nothing was learned of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from site_builder.journal.deal import Deal
from site_builder.pages.forecast_each import ForecastEach, first_page, forecast_each
from tests.by_hand import (
    LOST,
    OFFER,
    PARKED,
    PIPELINE,
    SCHEMA,
    TALKS,
    WON,
    context,
    day,
    deal,
    journal,
    note,
    rendered,
)

BEGUN, SOLD = note("2026-07-01", "stage", stage=OFFER), note("2026-10-05", "stage", stage=WON)
ENDED = deal("w", WON, (BEGUN, SOLD))
OPEN = deal("o", OFFER, (BEGUN,))
OTHER = replace(PIPELINE, id="other", name="Other")


def shown(*deals: Deal) -> ForecastEach:
    schema = replace(SCHEMA, pipelines=(PIPELINE, OTHER))
    return forecast_each(context(journal(*deals, schema=schema)), 1)


@pytest.mark.parametrize(
    ("deals", "why"),
    [
        ((ENDED, OPEN, replace(OPEN, id="a", pipeline=OTHER)), "no deal of its pipeline has been won or lost yet"),
        ((ENDED, OPEN, replace(OPEN, id="a", notes=())), "its stage has no date"),
        ((ENDED, OPEN, replace(OPEN, id="a", notes=(), created=day("2027-01-01"))), "it begins on a later day"),
        ((ENDED, OPEN, replace(ENDED, id="a", stage=TALKS)), "by its notes it has ended"),
        ((ENDED, OPEN, replace(OPEN, id="a", gaps=("stage",))), "its stage is retired or unknown, or its notes can't be read"),
        ((replace(ENDED, notes=(SOLD,)), replace(OPEN, id="a")), "no notes date how a deal of its pipeline was won or lost, clean-ups aside"),
        (
            (
                replace(ENDED, notes=(note("2026-11-01", "stage", stage=OFFER), note("2026-11-05", "stage", stage=LOST)), stage=LOST),
                deal("a", OFFER, (note("2026-11-02", "stage", stage=OFFER),)),
            ),
            "the first deal of its pipeline is less than 30 days old",
        ),
    ],
)  # fmt: skip
def test_where_nothing_is_learned_of_a_deal_it_says_why(deals: tuple[Deal, ...], why: str) -> None:
    view = shown(*deals)
    told = {row.path: row for row in view.deals}
    row = told["deals/a.html"]
    assert (row.told, row.within, row.n) == (f"nothing learned: {why}", ("",) * 3, "")
    assert (
        f'<span class="told">nothing learned: {why.replace(chr(39), "&#39;")}</span>'
        in rendered("forecast_each.html", view)
    )
    for path, other in told.items():
        assert path == "deals/a.html" or not other.told
    alone = "deals/o.html" not in told
    assert view.answer.startswith("Nothing is learned of any open deal: ") == alone
    assert not alone or view.answer.endswith(f": {why}.")


def test_of_deals_that_lack_it_for_several_reasons_each_says_its_own() -> None:
    asleep = replace(OPEN, id="b", pipeline=OTHER)
    view = shown(ENDED, replace(OPEN, notes=()), asleep)
    assert view.answer == "Nothing is learned of any open deal; each says why."
    assert len({row.told for row in view.deals}) == 2


def test_where_no_deal_is_open_it_says_what_stands_there() -> None:
    asleep = deal("p", PARKED, (BEGUN, note("2026-08-01", "stage", stage=PARKED)))
    view = shown(ENDED, asleep)
    assert view.answer == "No open deal is in the forecast's sums; here stands 1 parked deal."
    assert [bool(row.told) for row in view.deals] == [False]
    out = replace(OPEN, category="omitted")
    assert shown(ENDED, asleep, replace(asleep, id="q"), out).answer == (
        "No open deal is in the forecast's sums; here stand 2 parked deals and 1 omitted deal."
    )
    assert first_page(context(journal())) == ""


def test_of_what_is_in_no_sum_nothing_counts() -> None:
    asleep = deal("p", PARKED, (BEGUN, note("2026-08-01", "stage", stage=PARKED)))
    view = shown(ENDED, OPEN, replace(OPEN, id="q", category="omitted"), asleep)
    counts = {row.path: row.used for row in view.deals}
    assert counts == {"deals/o.html": "stage", "deals/q.html": "omitted", "deals/p.html": ""}
