"""The page of push and pull."""

from __future__ import annotations

from dataclasses import replace

from site_builder.pages.push_pull import push_pull
from site_builder.pages.sheet import Cell, Section
from tests.by_hand import LEAD, LOST, OFFER, PIPELINE, SCHEMA, WON, context, deal, journal
from tests.insights.test_push_pull import asked, move


def sections(*deals: object) -> dict[str, Section]:
    made = push_pull(context(journal(*deals)))  # type: ignore[arg-type] # deals
    return {section.title: section for section in made.sections}


DEALS = (
    asked("a", move("2026-01-01", LEAD), move("2026-01-02", OFFER, "customer"), move("2026-01-04", WON, "us")),
    asked("b", move("2026-01-01", OFFER, "us"), move("2026-01-10", LOST, "customer")),
)  # fmt: skip


def test_the_share_of_the_customers_is_the_answer_with_what_it_leaves_out() -> None:
    made = push_pull(context(journal(*DEALS)))
    assert made.answer == (
        "Customers asked for 2 of 4 moves that say who asked: too few to say more, 6 more would do; 1 more says nothing"
    )
    more = [asked(f"m{n}", move("2026-01-01", LEAD, "customer")) for n in range(6)]
    assert push_pull(context(journal(*DEALS, *more))).answer == (
        "Customers asked for 8 of 10 moves that say who asked: 80% (49 to 94%); 1 more says nothing"
    )
    assert made.rule.endswith(" 5 moves of 2 deals over 10 days, from 1 Jan 2026 to 10 Jan 2026.")


def test_one_move_says_and_two_say() -> None:
    one = asked("a", move("2026-01-01", LEAD), move("2026-01-02", OFFER, "customer"))
    made = push_pull(context(journal(one)))
    few = "too few to say more, 9 more would do"
    assert made.answer.endswith(f"1 of 1 move that says who asked: {few}; 1 more says nothing")
    assert made.sections[0].answer == f"1 pulled of 1 move that says who asked: {few}"


def test_every_figure_leads_to_the_notes_it_counts() -> None:
    section = sections(*DEALS)["Sales"]
    pulled, counts = section.tables
    assert (pulled.is_below, counts.is_below) == (False, True)
    assert [(row.head.text, row.cells[0].text) for row in pulled.rows][1::9] == [
        ("Offer", "1 of 2")
    ]
    assert (pulled.rows[-1].head.text, pulled.rows[-1].cells[0].text) == ("In all", "2 of 4")
    row = counts.rows[1]
    assert (row.head.text, row.cells[0]) == (
        "Offer",
        Cell("1", "push-pull.html#:sales.offer.customer"),
    )
    (group,) = [one for one in section.made_of if one.anchor == ":sales.offer.customer"]
    assert (group.label, group.number) == ("Into Offer, asked for by the customer", "1")
    assert group.links == (("A, 2 Jan 2026", "deals/a.html#note-2026-01-02", ""),)
    assert [cell.text for cell in counts.rows[-1].cells] == ["2", "2", "1", "2 of 4"]
    assert 'href="#:sales.offer.us"' in section.drawing


def test_people_and_outcomes_have_their_shares() -> None:
    made = sections(*DEALS)
    rows = made["By person"].tables[0].rows
    assert [[cell.text for cell in (row.head, *row.cells)] for row in rows] == [
        ["Maria Lopez", "2", "2", "1", "2 of 4"], ["Otto Brandt", "0", "0", "0", "–"],
        ["In all", "2", "2", "1", "2 of 4"],
    ]  # fmt: skip
    assert made["By person"].tables[0].rows[0].cells[3].aside == ""
    rows = made["By outcome"].tables[0].rows
    assert [row.head.text for row in rows] == ["Won", "Lost", "Open", "Parked", "In all"]


def test_of_few_deals_nothing_is_said_about_how_they_fare() -> None:
    section = sections(*DEALS, deal("c", LOST))["How deals fare"]
    assert section.answer == (
        "1 pulled deal with an outcome: too few to say, 9 more would do; 1 deal with an outcome says nothing"
    )
    assert section.tables[0].rows[0].cells[2] == Cell("0 of 1")
    assert section.rule.endswith("A percent is given from 10 deals on.")


def test_of_many_it_is_said_with_how_sure_it_is() -> None:
    deals = [
        asked(f"d{n:02}", move("2026-01-01", LEAD, "us" if n < 10 else "customer"),
              move("2026-01-02", WON if n % 10 < (2 if n < 10 else 8) else LOST))
        for n in range(20)
    ]  # fmt: skip
    section = sections(*deals)["How deals fare"]
    assert section.answer == (
        "80% of 10 won where customers asked for more than half (49 to 94%), 20% of 10 others (6 to 51%)"
    )
    assert section.tables[0].rows[3].cells[2].text == "80%"


def test_where_no_move_says_who_asked_the_page_says_how_to() -> None:
    made = push_pull(context(journal(asked("a", move("2026-01-01", LEAD)))))
    assert (made.answer, made.sections) == ("", ())
    assert made.empty.startswith(
        "None of 1 move says who asked for it. Write `asked-by:: customer`"
    )
    assert push_pull(context(journal())).empty.startswith("Write `asked-by:: customer`")


def test_a_pipeline_of_which_nobody_says_who_asked_has_no_share() -> None:
    growth = replace(PIPELINE, id="growth", name="Growth")
    unsaid = replace(asked("c", move("2026-01-01", LEAD)), pipeline=growth)
    schema = replace(SCHEMA, pipelines=(PIPELINE, growth))
    made = push_pull(context(journal(*DEALS, unsaid, schema=schema)))
    answers = {section.title: section.answer for section in made.sections}
    assert answers["Growth"] == "0 moves that say who asked"
