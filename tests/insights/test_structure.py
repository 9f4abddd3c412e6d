"""The structure of pipelines, by hand and recomputed from raw files."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.insights.insights import Insights
from site_builder.insights.structure import Structure, structures
from site_builder.journal.deal import Deal
from site_builder.journal.pipeline import Pipeline, Stage
from site_builder.load.loader import load
from tests.by_hand import (
    LEAD,
    LOST,
    OFFER,
    PARKED,
    SCHEMA,
    TALKS,
    TODAY,
    WON,
    day,
    deal,
    journal,
    note,
)
from tests.stories import STAGES, RawFile, raw, story


def moved(id: str, *moves: tuple[str, Stage]) -> Deal:
    notes = tuple(note(when, "stage", stage=stage) for when, stage in moves)
    return deal(id, moves[-1][1], notes)


def only(*deals: Deal, **schema: object) -> Structure:
    made = journal(*deals, schema=replace(SCHEMA, **schema))  # type: ignore[arg-type] # any field
    (found,) = structures(Insights(made, TODAY)).pipelines
    return found


def lost_in(stage: Stage, count: int, prefix: str = "l") -> list[Deal]:
    return [
        moved(f"{prefix}{n}", ("2026-01-01", LEAD), ("2026-02-01", stage), ("2026-03-01", LOST))
        for n in range(count)
    ]


def test_each_deal_is_counted_once_by_what_became_of_it() -> None:
    found = only(
        moved("won", ("2026-01-01", LEAD), ("2026-01-31", WON)),
        moved("kept", ("2026-01-01", WON), ("2026-02-01", PARKED)),
        moved("slept", ("2026-01-01", LOST), ("2026-02-01", PARKED)),
        *lost_in(OFFER, 2),
        deal("open"),
    )
    assert (found.started, found.won, found.lost, found.open, found.parked) == (6, 2, 2, 1, 1)
    assert found.effectiveness == (2, 6)
    assert (found.notes_to_win, found.days_to_win) == (1.5, 15)


def test_a_loss_counts_where_the_deal_stood_last_with_what_it_cost() -> None:
    found = only(
        moved(
            "a",
            ("2026-01-01", LEAD),
            ("2026-01-11", TALKS),
            ("2026-01-21", LEAD),
            ("2026-02-10", LOST),
        ),
        moved("b", ("2026-01-01", OFFER), ("2026-01-02", PARKED), ("2026-01-03", LOST)),
        deal("c", LOST, created=day("2026-01-01")),
    )
    assert found.lost_by_stage == {"lead": 1, "offer": 1, "talks": 0}
    assert found.notes_sunk == {"lead": 4, "offer": 3, "talks": 0}
    assert found.days_sunk == {"lead": 40, "offer": 2, "talks": 0}
    assert [one.id for one in found.lost_somewhere] == ["c"]
    assert found.centre == 0.25


@pytest.mark.parametrize(
    ("early", "late", "named"),
    [(20, 0, "ideal"), (14, 6, "ideal"), (13, 7, "normal"), (7, 13, "normal"), (6, 14, "expensive"),
     (19, 0, None), (0, 0, None)],
)  # fmt: skip
def test_a_shape_has_a_name_from_twenty_losses(early: int, late: int, named: str | None) -> None:
    assert only(*lost_in(LEAD, early), *lost_in(TALKS, late, "t")).class_ == named


def test_a_retired_stage_is_told_and_has_no_place() -> None:
    old = Stage("old", "Old", 0, retired=True)
    pipeline = Pipeline("sales", "Sales", (LEAD, old, TALKS, LOST))
    deals = [replace(one, pipeline=pipeline) for one in lost_in(old, 1) + lost_in(TALKS, 1, "t")]
    found = only(*deals, pipelines=(pipeline,))
    assert found.lost_by_stage == {"lead": 0, "old": 1, "talks": 1}
    assert found.centre == 1


def test_years_are_those_in_which_deals_began() -> None:
    made = journal(
        moved("a", ("2025-06-30", LEAD)), moved("b", ("2025-07-01", LEAD)), deal("nobody-knows"),
        schema=replace(SCHEMA, fiscal_year_starts=7),
    )  # fmt: skip
    found = structures(Insights(made, TODAY))
    assert {year: one.started for year, (one,) in found.years.items()} == {"2025": 1, "2026": 1}
    assert found.pipelines[0].started == 3


def ended(one: RawFile) -> tuple[str, dt.date | None]:
    """Won, lost or neither by what the lines say, and since when."""
    state, since = "", None
    for move in one.moves:
        type = STAGES[one.front["pipeline"]][move.stage]
        now = (
            type if type in ("won", "lost") else state if (type, state) == ("parked", "won") else ""
        )
        if now != state:
            state, since = now, move.date
    return (one.type, None) if one.type in ("won", "lost") and not one.moves else (state, since)


@pytest.mark.parametrize("seed", range(8))
def test_its_figures_follow_from_the_raw_files(seed: int) -> None:
    files = story(seed)
    loaded = load(MemoryTree(files), lambda: TODAY)
    assert loaded.seen is not None
    assert not [p for p in loaded.problems if p.severity == "error"]
    for found in structures(Insights(loaded.seen, TODAY)).pipelines:
        deals = [one for one in raw(files, "deals") if one.front["pipeline"] == found.id]
        ends = {one.id: ended(one) for one in deals}
        lost = [one for one in deals if ends[one.id][0] == "lost"]
        assert found.started == len(deals)
        assert found.won == sum(end == "won" for end, _ in ends.values())
        assert found.lost == len(lost)
        for stage, count in found.lost_by_stage.items():
            here = [one for one in lost if last_open(one, ends[one.id][1]) == stage]
            assert count == len(here)
            assert found.notes_sunk[stage] == sum(
                note.date <= (ends[one.id][1] or TODAY) for one in here for note in one.notes
            )


def last_open(one: RawFile, day: dt.date | None) -> str:
    stages = STAGES[one.front["pipeline"]]
    found = [
        m.stage for m in one.moves if stages[m.stage] == "open" and (day is None or m.date <= day)
    ]
    return found[-1] if found else ""
