"""Deals as they stood and stand, and their ways between."""

from __future__ import annotations

from dataclasses import replace

from site_builder.insights.changes import changes
from site_builder.insights.insights import Insights
from site_builder.insights.ways import days, pairs_of, way_of
from tests.by_hand import LEAD, TALKS, TODAY, deal, eur, journal, note

MOVED = deal(
    "moved", TALKS, notes=(note("2026-01-02", "stage", stage=LEAD), note("2026-11-18", "stage", stage=TALKS))
)  # fmt: skip
STILL = deal("still", LEAD, notes=(note("2026-01-02", "stage", stage=LEAD),))
NEW = deal("new", LEAD, notes=(note("2026-11-18", "stage", stage=LEAD),))


def test_a_pair_for_each_span() -> None:
    insights = Insights(journal(MOVED, STILL, NEW), TODAY)
    (before, now), *_ = pairs_of(MOVED, insights)
    assert before and before.deal.stage is LEAD and now.deal is MOVED
    assert [before is now for before, now in pairs_of(STILL, insights)] == [True] * 3
    assert [before for before, _ in pairs_of(NEW, insights)] == [None] * 3
    week = days(TODAY)[0][1]
    ways = [way_of(*pairs_of(one, insights)[0], week) for one in (MOVED, STILL, NEW)]
    assert [one and one.start for one in ways] == [None, None, "new"]


def test_of_a_deal_that_stays_what_it_was_nothing_is_worked_out_again() -> None:
    richer = replace(NEW, value=eur("7000"))
    before, now = (Insights(journal(STILL, one), TODAY) for one in (NEW, richer))
    changes(before)
    assert len(before.each_deal.of(pairs_of)) == 2
    was = before.each_deal.of(pairs_of)[STILL.id]
    now.after(before, ["deals/new"])
    pairs = now.each_deal.of(pairs_of)
    assert len(pairs) == 1 and pairs[STILL.id] is was
    assert pairs[NEW.id][0][1].value == eur("7000")
    assert changes(now) == changes(Insights(now.journal, TODAY))
