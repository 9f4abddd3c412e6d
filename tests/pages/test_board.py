"""The board: a column a stage, a card a deal, sums that add up to the journal."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import html5lib
from hypothesis import given
from hypothesis import strategies as st

from site_builder.insights import totals
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.pipeline import Step
from site_builder.pages import board as boards
from site_builder.pages.board import Board, board
from tests.by_hand import (
    LEAD,
    LOST,
    OFFER,
    PARKED,
    PIPELINE,
    SCHEMA,
    TALKS,
    TODAY,
    WON,
    context,
    deal,
    eur,
    journal,
    note,
    planned,
    rendered,
)


def shown(*deals: Deal) -> Board:
    return board(context(journal(*deals), TODAY), PIPELINE)


def test_each_stage_is_a_column_or_a_lane_in_the_pipelines_order() -> None:
    view = shown(deal())
    assert [c.stage for c in view.columns] == ["lead", "offer", "talks"]
    assert [c.stage for c in view.lanes] == ["parked", "won", "lost"]


def test_a_column_says_how_many_how_much_and_what_is_expected() -> None:
    view = shown(
        deal("a", OFFER, value=eur(1000)),
        deal("b", OFFER, value=eur(1000), probability=Decimal("0.8")),
        deal("c", OFFER, value=eur(500, "CHF")),
        deal("d", OFFER),
    )
    column = view.columns[1]
    assert (column.count, column.total) == ("4 deals", "€2\u202f000 + 500\u202fCHF (3 of 4)")
    assert (
        column.expected
        == "€1\u202f300 + 250\u202fCHF expected by own estimates and stage percentages (3 of 4)"
    )
    assert view.answer == "€2k + 500\u202fCHF open in 3 of 4 deals (one has no value)"


def test_the_answer_counts_overdue_steps() -> None:
    view = shown(deal(value=eur(10), next=planned("2026-11-01")))
    assert view.answer == "€10 open in 1 deal"
    late = "stale-next-step-overdue.html"
    assert view.late[:2] == ("1 with an overdue next step", late)
    html = rendered("board.html", view)
    words = re.sub(r"<(?!/?a\b)[^>]*>", "", html)
    assert (
        f'<a href="#open">€10 open in 1 deal</a>, <a href="{late}" data-figure="late">1 with an overdue next step</a>.'
        in words
    )


def test_omitted_deals_are_expected_to_bring_nothing_as_in_the_forecast() -> None:
    one, left = deal("a", value=eur(100)), deal("b", value=eur(900), category="omitted")
    column = shown(one, left).columns[0]
    assert (column.total, column.expected) == (
        "€1\u202f000",
        "€10 expected by stage percentages (1 of 2)",
    )


def test_the_numbers_of_a_column_lead_to_its_deals() -> None:
    html = rendered("board.html", shown(deal("a", value=eur(100))))
    assert '<a href="deals-sales.lead.html" data-figure="count">1 deal</a>' in html
    assert '<a href="deals-sales.lead.html" data-figure="value">€100</a>' in html


def test_elements_carry_the_stage_and_the_deal() -> None:
    html = rendered("board.html", shown(deal("acme", OFFER), deal("old", WON)))
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    columns = {e.get("data-stage"): e for e in tree.iter() if e.get("data-stage")}
    assert set(columns) == {"lead", "offer", "talks", "parked", "won", "lost"}
    cards = {id: [c.get("data-deal") for c in e.iter() if c.get("data-deal")]
             for id, e in columns.items()}  # fmt: skip
    assert cards["offer"] == ["acme"] and cards["won"] == ["old"] and cards["lead"] == []


def test_a_card_says_where_the_deal_stands() -> None:
    one = deal(
        stage=OFFER,
        title="Roll <out>",
        value=eur(48000),
        company="jane-roe",
        next=planned("2026-11-01"),
        notes=(note("2026-10-01", "stage", stage=OFFER),),
    )
    html = rendered("board.html", shown(one))
    for text in ("Roll &lt;out&gt;", "€48\u202f000", "Jane Roe", "Maria Lopez",
                 "19 days overdue", ">stale<", "1 Nov", "Stage 2"):  # fmt: skip
        assert text in html


def test_full_columns_show_the_most_urgent_and_lead_to_the_rest() -> None:
    many = [deal(f"d{n}", LEAD) for n in range(boards.OPEN_CARDS + 2)]
    late = deal("late", LEAD, next=planned("2026-11-01"))
    won = [deal(f"w{n}", WON) for n in range(boards.CLOSED_CARDS + 1)]
    view = shown(*many, late, *won)
    column, lane = view.columns[0], view.lanes[1]
    assert column.cards[0].id == late.id and len(column.cards) == boards.OPEN_CARDS
    assert (column.more, column.path) == ("and 3 more deals", "deals-sales.lead.html")
    assert len(lane.earlier) == boards.CLOSED_CARDS and lane.more == "and 1 more deal"
    html = rendered("board.html", view)
    assert 'href="deals-sales.lead.html">and 3 more deals' in html
    folded = html.partition(f">{lane.fold}</summary>")[2].partition("</details>")[0]
    assert 'href="deals-sales.won.html">and 1 more deal' in folded  # of those the fold counts


def test_parked_deals_come_first_below_for_they_wait_for_somebody() -> None:
    pipeline = replace(PIPELINE, stages=(LEAD, WON, LOST, PARKED))
    view = board(context(journal(deal()), TODAY), pipeline)
    assert [c.stage for c in view.lanes] == ["parked", "won", "lost"]


def test_what_ended_before_this_quarter_is_folded() -> None:
    ended = {"new": "2026-11-01", "first": "2026-10-01", "old": "2026-09-30"}
    deals = [deal(id, WON, notes=(note(day, "stage", stage=WON),)) for id, day in ended.items()]
    lane = shown(*deals, deal("undated", WON)).lanes[1]
    assert [card.id for card in lane.cards] == ["new", "first"]
    assert [card.id for card in lane.earlier] == ["old", "undated"]
    assert lane.fold == "2 more"
    before = shown(*deals[2:])
    assert (before.lanes[1].cards, before.lanes[1].fold) == ((), "1 before this quarter")
    html = rendered("board.html", before)
    assert (
        '<details class="fold"><summary data-figure="folded">1 before this quarter</summary>'
        in html
    )
    assert 'data-deal="old"' in html


def test_a_quarter_is_that_of_the_fiscal_year() -> None:
    old = deal("old", WON, notes=(note("2026-09-30", "stage", stage=WON),))
    made = journal(old, schema=replace(SCHEMA, fiscal_year_starts=3))
    lanes = board(context(made, TODAY), PIPELINE).lanes
    assert [card.id for card in lanes[1].cards] == ["old"]


def test_a_company_is_named_beside_a_title_that_does_not_begin_with_it() -> None:
    jane = deal("a", title="Rollout", company="jane-roe")
    html = rendered("board.html", shown(jane))
    assert '<p class="card-company muted" dir="auto">Jane Roe</p>' in html
    again = rendered("board.html", shown(replace(jane, title="JANE ROE, rollout")))
    assert "card-company" not in again


def test_a_lost_card_says_why() -> None:
    html = rendered("board.html", shown(deal("a", LOST, lost_reason="price")))
    assert '<span class="muted" dir="auto">price</span>' in html


def test_an_empty_board_says_what_would_fill_it() -> None:
    view = shown(deal(stage=WON))
    assert view.answer == "" and view.columns
    assert view.empty == "No open deals in this pipeline; below stand 1 in Won."
    assert view.empty in rendered("board.html", view)
    further = replace(PIPELINE, id="further")
    both = journal(deal(stage=WON), schema=replace(SCHEMA, pipelines=(PIPELINE, further)))
    empty = board(context(both, TODAY), further).empty
    assert empty.startswith("No open deals in this pipeline. A deal stands in the column")


AMOUNTS = st.builds(eur, st.integers(0, 10**6), st.sampled_from(["EUR", "USD", "CHF"]))
STAGES = st.sampled_from([LEAD, OFFER, TALKS, PARKED, WON, LOST])
DEALS = st.lists(st.tuples(STAGES, st.none() | AMOUNTS), max_size=12)


@given(DEALS)
def test_column_totals_add_up_to_the_journal(drawn: list[tuple[object, object]]) -> None:
    deals = [deal(f"d{n}", stage, value=v) for n, (stage, v) in enumerate(drawn)]  # type: ignore[arg-type] # drawn as objects
    shared = context(journal(*deals), TODAY)
    parts = [
        totals.total((one.deal.value for one in found), SCHEMA, TODAY)
        for found in shared.insights.by_stage.values()
    ]
    whole = totals.total((one.value for one in deals), SCHEMA, TODAY)
    assert totals.add(parts, SCHEMA) == whole
    view = board(shared, PIPELINE)
    counts = [int(c.count.split()[0]) for c in (*view.columns, *view.lanes)]
    assert sum(counts) == len(deals)


def test_contacts_are_no_cards() -> None:
    assert isinstance(journal().contacts[0], Contact)
    assert "data-deal" not in rendered("board.html", shown())


def test_a_card_says_what_the_next_step_is_and_the_legend_what_its_figures_are() -> None:
    stage = replace(OFFER, steps=(Step("call", "Called"), Step("map", "Mapped")))
    pipeline = replace(PIPELINE, stages=(LEAD, stage, WON))
    open_deal = deal("a", stage, pipeline=pipeline, next=planned("2026-12-01", "Call <Jane>"))
    won = deal("w", WON, pipeline=pipeline, next=planned("2026-12-01", "Left over"))
    view = board(context(journal(open_deal, won), TODAY), pipeline)
    html = rendered("board.html", view)
    assert '<span class="muted" dir="auto">Call &lt;Jane&gt;</span>' in html
    assert "Left over" not in html
    order = "Next steps overdue stand first, then today's, none planned, and later ones."
    assert view.legend == f"{order} On a card, 2 ○○ is stage 2, 0 of 2 steps done."
    assert view.legend.replace("'", "&#39;") in html and shown().legend == ""
    assert shown(deal()).legend == order


def test_closed_and_parked_cards_say_their_steps_and_no_number_of_the_stage() -> None:
    asked = replace(LOST, steps=(Step("ask", "Asked why"),))
    pipeline = replace(PIPELINE, stages=(LEAD, PARKED, WON, asked))
    book = context(journal(deal("a", asked), deal("b", WON), deal("c", PARKED)), TODAY)
    html = rendered("board.html", board(book, pipeline))
    dots = re.findall(r'<span class="dots"><span aria-hidden="true">(.*?)</span>', html)
    assert dots == ["○"]
