"""Which deal counts where, with what; and that nothing gets lost."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.forecast.outlook import Outlook, by_value, gather, outlook, sums
from site_builder.insights.insights import Insights
from site_builder.insights.totals import total
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.journal.pipeline import StageType
from tests.by_hand import (
    LEAD,
    LOST,
    OFFER,
    PARKED,
    SCHEMA,
    TALKS,
    TODAY,
    WON,
    day,
    deal,
    eur,
    journal,
    note,
)


def laid_out(look: Outlook) -> dict[str, list[str]]:
    """The ids of deals by the label of their bucket; of won ones with a `+`."""
    return {
        bucket.label: [part.deal.id for part in bucket.parts]
        + [f"+{one.deal.id}" for one in bucket.won]
        for bucket in look.buckets
        if bucket.parts or bucket.won
    }


def look_at(made: Journal, today: dt.date) -> Outlook:
    return outlook(Insights(made, today))


def won(id: str, date: str, **fields: object) -> Deal:
    moved = note(date, "stage", stage=WON)
    return deal(id, WON, created=day(date), notes=(moved,), **fields)


def test_each_deal_counts_in_one_place() -> None:
    look = look_at(
        journal(
            deal("today", close=TODAY),
            deal("yesterday", close=TODAY - dt.timedelta(1)),
            deal("undated"),
            deal("soon", close=day("2027-01-31")),
            deal("horizon", close=day("2028-12-31")),
            deal("beyond", close=day("2029-01-01")),
            won("won", "2026-10-05", close=day("2026-01-01")),
            deal("lost", LOST, close=TODAY),
            deal("parked", PARKED, close=TODAY),
            deal("omitted", close=TODAY, category="omitted"),
            deal("won-undated", WON, close=TODAY),
        ),
        TODAY,
    )
    assert laid_out(look) == {
        "2026-10": ["+won"],
        "2026-11": ["today"],
        "2027-01": ["soon"],
        "2028-12": ["horizon"],
        "later": ["beyond"],
        "overdue": ["yesterday"],
        "undated": ["undated"],
    }
    assert [part.deal.id for part in look.omitted] == ["omitted"]
    assert [part.deal.id for part in look.parked] == ["parked"]
    assert [one.deal.id for one in look.won_undated] == ["won-undated"]


def months(*deals: Deal, today: dt.date = TODAY, starts: int = 1) -> tuple[str, str]:
    look = look_at(journal(*deals, schema=replace(SCHEMA, fiscal_year_starts=starts)), today)
    return look.months[0].label, look.months[-1].label


@pytest.mark.parametrize(
    ("today", "starts", "shown"),
    [
        ("2026-11-20", 1, ("2026-01", "2026-12")),
        ("2026-11-20", 11, ("2026-11", "2027-01")),
        ("2026-11-20", 7, ("2026-07", "2026-12")),
    ],
)
def test_months_run_from_the_fiscal_year_to_the_quarters_end(
    today: str, starts: int, shown: tuple[str, str]
) -> None:
    assert months(today=day(today), starts=starts) == shown


@pytest.mark.parametrize(
    ("today", "close", "last"),
    [
        ("2026-09-30", None, "2026-12"),
        ("2026-09-29", None, "2026-09"),
        ("2026-12-31", None, "2027-03"),
        ("2026-12-31", "2027-05-02", "2027-05"),
    ],
)
def test_on_the_last_day_of_a_quarter_the_next_is_there(
    today: str, close: str | None, last: str
) -> None:
    open = deal("a", close=day(close) if close else None)
    assert months(open, today=day(today))[1] == last
    assert months(today=day("2026-12-31"))[1] == "2026-12"


def test_months_run_back_to_what_was_won_in_four_quarters() -> None:
    today = day("2026-02-10")
    assert months(won("a", "2025-05-20"), today=today)[0] == "2025-01"
    assert months(won("a", "2025-03-31"), today=today)[0] == "2026-01"


def test_months_run_on_to_the_last_close_within_the_horizon() -> None:
    assert months(deal("a", close=day("2027-05-02")), deal("b", close=day("2999-01-01")))[1] == (
        "2027-05"
    )


@pytest.mark.parametrize(
    ("stage", "own", "by_stage", "by_own"),
    [
        (LEAD, None, "10.0", "10.0"),
        (LEAD, "0.6", "10.0", "60.0"),
        (LEAD, "0", "10.0", "0"),
        (TALKS, None, None, None),
        (TALKS, "0.6", None, "60.0"),
    ],
)
def test_weights(stage: object, own: str | None, by_stage: str | None, by_own: str | None) -> None:
    estimate = None if own is None else Decimal(own)
    subject = deal(stage=stage, value=eur(100), probability=estimate, close=TODAY)  # type: ignore[arg-type] # a stage or none
    (part,) = gather("all", None, look_at(journal(subject), TODAY).buckets).parts
    assert part.by_stage == (by_stage and eur(by_stage))
    assert part.by_own == (by_own and eur(by_own))


def test_a_deal_without_a_value_counts_with_nothing() -> None:
    whole = gather("all", None, look_at(journal(deal(probability=Decimal(1))), TODAY).buckets)
    found = sums(whole, SCHEMA, TODAY)
    assert (found.deals, found.own, found.open.lines, found.by_own.lines) == (1, 1, (), ())


def test_by_value_puts_foreign_money_and_none_last() -> None:
    deals = [
        deal("none"),
        deal("chf", value=eur(10**6, "CHF")),
        deal("usd", value=eur(100, "USD")),
        deal("b", value=eur(95)),
        deal("a", value=eur(95)),
    ]
    parts = gather("all", None, look_at(journal(*deals), TODAY).buckets).parts
    assert [part.deal.id for part in by_value(parts, SCHEMA)] == ["a", "b", "usd", "chf", "none"]


DEALS = st.lists(
    st.builds(
        deal,
        stage=st.sampled_from([LEAD, OFFER, TALKS, PARKED, WON, LOST]),
        value=st.none() | st.builds(eur, st.integers(-9999, 9999), st.sampled_from(["EUR", "CHF"])),
        close=st.none() | st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1)),
        created=st.none() | st.dates(dt.date(2025, 6, 1), TODAY),
        category=st.sampled_from([None, "commit", "omitted"]),
        probability=st.none() | st.sampled_from([Decimal(0), Decimal("0.35")]),
    ),
    max_size=12,
)


@given(DEALS, st.integers(1, 12))
def test_the_columns_add_up_to_the_journal(deals: list[Deal], starts: int) -> None:
    named = [replace(d, id=f"d{number}") for number, d in enumerate(deals)]
    look = look_at(journal(*named, schema=replace(SCHEMA, fiscal_year_starts=starts)), TODAY)
    apart = [part.deal for part in (*look.omitted, *look.parked)]
    counted = [part.deal for bucket in look.buckets for part in bucket.parts]
    unfinished = [d for d in named if d.stage.type in (StageType.OPEN, StageType.PARKED)]
    assert sorted(d.id for d in counted + apart) == sorted(d.id for d in unfinished)
    whole = sums(gather("all", None, look.buckets), SCHEMA, TODAY)
    assert whole.open == total((d.value for d in counted), SCHEMA, TODAY)
