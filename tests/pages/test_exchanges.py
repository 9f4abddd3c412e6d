"""The page of exchanges."""

from __future__ import annotations

from dataclasses import replace

from site_builder.journal.note import NoteFields
from site_builder.pages.exchanges import exchanges
from tests.by_hand import LOST, WON, context, deal, journal, note
from tests.insights.test_exchanges import move, paper


def test_the_answer_tells_wins_from_losses() -> None:
    won = deal(
        "a",
        WON,
        (note("2026-01-01", "call"), paper("2026-01-01"), move("2026-01-02", WON)),
    )
    lost = deal("b", LOST, (paper("2026-01-01"),))
    assert (
        exchanges(context(journal(won, lost))).answer
        == "Human exchanges: 50% before a win, 0% before a loss"
    )
    assert exchanges(context(journal(won))).answer == "Human exchanges: 50% before a win"


def test_each_count_leads_to_the_deals() -> None:
    made = exchanges(context(journal(deal("a", notes=(paper("2026-01-01"),) * 3), deal("b"))))
    (section,) = made.sections
    assert section.answer == "2 deals, 1 of them without an exchange"
    (row,) = section.tables[0].rows
    assert [cell.text for cell in row.cells] == ["2", "3", "0", "0%", "1"]
    anchors = {group.anchor for group in section.made_of}
    assert (
        {cell.path.partition("#")[2] for cell in row.cells if cell.path}
        == anchors
        == {"open-deals", "paper-open"}
    )


def test_interventions_are_told_the_newest_first() -> None:
    notes = [
        replace(note(f"2026-0{n}-01", "intervention"), fields=NoteFields(trigger="again"))
        for n in (1, 2)
    ]
    made = exchanges(context(journal(deal("a", notes=tuple(notes)))))
    section = made.sections[-1]
    assert (section.answer, [row.head.text for row in section.tables[0].rows]) == (
        "2 interventions",
        ["1 Feb", "1 Jan"],
    )
    assert section.tables[0].rows[0].head.path == "deals/a.html#note-2026-02-01"
    assert [(row.head.text, row.cells[0].text) for row in section.tables[1].rows] == [
        ("again", "2")
    ]


def test_a_journal_without_exchanges_says_what_would_fill_the_page() -> None:
    made = exchanges(context(journal(deal("a"))))
    assert (made.sections, made.answer) == ((), "")
