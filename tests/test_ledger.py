"""What many pages share: where deals and contacts stand, and which notes are about whom."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cached_property

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.ledger import Ledger
from site_builder.model import (
    Contact,
    Deal,
    Journal,
    Kind,
    KindRole,
    Participant,
    Step,
    StepMark,
    Tangibility,
)
from site_builder.notes import numbered
from site_builder.views.parts import note_path
from tests.by_hand import (
    LEAD,
    LOST,
    OFFER,
    PARKED,
    SCHEMA,
    TODAY,
    WON,
    day,
    deal,
    eur,
    note,
    planned,
    span,
)

ACME = Contact("acme", "contacts/acme.md", "Acme", is_company=True)
JANE = Contact("jane-roe", "contacts/jane-roe.md", "Jane Roe", company="acme")
WITH_JANE = (Participant("jane-roe", "champion"),)


def ledger(*deals: Deal, contacts: tuple[Contact, ...] = (ACME, JANE)) -> Ledger:
    return Ledger(Journal(SCHEMA, tuple(sorted(deals, key=lambda d: d.id)), contacts), TODAY)


def status(one: Deal) -> tuple[str, str]:
    found = ledger(one).standings[one.id]
    return found.status, found.status_text


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (deal(), ("none", "no next step")),
        (deal(next=planned("2026-11-17")), ("overdue", "3 days overdue")),
        (deal(next=planned("2026-11-20")), ("today", "today")),
        (deal(next=planned("2026-11-21")), ("later", "in 1 day")),
        (deal(stage=PARKED), ("asleep", "asleep")),
        (deal(stage=PARKED, wake=day("2027-03-01")), ("asleep", "asleep until 1 Mar 2027")),
        (deal(stage=PARKED, wake=TODAY), ("overdue", "wakes today")),
        (deal(stage=PARKED, wake=day("2026-11-01")), ("overdue", "should have woken 19 days ago")),
        (
            deal(stage=WON, notes=(note("2026-10-01", "stage", stage=WON),)),
            ("won", "won 1 Oct 2026"),
        ),
        (deal(stage=LOST), ("lost", "lost")),
    ],
)
def test_the_status_of_a_deal_is_a_code_and_words(one: Deal, said: tuple[str, str]) -> None:
    assert status(one) == said


def test_progress_is_the_stage_number_and_steps_done_of_its_steps() -> None:
    steps = (Step("call", "Called"), Step("visit", "Visited"))
    stage = replace(OFFER, steps=steps)
    ticked = replace(note("2026-10-02", "call"), steps=(StepMark(steps[0], "", span()),))
    one = deal(stage=stage, notes=(note("2026-10-01", "stage", stage=stage), ticked))
    found = ledger(one).standings["d"]
    assert (found.progress, found.progress_text) == ("2 · 1/2", "Stage 2, 1 of 2 steps done")
    assert (found.days, found.days_text) == (50, "50 days")
    assert ledger(deal()).standings["d"].progress == "stage 1"


def test_open_deals_come_the_most_urgent_first() -> None:
    old = (note("2026-01-01", "stage", stage=LEAD),)
    new = (note("2026-11-01", "stage", stage=LEAD),)
    found = ledger(
        deal("a", notes=new, next=planned("2026-12-01")),
        deal("b", notes=old, next=planned("2026-12-01")),
        deal("c", notes=new, next=planned("2026-11-20")),
        deal("d", notes=new, next=planned("2026-11-01")),
    ).by_stage[("sales", "lead")]
    assert [one.deal.id for one in found] == ["d", "c", "b", "a"]


def test_won_deals_come_the_newest_first() -> None:
    found = ledger(
        deal("a", stage=WON, notes=(note("2026-01-01", "stage", stage=WON),)),
        deal("b", stage=WON, notes=(note("2026-05-01", "stage", stage=WON),)),
    ).by_stage[("sales", "won")]
    assert [one.deal.id for one in found] == ["b", "a"]


def test_notes_are_about_those_they_name_and_their_company() -> None:
    named = note("2026-10-01", "call", "jane-roe")
    unnamed = note("2026-10-02", "email")
    among_us = note("2026-10-03", "call", "maria")
    own = note("2026-10-04", "gift")
    memo = note("2026-10-05", "note")
    one = deal(contacts=WITH_JANE, notes=(named, unnamed, among_us, memo))
    found = ledger(one, contacts=(ACME, replace(JANE, notes=(own,)))).mentions
    assert [m.note for m in found["jane-roe"]] == [named, unnamed, own]
    assert [m.note for m in found["acme"]] == [named, unnamed, own]
    first, last = found["jane-roe"][0], found["jane-roe"][-1]
    assert note_path(first.subject, first.note) == "deals/d.html#note-2026-10-01"
    assert note_path(last.subject, last.note, "../") == "../contacts/jane-roe.html#note-2026-10-04"


@given(st.lists(st.dates(day("2026-10-01"), day("2026-10-09"))))
def test_an_anchor_is_the_day_and_a_number_from_its_second_note_on(days: list[dt.date]) -> None:
    days.sort()
    found = [each.anchor for each in numbered(tuple(note(str(one), "call") for one in days))]
    numbers = [days[: place + 1].count(one) for place, one in enumerate(days)]
    named = zip(days, numbers, strict=True)
    assert found == [f"note-{one}" + f"-{n}" * (n > 1) for one, n in named]


RECENT = (note("2026-11-01", "call", "jane-roe"),)
LONG_AGO = (note("2026-01-01", "call", "jane-roe"),)


@pytest.mark.parametrize(
    ("deals", "said"),
    [
        ((), "cold"),
        ((deal(contacts=WITH_JANE),), "cold"),
        ((deal(contacts=WITH_JANE, notes=LONG_AGO),), "warm"),
        ((deal(contacts=WITH_JANE, notes=RECENT),), "hot"),
        ((deal(contacts=WITH_JANE, notes=RECENT, stage=PARKED),), "warm"),
        ((deal(contacts=WITH_JANE, notes=RECENT, stage=LOST),), "lost"),
        (
            (deal(contacts=WITH_JANE, stage=LOST), deal("e", contacts=WITH_JANE, notes=RECENT)),
            "hot",
        ),
        ((deal(contacts=WITH_JANE, stage=WON), deal("e", contacts=WITH_JANE, notes=RECENT)), "won"),
    ],
)
def test_a_contacts_status_is_worked_out(deals: tuple[Deal, ...], said: str) -> None:
    found = ledger(*deals).contact_standings["jane-roe"]
    assert (found.status, found.status_worked) == (said, True)


def test_a_written_status_stands() -> None:
    found = ledger(deal(contacts=WITH_JANE, notes=RECENT), contacts=(replace(JANE, status="cold"),))
    assert found.contact_standings["jane-roe"].status == "cold"
    assert not found.contact_standings["jane-roe"].status_worked


def test_a_contacts_open_deals_are_summed() -> None:
    found = ledger(
        deal("a", contacts=WITH_JANE, value=eur(100)),
        deal("b", contacts=WITH_JANE, value=eur(100, "USD")),
        deal("c", contacts=WITH_JANE, value=eur(100), stage=LOST),
    ).contact_standings["jane-roe"]
    assert found.open_deals == 2
    assert found.open_total.in_currency("EUR") == 190


def test_a_milestone_is_no_contact() -> None:
    mark = replace(RECENT[0], kind=Kind("news", Tangibility.NEITHER, KindRole.MARK))
    assert (
        ledger(deal(contacts=WITH_JANE, notes=(mark,))).contact_standings["jane-roe"].last is None
    )


def test_who_introduced_and_referred_whom() -> None:
    bob = Contact("bob", "contacts/bob.md", "Bob", introduced_by="jane-roe")
    found = ledger(deal(referral="jane-roe"), contacts=(JANE, bob))
    assert found.introduced == {"jane-roe": (bob,)}
    assert [d.id for d in found.referred["jane-roe"]] == ["d"]


def test_what_many_pages_need_is_worked_out_before_they_are_shared_out() -> None:
    found = ledger(deal()).worked_out()
    lazy = {name for name, made in vars(Ledger).items() if isinstance(made, cached_property)}
    assert lazy - set(vars(found)) == {"writer", "note_bodies", "parties", "places"}
