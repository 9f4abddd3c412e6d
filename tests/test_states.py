"""What holds when: FORMAT, "What holds when"."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from site_builder.model import Deal, Money
from site_builder.states import as_of, created_on, last_contact, outcome_on, stage_path, stage_since
from tests.catalogue import BASE, PIPELINE
from tests.journals import loaded

OPENED = PIPELINE.replace(
    "      won: {type: won}\n", "      won: {type: won}\n      delivered: {type: won}\n"
)

STORY = """\
---
title: Reopened
owner: maria
stage: delivered
value: 60000
created: 2026-01-10
contacts: [jane-roe]
---
## 2026-02-01 stage qualification
value:: 40000
- [x] decision-map

## 2026-02-10 call with maria — Among ourselves

## 2026-03-01 stage lost

## 2026-05-01 stage decision
value:: 60000

## 2026-06-01 stage negotiation

## 2026-07-01 stage won

## 2026-08-01 stage delivered
"""


def on(day: str) -> Deal | None:
    result = loaded({"pipeline.yml": OPENED, "deals/d.md": STORY})
    assert result.journal is not None
    return as_of(result.journal, dt.date.fromisoformat(day)).deals_by_id.get("d")


def test_stage_and_value_follow_from_the_notes_of_the_day_or_earlier() -> None:
    seen = [
        (day, deal.stage.id, deal.value)
        for day in ("2026-01-31", "2026-02-01", "2026-04-01", "2026-05-01", "2026-08-01")
        if (deal := on(day))
    ]
    eur = {n: Money(Decimal(n), "EUR") for n in (40000, 60000)}
    assert seen == [
        ("2026-01-31", "lead", None),
        ("2026-02-01", "qualification", eur[40000]),
        ("2026-04-01", "lost", eur[40000]),
        ("2026-05-01", "decision", eur[60000]),
        ("2026-08-01", "delivered", eur[60000]),
    ]  # fmt: skip


def test_before_it_began_a_deal_is_not_there() -> None:
    assert on("2026-01-09") is None
    assert on("2026-01-10") is not None


def test_won_on_the_first_day_in_a_won_stage_without_an_open_one_after() -> None:
    lost, won = on("2026-04-01"), on("2026-09-01")
    assert lost is not None and outcome_on(lost) == dt.date(2026, 3, 1)
    assert won is not None and outcome_on(won) == dt.date(2026, 7, 1)
    reopened = on("2026-05-02")
    assert reopened is not None and outcome_on(reopened) is None


def test_the_path_has_the_days_of_each_stay() -> None:
    deal = on("2026-06-10")
    assert deal is not None
    assert [(v.stage.id, v.days(dt.date(2026, 6, 10))) for v in stage_path(deal)] == [
        ("qualification", 28), ("lost", 61), ("decision", 31), ("negotiation", 9)]  # fmt: skip
    assert stage_since(deal) == dt.date(2026, 6, 1)


def test_a_deal_without_stage_notes_has_always_stood_there() -> None:
    result = loaded({"deals/acme.md": BASE["deals/acme.md"] + "## 2026-03-03 call with jane-roe\n"})
    assert result.journal is not None
    deal = result.journal.deals_by_id["acme"]
    assert created_on(deal) == stage_since(deal) == dt.date(2026, 3, 3)


def test_talk_among_ourselves_is_no_contact() -> None:
    result = loaded(
        {
            "deals/acme.md": BASE["deals/acme.md"]
            + "## 2026-03-03 call with jane-roe\n\n## 2026-03-04 call with maria\n\n## 2026-03-05 note\n"
        }
    )
    assert result.journal is not None
    note = last_contact(result.journal.deals_by_id["acme"], result.journal)
    assert note is not None and note.date == dt.date(2026, 3, 3)


def test_a_deal_is_not_lost_for_a_reason_before_or_after_it_is_lost() -> None:
    story = "---\ntitle: D\nowner: maria\nstage: lost\nlost-reason: price\n---\n## 2026-02-01 stage lead\n\n## 2026-03-01 stage lost\n"
    result = loaded({"deals/d.md": story})
    assert result.journal is not None
    reasons = [
        as_of(result.journal, dt.date(2026, month, 15)).deals[1].lost_reason for month in (2, 3)
    ]
    assert reasons == ["", "price"]
    reopened = loaded(
        {"deals/d.md": "---\ntitle: D\nowner: maria\nstage: lead\nlost-reason: price\n---\n"}
    )
    assert reopened.journal is not None
    assert as_of(reopened.journal, reopened.today).deals[1].lost_reason == ""
