"""The stale page: every stale deal once, by owner, the most urgent first."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.pages import stale_deals
from site_builder.pages.stale import PAGE, Stale, stale
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


def test_owners_and_their_deals_come_the_most_urgent_first() -> None:
    view = page(
        deal("m5", TALKS, next=planned("2026-11-15")),
        deal("m9", TALKS, next=planned("2026-11-11"), value=eur(1)),
        deal("m9-large", TALKS, next=planned("2026-11-11"), value=eur(10, "USD")),
        deal("none", TALKS, value=eur(99999)),
        deal("o30", TALKS, owner=OTTO, close=day("2026-10-21"), next=LATER),
    )
    assert listed(view) == [
        ("Otto Brandt", ["o30"]),
        ("Maria Lopez", ["m9-large", "m9", "m5", "none"]),
    ]


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
    assert [reason.name for reason in view.by_reason] == [
        "No next step",
        "Close date passed",
        "Overslept",
    ]
    counts = {owner.name: (owner.count, owner.counts, owner.value) for owner in view.owners}
    assert counts == {
        "Maria Lopez": (
            "1",
            (
                ("1", "reason-no-next-step-maria", "No next step"),
                ("1", "reason-close-in-past-maria", "Close date passed"),
                ("", "", "Overslept"),
            ),
            "€10",
        ),
        "Otto Brandt": (
            "2",
            (
                ("1", "reason-no-next-step-otto", "No next step"),
                ("", "", "Close date passed"),
                ("1", "reason-overslept-otto", "Overslept"),
            ),
            "€6",
        ),
    }
    assert [reason.count for reason in view.by_reason] == ["2", "1", "1"]
    owners = view.by_reason[0].owners
    assert [(o.anchor, o.count, tuple(d[:2] for d in o.deals)) for o in owners] == [
        ("reason-no-next-step-maria", "1", (("A", "#deal-a"),)),
        ("reason-no-next-step-otto", "1", (("B", "#deal-b"),)),
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
    two = stale(context(Journal(replace(SCHEMA, pipelines=SCHEMA.pipelines * 2)), TODAY))
    assert rendered("stale.html", two).count('<th scope="col">Sales</th>') == 2


def test_every_number_of_the_matrix_leads_to_its_deals() -> None:
    html = rendered("stale.html", page(deal("a", TALKS, value=eur(7)), deal("b", TALKS)))
    matrix = html[html.index("<table") : html.index("</table>")]
    for number in re.findall(r'<td class="num">([^/]*?)</td>', matrix):
        assert number == "" or "<a " in number
    for anchor in re.findall('href="#([^"]*)"', matrix):
        assert f'id="{anchor}"' in html


def test_the_page_has_a_row_for_each_deal() -> None:
    html = rendered(
        "stale.html",
        page(deal("a", TALKS, close=day("2026-11-10")), deal("b", LEAD, title="<i>B</i>")),
    )
    rows = re.findall('data-deal="([^"]*)" data-reason="([^"]*)"', html)
    assert rows == [("a", "no-next-step close-in-past"), ("b", "no-next-step")]
    assert '<a href="deals/b.html">&lt;i&gt;B&lt;/i&gt;</a>' in html
    assert 'href="#owner-maria"' in html


def test_an_empty_page_says_what_would_fill_it() -> None:
    html = rendered("stale.html", page())
    assert "No open deals." in html
    assert "data-deal" not in html


def test_where_none_is_stale_those_that_could_be_are_counted() -> None:
    assert page(deal("w", WON, wake=TODAY), deal(next=LATER)).answer == (
        "No deal is stale, of 1 open deal."
    )
    sleeps = deal("p", PARKED)
    assert page(sleeps).answer == "No deal is stale, of 1 open or parked deal."
    assert page(deal("w", WON, wake=TODAY)).answer == ""


def test_a_long_list_goes_on_on_further_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stale_deals, "PER_PAGE", 2)
    made = context(
        journal(*(deal(f"m{n}", TALKS) for n in range(3)), deal("o", TALKS, owner=OTTO)), TODAY
    )
    assert list(PAGE.keys(made)) == [1, 2]
    first, last = stale(made, 1), stale(made, 2)
    assert listed(first) == [("Maria Lopez", ["m0", "m1"]), ("Otto Brandt", [])]
    assert listed(last) == [("Maria Lopez", ["m2"]), ("Otto Brandt", ["o"])]
    assert [owner.path for owner in first.owners] == ["#owner-maria", "stale.2.html#owner-otto"]
    rows = [deal.path for owner in first.by_reason[0].owners for deal in owner.deals]
    assert rows == ["#deal-m0", "#deal-m1", "stale.2.html#deal-m2", "stale.2.html#deal-o"]
    assert (first.range, last.range, last.by_reason, last.limits) == ("1 to 2", "3 to 4", (), ())
    assert [link[:2] for link in last.pages] == [
        ("1 to 2", "stale.html"),
        ("3 to 4", "stale.2.html"),
    ]
    html = rendered("stale.html", last)
    assert "<title>Stale, 3 to 4 ·" in html and "By reason" not in html
    assert 'id="owner-maria"' in html and 'id="deal-m2"' in html and "No open deals" not in html
    html = rendered("stale.html", first)
    assert 'id="owner-otto"' not in html and 'href="stale.2.html#owner-otto"' in html
