"""Stale deals, whose they are and what they are worth: by hand and recomputed from raw files."""

from __future__ import annotations

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.insights.insights import Insights
from site_builder.insights.stale import Stale, stale
from site_builder.journal.deal import Deal
from site_builder.load.loader import load
from tests.by_hand import LEAD, OTTO, TALKS, TODAY, WON, day, deal, eur, journal, note, planned
from tests.stories import RawFile, raw, story

LATER = planned("2026-12-01")


def found(*deals: Deal) -> Stale:
    return stale(Insights(journal(*deals), TODAY))


def test_all_are_there_the_most_urgent_first_and_by_owner_the_largest_sum_first() -> None:
    made = found(
        deal("a", TALKS, next=planned("2026-11-18")), deal("b", TALKS, next=planned("2026-11-01")),
        deal("c", TALKS, value=eur(5), owner=OTTO), deal("d", TALKS, value=eur(3)),
        deal("e", TALKS, next=LATER), deal("w", WON),
    )  # fmt: skip
    assert [one.deal.id for one in made.deals] == ["b", "a", "c", "d"]
    assert [(one.person.id, [d.id for d in one.deals], one.value.lines) for one in made.people] == [
        ("otto", ["c"], (eur(5),)), ("maria", ["b", "a", "d"], (eur(3),))]  # fmt: skip
    assert (made.value.lines, made.value.counted, made.value.of) == ((eur(8),), 2, 4)
    assert {code: [d.id for d in deals] for code, deals in made.reasons.items()} == {
        "silent": [], "next-step-overdue": ["b", "a"], "no-next-step": ["c", "d"],
        "close-in-past": [], "overslept": []}  # fmt: skip


def test_silence_counts_from_the_last_contact_and_says_what_is_allowed() -> None:
    called = (note("2026-10-01", "call", "jane-roe"),)
    made = found(deal("a", LEAD, called, next=LATER), deal("b", LEAD, created=day("2026-10-01")))
    assert made.last_contact == {"a": day("2026-10-01"), "b": None}
    assert [reason.late for one in made.deals for reason in one.reasons if reason.days] == [29, 29]
    limits = [(one.stage.id, one.silence and one.silence.days) for one in made.limits]
    assert limits == [("lead", 21), ("offer", 1), ("talks", None)]


@pytest.mark.parametrize("seed", range(8))
def test_its_figures_follow_from_the_raw_files(seed: int) -> None:
    files = story(seed)
    loaded = load(MemoryTree(files), lambda: TODAY)
    assert loaded.seen is not None
    made, deals = stale(Insights(loaded.seen, TODAY)), list(raw(files, "deals"))
    whys = {one.id: why for one in deals if (why := reasons(one))}
    assert {one.deal.id: [r.code for r in one.reasons] for one in made.deals} == whys
    for code, of in made.reasons.items():
        assert sorted(one.id for one in of) == [id for id, why in whys.items() if code in why]
    owners = {one.id: one.front["owner"] for one in deals}
    listed = [(one.person.id, deal.id) for one in made.people for deal in one.deals]
    assert sorted(listed) == sorted((owners[id], id) for id in whys)
    late = [max(r.late for r in one.reasons) for one in made.deals]
    assert late == sorted(late, reverse=True)


def reasons(one: RawFile) -> list[str]:
    """Why a deal is stale by what the lines say; no stage of these journals has a limit."""
    today, next, close = str(TODAY), one.front.get("next", "")[:10], one.front.get("close", "9")
    if one.type == "parked":
        return ["overslept"] if one.front.get("wake", "9") <= today else []
    if one.type != "open":
        return []
    found = ["no-next-step"] if not next else ["next-step-overdue"] if next < today else []
    return found + (["close-in-past"] if close < today else [])
