"""What made us step in, on the page of exchanges."""

from __future__ import annotations

from dataclasses import replace

from site_builder.journal.note import Note, NoteFields
from site_builder.pages.exchanges import exchanges
from site_builder.pages.interventions import TRIGGERS
from site_builder.pages.sheet import Section
from tests.by_hand import context, deal, journal, note


def stepped_in(date: str, trigger: str) -> Note:
    return replace(note(date, "intervention"), fields=NoteFields(trigger=trigger))


def section(*notes: Note) -> Section:
    return exchanges(context(journal(deal("a", notes=notes)))).sections[-1]


def test_interventions_are_told_the_newest_first() -> None:
    made = section(stepped_in("2026-01-01", "again"), stepped_in("2026-02-01", "again"))
    assert (made.answer, [row.head.text for row in made.tables[0].rows]) == (
        "2 interventions",
        ["1 Feb", "1 Jan"],
    )
    assert made.tables[0].rows[0].head.path == "deals/a.html#note-2026-02-01"


def test_triggers_are_counted_over_time_and_each_count_leads_to_its_notes() -> None:
    days = (("2026-01-01", "late"), ("2026-04-01", "late"), ("2026-04-02", "ill"))
    made = section(*(stepped_in(day, trigger) for day, trigger in days))
    table = made.tables[1]
    assert [column.name for column in table.columns] == [
        "Set off by",
        "2026-Q1",
        "2026-Q2",
        "In all",
    ]
    assert [[row.head.text, *(cell.text for cell in row.cells)] for row in table.rows] == [
        ["late", "1", "1", "2"], ["ill", "0", "1", "1"], ["In all", "1", "2", "3"],
    ]  # fmt: skip
    paths = [c.path.partition("#")[2] for row in table.rows for c in row.cells if c.path]
    links = {group.anchor: [link.path[-5:] for link in group.links] for group in made.made_of}
    assert [links[path] for path in paths] == [
        ["01-01"], ["04-01"], ["04-01", "01-01"],
        ["04-02"], ["04-02"],
        ["01-01"], ["04-02", "04-01"], ["04-02", "04-01", "01-01"],
    ]  # fmt: skip


def test_many_triggers_share_a_row() -> None:
    made = section(*(stepped_in("2026-01-01", f"why {n:02}") for n in range(TRIGGERS + 2)))
    assert [[row.head.text, row.cells[0].text] for row in made.tables[1].rows][-2:] == [
        ["2 other triggers", "2"], ["In all", "14"],
    ]  # fmt: skip


def test_one_alone_needs_no_table() -> None:
    assert len(section(stepped_in("2026-01-01", "late")).tables) == 1
