"""The stale page: every stale deal once, by owner, the most urgent first; many are cut."""

from __future__ import annotations

import re
from dataclasses import replace

from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.journal.team import Person
from site_builder.pages.stale import Stale, stale
from site_builder.pages.stale_deals import SHOWN
from site_builder.pages.stale_list import PAGE as PAGE_OF_LIST
from tests.by_hand import (
    LEAD,
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
    journal,
    note,
    planned,
    rendered,
)

LATER = planned("2026-12-01")


def page(*deals: Deal) -> Stale:
    return stale(context(journal(*deals), TODAY))


def listed(view: Stale) -> list[tuple[str, list[str]]]:
    return [(owner.name, [row.id for row in owner.deals]) for owner in view.owners]


def test_one_deal_is_not_the_first_of_several() -> None:
    assert [owner.answer for owner in page(deal(stage=TALKS)).owners] == ["1 deal"]
    two = page(deal("a", stage=TALKS), deal("b", stage=TALKS))
    assert [owner.answer for owner in two.owners] == ["2 deals, the most urgent first"]


def test_only_stale_deals_are_listed() -> None:
    view = page(
        deal("fine", TALKS, next=LATER),
        deal("stale", TALKS),
        deal("won", WON),
        deal("asleep", PARKED, wake=day("2026-12-24")),
    )
    assert listed(view) == [("Maria Lopez", ["stale"])]
    assert view.answer == "1 deal is stale."


def test_owners_come_by_value_and_their_deals_the_most_urgent_first() -> None:
    view = page(
        deal("m5", TALKS, next=planned("2026-11-15")),
        deal("m9", TALKS, next=planned("2026-11-11"), value=eur(1)),
        deal("m9-large", TALKS, next=planned("2026-11-11"), value=eur(10, "USD")),
        deal("none", TALKS, value=eur(99999)),
        deal("o30", TALKS, owner=OTTO, close=day("2026-10-21"), next=LATER),
    )
    assert listed(view) == [
        ("Maria Lopez", ["m9-large", "m9", "m5", "none"]),
        ("Otto Brandt", ["o30"]),
    ]


def test_owners_of_the_same_value_come_by_number_then_by_name() -> None:
    ann = Person("ann", "Ann Arden")
    abroad = deal("x", TALKS, value=eur(900, "GBP"))
    one = [deal("a", TALKS, owner=ann), deal("o", TALKS, owner=OTTO, value=eur(1)), abroad]
    assert [name for name, _ in listed(page(*one))] == ["Otto Brandt", "Ann Arden", "Maria Lopez"]
    two = [*one, deal("y", TALKS)]
    assert [name for name, _ in listed(page(*two))] == ["Otto Brandt", "Maria Lopez", "Ann Arden"]


def test_urgency_counts_from_what_was_allowed() -> None:
    silent = deal("silent", LEAD, next=LATER, notes=(note("2026-10-26", "call"),))
    overdue = deal("overdue", TALKS, next=planned("2026-11-13"))
    (owner,) = page(silent, overdue).owners
    assert [(row.id, row.whys[0].text) for row in owner.deals] == [
        ("overdue", "next step 7 days overdue"),
        ("silent", "no contact for 25 days (21 days allowed)"),
    ]


def test_a_row_says_all_there_is() -> None:
    subject = deal(
        "d",
        OFFER,
        title="Rollout",
        company="jane-roe",
        close=day("2026-11-10"),
        value=eur(48000),
        notes=(note("2026-11-02", "call"), note("2026-11-02", "site-visit", line=12)),
    )
    ((row,),) = [owner.deals for owner in page(subject).owners]
    assert row.codes == "silent no-next-step close-in-past"
    assert [(why.status, why.text) for why in row.whys] == [
        ("stale", "no contact for 18 days (36h allowed)"),
        ("none", "no next step"),
        ("overdue", "close date passed 10 days ago"),
    ]
    assert (row.title, row.company, row.stage, row.next) == ("Rollout", "Jane Roe", "Offer", "")
    assert (row.contact, row.contact_kind) == ("2 Nov 2026", "Site visit")
    assert row.contact_path == "deals/d.html#note-2026-11-02-2"
    assert row.value == "€48\u202f000"


def test_a_deal_without_contact_leads_to_no_note() -> None:
    ((row,),) = [owner.deals for owner in page(deal(next=planned("2026-11-01", "Write"))).owners]
    assert (row.contact, row.contact_kind, row.contact_path) == ("never", "", "")
    assert (row.next_day, row.next) == ("1 Nov 2026", "Write")


def test_counts_by_owner_and_reason_add_up() -> None:
    view = page(
        deal("a", TALKS, close=day("2026-11-10"), value=eur(10)),
        deal("b", TALKS, owner=OTTO, value=eur(5)),
        deal("c", PARKED, owner=OTTO, wake=TODAY, value=eur(1)),
    )
    assert [found.reason for found in view.counts] == [
        "No next step",
        "Close date passed",
        "Overslept",
    ]
    counts = {
        owner.name: (owner.count, tuple(cell[:3] for cell in owner.counts), owner.value)
        for owner in view.owners
    }
    assert counts == {
        "Maria Lopez": (
            "1",
            (
                ("1", "stale-no-next-step.html#owner-maria", "No next step"),
                ("1", "stale-close-in-past.html#owner-maria", "Close date passed"),
                ("", "", "Overslept"),
            ),
            "€10",
        ),
        "Otto Brandt": (
            "2",
            (
                ("1", "stale-no-next-step.html#owner-otto", "No next step"),
                ("", "", "Close date passed"),
                ("1", "stale-overslept.html#owner-otto", "Overslept"),
            ),
            "€6",
        ),
    }
    assert [found[:2] for found in view.counts] == [
        ("2", "stale-no-next-step.html"),
        ("1", "stale-close-in-past.html"),
        ("1", "stale-overslept.html"),
    ]
    assert (view.count, view.value) == ("3", "€16")


def test_when_nothing_is_stale() -> None:
    assert page(deal(stage=TALKS, next=LATER)).answer == "No deal is stale, of 1 open deal."
    assert page(deal(stage=WON)).answer == ""


def test_limits_are_a_table_for_each_pipeline() -> None:
    (limits,) = page().limits
    assert (limits.pipeline, limits.stages) == (
        "Sales",
        (("Lead", "21 days"), ("Offer", "36h"), ("Talks", "no limit")),
    )
    schema = replace(SCHEMA, pipelines=SCHEMA.pipelines * 2)
    two = stale(context(Journal(schema, (deal(),)), TODAY))
    assert rendered("stale.html", two).count('<th scope="col"><bdi>Sales</bdi></th>') == 2


def test_every_number_of_the_matrix_leads_to_its_deals() -> None:
    deals = deal("a", TALKS, value=eur(7), close=day("2026-11-10")), deal("b", PARKED, wake=TODAY)
    found = context(journal(*deals, deal("c", owner=OTTO)), TODAY)
    html = rendered("stale.html", stale(found))
    matrix = html[html.index("<table") : html.index("</table>")]
    numbers = re.findall(r'<td class="num[^>]*>(.*?)</td>', matrix)
    assert len(numbers) == 3 * 5 and all(text == "" or "<a " in text for text in numbers)
    pages = {
        PAGE_OF_LIST.path(key): rendered("stale_list.html", PAGE_OF_LIST.view(found, key))
        for key in PAGE_OF_LIST.keys(found)
    }
    for path, anchor in re.findall('href="([^"#]*)#?([^"]*)"', matrix):
        assert not anchor or f'id="{anchor}"' in pages.get(path, html)
        assert path in ("", *pages)


def test_the_page_has_a_row_for_each_deal() -> None:
    html = rendered(
        "stale.html",
        page(deal("a", TALKS, close=day("2026-11-10")), deal("b", LEAD, title="<i>B</i>")),
    )
    rows = re.findall('data-deal="([^"]*)" data-reason="([^"]*)"', html)
    assert rows == [("a", "no-next-step close-in-past"), ("b", "no-next-step")]
    assert '<a href="deals/b.html" dir="auto">&lt;i&gt;B&lt;/i&gt;</a>' in html
    assert 'href="#owner-maria"' in html
    assert len(re.findall("deals/a.html", html)) == 1


def test_an_empty_page_says_what_would_fill_it() -> None:
    html = rendered("stale.html", page(deal(stage=WON)))
    assert "No open deals." in html
    assert "data-deal" not in html


def test_where_none_is_stale_those_that_could_be_are_counted() -> None:
    assert page(deal("w", WON, wake=TODAY), deal(next=LATER)).answer == (
        "No deal is stale, of 1 open deal."
    )
    sleeps = deal("p", PARKED, wake=day("2026-12-24"))
    assert page(sleeps).answer == "No deal is stale, of 1 parked deal."
    both = page(sleeps, deal("a", next=LATER), deal("b", next=LATER)).answer
    assert both == "No deal is stale, of 2 open and 1 parked deal."
    assert [part[:2] for part in both.parts if part.path] == [
        ("2 open", "deals.html#open"),
        ("1 parked", "nurture.html#asleep"),
    ]
    assert page(deal("w", WON, wake=TODAY)).answer == ""


def test_of_many_the_most_urgent_are_shown_and_lead_to_all() -> None:
    days = [planned(f"2026-11-{n:02}") for n in range(1, 20)]
    many = [deal(f"m{n:02}", TALKS, next=days[n % 19]) for n in range(SHOWN + 2)]
    view = page(*many, deal("o", TALKS, owner=OTTO, value=eur(1)))
    otto, maria = view.owners
    assert (otto.path, otto.more.text) == ("#owner-otto", "")
    assert len(maria.deals) == SHOWN and maria.deals[0].id == "m00"
    assert (maria.count, maria.path) == ("27", "stale-of-maria.html")
    assert maria.more[:2] == ("and 2 more deals", "stale-of-maria.html")
    html = rendered("stale.html", view)
    assert '<a href="stale-of-maria.html">and 2 more deals</a>' in html


def test_owners_behind_many_deals_are_folded() -> None:
    people = [Person(f"p{n}", f"P{n}") for n in range(5)]
    view = page(*(deal(f"d{n:02}", TALKS, owner=people[n % 5]) for n in range(60)))
    assert [owner.is_folded for owner in view.owners] == [False] * 4 + [True]
    html = rendered("stale.html", view)
    assert html.count("<details") == 1 and 'class="folded" id="owner-p4"' in html
    assert html.count("data-deal=") == 60
