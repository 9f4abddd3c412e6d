"""The strip under a deal's title."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal, Participant
from site_builder.journal.journal import Journal
from site_builder.journal.note import NoteFields
from site_builder.journal.pipeline import Stage
from site_builder.journal.team import Person
from site_builder.pages.deal import deal_page
from site_builder.pages.facts import Fact
from tests.by_hand import (
    LOST,
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
    note,
    rendered,
)

JANE = Contact(
    "jane-roe", "contacts/jane-roe.md", "Jane Roe", email="jane@acme.example", phone="+44 20 79"
)
BOB = Contact("bob", "contacts/bob.md", "Bob")
BOTH = (Participant("jane-roe", "champion"), Participant("bob"))


def strip(one: Deal) -> dict[str, Fact]:
    schema = replace(SCHEMA, lost_reasons={"price": "Price"})
    view = deal_page(context(Journal(schema, (one,), (BOB, JANE)), TODAY), one)
    assert not {fact.label for fact in view.strip} & {fact.label for fact in view.facts}
    return {fact.label: fact for fact in view.strip}


def test_an_open_deal_has_value_probability_close_owner_and_main_contact() -> None:
    found = strip(deal(stage=OFFER, value=eur(48000), close=day("2026-12-01"), contacts=BOTH))
    assert list(found) == ["Value", "Probability", "Close", "Owner", "Main contact"]
    assert (found["Close"].text, found["Close"].aside) == ("1 Dec 2026", "in 11 days")
    assert [link[:2] for link in found["Main contact"].links] == [
        ("Jane Roe", "../contacts/jane-roe.html"),
        ("+44 20 79", "tel:+442079"),
        ("jane@acme.example", "mailto:jane@acme.example"),
    ]


@pytest.mark.parametrize(
    ("stage", "own", "said"),
    [
        (OFFER, None, ("50%", "the stage's")),
        (OFFER, "0.6", ("60%", "stage 50%")),
        (TALKS, "0.6", ("60%", "own")),
    ],
)
def test_the_own_probability_stands_beside_the_stages(
    stage: Stage, own: str | None, said: tuple[str, str]
) -> None:
    found = strip(deal(stage=stage, probability=Decimal(own) if own else None))["Probability"]
    assert (found.text, found.aside) == said


def test_without_any_probability_none_is_told() -> None:
    assert "Probability" not in strip(deal(stage=TALKS))


def test_an_ended_deal_says_how_and_a_parked_one_when_it_wakes() -> None:
    won = deal(stage=WON, notes=(note("2026-11-01", "stage", stage=WON),), close=TODAY)
    assert list(strip(won)) == ["Won", "Owner"]
    assert strip(won)["Won"][:3] == ("Won", "1 Nov 2026", "19 days ago")
    lost = strip(deal(stage=LOST, lost_reason="price", probability=Decimal("0.5")))
    assert (list(lost), lost["Lost because"].text) == (["Lost because", "Owner"], "Price")
    parked = strip(deal(stage=PARKED, wake=day("2027-01-01"), lost_reason="price"))
    assert (list(parked), parked["Wakes"].text) == (["Wakes", "Owner"], "1 Jan 2027")


def test_what_was_otherwise_when_it_ended_stands_beside() -> None:
    sold = replace(
        note("2026-10-01", "stage", stage=WON), fields=NoteFields(value=eur(5), owner=OTTO)
    )
    later = replace(
        note("2026-10-09", "change"), fields=NoteFields(value=eur(6), owner=Person("ann", "Ann"))
    )
    one = deal(stage=WON, notes=(sold, later), value=eur(6), owner=Person("ann", "Ann"))
    assert strip(one)["Value"][1:3] == ("€6", "€5 when won")
    assert strip(one)["Owner"][1:3] == ("Ann", "Otto Brandt when won")


def test_a_contact_without_a_page_or_an_address_is_named() -> None:
    gone = strip(deal(contacts=(Participant("gone"),)))["Main contact"]
    assert gone.links == (("gone", "", ""),)
    bare = strip(deal(contacts=(Participant("bob"),)))["Main contact"]
    assert [link.text for link in bare.links] == ["Bob"]
    assert "Main contact" not in strip(deal(company="jane-roe"))


def test_the_page_has_it_under_the_title_and_before_all_else() -> None:
    one = deal(stage=OFFER, contacts=BOTH, notes=(note("2026-11-01", "call"),))
    view = deal_page(context(Journal(SCHEMA, (one,), (BOB, JANE)), TODAY), one)
    html = rendered("deal.html", view)
    marks = ("<h1>", 'class="strip"', 'class="next-step', 'class="path"', 'id="notes"',
             'id="people"', 'id="facts"', '<p class="file')  # fmt: skip
    places = [html.index(mark) for mark in marks]
    assert places == sorted(places)
    assert '<a href="tel:+442079"><bdi>+44 20 79</bdi></a>' in html
    assert '<a href="mailto:jane@acme.example"><bdi>jane@acme.example</bdi></a>' in html
