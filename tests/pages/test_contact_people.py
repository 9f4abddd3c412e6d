"""Whom else to turn to: the people of a company, and who is in the same deals as a person."""

from __future__ import annotations

from dataclasses import replace

from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal, Participant
from site_builder.journal.journal import Journal
from site_builder.pages.contact import ContactPage, contact_page
from tests.by_hand import SCHEMA, TODAY, WON, context, deal, note, rendered

ACME = Contact("acme", "contacts/acme.md", "Acme", is_company=True)


def person(id: str, **fields: str) -> Contact:
    made = {"company": "acme", "role": "Buyer"} | fields
    return Contact(id, f"contacts/{id}.md", id.title(), **made)  # type: ignore[arg-type] # texts


def shown(one: Contact, others: tuple[Contact, ...], *deals: Deal) -> ContactPage:
    contacts = tuple(sorted((one, *others), key=lambda contact: contact.id))
    return contact_page(context(Journal(SCHEMA, deals, contacts), TODAY), one)


def test_people_of_a_company_say_who_they_are_and_when_we_last_spoke() -> None:
    called = (note("2026-11-17", "call", "cid"), note("2026-11-18", "call", "bea"))
    people = (person("ann"), person("bea", phone="+44 20", email="b@acme.example"), person("cid"))
    one = deal(company="acme", notes=called, contacts=(Participant("cid", "economic-buyer"),))
    view = shown(ACME, people, one)
    assert view.people_title == "People"
    bea, cid, ann = view.people.first
    assert (bea.name, bea.role, bea.phone[:2], bea.email[:2]) == (
        "Bea", "Buyer", ("+44 20", "tel:+4420"), ("b@acme.example", "mailto:b@acme.example")
    )  # fmt: skip
    assert bea.last[:2] == ("2 days ago", "../deals/d.html#note-2026-11-18")
    assert (cid.role, cid.last.text) == ("Buyer, economic buyer", "3 days ago")
    assert (ann.name, ann.path, ann.last.path) == ("Ann", "../contacts/ann.html", "")
    html = rendered("contact.html", view)
    assert html.index('id="people"') < html.index('id="notes"')
    assert 'last contact <a href="../deals/d.html#note-2026-11-18">2 days ago</a>' in html


def test_beside_a_person_stand_those_in_the_same_deals_open_ones_first() -> None:
    others = tuple(person(id, phone="+44 20") for id in ("ann", "bea", "cid"))
    won = deal("a", WON, contacts=(Participant("ann"), Participant("jane"), Participant("bea")))
    now = deal(
        "b", contacts=(Participant("jane"), Participant("bea", "champion"), Participant("x"))
    )
    view = shown(person("jane"), (ACME, *others), won, now)
    assert view.people_title == "In the same deals"
    assert [(one.name, one.role) for one in view.people.first] == [
        ("Bea", "Buyer, champion"),
        ("Ann", "Buyer"),
    ]
    html = rendered("contact.html", view)
    assert html.index('id="notes"') < html.index('href="tel:+4420"') < html.index('id="facts"')


def test_no_more_than_a_few_of_the_same_deals() -> None:
    many = tuple(person(f"p{n}") for n in range(9))
    one = deal(contacts=tuple(Participant(other.id) for other in many))
    view = shown(many[0], (ACME, *many[1:]), one)
    assert [other.name for other in view.people.first] == ["P1", "P2", "P3", "P4", "P5"]


def test_companies_of_a_company_are_called_so() -> None:
    part = replace(person("part", role=""), is_company=True)
    assert shown(ACME, (part,)).people_title == "Companies"
    assert shown(ACME, (part, person("ann"))).people_title == "People"
