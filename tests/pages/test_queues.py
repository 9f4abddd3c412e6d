"""The page of queues, in words."""

from __future__ import annotations

from dataclasses import replace

from site_builder.insights.topics import Topic, Topics, topics_of
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.journal.schema import Schema
from site_builder.pages.queues import EACH, PAGE, queues
from site_builder.pages.sheet import Sheet, Table
from tests.by_hand import OTTO, SCHEMA, context, day, deal, note, planned
from tests.insights.test_follow_ups import JANE, said
from tests.insights.test_queues import FIRST, ROE, THIRD, WITH_ROLES

SCHEMA_OF = replace(WITH_ROLES, roles={"miner": "Digs"}, contact_requires=("email", "social"))


def page(*deals: Deal, contacts: tuple[Contact, ...] = (ROE,), schema: Schema = SCHEMA_OF) -> Sheet:
    made = tuple(replace(one, pipeline=schema.pipelines[0]) for one in deals)
    return queues(context(Journal(schema, made, contacts)))


def tables(sheet: Sheet, anchor: str) -> tuple[Table, ...]:
    return next(one.tables for one in sheet.sections if one.anchor == anchor)


def texts(table: Table) -> list[list[str]]:
    return [[row.head.text, *[cell.text for cell in row.cells]] for row in table.rows]


def test_the_answer_is_how_much_there_is_for_how_many() -> None:
    spoken = said("2026-11-18", "call", "with")
    sheet = page(
        deal("a", FIRST, notes=(spoken,)),
        deal("b", THIRD, notes=(said("2026-11-10", "call", "with"),)),
    )
    assert sheet.answer == "2 tasks for 2 roles; the oldest has waited for 10 days"
    new = page(deal("a", FIRST, notes=(said("2026-11-20", "call", "with"),)))
    assert new.answer == "1 task for 1 role"
    (table,) = tables(sheet, "roles")
    assert texts(table) == [
        ["Miner", "1", "2 days", "nobody"], ["Opener", "0", "", "nobody"],
        ["Closer", "1", "10 days", "nobody"], ["Keeper", "0", "", "nobody"],
    ]  # fmt: skip
    assert [row.head.path for row in table.rows][:2] == ["queues.html#role-miner", ""]
    assert (
        next(one.answer for one in sheet.sections if one.anchor == "role-miner")
        == "Digs; dialogues: 1"
    )


def test_an_age_says_from_when_it_counts() -> None:
    deals = (
        deal("a", FIRST, notes=(said("2026-11-10", "email", "from"),)),
        deal("b", FIRST, created=day("2026-11-01")),
    )
    made = page(*deals)
    ages = {
        table.label: table.rows[0].cells[-1].text
        for section in made.sections
        for table in section.tables
        if section.anchor.startswith("role-")
    }
    assert ages == {
        "Dialogues": "last contact 10 days ago",
        "First outreach due": "known for 19 days",
        "Notes missing": "known for 19 days",
        "Unanswered": "sent 10 days ago",
    }


def test_what_was_missed_is_told_in_words() -> None:
    late = deal("a", THIRD, next=planned("2026-11-10"), notes=(said("2026-11-18", "call", "with"),))
    (missed,) = [table for table in tables(page(late), "role-keeper") if "missed" in table.label]
    assert texts(missed) == [["A", "next step", "Maria Lopez", "due 10 days ago"]]


def test_each_task_says_who_and_for_how_long() -> None:
    deals = (
        deal("a", FIRST, notes=(said("2026-11-18", "call", "with"),)),
        deal("b", THIRD, owner=OTTO, created=day("2026-11-01")),
    )
    sheet = page(
        *deals, contacts=(ROE, Contact("max", "contacts/max.md", "Max", email="m@max.example"))
    )
    complete, dialogue = tables(sheet, "role-miner")
    assert (complete.columns[0].name, texts(complete)) == (
        "Contacts to complete: 1",
        [["Max", "social", "Nobody", ""]],
    )
    assert (dialogue.columns[0].name, texts(dialogue)) == (
        "Dialogues: 1",
        [["A", "Lead", "Maria Lopez", "last contact 2 days ago"]],
    )
    assert (complete.closed, dialogue.closed) == (
        "",
        "Dialogues: 1; the oldest: last contact 2 days ago",
    )
    (people,) = tables(sheet, "people")
    heads = [column.name for column in people.columns]
    assert heads == ["Person", "Complete", "Outreach", "Dialogue", "No notes", "Oldest"]
    assert texts(people) == [
        ["Maria Lopez", "0", "0", "1", "0", "2 days"],
        ["Otto Brandt", "0", "1", "0", "1", "19 days"],
        ["Nobody", "1", "0", "0", "0", ""],
        ["Everyone", "1", "1", "1", "1", "19 days"],
    ]


def test_a_long_queue_shows_the_oldest_and_says_so() -> None:
    many = [
        deal(f"d{n:02}", FIRST, notes=(note(f"2026-11-{n + 1:02}", "call"),))
        for n in range(EACH + 1)
    ]
    (table,) = tables(page(*many), "role-miner")
    assert table.columns[0].name == "Dialogues: the oldest 15 of 16"
    assert [row.head.text for row in table.rows] == [f"D{n:02}" for n in range(EACH)]


def test_every_rule_is_said_where_it_flags_something() -> None:
    sheet = page(deal(stage=FIRST), contacts=())
    assert [one.rule for one in sheet.sections if one.anchor == "role-miner"] == [
        "A first outreach is due to whom there was no real contact with yet."
    ]
    bare = page(
        deal(stage=FIRST), schema=replace(SCHEMA, pipelines=SCHEMA.pipelines), contacts=(JANE,)
    )
    (section,) = [one for one in bare.sections if one.anchor == "role."]
    assert section.rule.startswith("No role of pipeline.yml works on these.")
    assert bare.answer == "3 tasks for 1 role and for none"
    assert page(deal(), schema=replace(SCHEMA, roles={})).answer.startswith("2 tasks for no role")


def test_nothing_to_do_says_what_would_fill_it() -> None:
    sheet = page()
    assert (sheet.answer, sheet.sections) == ("", ())
    assert "contact-requires" in sheet.empty


def test_on_a_day_without_a_task_the_page_says_so_and_stays_in_the_navigation() -> None:
    """As on the days before and after it: with a contact that lacks nothing and was spoken to."""
    spoken = replace(ROE, email="j@roe.example", social=("https://social.example/roe",),
                     notes=(said("2026-11-18", "call", "with", "roe"),))  # fmt: skip
    sheet = page(contacts=(spoken,))
    assert (sheet.answer, sheet.sections) == ("", ())
    assert sheet.empty.startswith("Nobody has anything to do today.")
    assert PAGE.nav is not None
    assert len(SCHEMA_OF.team) > 1 and PAGE.nav.shows(SCHEMA_OF, topics_of([spoken]))


def test_the_page_is_in_the_navigation_with_roles_or_what_contacts_require() -> None:
    assert PAGE.nav is not None
    nothing: Topics = frozenset()
    work = frozenset({Topic.OPEN})
    assert not PAGE.nav.shows(SCHEMA, work)
    for schema in (replace(SCHEMA, contact_requires=("email",)), WITH_ROLES):
        assert PAGE.nav.shows(schema, work) and not PAGE.nav.shows(schema, nothing)
