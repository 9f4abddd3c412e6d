"""Where deals entered, by hand and recomputed from raw files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.insights.entrances import Entrances, entrances
from site_builder.insights.insights import Insights
from site_builder.insights.standing import State
from site_builder.journal.deal import Deal
from site_builder.journal.pipeline import Pipeline, Stage
from site_builder.load.loader import load
from tests.by_hand import LEAD, LOST, OFFER, PARKED, SCHEMA, TALKS, TODAY, WON, deal, journal
from tests.insights.test_structure import ended, moved
from tests.stories import STAGES, raw, story


def found(*deals: Deal, **schema: object) -> Entrances:
    made = journal(*deals, schema=replace(SCHEMA, **schema))  # type: ignore[arg-type] # any field
    return entrances(Insights(made, TODAY))


def test_a_deal_entered_in_the_stage_of_its_first_note_or_else_where_it_stands() -> None:
    made = found(
        moved("a", ("2026-01-01", OFFER), ("2026-01-02", LEAD), ("2026-01-03", WON)),
        moved("b", ("2026-01-01", OFFER), ("2026-01-02", OFFER), ("2026-01-03", LOST)),
        moved("c", ("2026-01-01", WON), ("2026-01-02", PARKED)),
        deal("d"),
        deal("e", TALKS),
    )
    assert {one.stage.id: (one.n, one.won, one.lost) for one in made.entered} == {
        "lead": (1, 0, 0), "offer": (2, 1, 1), "talks": (1, 0, 0), "parked": (0, 0, 0),
        "won": (1, 1, 0), "lost": (0, 0, 0),
    }  # fmt: skip
    assert made.first == (1, 5)
    assert [one.id for one in made.entered[1].deals["won"]] == ["a"]


def test_channels_stand_by_how_many_came_by_them() -> None:
    made = found(
        deal("a", channel="fair"),
        deal("b", WON, channel="web"),
        deal("c", LOST, channel="web"),
        deal("d", channel="press"),
        deal("e"),
    )
    assert [one[:5] for one in made.channels] == [
        ("web", 2, 1, 1, 2), ("fair", 1, 0, 0, 0), ("press", 1, 0, 0, 0)]  # fmt: skip
    assert [one.id for one in made.unsaid] == ["e"]


def test_a_retired_stage_is_told_where_a_deal_entered_in_it() -> None:
    old, gone = (Stage(id, id, 0, retired=True) for id in ("old", "gone"))
    pipeline = Pipeline("sales", "Sales", (old, gone, LEAD))
    one = replace(moved("a", ("2026-01-01", old), ("2026-01-02", LEAD)), pipeline=pipeline)
    assert [row.stage.id for row in found(one, pipelines=(pipeline,)).entered] == ["old", "lead"]


@pytest.mark.parametrize("seed", range(8))
def test_its_figures_follow_from_the_raw_files(seed: int) -> None:
    files = story(seed)
    loaded = load(MemoryTree(files), lambda: TODAY)
    assert loaded.seen is not None
    made = entrances(Insights(loaded.seen, TODAY))
    deals = list(raw(files, "deals"))
    ends = {one.id: ended(one)[0] for one in deals}
    began = {one.id: one.moves[0].stage if one.moves else one.front["stage"] for one in deals}
    firsts = {one.id for one in deals if began[one.id] == next(iter(STAGES[one.front["pipeline"]]))}
    assert made.first == (len(firsts), len(deals))
    assert len(made.entered) == sum(map(len, STAGES.values()))
    for row in made.entered:
        here = [
            one
            for one in deals
            if one.front["pipeline"] == row.pipeline.id and began[one.id] == row.stage.id
        ]
        won, lost = (sum(ends[one.id] == how for one in here) for how in ("won", "lost"))
        assert (row.n, row.won, row.lost) == (len(here), won, lost)
        assert by_state(row.deals) == {one.id: ends[one.id] or one.type for one in here}
    channels = {one.front["channel"] for one in deals if "channel" in one.front}
    assert {row.channel for row in made.channels} == channels
    for by in made.channels:
        those = [one for one in deals if one.front.get("channel") == by.channel]
        came = [ends[one.id] for one in those]
        assert (by.n, by.won, by.lost) == (len(came), came.count("won"), came.count("lost"))
        assert by.further_on == len({one.id for one in those} - firsts)
        assert by_state(by.deals) == {one.id: ends[one.id] or one.type for one in those}
    assert [one.id for one in made.unsaid] == [
        one.id for one in deals if "channel" not in one.front
    ]


def by_state(deals: Mapping[State, tuple[Deal, ...]]) -> dict[str, str]:
    return {deal.id: state for state, those in deals.items() for deal in those}
