"""What comes next with a contact: the most urgent of the steps and wake dates of its deals, and of
being in touch."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from site_builder.insights.insights import Insights
from site_builder.insights.next_up import NextUp, next_up
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal, Participant
from site_builder.journal.journal import Journal
from tests.by_hand import LOST, PARKED, SCHEMA, TODAY, WON, deal, note, planned

JANE = Contact("jane", "contacts/jane.md", "Jane")
WITH_JANE = (Participant("jane"),)
OVERDUE = deal("overdue", contacts=WITH_JANE, next=planned("2026-11-18"))
NONE = deal("none", contacts=WITH_JANE)
LATER = deal("later", contacts=WITH_JANE, next=planned("2026-11-30"))
WOKEN = deal("woken", PARKED, contacts=WITH_JANE, wake=dt.date(2026, 11, 19))
CALLED = deal("called", WON, contacts=WITH_JANE, notes=(note("2026-10-01", "call", "jane"),))


def found(*deals: Deal, one: Contact = JANE) -> NextUp | None:
    insights = Insights(Journal(SCHEMA, deals, (one,)), TODAY)
    return next_up(insights.contact_standings[one.id], insights)


@pytest.mark.parametrize(
    ("deals", "first", "days", "state"),
    [
        ((LATER, NONE, OVERDUE), OVERDUE, -2, "overdue"),
        ((WOKEN, LATER), WOKEN, -1, "overdue"),
        ((WOKEN, OVERDUE), OVERDUE, -2, "overdue"),
        ((NONE, LATER), NONE, None, "none"),
        ((LATER,), LATER, 10, "later"),
        ((replace(LATER, next=planned("2026-11-20")),), LATER, 0, "today"),
    ],
)
def test_the_most_urgent_of_its_deals(
    deals: tuple[Deal, ...], first: Deal, days: int | None, state: str
) -> None:
    up = found(*deals)
    assert up is not None and up.deal is not None
    assert (up.deal.id, up.days, up.state) == (first.id, days, state)
    assert up.is_due is (state in ("overdue", "today"))


def test_what_ended_or_sleeps_on_without_a_date_asks_for_nothing() -> None:
    planned_too = replace(LATER, stage=LOST)
    assert found(planned_too, CALLED, deal("p", PARKED, contacts=WITH_JANE)) is None


def test_being_in_touch_comes_after_a_deal_that_is_due_and_before_one_that_is_not() -> None:
    often = replace(JANE, touch_every=dt.timedelta(30))
    assert found(CALLED, LATER, one=often) == NextUp(None, -20)
    assert found(CALLED, NONE, one=often) == NextUp(None, -20)
    up = found(CALLED, OVERDUE, one=often)
    assert up is not None and up.deal is OVERDUE
    assert found(CALLED, one=replace(often, touch_every=dt.timedelta(60))) == NextUp(None, 10)


def test_who_was_never_reached_is_due_today() -> None:
    assert found(one=replace(JANE, touch_every=dt.timedelta.max)) == NextUp(None, 0)
