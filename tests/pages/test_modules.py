"""The page of modules."""

from __future__ import annotations

from dataclasses import replace

from site_builder.insights import modules as facts
from site_builder.journal.journal import Journal
from site_builder.journal.note import Note
from site_builder.pages.jobs import DRAWN
from site_builder.pages.modules import _NAMES, _answer, modules
from site_builder.pages.sheet import Section, Sheet, Table
from tests.by_hand import LEAD, SCHEMA, TODAY, WON, context, day, deal, eur, journal, note
from tests.insights.test_paper import paper


def page(*notes: Note, id: str = "a") -> Sheet:
    return modules(context(journal(deal(id, WON, notes, value=eur(100)))))


def section(made: Sheet, anchor: str) -> Section:
    return next(one for one in made.sections if one.anchor == anchor)


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in (row.head, *row.cells)] for row in table.rows]


JOB = (
    paper("2026-01-01", "proposal", deadline=day("2026-02-01"), terms="Half"),
    paper("2026-01-05", "order"),
    paper("2026-01-11", "invoice", 100, due=day("2026-01-20")),
    paper("2026-01-15", "payment", 50),
    paper("2026-02-15", "delivery"),
)


def test_what_is_wrong_with_money_and_dates_is_the_answer() -> None:
    made = page(*JOB)
    assert made.answer == (
        "1 of 1 proposal accepted · 1 job begun unpaid · 1 deal with a late delivery"
    )


def test_of_messages_that_all_have_time_left_it_is_not_said_that_none_of_none_is_answered() -> None:
    made = facts.modules(context(journal(deal("a"))).insights)
    sent = [facts.Sent(2, 0, waiting, day("2026-02-01") - day("2026-01-01")) for waiting in (2, 1)]
    assert [_answer(replace(made, outreach=one)) for one in sent] == [
        "2 first messages may be answered yet",
        "0 of 1 first message answered; 1 more may be yet",
    ]


def test_a_bar_has_a_red_gap_where_work_came_before_the_money() -> None:
    work = section(page(*JOB), "work")
    assert work.answer == "1 of 1 job begun unpaid"
    for label in ("4 d proposed", "10 d unpaid", "31 d at work"):
        assert label in work.drawing
    assert "mark-lost" in work.drawing
    (table,) = work.tables
    assert texts(table) == [["A", "1 Jan", "11 Jan", "15 Jan", "5 Jan", "15 Feb"]]
    assert table.rows[0].cells[3].aside == "unpaid"


def test_of_many_jobs_the_first_are_drawn_and_more_are_a_click_below() -> None:
    deals = [deal(f"d{n:02}", WON, JOB) for n in range(DRAWN + 1)]
    work = section(modules(context(journal(*deals))), "work")
    assert work.answer == "11 of 11 jobs begun unpaid; 10 are drawn"
    assert (work.drawing.count('href="deals/d09.html"') > 0, "d10" in work.drawing) == (True, False)
    (table,) = work.tables
    assert (len(table.rows), table.closed) == (11, "The same by date")


def test_invoices_stand_beside_payments() -> None:
    invoices = section(page(*JOB), "invoices")
    assert invoices.answer == "1 of 1 deal with money outstanding"
    (table,) = invoices.tables
    assert texts(table) == [
        ["A", "€100", "€50", "€50"], ["In all", "€100", "€50", "€50"],
    ]  # fmt: skip

    assert table.rows[0].cells[2][2:4] == ("overdue since 20 Jan", "overdue")


def test_who_owes_nothing_is_folded() -> None:
    invoices = section(page(*JOB, paper("2026-03-01", "payment", 50)), "invoices")
    owing, settled = invoices.tables
    assert texts(owing) == [["In all", "€100", "€100", "–"]]
    assert (settled.closed, texts(settled)) == (
        "1 deal that owes nothing", [["A", "€100", "€100", "–"]],
    )  # fmt: skip


def test_late_deliveries_and_what_proposals_lack_are_listed() -> None:
    made = page(*JOB)
    (late,) = section(made, "deliveries").tables
    assert texts(late) == [["A", "1 Feb", "15 Feb", "14 days"]]
    parts, lacks = section(made, "proposals").tables
    assert [row[1] for row in texts(parts)] == ["0 of 1", "1 of 1", "1 of 1", "0 of 1"]
    assert texts(lacks) == [["A", "1 Jan", "services, budget"]]


def test_what_was_not_delivered_by_the_proposed_day_is_due() -> None:
    (late,) = section(page(JOB[0]), "deliveries").tables
    assert texts(late) == [["A", "1 Feb", "not yet", "292 days"]]


def test_what_is_to_be_delivered_is_listed_until_it_was() -> None:
    offer = paper("2026-10-01", "proposal", deadline=day("2026-12-18"))
    found = section(page(offer), "deliveries")
    assert found.answer == "1 to come; 0 deals late; 0 delivered"
    assert [texts(table) for table in found.tables] == [[["A", "18 Dec", "in 28 days"]]]
    today = page(paper("2026-10-01", "proposal", deadline=TODAY))
    assert texts(section(today, "deliveries").tables[0]) == [["A", "20 Nov", "today"]]
    done = section(page(offer, paper("2026-11-15", "delivery")), "deliveries")
    assert (done.answer, done.tables) == ("0 to come; 0 deals late; 1 delivered", ())


def test_a_win_without_paper_says_so() -> None:
    assert "unpapered" not in [one.anchor for one in page(*JOB[1:2]).sections]
    calls = deal("b", WON, (note("2026-01-01", "call"), note("2026-01-02", "stage", stage=WON)))
    bare = deal("c", WON, (note("2026-02-02", "stage", stage=WON),), value=eur(900))
    made = modules(context(journal(deal("a", WON, JOB), calls, bare)))
    assert made.answer.endswith("· 2 wins without paper")
    found = section(made, "unpapered")
    assert found.answer == "2 of 3 won deals"
    assert texts(found.tables[0]) == [["C", "2 Feb", "€900"], ["B", "2 Jan", ""]]


def test_where_no_paper_is_noted_at_all_no_win_lacks_it() -> None:
    made = page(note("2026-01-01", "call"))
    assert "unpapered" not in [one.anchor for one in made.sections]
    assert "paper" not in made.answer


def test_each_module_leads_to_who_is_counted() -> None:
    made = page(*JOB)
    (table,) = section(made, "chain").tables
    assert [one.name for one in table.columns] == ["Module", "Reached", "Went on", "Did not"]
    anchors = {one.anchor: one.number for one in section(made, "counted").made_of}
    linked = [c.path.partition("#")[2] for row in table.rows for c in row.cells if c.path]
    assert sorted(linked) == sorted(anchors)
    reached = [row.cells[0] for row in table.rows if row.cells[0].path]
    assert [cell.text for cell in reached] == [
        anchors[cell.path.removeprefix("modules.html#")] for cell in reached
    ]  # fmt: skip
    told = [row[0] for row in texts(table)]
    assert told[:2] == ["Networking database", "Dialogue"]
    none = section(made, "chain").answer.partition("; none in ")[2].removesuffix(" yet")
    assert sorted([*told, *none.split(", ")]) == sorted(name for name, _ in _NAMES.values())


def test_which_deals_did_not_go_on_is_folded() -> None:
    stages = section(modules(context(journal(deal("a")))), "stages-sales")
    assert ([group.label for group in stages.made_of], stages.is_folded) == (
        ["Entered Lead", "Did not go on from Lead"], True,
    )  # fmt: skip
    went = deal("b", WON, (note("2026-01-01", "stage", stage=LEAD), note("2026-01-02", "stage", stage=WON)))  # fmt: skip
    stages = section(modules(context(journal(deal("a"), went))), "stages-sales")
    (entered, _), numbers = stages.tables[0].rows[0].cells, {g.anchor: g.number for g in stages.made_of}  # fmt: skip
    assert (entered.text, numbers[entered.path.removeprefix("modules.html#")]) == ("2", "2")


def test_a_journal_of_nobody_says_what_would_fill_it() -> None:
    made = modules(context(Journal(SCHEMA)))
    assert (made.sections, made.answer, bool(made.empty)) == ((), "", True)
