"""The page of win-win."""

from __future__ import annotations

from site_builder.pages.sheet import Table
from site_builder.pages.win_win import win_win
from tests.by_hand import LOST, TALKS, WON, context, deal, journal


def texts(table: Table) -> list[list[str]]:
    return [[cell.text or cell.aside for cell in (row.head, *row.cells)] for row in table.rows]


def test_deals_with_an_empty_side_are_listed_the_furthest_first() -> None:
    made = win_win(
        context(
            journal(
                deal("a", WON, their_win="Calm", our_win="Fame"),
                deal("b", their_win="Rest"),
                deal("c", TALKS, our_win="Money"),
                deal("d"),
                deal("e", LOST),
            )
        )
    )
    assert made.answer == "1 of 4 deals say what both sides gain; 2 with one alone"
    sides, empty, gains = made.sections
    assert [row[:2] + row[3:] for row in texts(sides.tables[0])] == [
        ["Won", "1", "0", "0"], ["Open", "3", "2", "1"],
    ]  # fmt: skip
    assert texts(empty.tables[0]) == [
        ["C", "empty", "Money"],
        ["B", "Rest", "empty"],
    ]
    assert texts(gains.tables[0]) == [["A", "Calm", "Fame"]]
    assert [row.head.aside for row in empty.tables[0].rows] == ["Talks", "Lead"]
    anchors = {one.anchor for one in sides.made_of}
    linked = {c.path.partition("#")[2] for r in sides.tables[0].rows for c in r.cells if c.path}
    assert linked == anchors


def test_without_deals_it_says_what_would_fill_it() -> None:
    for some in (journal(), journal(deal("a"), deal("b", WON))):  # none is not zero of two
        made = win_win(context(some))
        assert (made.answer, made.sections) == ("", ())
