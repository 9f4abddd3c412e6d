"""The page of all that one of the team would hand over, in words."""

from __future__ import annotations

from dataclasses import replace

from site_builder.insights.topics import LISTED
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal, Participant
from site_builder.journal.journal import Journal
from site_builder.journal.pipeline import Pipeline, Step
from site_builder.pages.handover import PAGE, handover
from site_builder.pages.handover_due import EACH
from site_builder.pages.sheet import Section, Sheet
from tests.by_hand import (
    LEAD,
    LOST,
    MARIA,
    PARKED,
    SCHEMA,
    WON,
    context,
    day,
    deal,
    eur,
    note,
    planned,
)
from tests.by_hand import said as joined
from tests.insights.test_follow_ups import JANE, said


def page(*deals: Deal, contacts: tuple[Contact, ...] = (JANE,), who: str = "maria") -> Sheet:
    return handover(context(Journal(SCHEMA, deals, contacts)), who)


def section(sheet: Sheet, anchor: str) -> Section:
    return next(one for one in sheet.sections if one.anchor == anchor)


def test_a_paragraph_says_where_a_deal_stands() -> None:
    stage = replace(LEAD, steps=(Step("a", "First talk"), Step("b", "Walk")))
    call = said("2026-10-20", "call", "with", headline="Two sites")
    one = deal(
        "acme", stage, (note("2026-10-10", "stage", stage=stage), call), value=eur(4000), close=day("2026-12-15"),
        contacts=(Participant("jane-roe", "economic-buyer"),), next=planned("2026-12-01", "Ring"),
    )  # fmt: skip
    (story,) = section(page(one), "open").stories
    assert story.head == ("Acme", "deals/acme.html", "")
    assert joined(story.parts) == (
        "Lead, stage 1 of 4, for 41 days; 0 of 2 steps done; left: First talk, Walk. "
        "€4\u202f000, close expected 15 Dec. With Jane Roe (economic buyer). "
        "Last contact: call of 20 Oct – Two sites. Next, on 1 Dec: Ring. Stale: silent."
    )
    later = Pipeline("sales", "Sales", (PARKED, replace(LEAD, number=5), replace(WON, number=6)))
    moved = section(page(deal("c", later.stages[1], pipeline=later)), "open").stories[0]
    assert joined(moved.parts).startswith("Lead, stage 1 of 2. ")
    bare = section(page(deal("b", PARKED, wake=day("2027-01-01"))), "parked").stories[0]
    assert (
        joined(bare.parts) == "Parked. No value yet. No real contact yet. Sleeps until 1 Jan 2027. "
    )


def test_the_answer_counts_what_is_theirs() -> None:
    sheet = page(
        deal("a", next=planned("2026-11-01")),
        deal("l", LOST, lost_reason="price"),
        contacts=(replace(JANE, owner=MARIA),),
    )
    assert sheet.answer == "1 open deal, 1 lost deal, 1 contact; 1 overdue"
    assert [one.anchor for one in sheet.sections] == [
        "due",
        "promised",
        "open",
        "lost",
        "contacts",
        "tasks",
    ]
    assert [link.text for link in section(sheet, "lost").made_of[0].links] == ["L"]
    assert (page(who="otto").answer, page(who="otto").sections) == ("", ())


def test_what_is_due_and_promised_and_open_stands_open() -> None:
    days = {"late": "2026-11-10", "now": "2026-11-20", "soon": "2026-12-04", "later": "2026-12-05"}
    won = deal("won", WON, notes=(note("2026-11-01", "stage", stage=WON),))
    made = page(*[deal(id, next=planned(day)) for id, day in days.items()], won, deal("p", PARKED),
                contacts=(replace(JANE, owner=MARIA),))  # fmt: skip
    due = section(made, "due")
    assert [(table.closed, [row.head.text for row in table.rows]) for table in due.tables] == [
        ("", ["Late", "Now", "Soon"]),
        ("1 due in more than 14 days", ["Later"]),
    ]
    assert {one.anchor: one.closed for one in made.sections} == {
        "due": "", "promised": "", "open": "", "parked": "1 parked deal", "won": "1 won deal",
        "contacts": "1 contact", "tasks": "10 tasks",
    }  # fmt: skip


def test_a_count_stands_once_in_the_headline_or_on_the_fold() -> None:
    made = page(deal("open"), deal("p", PARKED))
    assert [section(made, anchor).answer for anchor in ("open", "parked")] == ["1", ""]


def test_a_question_ends_with_no_full_stop() -> None:
    asked = page(deal("a", next=planned("2026-12-01", "Three or four?")))
    said = "".join(part.lead + part.text for part in section(asked, "open").stories[0].parts)
    assert "Three or four? " in f"{said} "


def test_all_that_is_due_is_there_and_very_much_is_cut_and_says_so() -> None:
    many = [deal(f"d{n:02}", next=planned("2026-12-01")) for n in range(EACH + 1)]
    sheet = page(*many)
    due = section(sheet, "due")
    assert (due.answer, [(one.closed, len(one.rows)) for one in due.tables]) == (
        "", [("", EACH), ("1 more", 1)],
    )  # fmt: skip
    later = page(*[deal(f"d{n:03}", next=planned("2027-12-01")) for n in range(LISTED + 1)])
    due = section(later, "due")
    assert due.answer == "the next 500 of 501"
    assert [one.closed for one in due.tables] == ["500 due in more than 14 days"]
    opened = section(sheet, "open")
    assert (len(opened.stories), opened.made_of[0].number) == (EACH, "1")


def test_everybody_has_a_page() -> None:
    found = context(Journal(SCHEMA))
    assert [PAGE.path(key) for key in PAGE.keys(found)] == [
        "handover-maria.html",
        "handover-otto.html",
    ]
