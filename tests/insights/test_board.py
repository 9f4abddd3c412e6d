"""The stages of a pipeline with their deals, by hand and recomputed from raw files."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from site_builder.exchange.facts import as_json, facts_of
from site_builder.files.tree import MemoryTree
from site_builder.insights.board import board
from site_builder.insights.insights import Insights
from site_builder.journal.pipeline import Pipeline
from site_builder.load.loader import load
from tests.by_hand import LEAD, OFFER, PIPELINE, TODAY, WON, day, deal, eur, journal, note, planned
from tests.insights.test_team import owner
from tests.stories import STAGES, raw, story


def test_a_stage_has_its_deals_the_most_urgent_first_and_their_sums() -> None:
    late, soon = planned("2026-11-01"), planned("2026-12-01")
    won = (note("2026-11-02", "stage", stage=WON),)
    made = journal(
        deal("a", OFFER, value=eur(100), next=soon), deal("b", OFFER, next=late), deal("c", LEAD),
        deal("d", OFFER, value=eur(10), category="omitted"), deal("w", WON, won, value=eur(7)),
    )  # fmt: skip
    found = board(Insights(made, TODAY), PIPELINE)
    stages = {one.stage.id: one for one in found.stages}
    assert list(stages) == ["lead", "offer", "talks", "parked", "won", "lost"]
    offer = stages["offer"]
    assert [one.deal.id for one in offer.deals] == ["b", "d", "a"]
    assert (offer.value.lines, offer.value.counted, offer.expected.lines) == (
        (eur(110),), 2, (eur(50),))  # fmt: skip
    assert (stages["won"].value.lines, stages["won"].expected.lines) == ((eur(7),), ())
    assert (found.open.lines, found.open.of) == ((eur(110),), 4)


def test_a_deal_is_told_alike_everywhere() -> None:
    one = deal("a", OFFER, value=eur(1), next=planned("2026-11-18"), close=day("2026-11-19"))
    made = board(Insights(journal(one), TODAY), PIPELINE)
    facts = json.loads(as_json(facts_of("board", TODAY, made)))
    assert facts["pipeline"] == "sales"
    assert facts["stages"][1] == {
        "stage": "offer", "type": "open", "value": [{"amount": "1.00", "currency": "EUR"}],
        "expected": [{"amount": "0.50", "currency": "EUR"}],
        "deals": [{
            "id": "a", "owner": "maria", "pipeline": "sales", "stage": "offer", "number": 2,
            "done": [0, 0], "days": None, "value": {"amount": "1.00", "currency": "EUR"},
            "close": "2026-11-19", "next": {"date": "2026-11-18", "text": "Call"},
            "status": "overdue", "stale": ["next-step-overdue", "close-in-past"],
            "why": [{"code": "next-step-overdue", "days": 2, "late": 2, "allowed": None},
                    {"code": "close-in-past", "days": 1, "late": 1, "allowed": None}],
        }],
    }  # fmt: skip


def test_a_retired_stage_is_there_with_deals_alone_and_has_no_number() -> None:
    gone = replace(LEAD, id="gone", retired=True)
    pipeline = Pipeline("sales", "Sales", (gone, OFFER))
    empty = board(Insights(journal(), TODAY), pipeline)
    assert [one.stage.id for one in empty.stages] == ["offer"]
    assert (pipeline.place_of(gone), pipeline.place_of(OFFER)) == (0, 1)


@pytest.mark.parametrize("seed", range(4))
def test_its_figures_follow_from_the_raw_files(seed: int) -> None:
    files = story(seed)
    loaded = load(MemoryTree(files), lambda: TODAY)
    assert loaded.seen is not None
    insights, deals = Insights(loaded.seen, TODAY), list(raw(files, "deals"))
    for pipeline in loaded.seen.schema.pipelines:
        found = board(insights, pipeline)
        assert [one.stage.id for one in found.stages] == list(STAGES[pipeline.id])
        for column in found.stages:
            here = [d for d in deals if (d.front["pipeline"], d.front["stage"]) == (pipeline.id, column.stage.id)]  # fmt: skip
            assert sorted(one.deal.id for one in column.deals) == [one.id for one in here]
            assert {one.deal.id: one.owner.id for one in column.deals} == {d.id: owner(d) for d in here}  # fmt: skip
            assert column.type == STAGES[pipeline.id][column.stage.id]
            assert column.value.counted == sum("value" in one.front for one in here)
