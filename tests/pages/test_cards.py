"""Where deals stand, in words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal, Participant
from site_builder.journal.journal import Journal
from site_builder.journal.note import StepMark
from site_builder.journal.pipeline import Step
from site_builder.pages.cards import Card
from site_builder.pages.contact import contact_page
from site_builder.pages.context import Context
from site_builder.pages.deal import deal_page
from tests.by_hand import (
    LEAD,
    LOST,
    OFFER,
    PARKED,
    PIPELINE,
    SCHEMA,
    TODAY,
    WON,
    context,
    day,
    deal,
    journal,
    note,
    planned,
    span,
)


def card(one: Deal) -> Card:
    return context(journal(one)).cards[one.id]


def status(one: Deal) -> tuple[str, str]:
    found = card(one)
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


def test_progress_is_the_place_on_the_way_and_steps_done_of_its_steps() -> None:
    steps = (Step("call", "Called"), Step("visit", "Visited"))
    stage = replace(OFFER, steps=steps)
    ticked = replace(note("2026-10-02", "call"), steps=(StepMark(steps[0], "", span()),))
    one = deal(stage=stage, notes=(note("2026-10-01", "stage", stage=stage), ticked))
    found = card(one)
    assert (found.dots, found.progress_text) == ("2 ●○", "Stage 2, 1 of 2 steps done")
    assert (found.days_text, found.steps) == ("50 days", "1/2 steps")
    assert (card(deal()).dots, card(deal()).steps) == ("stage 1", "")


def test_a_card_counts_stages_as_the_page_of_its_deal_does() -> None:
    offer = replace(OFFER, number=3)
    pipeline = replace(PIPELINE, stages=(LEAD, replace(PARKED, number=2), offer))
    made = context(journal(deal("a", offer, pipeline=pipeline), deal("b", PARKED)))
    page = deal_page(made, made.journal.deals_by_id["a"])
    assert page.answer[0].lead == "Stage 2 of 2, "
    assert (page.card.dots, page.card.progress_text) == ("stage 2", "Stage 2")
    assert (made.cards["b"].dots, made.cards["b"].progress_text) == ("", "Parked")


@pytest.mark.parametrize(
    ("title", "beside"),
    [
        ("JANE ROE, rollout", ""),
        ("Rollout for Jane Roe", ""),
        ("For Jane Roe now", ""),
        ("Rollout", "Jane Roe"),
        ("Sarjane Roebuck", "Jane Roe"),
    ],
)
def test_a_company_is_named_where_the_title_has_it_not(title: str, beside: str) -> None:
    assert card(deal(title=title, company="jane-roe")).beside == beside


def test_the_facts_say_it_in_numbers() -> None:
    one = deal(stage=OFFER, notes=(note("2026-10-01", "stage", stage=OFFER),))
    assert context(journal(one)).insights.standings["d"].days == 50


def test_cards_are_made_once_and_only_those_asked_for() -> None:
    shared = context(journal(deal("a"), deal("b")))
    assert shared.cards["b"] is shared.cards["b"]
    assert len(shared.cards) == 1


def test_what_all_pages_may_need_is_made_before_they_are_shared_out() -> None:
    shared: Context = context(journal(deal("a"), deal("b"))).worked_out()
    assert (len(shared.cards), len(shared.insights.standings)) == (2, 2)


def test_the_format_says_what_templates_may_ask_of_a_card() -> None:
    text = (Path(__file__).parents[2] / "docs" / "format.md").read_text("utf-8")
    fields = ", ".join(f"`{name}`" for name in Card._fields)
    assert f"in a row for {fields};" in " ".join(text.split())


def test_a_page_of_one_deal_or_contact_works_out_no_other() -> None:
    jane = Contact("jane-roe", "contacts/jane-roe.md", "Jane Roe")
    acme = Contact("acme", "contacts/acme.md", "Acme", is_company=True)
    hers = deal("a", contacts=(Participant("jane-roe", ""),), notes=(note("2026-11-01", "call"),))
    shared = context(Journal(SCHEMA, (hers, deal("b"), deal("c")), (acme, jane)))
    deal_page(shared, shared.journal.deals[1])
    contact_page(shared, jane)
    insights = shared.insights
    assert (len(insights.standings), len(insights.contact_standings), len(shared.cards)) == (
        2,
        1,
        2,
    )
    assert "by_stage" not in vars(insights)
