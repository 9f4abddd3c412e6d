"""The team's sheet in words, and what it leaves out to be one page."""

from __future__ import annotations

from dataclasses import replace

from site_builder.files.tree import MemoryTree
from site_builder.insights.insights import Insights
from site_builder.insights.topics import BARE, Topic
from site_builder.journal.deal import Deal
from site_builder.journal.pipeline import Pipeline
from site_builder.journal.team import Person
from site_builder.load.loader import load
from site_builder.pages.context import Context
from site_builder.pages.sheet import Cell, Row, Sheet
from site_builder.pages.team import LINES, PAGE, _each, team
from tests.by_hand import (
    LEAD,
    LOST,
    OFFER,
    OTTO,
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
)
from tests.insights.test_steps import MAP, NEED, TALK, tick
from tests.stories import PIPELINE as PIPELINE_YML


def page(*deals: Deal, people: int = 2) -> Sheet:
    more = {f"p{n}": Person(f"p{n}", f"P{n}") for n in range(people - 2)}
    return team(context(journal(*deals, schema=replace(SCHEMA, team={**SCHEMA.team, **more}))))


def rows(made: Sheet) -> dict[str, Row]:
    return {row.head.text: row for row in made.sections[0].tables[0].rows}


def stepped(id: str, **fields: object) -> Deal:
    ticks = (tick("2026-10-02", NEED), tick("2026-11-17", MAP))
    pipeline = Pipeline("other", "Other", (TALK, *PIPELINE.stages[1:]))
    return deal(id, TALK, ticks, pipeline=pipeline, **fields)


def test_a_line_says_stage_steps_next_step_news_and_value() -> None:
    made = page(stepped("a", next=planned("2026-12-01"), value=eur(900)))
    stage, step, news, value = rows(made)["A"].cells
    assert (stage.text, stage.aside) == ("1 · 2/2", "Talk")
    assert step == Cell("1 Dec", "", "Call", "later")
    assert (news.text, value.text) == ("done: Map", "€900")
    assert rows(made)["A"].head == Cell("A", "deals/a.html")


def test_the_answer_is_what_is_open_and_what_happened() -> None:
    assert page(stepped("a", value=eur(900)), deal("b", owner=OTTO)).answer == (
        "€900 open in 1 of 2 deals (one has no value), with 2 people. Since Mon 16 Nov: 1 step done"
    )
    assert page(deal("b")).answer == "1 deal open. Since Mon 16 Nov: nothing happened"
    assert page(deal("b", PARKED)).answer == "No deal is open. Since Mon 16 Nov: nothing happened"
    assert (page().answer, page().sections) == ("", ())


def test_what_moved_is_drawn_from_where_it_stood() -> None:
    old, new = note("2026-10-01", "stage", stage=LEAD), note("2026-11-17", "stage", stage=OFFER)
    made = rows(page(deal("a", OFFER, (old, new)), deal("b")))
    assert made["A"].cells[2].text == "from Lead"
    assert 'class="came"' in made["A"].cells[0].drawing
    assert 'class="came"' not in made["B"].cells[0].drawing


def test_what_slipped_says_from_when_to_when() -> None:
    text = (
        "---\ntitle: A\nowner: ann\npipeline: sales\nstage: lead\nclose: 2027-02-01\n---\n"
        "## 2026-10-01 call\nclose:: 2026-12-01\n\n## 2026-11-18 call\nclose:: 2027-02-01\n"
    )
    loaded = load(MemoryTree({"pipeline.yml": PIPELINE_YML, "deals/a.md": text}), lambda: TODAY)
    assert loaded.seen is not None
    made = rows(team(Context(Insights(loaded.seen, TODAY))))
    assert made["A"].cells[2].text == "close slipped from 1 Dec to 1 Feb 2027"
    assert made["Team"].cells[2] == Cell("1 slipped", "index.html#since")


def test_what_ended_says_how() -> None:
    old = note("2026-10-01", "stage", stage=LEAD)
    lost = deal("a", LOST, (old, note("2026-11-17", "stage", stage=LOST)), lost_reason="price")
    won = deal("b", WON, (old, note("2026-11-18", "stage", stage=WON)), value=eur(5))
    made = rows(page(lost, won))
    assert made["A"].cells[0] == Cell("Lost")
    assert made["A"].cells[1] == Cell("lost 17 Nov 2026", "", "price", "lost")
    assert [row.cells[2].text for row in (made["A"], made["B"])] == ["lost", "won"]
    assert made["Maria Lopez"].cells[2].text == "1 won, 1 lost"


def test_a_seller_is_summed_up_and_leads_to_the_deals() -> None:
    made = rows(page(
        deal("a", OFFER, value=eur(1000), next=planned("2026-11-01")), deal("b"), deal("c", PARKED),
        deal("d", owner=OTTO),
    ))  # fmt: skip
    maria, otto = made["Maria Lopez"], made["Otto Brandt"]
    assert maria.head == Cell(
        "Maria Lopez", "handover-maria.html", "€500 (1 of 2) expected by stage percentages"
    )
    assert maria.is_group
    count, step, _, value = maria.cells
    assert (count.text, count.path, count.aside) == (
        "2 open",
        "handover-maria.html#open",
        "1 parked",
    )
    assert step == Cell(
        "1 overdue", "stale-next-step-overdue.html#owner-maria", "1 with no next step"
    )
    assert value == Cell("€1k", "handover-maria.html#open", "1 of 2")
    assert otto.cells[1] == Cell("1 with no next step", "stale-no-next-step.html#owner-otto")
    whole = made["Team"]
    assert (whole.is_sum, whole.head.path, whole.cells[0].text, whole.cells[0].path) == (
        True,
        "forecast.html",
        "3 open",
        "deals.html#open",
    )


def test_who_has_nothing_has_no_line() -> None:
    assert list(rows(page(deal("a")))) == ["Maria Lopez", "A", "Team"]


def test_where_there_is_no_room_what_happened_stays_and_what_is_furthest() -> None:
    many = [deal(f"d{n:02}", OFFER) for n in range(LINES)]
    moved = (note("2026-10-01", "stage", stage=OFFER), note("2026-11-17", "stage", stage=LEAD))
    made = page(*many, deal("new", LEAD, moved), deal("far", TALKS), deal("x", LEAD, owner=OTTO))
    each = LINES - 4
    assert made.sections[0].answer == (
        f"one printed page has no room for {LINES + 2 - each} more deals: of each seller stand "
        f"{each}, what happened and what is furthest on"
    )
    shown = list(rows(made))
    assert len(shown) == each + 1 + 3
    assert (shown[1], shown[each]) == ("Far", "New")


def test_where_there_is_no_room_for_any_deal_sellers_are_told_alone() -> None:
    deals = [deal(f"d{n:02}", owner=Person(f"p{n}", f"P{n}")) for n in range(LINES - 2)]
    made = page(*deals, people=LINES)
    answer = f"one printed page has no room for {LINES - 2} more deals"
    assert made.sections[0].answer == answer
    assert not any(row.is_group for row in rows(made).values())
    more = [deal(f"d{n:02}", owner=Person(f"p{n}", f"P{n}")) for n in range(LINES + 1)]
    assert "1 more person and" in page(*more, people=LINES + 3).sections[0].answer


def test_each_seller_has_as_many_lines_as_there_is_room_for() -> None:
    assert (_each([3, 1]), _each([]), _each([0])) == (3, 0, 0)
    assert _each([100, 2]) == LINES - 3 - 2
    assert _each([100] * 2) == (LINES - 3) // 2


def test_it_is_led_to_where_several_sell_and_anything_is_recorded() -> None:
    assert PAGE.nav is not None
    shows, alone = PAGE.nav.shows, replace(SCHEMA, team={"maria": SCHEMA.team["maria"]})
    assert shows(SCHEMA, frozenset({Topic.STEP, Topic.LIVE}))
    assert not shows(SCHEMA, frozenset({Topic.STEP}))  # of deals that have ended
    assert not shows(SCHEMA, frozenset()) and not shows(SCHEMA, BARE)
    assert not shows(alone, frozenset({Topic.STEP, Topic.LIVE}))
