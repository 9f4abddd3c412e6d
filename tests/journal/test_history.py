"""What holds when: FORMAT, "What holds when"."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from site_builder.journal.deal import Deal
from site_builder.journal.history import (
    as_of,
    created_on,
    entries,
    last_contact,
    outcome,
    stage_path,
    stage_since,
)
from site_builder.journal.money import Money
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


def ended(deal: Deal) -> tuple[str, dt.date | None] | None:
    how = outcome(deal)
    return how and (str(how.type), how.day)


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
    assert lost is not None and ended(lost) == ("lost", dt.date(2026, 3, 1))
    assert won is not None and ended(won) == ("won", dt.date(2026, 7, 1))
    reopened = on("2026-05-02")
    assert reopened is not None and ended(reopened) is None


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


ALL = PIPELINE.replace(
    "      won: {type: won}\n",
    "      won: {type: won}\n      delivered: {type: won}\n      later: {type: parked}\n"
    "      gone: {type: lost}\n",
)


def moved(*stages: str) -> Deal:
    """A deal that entered these stages on the 1st, 2nd, 3rd … of March 2026."""
    notes = "\n".join(f"## 2026-03-{n:02} stage {stage}\n" for n, stage in enumerate(stages, 1))
    front = f"title: D\nowner: maria\nstage: {stages[-1]}\ncreated: 2026-01-10\n"
    result = loaded({"pipeline.yml": ALL, "deals/d.md": f"---\n{front}---\n{notes}"})
    assert result.journal is not None
    return result.journal.deals_by_id["d"]


@pytest.mark.parametrize(
    ("stages", "how"),
    [
        ("lead", None),
        ("won", "won 1"),
        ("lead won delivered", "won 2"),
        ("won won", "won 1"),
        ("won delivered won", "won 1"),
        ("won lead delivered", "won 3"),
        ("won lead", None),
        ("won lost", "lost 2"),
        ("lost won", "won 2"),
        ("won lost won", "won 3"),
        ("lost gone", "lost 1"),
        ("lost lost gone lost", "lost 1"),
        ("lost later", None),
        ("lost later lost", "lost 3"),
        ("lost later won", "won 3"),
        ("won later", "won 1"),
        ("won later later", "won 1"),
        ("won later delivered", "won 1"),
        ("won later lead", None),
        ("won later lead won", "won 4"),
        ("won later lost later", None),
        ("later", None),
    ],
)
def test_how_and_when_a_deal_ended(stages: str, how: str | None) -> None:
    found = ended(moved(*stages.split()))
    assert (found and f"{found[0]} {found[1] and found[1].day}") == how


@pytest.mark.parametrize(
    ("stages", "path", "since"),
    [
        ("lead lead decision", "lead 2, decision 17", 3),
        ("lead decision decision decision", "lead 1, decision 18", 2),
        ("lead decision lead decision", "lead 1, decision 1, lead 1, decision 16", 4),
        ("lead later later lead", "lead 1, later 2, lead 16", 4),
        ("won won", "won 19", 1),
    ],
)
def test_a_stage_note_that_restates_the_stage_is_no_entry(
    stages: str, path: str, since: int
) -> None:
    deal = moved(*stages.split())
    today = dt.date(2026, 3, 20)
    assert ", ".join(f"{v.stage.id} {v.days(today)}" for v in stage_path(deal)) == path
    assert stage_since(deal) == dt.date(2026, 3, since)
    assert [note.date.day for note in entries(deal)] == [
        v.entered.day for v in stage_path(deal) if v.entered
    ]


def test_the_first_stage_note_is_an_entry_even_into_the_first_stage() -> None:
    assert stage_since(moved("lead")) == dt.date(2026, 3, 1)


OWNED = """\
---
title: D
owner: maria
stage: won
value: 500
created: 2026-01-10
---
## 2026-02-01 change
value:: 300

## 2026-03-01 stage won

## 2026-04-01 change
value:: 400
owner:: otto

## 2026-05-01 change
value:: 500
owner:: maria
"""


def test_what_counts_is_the_value_of_the_day_and_the_first_owner_named() -> None:
    pipeline = PIPELINE.replace("team:\n", "team:\n  otto: {name: Otto}\n")
    result = loaded({"pipeline.yml": pipeline, "deals/d.md": OWNED})
    assert result.journal is not None
    for day in ("2026-04-01", "2026-04-30", "2026-05-01", "2026-11-20"):
        deal = as_of(result.journal, dt.date.fromisoformat(day)).deals_by_id["d"]
        how = outcome(deal)
        assert how is not None
        assert (how.is_won, how.value, how.owner.id) == (True, Money(Decimal(300), "EUR"), "otto")


def test_until_a_note_names_an_owner_it_is_the_first_one_that_a_note_names() -> None:
    pipeline = PIPELINE.replace("team:\n", "team:\n  otto: {name: Otto}\n")
    result = loaded({"pipeline.yml": pipeline, "deals/d.md": OWNED})
    assert result.journal is not None
    owners = [
        as_of(result.journal, dt.date(2026, month, 15)).deals_by_id["d"].owner.id
        for month in (1, 3, 4, 5)
    ]
    assert owners == ["otto", "otto", "otto", "maria"]


def test_front_matter_that_the_notes_contradict_has_ended_on_no_day() -> None:
    text = "---\ntitle: D\nowner: maria\nstage: won\n---\n## 2026-03-01 stage lead\n"
    result = loaded({"deals/d.md": text})
    assert result.journal is not None
    assert ended(result.journal.deals_by_id["d"]) == ("won", None)
