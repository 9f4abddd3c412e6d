"""The list of contacts: people and companies apart, who is due or has an open deal first."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal, Participant
from site_builder.journal.journal import Journal
from site_builder.pages import contacts as pages
from site_builder.pages import contacts_in_order
from site_builder.pages.contacts import Contacts
from tests.by_hand import (
    PARKED,
    SCHEMA,
    TODAY,
    WON,
    context,
    deal,
    eur,
    note,
    planned,
    rendered,
)
from tests.pages.test_contact import rung


def person(id: str, name: str = "") -> Contact:
    return Contact(id, f"contacts/{id}.md", name or id.title())


def company(id: str, name: str = "") -> Contact:
    return replace(person(id, name), is_company=True)


def of(*ids: str) -> tuple[Participant, ...]:
    return tuple(map(Participant, ids))


def listed(contacts: tuple[Contact, ...], *deals: Deal) -> list[Contacts]:
    """All pages of the people, then all of the companies."""
    by_id = tuple(sorted(contacts, key=lambda one: one.id))
    made = context(Journal(SCHEMA, tuple(sorted(deals, key=lambda one: one.id)), by_id), TODAY)
    return [pages.contacts(made, key) for key in pages.PAGE.keys(made)]


def names(page: Contacts) -> list[str]:
    return [row.name for row in page.rows]


def test_people_and_companies_are_listed_apart() -> None:
    acme = company("acme", "acme Ltd")
    people, companies = listed((acme, replace(person("b", "Zoe"), company="acme"), person("c")))
    assert (names(people), names(companies)) == (["C", "Zoe"], ["acme Ltd"])
    assert people.answer == "None of 2 due, none with open deals."
    assert companies.answer == "None of 1 due, none with open deals."
    both = (
        ("People 2", "contacts.html"),
        ("Companies 1", "companies.html"),
        ("By status", "status.html"),
    )
    assert tuple(link[:2] for link in people.kinds) == both
    assert people.rows[1].around[:2] == ("acme Ltd", "contacts/acme.html")
    assert companies.rows[0].around[:2] == ("1 person", "contacts/acme.html#people")
    html = rendered("contacts.html", companies)
    assert '<a href="companies.html" aria-current="page">Companies 1</a>' in html
    assert "<h1>Companies</h1>" in html


def test_a_journal_of_companies_begins_with_them() -> None:
    first, again = listed((company("acme"),))
    assert names(first) == names(again) == ["Acme"]
    assert [link.text for link in first.kinds] == ["Companies 1", "By status"]
    assert first.title == "Companies"


def test_who_is_due_comes_first_then_who_has_an_open_deal() -> None:
    friend = replace(person("friend"), touch_every=dt.timedelta(30))
    regular = replace(person("regular"), touch_every=dt.timedelta(300))
    ids = ("none", "later", "soon", "today", "late", "later-still", "woken", "asleep", "won")
    deals = (
        deal("d1", contacts=of("none")),
        deal("d2", contacts=of("later"), next=planned("2026-12-02")),
        deal("d3", contacts=of("soon"), next=planned("2026-11-21")),
        deal("d4", contacts=of("today"), next=planned("2026-11-20")),
        deal("d5", contacts=of("late", "later"), next=planned("2026-11-19")),
        deal("d6", contacts=of("later-still"), next=planned("2026-12-03")),
        deal("d7", PARKED, contacts=of("woken"), wake=dt.date(2026, 11, 1)),
        deal("d8", PARKED, contacts=of("asleep"), wake=dt.date(2026, 12, 1)),
        deal("d9", WON, contacts=of("won", "friend", "regular"),
             notes=(note("2026-10-01", "call", "friend", "regular"),)),
    )  # fmt: skip
    (page,) = listed((friend, regular, *map(person, ids)), *deals)
    due = ["Woken", "Late", "Later", "Today", "Friend"]
    opened = ["None", "Soon", "Later-Still"]
    assert names(page) == [*due, *opened, "Asleep", "Regular", "Won"]
    assert [row.name for row in page.rows if row.is_due] == due
    assert page.answer == "5 of 11 due, 3 more with open deals."
    assert page.rule and page.rule in rendered("contacts.html", page)
    said = {row.name: (row.next_state, row.next, row.what.text) for row in page.rows}
    assert said["Woken"] == ("overdue", "19 days overdue", "Wake D7")
    assert said["Late"] == ("overdue", "1 day overdue", "Call")
    assert said["Today"] == ("today", "today", "Call")
    assert said["Friend"] == ("overdue", "20 days overdue", "Be in touch")
    assert said["None"] == ("none", "no next step", "D1")
    assert said["Soon"] == ("later", "in 1 day", "Call")
    assert said["Asleep"] == ("later", "in 11 days", "Wake D8")
    assert said["Regular"] == ("later", "in 250 days", "Be in touch")
    assert said["Won"] == ("", "", "")


def test_who_was_never_reached_though_that_is_to_be_often_is_due() -> None:
    (page,) = listed((replace(person("a"), touch_every=dt.timedelta.max), person("b")))
    assert [(row.name, row.next) for row in page.rows if row.is_due] == [("A", "today")]


def test_many_others_are_folded_and_few_are_not() -> None:
    for count, fold in ((10, ""), (11, "11 others, by name")):
        others = tuple(person(f"p{n:02}") for n in range(count))
        (page,) = listed((*others, person("z")), deal(contacts=of("z")))
        assert (page.fold, len(page.folded)) == (fold, count if fold else 0)
        assert len(page.rows) + len(page.folded) == count + 1
        assert ("<details" in rendered("contacts.html", page)) is bool(fold)
    (page,) = listed(tuple(person(f"p{n:02}") for n in range(61)))
    assert (page.fold, page.more_fold, len(page.rows), len(page.more)) == (
        "",
        "11 more people",
        50,
        11,
    )
    assert "<summary>11 more people</summary>" in rendered("contacts.html", page)
    (page,) = listed(tuple(person(f"p{n:02}") for n in range(11)))
    assert (page.fold, page.rule, len(page.rows)) == ("", "", 11)


def test_a_long_list_goes_on_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contacts_in_order, "PER_PAGE", 2)
    people = tuple(person(id) for id in ("ann", "bea", "cid", "dan", "eve", "fay"))
    found = listed(people, deal(contacts=of("bea", "dan", "fay")))
    assert [names(page) for page in found] == [["Bea", "Dan"], ["Fay"], ["Ann", "Cid"], ["Eve"]]
    assert [link[:2] for link in found[0].pages] == [
        ("Due or open, 1 to 2", "contacts.html"),
        ("Due or open, 3 to 3", "contacts.2.html"),
        ("Ann to Cid", "contacts.3.html"),
        ("Eve to Eve", "contacts.4.html"),
    ]
    assert not any(page.fold for page in found)
    html = rendered("contacts.html", found[2])
    assert "<title>People, Ann to Cid · " in html
    assert '<a href="contacts.3.html" aria-current="page">Ann to Cid</a>' in html


def test_a_row_says_how_things_are_and_how_to_reach_them() -> None:
    jane = replace(person("jane", "Jane <Roe>"), phone="+44 20 79", email="j@acme.example",
                   role="Buyer")  # fmt: skip
    deals = (
        deal("a", contacts=of("jane"), value=eur(40), notes=(note("2026-11-17", "call", "jane"),)),
        deal("b", contacts=of("jane")),
        deal("c", WON, contacts=of("jane"), value=eur(70)),
    )
    (page,) = listed((jane,), *deals)
    (row,) = page.rows
    assert (row.status, row.last, row.last_day) == ("won", "3 days ago", "2026-11-17")
    assert row.open == ("€40", "1 of 2 deals", " (1 of 2)")
    assert row.won == ("€70", "", "")
    html = rendered("contacts.html", page)
    for text in ('href="contacts/jane.html"><bdi>Jane &lt;Roe&gt;</bdi>', 'href="tel:+442079"',
                 'href="mailto:j@acme.example"', "<bdi class=\"role muted\">Buyer</bdi>",
                 'href="contacts/jane.html#deals">€40', 'href="deals/a.html"'):  # fmt: skip
        assert text in html


def test_deals_without_a_value_are_counted() -> None:
    (page,) = listed((person("a"),), deal("d", contacts=of("a")), deal("e", contacts=of("a")))
    assert page.rows[0].open == ("2 deals", "", "")


def test_no_contacts_says_what_would_fill_it() -> None:
    (page,) = listed(())
    assert page.title == "People"
    assert "No contacts yet" in rendered("contacts.html", page)


def test_people_have_their_rungs_both_ways_and_companies_their_level() -> None:
    schema = replace(SCHEMA, rungs=("know", "like", "trust"))
    climbed = replace(person("jane"), notes=(
        rung("2026-01-01", "know", "from", "jane"), rung("2026-02-01", "like", "from", "jane"),
        rung("2026-03-01", "know", "to", "jane"),
    ))  # fmt: skip
    acme = replace(company("acme"), level="positive-activist")
    made = context(Journal(schema, (), (acme, climbed, person("joe"))), TODAY)
    people, companies = [pages.contacts(made, key) for key in pages.PAGE.keys(made)]
    assert [row.ties for row in people.rows] == [("they like", "we know"), ()]
    assert [row.ties for row in companies.rows] == [("positive activist",)]
    html = rendered("contacts.html", people)
    assert '<th scope="col">Relationship</th>' in html and "they like" in html
    (bare,) = listed((person("joe"),))
    assert (bare.ties, "Relationship" in rendered("contacts.html", bare)) == ("", False)
