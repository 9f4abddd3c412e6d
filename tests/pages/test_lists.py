"""The lists of deals: everything can be reached, in pages of a size to read."""

from __future__ import annotations

import pytest

from site_builder.pages import deals as deal_list
from site_builder.pages import stage as stage_list
from tests.by_hand import (
    LEAD,
    OFFER,
    PARKED,
    PIPELINE,
    TODAY,
    WON,
    context,
    day,
    deal,
    eur,
    journal,
    note,
    rendered,
)


def test_open_deals_are_listed_by_stage_and_the_others_are_ways_to_their_lists() -> None:
    deals = deal("a", OFFER, value=eur(10)), deal("b", WON, value=eur(5)), deal("c", PARKED)
    view = deal_list.deals(context(journal(*deals, deal("d", LEAD)), TODAY))
    assert view.answer == "4 deals, 2 of them open."
    (pipeline,) = view.pipelines
    assert [(s.anchor, s.summary) for s in pipeline.stages] == [
        ("sales.lead", "1 deal"),
        ("sales.offer", "1 deal, €10"),
    ]
    assert [(way.title, way.summary, way.path) for way in pipeline.others] == [
        ("Parked", "1 deal", "deals-sales.parked.html"),
        ("Won", "1 deal, €5", "deals-sales.won.html"),
    ]
    html = rendered("deals.html", view)
    assert html.index('id="sales.lead"') < html.index('href="deals/d.html"')
    assert html.index('href="deals/d.html"') < html.index('id="sales.offer"')
    assert html.count("<table") == html.count("<thead") == 1
    assert 'href="deals/b.html"' not in html and "None is open" not in html


def test_a_pipeline_without_open_deals_says_so() -> None:
    view = deal_list.deals(context(journal(deal("b", WON)), TODAY))
    assert "None is open." in rendered("deals.html", view)


def test_a_row_says_when_the_deal_should_close() -> None:
    dated = deal("a", close=day("2026-12-24")), deal("b", close=day("2027-01-02"))
    found = context(journal(*dated, deal("c")), TODAY)
    assert [found.cards[id].close for id in "abc"] == ["24 Dec", "2 Jan 2027", ""]
    html = rendered("deals.html", deal_list.deals(found))
    assert '<td class="quiet nowrap">24 Dec</td>' in html


def test_a_long_stage_leads_to_its_own_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deal_list, "SHOWN", 2)
    monkeypatch.setattr(stage_list, "PER_PAGE", 3)
    shared = context(journal(*(deal(f"d{n}") for n in range(7))), TODAY)
    stage = deal_list.deals(shared).pipelines[0].stages[0]
    assert len(stage.deals) == 2
    assert (stage.more, stage.path) == ("5 more deals in Lead", "deals-sales.lead.html")
    assert stage_list.paging(shared, PIPELINE, LEAD).pages == 3
    pages = [stage_list.stage_list(shared, PIPELINE, LEAD, n) for n in (1, 2, 3)]
    listed = [one.id for page in pages for one in page.deals.first]
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
    shared = context(journal(deal()), TODAY)
    assert stage_list.paging(shared, PIPELINE, OFFER).pages == 1
    html = rendered("stage.html", stage_list.stage_list(shared, PIPELINE, OFFER, 1))
    assert "## 2026-10-24 stage offer" in html
    assert "No deals yet" in rendered("deals.html", deal_list.deals(context(journal(), TODAY)))


def test_a_row_says_where_the_deal_stands() -> None:
    one = deal("a", OFFER, title="A <b>", notes=(note("2026-10-01", "stage", stage=OFFER),))
    html = rendered("deals.html", deal_list.deals(context(journal(one), TODAY)))
    assert "A &lt;b&gt;" in html and "50 days" in html and "no contact for 50 days" in html
