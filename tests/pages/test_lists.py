"""The lists of deals and contacts: everything can be reached, in pages of a size to read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from site_builder.journal.contact import Contact
from site_builder.journal.journal import Journal
from site_builder.pages import contacts as contact_list
from site_builder.pages import deals as deal_list
from site_builder.pages import stage as stage_list
from tests.by_hand import (
    LEAD,
    OFFER,
    PIPELINE,
    SCHEMA,
    TODAY,
    WON,
    context,
    deal,
    eur,
    journal,
    note,
    rendered,
)


def test_deals_are_listed_by_pipeline_and_stage() -> None:
    view = deal_list.deals(context(journal(deal("a", OFFER, value=eur(10)), deal("b", WON)), TODAY))
    assert view.answer == "2 deals, 1 of them open."
    (pipeline,) = view.pipelines
    assert [(s.anchor, s.summary) for s in pipeline.stages] == [
        ("sales.offer", "1 deal, €10"),
        ("sales.won", "1 deal"),
    ]
    html = rendered("deals.html", view)
    assert 'id="sales.offer"' in html and 'href="deals/a.html"' in html


def test_a_long_stage_leads_to_its_own_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deal_list, "SHOWN", 2)
    monkeypatch.setattr(stage_list, "PER_PAGE", 3)
    shared = context(journal(*(deal(f"d{n}") for n in range(7))), TODAY)
    stage = deal_list.deals(shared).pipelines[0].stages[0]
    assert len(stage.deals) == 2
    assert (stage.more, stage.path) == ("5 more deals in Lead", "deals-sales.lead.html")
    assert stage_list.paging(shared, PIPELINE, LEAD).pages == 3
    pages = [stage_list.stage_list(shared, PIPELINE, LEAD, n) for n in (1, 2, 3)]
    listed = [one.id for page in pages for one in page.deals]
    assert sorted(listed) == [f"d{n}" for n in range(7)]
    assert [p.path for p in pages[0].pages] == [
        "deals-sales.lead.html",
        "deals-sales.lead.2.html",
        "deals-sales.lead.3.html",
    ]
    assert pages[2].pages[2].text == "7 to 7"
    html = rendered("stage.html", pages[1])
    assert '<a href="deals-sales.lead.2.html" aria-current="page">4 to 6</a>' in html
    assert "<title>Lead in Sales, deals 4 to 6 · " in html


def test_an_empty_stage_has_a_page_that_says_how_to_enter() -> None:
    shared = context(journal(), TODAY)
    assert stage_list.paging(shared, PIPELINE, OFFER).pages == 1
    html = rendered("stage.html", stage_list.stage_list(shared, PIPELINE, OFFER, 1))
    assert "## 2026-10-24 stage offer" in html
    assert "No deals yet" in rendered("deals.html", deal_list.deals(shared))


def test_a_row_says_where_the_deal_stands() -> None:
    one = deal("a", OFFER, title="A <b>", notes=(note("2026-10-01", "stage", stage=OFFER),))
    html = rendered("deals.html", deal_list.deals(context(journal(one), TODAY)))
    assert "A &lt;b&gt;" in html and "50 days" in html and "no contact for 50 days" in html


def person(id: str, name: str) -> Contact:
    return Contact(id, f"contacts/{id}.md", name)


def test_contacts_are_listed_by_name_over_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contact_list, "PER_PAGE", 2)
    acme = replace(person("acme", "acme Ltd"), is_company=True)
    people = (acme, person("b", "Zoe"), person("c", "Bea"))
    shared = context(Journal(SCHEMA, (), people), TODAY)
    pages = [contact_list.contacts(contact_list.Everyone(shared), n) for n in (1, 2)]
    assert contact_list.Everyone(shared).paging.pages == 2
    assert [[row.name for row in page.rows] for page in pages] == [["acme Ltd", "Bea"], ["Zoe"]]
    assert pages[0].answer == "2 people and 1 company, none of them hot."
    assert [link[:2] for link in pages[0].pages] == [
        ("acme Ltd to Bea", "contacts.html"),
        ("Zoe to Zoe", "contacts.2.html"),
    ]
    assert "<title>Contacts, Zoe to Zoe · " in rendered("contacts.html", pages[1])


def test_a_contacts_row_says_how_things_are() -> None:
    called = (note("2026-11-17", "call", "jane-roe"),)
    view = contact_list.contacts(
        contact_list.Everyone(context(journal(deal(notes=called)), TODAY)), 1
    )
    (row,) = view.rows
    assert (row.status, row.last, row.last_day) == ("warm", "3 days ago", "2026-11-17")
    assert 'href="contacts/jane-roe.html">Jane Roe' in rendered("contacts.html", view)


def test_no_contacts_says_what_would_fill_it() -> None:
    view = contact_list.contacts(contact_list.Everyone(context(Journal(SCHEMA), TODAY)), 1)
    assert "No contacts yet" in rendered("contacts.html", view)
