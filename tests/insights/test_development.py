"""Existing customers: levels, moves and renewals."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.insights.development import Development, development
from site_builder.insights.insights import Insights
from site_builder.load.loader import load
from tests.by_hand import TODAY
from tests.catalogue import deal
from tests.insights.test_structure import ended
from tests.journals import loaded
from tests.stories import RawFile, raw, story

HEIGHTS = ["none", "shopper", "client", "member"]
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
    files = with_levels(story(seed), random.Random(seed))
    seen = load(MemoryTree(files), lambda: TODAY).seen
    assert seen is not None
    made = development(Insights(seen, TODAY))
    contacts = list(raw(files, "contacts"))
    for one in made.levels[:-1]:
        assert [c.id for c in one.companies] == [
            c.id for c in contacts if c.front.get("level") == one.level
        ]
    won = {one.front.get("company") for one in raw(files, "deals") if ended(one)[0] == "won"}
    assert made.levels[-1].level == "none"
    assert [c.id for c in made.levels[-1].companies] == [
        c.id for c in contacts if "type" in c.front and "level" not in c.front and c.id in won
    ]
    climbs = [climb for one in contacts for climb in climbs_of(one)]
    assert climbs
    assert sorted((m.id.id, m.date, m.from_, m.to, m.up, m.note.date) for m in made.moves) == sorted(
        (id, day, old, new, HEIGHTS.index(new) > HEIGHTS.index(old), day) for id, day, old, new in climbs
    )  # fmt: skip
    assert [m.date for m in made.moves] == sorted((m[1] for m in climbs), reverse=True)
    years = {str(day.year + (day.month >= 4)) for _, day, _, _ in climbs}
    ups = Counter((str(day.year + (day.month >= 4)), HEIGHTS.index(new) > HEIGHTS.index(old))
                  for _, day, old, new in climbs)  # fmt: skip
    assert made.by_year == {year: (ups[year, True], ups[year, False]) for year in years}
    renews = sorted(
        (one.front["renews"], one.id)
        for one in raw(files, "deals")
        if "renews" in one.front and one.type == "won"
    )
    assert [(str(one.date), one.id.id) for one in made.renewals] == renews
    assert [one.state for one in made.renewals] == [
        "missed" if day < str(TODAY) else "coming" for day, _ in renews
    ]


def with_levels(files: dict[str, str], draw: random.Random) -> dict[str, str]:
    """The files with notes that change and restate the levels of companies, in fiscal years from
    April on."""
    made = {**files, "pipeline.yml": f"fiscal-year-starts: 4\n{files['pipeline.yml']}"}
    for n in range(3):
        days = sorted(TODAY - dt.timedelta(draw.randrange(900)) for _ in range(5))
        for day in dict.fromkeys(days):
            level = draw.choice(HEIGHTS[1:])
            made[f"contacts/c{n}.md"] += f"\n## {day} news\nlevel:: {level}\n"
    return made


def climbs_of(one: RawFile) -> list[tuple[str, dt.date, str, str]]:
    said = [(note.date, note.said["level"]) for note in one.notes if "level" in note.said]
    levels = ["none", *[level for _, level in said]]
    rows = zip(said, levels, strict=False)
    return [(one.id, day, before, now) for (day, now), before in rows if before != now]
