"""The page of steps."""

from __future__ import annotations

from dataclasses import replace

from site_builder.journal.deal import Deal
from site_builder.pages.sheet import Cell, Sheet
from site_builder.pages.steps import steps
from tests.by_hand import LOST, SCHEMA, context, journal
from tests.insights.test_steps import NEED, PIPELINE, SOLD, TALK, move, stepped, tick


def page(*deals: Deal) -> Sheet:
    return steps(context(journal(*deals, schema=replace(SCHEMA, pipelines=(PIPELINE,)))))


def some(won: int, done: int, lost: int, lost_done: int) -> list[Deal]:
    sides = ((won, done, SOLD), (lost, lost_done, LOST))
    return [
        stepped(f"{stage.id}{n:02}", move("2026-01-01", TALK),
                *[tick("2026-01-02", NEED)] * (n < ticked), move("2026-01-03", stage))
        for count, ticked, stage in sides for n in range(count)
    ]  # fmt: skip


def test_the_step_that_tells_most_is_the_answer() -> None:
    made = page(*some(10, 9, 10, 3))
    assert made.answer == (
        "Most tells “Need”: done in 90% of 10 won deals and 30% of 10 lost deals (+60 points, 17 to 81)"
    )
    section = made.sections[0]
    assert section.tables[1].rows[0].cells == (
        Cell("90%", "steps.html#:sales.talk.need.won-done", "9 of 10; 60 to 98%"),
        Cell("30%", "steps.html#:sales.talk.need.lost-done", "3 of 10; 11 to 60%"),
        Cell("+60 points, 17 to 81", status="fine"),
    )
    assert section.tables[1].is_below and not section.tables[0].is_below
    assert section.tables[1].is_wide and not section.tables[0].is_wide
    assert [(one.anchor, one.number) for one in section.made_of][:4] == [
        (":sales.talk.need.won-done", "9"), (":sales.talk.need.won-not", "1"),
        (":sales.talk.need.lost-done", "3"), (":sales.talk.need.lost-not", "7")]  # fmt: skip
    assert 'href="#:sales.talk.need.lost-done">lost 3 of 10</a>' in section.drawing
    assert made.rule.endswith("20 deals have ended on 3 Jan 2026.")


def test_of_few_won_or_lost_deals_a_step_has_counts_alone() -> None:
    """Wilson's interval of 5 of 5 is 57 to 100%; with z² = 3.84 it is 5 / (5 + 3.84) and more."""
    rows = page(*some(5, 5, 4, 0)).sections[0].tables[1].rows
    assert rows[0].cells[:2] == (
        Cell("100%", "steps.html#:sales.talk.need.won-done", "5 of 5; 57 to 100%"),
        Cell("0 of 4", "steps.html#:sales.talk.need.lost-not"),
    )
    (bare,) = {row.cells[1] for row in page(*some(5, 5, 0, 0)).sections[0].tables[1].rows}
    assert bare == Cell("–")
    assert "A percent is given from 5 won or lost deals on." in page(*some(5, 5, 4, 0)).rule


def test_a_difference_that_may_be_chance_is_no_answer() -> None:
    made = page(*some(10, 6, 10, 4))
    assert (
        made.answer
        == "No step tells won from lost deals yet: of 2 steps each difference may be chance"
    )
    assert made.sections[0].tables[1].rows[0].cells[2] == Cell("+20 points, −21 to 53")


def test_of_few_deals_nothing_is_told() -> None:
    made = page(*some(5, 5, 4, 0))
    assert made.answer == (
        "Too few deals have ended to say which steps tell won from lost ones; "
        "5 of each in the stage of a step would do"
    )
    assert made.sections[0].tables[1].rows[0].cells[2] == Cell("", aside="too few to say")
    assert (
        "too few won and lost deals to judge any step by, until 5 of each"
        in made.sections[0].answer
    )


def test_what_is_skipped_leads_to_the_deals() -> None:
    made = page(*some(4, 3, 0, 0))
    use = made.sections[0].tables[0]
    assert [cell.text for cell in use.rows[0].cells] == ["3 of 4", "1"]
    assert made.sections[0].answer.startswith(
        "38% of 8 steps of stages gone on from are done (14 to 69%); too few won"
    )
    assert use.rows[0].cells[1].path == "steps.html#:sales.talk.need.skipped"
    person = made.sections[-1].tables[0].rows[0]
    assert (person.head, *person.cells) == (
        Cell("Maria Lopez"),
        Cell("38%", "steps.html#:of:maria.done", "3 of 8; 14 to 69%"),
        Cell("5", "steps.html#:of:maria.skipped"),
    )
    assert [(one.anchor, one.number, len(one.links)) for one in made.sections[-1].made_of] == [
        (":of:maria.done", "3", 3), (":of:maria.skipped", "5", 5)]  # fmt: skip
    assert made.sections[-1].made_of[0].links[0].text == "Won00: Need"


def test_without_steps_the_page_says_how_to_have_some() -> None:
    made = steps(context(journal()))
    assert (made.answer, made.sections) == ("", ())
    assert "`- [x] STEP`" in made.empty
