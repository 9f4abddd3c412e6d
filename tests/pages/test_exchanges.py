"""The page of exchanges."""

from __future__ import annotations

from site_builder.pages.exchanges import exchanges
from site_builder.pages.exchanges_few import COMPARED
from site_builder.pages.sentence import parts_of
from site_builder.pages.sheet import SHOWN
from tests.by_hand import LOST, WON, context, deal, journal, note
from tests.insights.test_exchanges import move, paper


def test_the_answer_tells_wins_from_losses() -> None:
    calls, papers = (note("2026-01-01", "call"),) * 5, (paper("2026-01-01"),) * COMPARED
    won = deal("a", WON, (*calls, *papers[:5], move("2026-01-02", WON)))
    lost = deal("b", LOST, papers)
    assert (
        exchanges(context(journal(won, lost))).answer
        == "Human exchanges: 50% of 10 before a win (24 to 76%), 0% of 10 before a loss (0 to 28%)"
    )
    few = deal("c", LOST, papers[1:])
    answer = exchanges(context(journal(won, few))).answer
    assert answer == (
        "Human exchanges: 50% of 10 before a win (24 to 76%); "
        "9 before a loss: too few to say, 1 more would do"
    )
    assert exchanges(context(journal(few))).answer == (
        "9 exchanges; too few before a win or a loss to say how human they were, 10 would do"
    )


def test_each_deal_has_its_balance_the_more_formal_first() -> None:
    call, page = note("2026-01-01", "call"), paper("2026-01-01")
    deals = [
        deal("calm", notes=(call,) * 2),
        deal("mixed", notes=(call, page)),
        deal("paper", notes=(page,)),
        deal("papers", notes=(page,) * 2),
        deal("bare"),
        deal("lost", LOST, (page,)),
        deal("won", WON, (page,)),
    ]
    (_, section) = exchanges(context(journal(*deals))).sections
    assert section.answer == "6 deals with exchanges"
    (table,) = section.tables
    assert [(row.head.text, row.head.aside, [c.text for c in row.cells]) for row in table.rows] == [
        ("Papers", "open", ["2", "0", "0 of 2"]), ("Paper", "open", ["1", "0", "0 of 1"]),
        ("Mixed", "open", ["1", "1", "1 of 2"]), ("Calm", "open", ["0", "2", "2 of 2"]),
        ("Won", "won", ["1", "0", "0 of 1"]), ("Lost", "lost", ["1", "0", "0 of 1"]),
    ]  # fmt: skip
    many = [deal(f"d{n:02}", notes=(call,)) for n in range(SHOWN + 1)]
    (_, section) = exchanges(context(journal(*many))).sections
    assert (section.answer, len(section.tables[0].rows)) == (
        "26 deals with exchanges; the first 25 are listed", SHOWN)  # fmt: skip


def test_what_is_all_paper_until_the_outcome_is_so_everywhere() -> None:
    """In the list, in the table by outcome, and in the groups: a call after a win changes nothing,
    nor does paper."""
    page, call = paper("2026-01-01"), note("2026-01-03", "call")
    sold = (page,) * 3 + (move("2026-01-02", WON), call)
    late = (page, move("2026-01-02", WON), paper("2026-01-03"), paper("2026-01-03"))
    made = exchanges(context(journal(deal("late", WON, late), deal("sold", WON, sold))))
    balance, each = made.sections
    assert [(row.head.text, row.head.aside, [c.text for c in row.cells[:2]]) for row in each.tables[0].rows] == [
        ("Late", "won", ["3", "0"]), ("Sold", "won, all paper", ["3", "1"])]  # fmt: skip
    (row,) = balance.tables[0].rows
    assert [cell.text for cell in row.cells] == ["2", "4", "0", "0 of 4", "1"]
    groups = {one.anchor: [link.text for link in one.links] for one in balance.made_of}
    assert groups["paper-won"] == ["Sold"]
    assert "was won or lost counts what came until then" in balance.rule
    assert "also those after an outcome" in each.rule


def test_each_count_leads_to_the_deals() -> None:
    made = exchanges(context(journal(deal("a", notes=(paper("2026-01-01"),) * 3), deal("b"))))
    section, _ = made.sections
    assert section.answer == "2 deals, 1 of them without an exchange"
    (row,) = section.tables[0].rows
    assert [cell.text for cell in row.cells] == ["2", "3", "0", "0 of 3", "1"]
    numbers = {group.anchor: group.number for group in section.made_of}
    led = {cell.path.partition("#")[2] for cell in row.cells if cell.path}
    assert led == {"open-deals", "of:open.tangible", "paper-open"}
    led |= {part.path.removeprefix("#") for part in parts_of(made.answer) if part.path}
    assert led == {anchor for anchor in numbers if not anchor.startswith("in:")}
    assert numbers["of:every"] == "3"
    calls = [note("2026-01-01", "call")] * 2
    (section, _) = exchanges(
        context(journal(deal("c", notes=(paper("2026-01-01"), *calls))))
    ).sections
    numbers = {group.anchor: group.number for group in section.made_of}
    linked = [c for row in section.tables[1].rows for c in row.cells if c.path]
    assert [(c.text, numbers[c.path.removeprefix("exchanges.html#")]) for c in linked] == [
        ("1", "1"), ("2", "2")]  # fmt: skip


def test_a_journal_without_exchanges_says_what_would_fill_the_page() -> None:
    made = exchanges(context(journal(deal("a"))))
    assert (made.sections, made.answer) == ((), "")
