"""The page of goals."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from site_builder.insights.topics import BARE, Topic
from site_builder.journal.deal import Deal
from site_builder.journal.money import Money
from site_builder.journal.pipeline import Measure, Pipeline, Step
from site_builder.journal.schema import Target
from site_builder.pages.goals import PAGE, goals
from site_builder.pages.sheet import Cell, Sheet
from tests.by_hand import LEAD, OFFER, SCHEMA, WON, context, deal, journal, note

MEASURES = (
    Measure("conversion", Decimal("0.5"), dt.timedelta(30)),
    Measure("time-in-stage", dt.timedelta(14)),
    Measure("entered", Decimal(3), dt.timedelta(90)),
)
AIMED = replace(LEAD, goal="Half go on", measures=MEASURES)
PIPELINE = Pipeline("sales", "Sales", (AIMED, replace(OFFER, goal="Sign"), WON))
AIMS = replace(SCHEMA, pipelines=(PIPELINE,))


def page(*deals: Deal) -> Sheet:
    return goals(context(journal(*deals, schema=AIMS)))


def gone_on(count: int) -> list[Deal]:
    last = count - 1
    return [
        deal(f"d{n}", OFFER, (note(f"2026-01-0{1 + n // last}", "x", stage=AIMED), note(f"2026-01-{21 + n // last}", "x", stage=OFFER)),
             pipeline=PIPELINE)
        for n in range(count)
    ]  # fmt: skip


def test_how_many_targets_are_reached_is_the_answer() -> None:
    made = page(*gone_on(5))
    assert made.answer == "1 of 3 measures reaches its target"
    (section,) = made.sections
    assert section.rule == "Goals without a measure: Offer."
    (table,) = section.tables
    assert table.is_below
    assert [[cell.text for cell in (row.head, *row.cells)] for row in table.rows] == [
        ["Went on within 30 days", "50%", "100%", "5", "0", "yes"],
        ["Days in stage, over 2 days", "14 days", "20 days", "5", "0", "no"],
        ["Entered in the last 90 days", "3", "0", "0", "0", "no"],
    ]
    assert table.rows[0].cells[2].path == "goals.html#:sales.lead.conversion.30"
    assert [one.anchor for one in section.made_of] == [
        ":reached", ":told", ":sales.lead.conversion.30", ":sales.lead.time-in-stage"]  # fmt: skip
    assert [(link.text, link.path) for link in section.made_of[0].links] == [
        ("Lead: Went on within 30 days", "goals.html#:sales.lead.conversion.30")
    ]


def test_each_stage_stands_with_its_goal_and_bars() -> None:
    drawing = str(page(*gone_on(5)).sections[0].drawing)
    for text in ("<strong><bdi>Lead</bdi></strong> <bdi>Half go on", "<strong><bdi>Offer</bdi></strong> <bdi>Sign",
                 "100%, target 50%</a>", "reached; 5 of 5; 57 to 100%", "20 days, target 14 days</a>",
                 "0, target 3</a>"):  # fmt: skip
        assert text in drawing


def test_of_few_deals_nothing_is_said() -> None:
    made = page(*gone_on(4))
    assert made.answer == "0 of 1 measure reaches its target; of 2 more too few to say"
    assert made.sections[0].tables[0].rows[0].cells[-1] == Cell("too few to say, 1 more would do")
    assert "0 deals" not in str(page().sections[0].drawing)


def test_a_share_of_few_deals_is_its_counts() -> None:
    last = replace(gone_on(4)[0], id="last", stage=AIMED, notes=(note("2026-01-01", "x", stage=AIMED),))  # fmt: skip
    for deals, cell, said in (
        ([*gone_on(3), last], Cell("3 of 4"), "3 of 4, target 50%</a>"),
        ([*gone_on(4), last], Cell("80%", aside="38 to 96%"), "80%, target 50%</a>"),
    ):
        made = page(*deals).sections[0]
        assert made.tables[0].rows[0].cells[1] == cell
        assert said in made.drawing
    steps = replace(
        LEAD, measures=(Measure("steps-done", Decimal("0.5")),), steps=(Step("a", "A"),)
    )
    aims = replace(SCHEMA, pipelines=(replace(PIPELINE, stages=(steps, OFFER, WON)),))
    (row,) = goals(context(journal(*gone_on(4), schema=aims))).sections[0].tables[0].rows
    assert row.cells[1] == Cell("0 of 4")


def test_steps_of_a_stage_without_steps_are_nothing_to_compare() -> None:
    stepless = replace(LEAD, measures=(Measure("steps-done", Decimal("0.5")),))
    aims = replace(SCHEMA, pipelines=(replace(PIPELINE, stages=(stepless, OFFER, WON)),))
    made = goals(context(journal(*gone_on(5), schema=aims)))
    assert made.sections[0].tables[0].rows[0].cells[-1] == Cell("nothing to compare")


def test_targets_of_money_are_said_to_be_elsewhere() -> None:
    aims = replace(AIMS, targets=(Target("2026", Money(Decimal(1), "EUR")),))
    for deals, said in (
        (gone_on(5), "1 of 3 measures reaches its target; targets of"),
        ([], "0 of 1 measure reaches its target; of 2 more too few to say; targets of"),
    ):
        answer = goals(context(journal(*deals, schema=aims))).answer_parts
        assert "".join(part.text for part in answer).startswith(said)
        assert (answer[-1].text, answer[-1].path) == ("forecast", "forecast.html")
    assert goals(context(journal(schema=replace(SCHEMA, targets=aims.targets)))).answer == (
        "Targets of money are on the forecast"
    )


def test_none_is_no_zero() -> None:
    row = page().sections[0].tables[0].rows[1]
    assert [cell.text for cell in row.cells] == [
        "14 days",
        "–",
        "0",
        "0",
        "too few to say, 5 more would do",
    ]


def test_bare_and_few_deals_have_no_such_page_in_the_navigation() -> None:
    assert PAGE.nav is not None
    shows = PAGE.nav.shows
    assert not shows(AIMS, frozenset()) and not shows(AIMS, BARE)
    assert not shows(AIMS, frozenset({Topic.STEP}))  # of few deals
    assert shows(AIMS, frozenset({Topic.STEP, Topic.MANY}))
    assert not shows(SCHEMA, frozenset({Topic.STEP, Topic.MANY}))


def test_without_goals_the_page_says_how_to_have_some() -> None:
    made = goals(context(journal()))
    assert (made.answer, made.sections) == ("", ())
    assert "`measures: [{" in made.empty
