"""The page of follow-ups, in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from site_builder.insights.topics import Topic
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.journal.note import Note
from site_builder.journal.schema import FollowUp, Touch
from site_builder.pages.context import Context
from site_builder.pages.follow_ups import EACH, FIRST, PAGE, follow_ups
from site_builder.pages.sheet import Cell, Section, Sheet
from tests.by_hand import LOST, MARIA, OTTO, PARKED, SCHEMA, WON, context, day, deal, note, planned
from tests.insights.test_follow_ups import DAY, JANE, RULES, said


def page(*deals: Deal, contacts: tuple[Contact, ...] = (JANE,), rules: FollowUp = RULES) -> Sheet:
    return follow_ups(made(*deals, contacts=contacts, rules=rules))


def made(*deals: Deal, contacts: tuple[Contact, ...] = (JANE,), rules: FollowUp = RULES) -> Context:
    return context(Journal(replace(SCHEMA, follow_up=rules), deals, contacts))


def section(sheet: Sheet, anchor: str) -> Section:
    return next(one for one in sheet.sections if one.anchor == anchor)


def rows(sheet: Sheet, anchor: str = "of-maria") -> list[tuple[str, str, str]]:
    """With whom, what and when somebody is to do."""
    return [
        (row.head.text, f"{row.cells[0].text} | {row.cells[0].aside}", row.cells[1].text)
        for table in section(sheet, anchor).tables
        for row in table.rows
    ]


def only(*notes: Note, **fields: object) -> str:
    return rows(page(deal(notes=notes, **fields)))[0][1]  # type: ignore[arg-type] # fields of any type


def test_the_answer_is_how_much_is_overdue() -> None:
    late = deal("a", next=planned("2026-11-10"))
    assert page(late, deal("b", next=planned("2026-11-20"))).answer == (
        "1 overdue, the oldest since 10 Nov; 1 due today, 0 in the next 14 days"
    )
    coming = page(deal(next=planned("2026-12-04")), deal("e", next=planned("2026-12-05")))
    assert coming.answer == "Nothing is overdue or due today; 1 in the next 14 days"
    now = page(deal(next=planned("2026-11-20")))
    assert now.answer == "Nothing is overdue; 1 due today, 0 in the next 14 days"
    assert section(coming, "of-maria").answer == "1 coming, 1 later"
    assert (page().answer, page(rules=FollowUp()).answer) == ("Nothing is due", "")
    assert page(rules=FollowUp()).sections == ()


def test_what_is_coming_is_closed_and_what_is_due_is_not() -> None:
    late, now = deal("late", next=planned("2026-11-10")), deal("now", next=planned("2026-11-20"))
    soon, later = (
        deal("soon", next=planned("2026-12-04")),
        deal("later", next=planned("2027-01-04")),
    )
    of_maria = section(page(late, now, soon, later), "of-maria")
    assert [(table.closed, [row.head.text for row in table.rows]) for table in of_maria.tables] == [
        ("", ["Late", "Now"]),
        ("1 coming in the next 14 days", ["Soon"]),
    ]
    (table,) = section(page(soon), "of-maria").tables
    assert table.closed == "1 coming in the next 14 days"
    many = [deal(f"d{n:02}", next=planned("2026-12-01")) for n in range(EACH + 1)]
    (cut,) = section(page(*many), "of-maria").tables
    assert cut.closed == "15 of those coming in the next 14 days"
    rules = section(page(late), "rules")
    assert (rules.closed, len(rules.tables[0].rows)) == ("1 rule, and how much is due by each", 1)


def test_each_row_says_who_what_when_and_why() -> None:
    met = said("2026-11-10", "meeting", "with", headline="Two sites of [[jane-roe]]")
    assert rows(page(deal(notes=(met,), title="Acme"))) == [
        (
            "Acme",
            "Follow up the meeting of 10 Nov | Two sites of Jane Roe; within 24 hours of a meeting",
            "due 9 days ago",
        )
    ]


def test_what_is_to_do_in_words() -> None:
    ask = said("2026-11-10", "email", "from", headline="A quote?")
    assert only(ask) == "Answer Jane Roe's email of 10 Nov | A quote?; answer within 24 hours"
    again = said("2026-11-12", "message", "from", "jane-roe", "otto")
    assert only(ask, again) == (
        "Answer Jane Roe and 1 more's message of 12 Nov | 2 messages since 10 Nov; answer within 24 hours"
    )
    nobody = replace(ask, parties=())
    assert only(nobody) == "Answer their email of 10 Nov | A quote?; answer within 24 hours"
    ours = said("2026-11-10", "email", "to")
    assert (
        only(ours) == "Write to Jane Roe again | 1 message of 10 Nov unanswered; 2 days of silence"
    )
    assert only(ours, said("2026-11-12", "email", "to")) == (
        "Write to Jane Roe again | 2 messages since 10 Nov unanswered; 4 days of silence"
    )
    assert only(next=planned("2026-12-01", "Ring [[jane-roe]]")) == "Ring Jane Roe | next step"
    closed = note("2026-11-09", "stage", stage=LOST)
    assert only(closed, stage=LOST) == "Ask them why | lost 9 Nov; lost, and nothing says why"
    asleep = note("2026-11-09", "stage", stage=PARKED)
    assert (
        only(asleep, stage=PARKED, wake=day("2026-11-30"))
        == "Wake it | asleep for 11 days; wake date"
    )
    assert (
        only(stage=WON, renews=day("2026-11-30"))
        == "Talk about the renewal | they decide again; renewal"
    )


def test_contacts_are_to_be_kept_in_touch_with() -> None:
    jane = replace(
        JANE, owner=MARIA, touch_every=14 * DAY, milestones=(planned("2026-12-01", "Ten years"),)
    )
    assert rows(page(contacts=(jane,))) == [
        ("Jane Roe", "Be in touch | no contact yet; every 14 days", "due today"),
        ("Jane Roe", "Congratulate: Ten years | milestone", "due in 11 days"),
    ]
    spoken = deal(notes=(said("2026-11-12", "call", "with"),))
    sheet = page(spoken, contacts=(replace(jane, milestones=()),))
    assert rows(sheet) == [
        ("Jane Roe", "Be in touch | last contact 12 Nov; every 14 days", "due in 6 days")
    ]
    (row,) = section(sheet, "of-maria").tables[0].rows
    assert row.cells[0].path == "deals/d.html#note-2026-11-12"


def test_of_two_rhythms_of_a_contact_the_first_is_listed() -> None:
    from site_builder.journal.deal import Participant

    won = deal(
        stage=WON, notes=(said("2026-11-12", "call", "with"),), contacts=(Participant("jane-roe"),)
    )
    jane = replace(JANE, owner=MARIA, touch_every=40 * DAY)
    sheet = page(won, contacts=(jane,))
    assert section(sheet, "of-maria").answer == "1 later"
    assert (
        section(page(won, contacts=(replace(jane, touch_every=9 * DAY),)), "of-maria").answer
        == "1 coming"
    )


def test_people_stand_side_by_side_with_the_sums() -> None:
    sheet = page(deal("a", next=planned("2026-11-10")), deal("b", next=planned("2026-11-10"), owner=OTTO),
                 contacts=(replace(JANE, touch_every=DAY),))  # fmt: skip
    (table,) = section(sheet, "people").tables
    assert [[row.head.text, *[cell.text for cell in row.cells]] for row in table.rows] == [
        ["Maria Lopez", "1", "0", "0", "0"],
        ["Otto Brandt", "1", "0", "0", "0"],
        ["Nobody", "0", "1", "0", "0"],
        ["Everyone", "2", "1", "0", "0"],
    ]
    assert [row.head.path for row in table.rows] == [
        "follow-ups.html#of-maria", "follow-ups.html#of-otto", "follow-ups.html#of.nobody", "",
    ]  # fmt: skip
    assert "people" not in [one.anchor for one in page(deal(next=planned("2026-11-10"))).sections]


def test_a_long_list_is_cut_and_says_so() -> None:
    many = [deal(f"d{n:02}", next=planned("2026-11-10")) for n in range(EACH + 1)]
    one = section(page(*many), "of-maria")
    assert one.answer == f"16 overdue (the first {EACH} here)"
    assert [(table.closed, len(table.rows)) for table in one.tables] == [
        ("", FIRST), ("10 more overdue", EACH - FIRST),
    ]  # fmt: skip


@pytest.mark.parametrize(("late", "shown"), [(7, [9]), (8, [7, 3])])
def test_of_many_overdue_the_longest_stand_open_with_what_is_due_today(
    late: int, shown: list[int]
) -> None:
    days = [*(f"2026-11-{n:02}" for n in range(late, 0, -1)), "2026-11-20", "2026-11-20"]
    deals = [deal(f"d{n:02}", next=planned(when)) for n, when in enumerate(days)]
    tables = section(page(*deals), "of-maria").tables
    assert [len(table.rows) for table in tables] == shown
    assert tables[0].rows[0].cells[1].text == "due 19 days ago"


def test_every_rule_that_flags_anything_is_a_sentence() -> None:
    sheet = page(deal(notes=(said("2026-11-10", "email", "to"),), next=planned("2026-12-01")))
    (table,) = section(sheet, "rules").tables
    assert [[row.head.text, *[cell.text for cell in row.cells]] for row in table.rows] == [
        ["Silence", "1", "0", "After our emails and messages in a row without an answer we write again in 2 days, 4 days and 7 days, and then no more."],
        ["Next steps", "0", "1", "A next step is due on its day, that of a won deal if it is after the win. Of a loss without a reason it is asking them why, from the day of the loss."],
    ]  # fmt: skip


def test_reply_times_need_some_answers() -> None:
    ask = said("2026-11-02", "email", "from")
    answers = [
        deal(f"d{n}", notes=(ask, said(f"2026-11-0{n}", "email", "to"))) for n in range(3, 7)
    ]
    few = section(page(*answers), "replies")
    assert (
        few.answer
        == "1 of 4 messages answered within 24 hours: too few to say more, 1 more would do; 0 wait for an answer"
    )
    (row,) = few.tables[0].rows
    assert row.cells == (
        Cell("1 of 4", "follow-ups.html#replies-of:maria"),
        Cell("", aside="too few to say, 1 more would do"),
    )
    more = section(
        page(
            *answers,
            deal("e", notes=(ask,)),
            deal("f", notes=(ask, said("2026-11-02", "call", "with"))),
        ),
        "replies",
    )
    assert (
        more.answer
        == "40% of 5 messages answered within 24 hours (12 to 77%), half of them within 2 days; 1 waits for an answer: E"
    )
    assert [(one.anchor, one.label, one.number) for one in more.made_of] == [
        ("replies-waiting", "Waiting for an answer", "1"),
        ("wait-0", "Answered: same day", "1"), ("wait-1", "Answered: next day", "1"), ("wait-2", "Answered: 2 days", "1"),
        ("wait-3", "Answered: 3 days", "1"), ("wait-7", "Answered: a week", "1"),
        ("replies-of:maria", "Answered in time: Maria Lopez", "2"),
    ]  # fmt: skip
    assert [one.links[0][:2] for one in more.made_of[:2]] == [
        ("E, 2 Nov", "deals/e.html#note-2026-11-02"),
        ("F, 2 Nov", "deals/f.html#note-2026-11-02"),
    ]
    alone = section(page(deal(notes=(ask,))), "replies")
    assert (alone.answer, alone.drawing) == ("1 waits for an answer: D", "")
    hebrew = section(page(deal(title="\u05d2\u05d3", notes=(ask,))), "replies")
    assert hebrew.answer.endswith(
        ": \N{FIRST STRONG ISOLATE}\u05d2\u05d3\N{POP DIRECTIONAL ISOLATE}"
    )
    two = section(page(deal("b", notes=(ask,)), deal("a", notes=(ask,))), "replies")
    assert (two.answer, len(two.made_of[0].links)) == ("2 wait for an answer", 2)


def test_every_feed_is_linked() -> None:
    (table,) = section(page(), "feeds").tables
    assert [(row.head.text, row.cells[0].path) for row in table.rows] == [
        ("Everyone", "follow-ups.ics"), ("Maria Lopez", "follow-ups-maria.ics"), ("Otto Brandt", "follow-ups-otto.ics"),
    ]  # fmt: skip


def test_the_page_is_in_the_navigation_with_a_rule_or_a_rhythm() -> None:
    assert PAGE.nav is not None
    work, due = frozenset({Topic.OPEN}), frozenset({Topic.OPEN, Topic.DUE})
    people, won = frozenset({Topic.CONTACT}), frozenset({Topic.CONTACT, Topic.WON})
    assert not PAGE.nav.shows(SCHEMA, due)
    assert PAGE.nav.shows(SCHEMA, frozenset({Topic.RHYTHM}))
    ruled = replace(SCHEMA, follow_up=RULES)
    assert PAGE.nav.shows(ruled, due) and not PAGE.nav.shows(ruled, work)
    touched = replace(SCHEMA, follow_up=FollowUp(touch=(Touch("tag", "press", DAY),)))
    assert PAGE.nav.shows(touched, people) and not PAGE.nav.shows(touched, work)
    looped = replace(SCHEMA, follow_up=FollowUp(loop=30 * DAY))
    assert PAGE.nav.shows(looped, won) and not PAGE.nav.shows(looped, people)
    assert not PAGE.nav.shows(touched, won - people)
