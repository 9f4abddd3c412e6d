"""The page of referrals."""

from __future__ import annotations

from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.pages.referrals import referrals
from site_builder.pages.sheet import Sheet, Table
from tests.by_hand import SCHEMA, WON, context, eur, rendered
from tests.insights.test_chains import contact, of


def page(contacts: list[Contact], *deals: Deal) -> Sheet:
    return referrals(context(Journal(SCHEMA, deals, tuple(contacts))))


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in (row.head, *row.cells)] for row in table.rows]


def test_chains_are_an_indented_tree_by_what_they_brought() -> None:
    made = page(
        [contact("a"), contact("b", "a"), contact("c", "b")],
        of("x", "b", value=eur(7)), of("y", "c", stage=WON, value=eur(10)),
    )  # fmt: skip
    assert made.answer == "2 introductions brought 2 deals; 1 won, €10"
    chains, owed, ask = made.sections
    assert texts(chains.tables[0]) == [
        ["A", "", "2", "€10", "€7"],
        ["B", "1", "2", "€10", "€7"],
        ["C", "1", "1", "€10", ""],
    ]
    assert chains.tables[0].rows[0].cells[2].aside == "1 deal"
    assert [row.depth for row in chains.tables[0].rows] == [0, 1, 2]
    assert [link.text for link in chains.made_of[0].links] == ["B, by A", "C, by B"]
    assert [(one.label, one.number) for one in chains.made_of] == [
        ("Introductions", "2"),
        ("By way of A and of whom that led to", "2"), ("By way of B", "1"),
        ("By way of B and of whom that led to", "2"), ("By way of C", "1"),
        ("By way of anybody", "2"), ("By way of anybody, won", "1"),
    ]  # fmt: skip
    assert owed.answer == "2 favours"
    assert [(one.label, one.number) for one in owed.made_of] == [
        ("Introduced by B", "1"), ("Introduced by A", "1")
    ]  # fmt: skip
    assert [row[:3] for row in texts(owed.tables[0])] == [["B", "1", "€10"], ["A", "1", ""]]
    assert texts(ask.tables[0]) == [["C", "none noted", "Y", "never"]]
    html = rendered("sheet.html", made)
    assert html.count('aria-hidden="true">\u2002\u2002└ </span>') == 1
    assert html.count('aria-hidden="true">\u2002\u2002\u2002\u2002└ </span>') == 1


def test_without_introductions_it_says_whom_to_ask() -> None:
    made = page([contact("a")], of("x", "a", stage=WON))
    assert made.answer == "Nobody was introduced yet"
    assert [section.anchor for section in made.sections] == ["ask"]


def test_with_neither_it_says_what_would_fill_it() -> None:
    made = page([contact("a")])
    assert (made.answer, made.sections) == ("", ())
