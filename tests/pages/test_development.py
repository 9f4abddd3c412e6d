"""The page of existing customers."""

from __future__ import annotations

from site_builder.insights.insights import Insights
from site_builder.pages.context import Context
from site_builder.pages.development import development
from site_builder.pages.sheet import Sheet
from tests.by_hand import TODAY
from tests.catalogue import deal
from tests.insights.test_development import COMPANY
from tests.journals import loaded


def page(files: dict[str, str]) -> Sheet:
    seen = loaded(files).seen
    assert seen is not None
    return development(Context(Insights(seen, TODAY)))


def won(day: str) -> str:
    return deal(stage="stage: won", front=f"renews: {day}")


def test_a_missed_renewal_comes_first() -> None:
    made = page({"deals/b.md": won("2026-11-01"), "deals/c.md": won("2027-01-15")})
    assert made.answer == "1 renewal missed, the next on 15 Jan 2027"
    rows = made.sections[0].tables[0].rows
    assert [(row.cells[1].text, row.cells[1].status) for row in rows] == [
        ("missed, 19 days ago", "overdue"), ("in 56 days", "")]  # fmt: skip
    assert page({"deals/c.md": won("2027-01-15")}).answer == "Next renewal on 15 Jan 2027"


def test_levels_and_moves_are_told() -> None:
    made = page(
        {
            "contacts/corp.md": COMPANY.format("level: client\n")
            + "## 2026-01-01 change\nlevel:: client\n\n## 2026-02-01 change\nlevel:: shopper\n\n"
            + "## 2026-03-01 change\nlevel:: client\n"
        }
    )
    assert made.answer == "1 company at the highest level, client"
    levels, moves = made.sections
    assert levels.tables[0].rows[3].cells[0].path == "development.html#level-client"
    assert [one.anchor for one in levels.made_of] == ["level-client"]
    assert (levels.answer, moves.answer) == ("1 company", "3 moves of 1 company")
    told = [row.cells[1].text for row in moves.tables[0].rows]
    assert told == ["shopper ↑ client", "client ↓ shopper", "none ↑ client"]
    (year,) = moves.tables[1].rows
    numbers = {group.anchor: group.number for group in moves.made_of}
    assert [(c.text, numbers[c.path.partition("#")[2]]) for c in year.cells] == [
        ("2", "2"), ("1", "1")]  # fmt: skip
    assert page({}).sections == ()
    bare = COMPANY.replace("Corp", "Bare").format("")
    levels, _ = page(
        {
            "contacts/bare.md": bare,
            "contacts/corp.md": COMPANY.format("level: client\n")
            + "## 2026-01-01 change\nlevel:: client\n",
        }
    ).sections
    assert levels.answer == "1 company; 1 with neither a level nor a win"
