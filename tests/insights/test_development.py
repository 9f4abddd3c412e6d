"""Existing customers: levels, moves and renewals."""

from __future__ import annotations

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.insights.development import Development, development
from site_builder.insights.insights import Insights
from site_builder.load.loader import load
from tests.by_hand import TODAY
from tests.catalogue import deal
from tests.journals import loaded
from tests.stories import raw, story

COMPANY = "---\nname: Corp\ntype: company\n{}---\n"


def found(files: dict[str, str]) -> Development:
    seen = loaded(files).seen
    assert seen is not None
    return development(Insights(seen, TODAY))


def test_each_note_that_changes_the_level_is_a_move() -> None:
    notes = (
        "## 2025-01-01 change\nlevel:: client\n## 2025-02-01 change\nlevel:: client\n"
        "## 2026-01-01 change\nlevel:: ambassador\n## 2026-02-01 change\nlevel:: member\n"
    )
    made = found({"contacts/corp.md": COMPANY.format("level: member\n") + notes})
    assert [(m.from_, m.to, str(m.date), m.up) for m in made.moves] == [
        ("ambassador", "member", "2026-02-01", False), ("client", "ambassador", "2026-01-01", True),
        ("none", "client", "2025-01-01", True)]  # fmt: skip
    assert made.by_year == {"2025": (1, 0), "2026": (1, 1)}


def test_customers_without_a_level_are_told_and_others_not() -> None:
    files = {
        "contacts/corp.md": COMPANY.format(""), "contacts/firm.md": COMPANY.format(""),
        "contacts/shop.md": COMPANY.format("level: shopper\n"),
        "deals/b.md": deal(stage="stage: won", front="company: corp"),
        "deals/c.md": deal(front="company: firm"),
    }  # fmt: skip
    told = {one.level: [c.id for c in one.companies] for one in found(files).levels}
    assert list(told) == ["positive-activist", "ambassador", "member", "client", "shopper", "none"]
    assert (told["shopper"], told["none"]) == (["shop"], ["corp"])


@pytest.mark.parametrize(
    ("day", "state"), [("2026-11-19", "missed"), ("2026-11-20", "coming"), ("2027-01-01", "coming")]
)
def test_a_renewal_is_missed_once_its_day_has_passed(day: str, state: str) -> None:
    made = found({"deals/b.md": deal(stage="stage: won", front=f"renews: {day}")})
    assert [(one.id.id, one.state) for one in made.renewals] == [("b", state)]


@pytest.mark.parametrize("seed", range(4))
def test_its_figures_follow_from_the_raw_files(seed: int) -> None:
    files = story(seed)
    seen = load(MemoryTree(files), lambda: TODAY).seen
    assert seen is not None
    made = development(Insights(seen, TODAY))
    contacts = list(raw(files, "contacts"))
    for one in made.levels[:-1]:
        assert [c.id for c in one.companies] == [
            c.id for c in contacts if c.front.get("level") == one.level
        ]
    renews = sorted(
        (one.front["renews"], one.id)
        for one in raw(files, "deals")
        if "renews" in one.front and one.type == "won"
    )
    assert [(str(one.date), one.id.id) for one in made.renewals] == renews
