"""What the people of a pipeline record at all."""

from __future__ import annotations

from dataclasses import replace

from site_builder.insights.recorded import Thing, recorded
from tests.by_hand import PIPELINE, SCHEMA, deal, journal, note, span
from tests.insights.test_paper import paper

OTHER = replace(PIPELINE, id="other")
PART = replace(paper("2026-01-01", "proposal", terms="Half"), field_spans={"terms": span()})


def test_each_thing_is_told_by_pipeline() -> None:
    made = journal(
        deal("a", notes=(paper("2026-01-01", "proposal"), note("2026-01-02", "call"))),
        deal("b", notes=(paper("2026-01-01", "payment", 1),)),
        deal("c", notes=(PART, paper("2026-01-01", "delivery")), pipeline=OTHER),
        schema=replace(SCHEMA, pipelines=(PIPELINE, OTHER)),
    )
    things: dict[Thing, set[str]] = {
        "proposal": {"sales", "other"}, "part": {"other"}, "money": {"sales"}, "delivery": {"other"},
    }  # fmt: skip
    assert {thing: set(recorded(made, thing)) for thing in things} == things
    assert [one.id for one in made.deals_with_paper] == ["a", "b", "c"]


def test_a_journal_without_paper_records_none() -> None:
    assert recorded(journal(deal("a", notes=(note("2026-01-02", "call"),))), "money") == frozenset()
