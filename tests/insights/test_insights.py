"""Facts that many pages tell: where deals and contacts stand, which notes are about whom."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cached_property

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.insights.insights import Insights
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal, Participant
from site_builder.journal.journal import Journal
from site_builder.journal.kinds import Kind, KindRole, Tangibility
from site_builder.pages.note_paths import note_path
from site_builder.parse.note_order import numbered
from tests.by_hand import (
    LEAD,
    LOST,
    PARKED,
    SCHEMA,
    TODAY,
    WON,
    day,
    deal,
    eur,
    note,
    planned,
)

ACME = Contact("acme", "contacts/acme.md", "Acme", is_company=True)
JANE = Contact("jane-roe", "contacts/jane-roe.md", "Jane Roe", company="acme")
WITH_JANE = (Participant("jane-roe", "champion"),)


def insights(*deals: Deal, contacts: tuple[Contact, ...] = (ACME, JANE)) -> Insights:
    return Insights(Journal(SCHEMA, tuple(sorted(deals, key=lambda d: d.id)), contacts), TODAY)


def test_open_deals_come_the_most_urgent_first() -> None:
    old = (note("2026-01-01", "stage", stage=LEAD),)
    new = (note("2026-11-01", "stage", stage=LEAD),)
    found = insights(
        deal("a", notes=old, next=planned("2026-12-02")),
        deal("b", notes=new, next=planned("2026-12-01")),
        deal("c", notes=new),
        deal("d", notes=old),
        deal("e", notes=new, next=planned("2026-11-20")),
        deal("f", notes=new, next=planned("2026-11-02")),
        deal("g", notes=new, next=planned("2026-11-01")),
    ).by_stage[("sales", "lead")]
    assert [one.deal.id for one in found] == ["g", "f", "e", "d", "c", "b", "a"]


def test_parked_deals_come_in_the_order_in_which_they_wake() -> None:
    found = insights(
        deal("a", stage=PARKED),
        deal("b", stage=PARKED, wake=day("2027-03-01")),
        deal("c", stage=PARKED, wake=day("2027-01-01")),
        deal("d", stage=PARKED, wake=day("2026-11-20")),
    ).by_stage[("sales", "parked")]
    assert [one.deal.id for one in found] == ["d", "c", "b", "a"]


def test_won_deals_come_the_newest_first() -> None:
    found = insights(
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
    found = insights(one, contacts=(ACME, replace(JANE, notes=(own,)))).mentions
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
    found = insights(*deals).contact_standings["jane-roe"]
    assert (found.status, found.status_worked) == (said, True)


def test_a_written_status_stands() -> None:
    found = insights(
        deal(contacts=WITH_JANE, notes=RECENT), contacts=(replace(JANE, status="cold"),)
    )
    assert found.contact_standings["jane-roe"].status == "cold"
    assert not found.contact_standings["jane-roe"].status_worked


def test_a_contacts_open_deals_are_summed() -> None:
    found = insights(
        deal("a", contacts=WITH_JANE, value=eur(100)),
        deal("b", contacts=WITH_JANE, value=eur(100, "USD")),
        deal("c", contacts=WITH_JANE, value=eur(100), stage=LOST),
    ).contact_standings["jane-roe"]
    assert found.open_deals == 2
    assert found.open_total.in_currency("EUR") == 190


def test_a_milestone_is_no_contact() -> None:
    mark = replace(RECENT[0], kind=Kind("news", Tangibility.NEITHER, KindRole.MARK))
    assert (
        insights(deal(contacts=WITH_JANE, notes=(mark,))).contact_standings["jane-roe"].last is None
    )


def test_who_introduced_and_referred_whom() -> None:
    bob = Contact("bob", "contacts/bob.md", "Bob", introduced_by="jane-roe")
    found = insights(deal(referral="jane-roe"), contacts=(JANE, bob))
    assert found.introduced == {"jane-roe": (bob,)}
    assert [d.id for d in found.referred["jane-roe"]] == ["d"]


def test_everything_is_worked_out_before_it_is_shared_out() -> None:
    found = insights(deal("a"), deal("b")).worked_out()
    lazy = {name for name, made in vars(Insights).items() if isinstance(made, cached_property)}
    each = {"each_deal", "each_contact"}  # which hold what was asked for
    assert lazy - each == set(vars(found)) - {
        "journal",
        "today",
        "whole",
        "recorded",
        "memory",
        *each,
    }
    assert (len(found.standings), len(found.restated), len(found.contact_standings)) == (2, 2, 2)


def test_of_one_deal_or_contact_only_that_is_worked_out() -> None:
    found = insights(deal("a"), deal("b"))
    assert found.standings["b"].deal.id == "b"
    assert found.contact_standings["acme"].contact is ACME
    assert (len(found.standings), len(found.contact_standings)) == (1, 1)
    assert found.standings["b"] is found.standings["b"]


def test_nothing_is_taken_over_from_another_day_or_schema() -> None:
    before = insights(deal("one"))
    journal = replace(before.journal)
    another = replace(journal, schema=replace(SCHEMA))
    assert Insights(journal, TODAY).after(before, ()) is not None
    for made in (
        Insights(journal, TODAY + dt.timedelta(days=1)),
        Insights(another, TODAY),
        Insights(another, TODAY + dt.timedelta(days=1)),
    ):
        assert made.after(before, ()) is None
