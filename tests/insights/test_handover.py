"""All that somebody would hand over: by hand, and recomputed from raw files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.insights.follow_ups import follow_ups
from site_builder.insights.handover import DealState, Handover, handover
from site_builder.insights.insights import Insights
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.journal.note import Note, NoteFields
from site_builder.journal.pipeline import StageType, Step
from site_builder.load.loader import load
from tests.by_hand import (
    LEAD,
    LOST,
    MARIA,
    OTTO,
    PARKED,
    SCHEMA,
    TODAY,
    WON,
    day,
    deal,
    note,
    planned,
)  # fmt: skip
from tests.insights.test_follow_ups import EXCHANGES, JANE, Raw, people_of, said
from tests.stories import STEPS, RawFile, story


def found(*deals: Deal) -> Handover[DealState]:
    return handover(Insights(Journal(SCHEMA, deals, (replace(JANE, owner=MARIA),)), TODAY), MARIA)


def test_open_deals_come_first_and_lost_ones_are_counted() -> None:
    mine = found(
        deal("w", WON), deal("p", PARKED), deal("l", LOST), deal("o"),
        deal("late", next=planned("2026-11-01")), deal("theirs", owner=OTTO),
    )  # fmt: skip
    assert ([one.id.id for one in mine.deals], mine.lost) == (["late", "o", "p", "w"], 1)
    assert [one.id.id for one in mine.contacts] == ["jane-roe"]
    assert [(one.subject.id, one.kind) for one in mine.due] == [("late", "next"), ("l", "next")]
    assert {one.subject.id for one in mine.tasks} >= {"o", "late"}


def test_the_state_of_a_deal_is_made_of_facts() -> None:
    stage = replace(LEAD, steps=(Step("a", "A"), Step("b", "B")))
    entered = note("2026-11-01", "stage", stage=stage)
    call = said("2026-11-10", "call", "with")
    (one,) = found(deal(stage=stage, notes=(entered, call, note("2026-11-12", "note")))).deals
    assert (one.since, one.days, one.done, [step.id for step in one.left]) == (
        day("2026-11-01"), 19, (0, 2), ["a", "b"],
    )  # fmt: skip
    assert one.last_contact is not None and one.last_note is not None
    assert (one.last_contact.date, one.last_note.date) == (call.date, day("2026-11-12"))


def paper(kind: str, date: str, **fields: object) -> Note:
    return replace(note(date, kind), fields=NoteFields(**fields))  # type: ignore[arg-type] # any field


def test_what_is_promised_has_a_day_and_nothing_followed() -> None:
    offer = paper("proposal", "2026-11-01", deadline=day("2026-12-24"), services="Plan")
    bill = paper("invoice", "2026-11-02", due=day("2026-11-30"))
    one = deal(notes=(offer, bill), next=planned("2026-12-01", "Ring"))
    assert [(p.what, str(p.date), p.text) for p in found(one).promised] == [
        ("payment", "2026-11-30", ""), ("next", "2026-12-01", "Ring"), ("delivery", "2026-12-24", "Plan"),
    ]  # fmt: skip
    done = replace(
        one, notes=(offer, bill, note("2026-11-03", "payment"), note("2026-11-04", "delivery"))
    )
    assert [p.what for p in found(done).promised] == ["next"]
    assert [p.what for p in found(replace(done, stage=PARKED)).promised] == []
    assert found(replace(one, stage=LOST)).promised == ()


@pytest.mark.parametrize("seed", range(6))
def test_its_figures_follow_from_the_raw_files(seed: int) -> None:
    files = story(seed)
    loaded = load(MemoryTree(files), lambda: TODAY)
    assert loaded.seen is not None
    insights, read = Insights(loaded.seen, TODAY), Raw(files)
    every = {id: handover(insights, who) for id, who in loaded.seen.schema.team.items()}
    for id, one in every.items():
        theirs = [deal for deal in read.deals if deal.front["owner"] == id]
        alive = {deal.id: deal for deal in theirs if deal.type != StageType.LOST}
        assert {state.id.id for state in one.deals} == alive.keys()
        assert one.lost == len(theirs) - len(alive)
        for state in one.deals:
            deal = alive[state.id.id]
            steps = STEPS.get(deal.front["stage"], []) if deal.front["pipeline"] == "sales" else []
            ticked = {step for written in deal.notes for step in written.ticks}
            left = [step for step in steps if step not in ticked]
            assert (state.done, [step.id for step in state.left]) == (
                (len(steps) - len(left), len(steps)), left)  # fmt: skip
            real = [written.date for written in deal.notes if written.kind in EXCHANGES]
            assert (state.last_contact and state.last_contact.date) == max(real, default=None)
            since = (
                deal.moves[-1].date if deal.moves else deal.notes[0].date if deal.notes else None
            )
            assert state.since == since
        told = [(p.subject.id, p.what, str(p.date)) for p in one.promised]
        assert sorted(told) == sorted(found for deal in alive.values() for found in promised(deal))
        assert all(state.open_deals == opened(state.id.id, read) for state in one.contacts)
    due = [one for one in follow_ups(insights).due if one.person]
    assert sum(len(one.due) for one in every.values()) == len(due)


def promised(one: RawFile) -> Iterator[tuple[str, str, str]]:
    """What was promised in a deal, by its lines."""
    if "next" in one.front and one.type != "parked":
        yield one.id, "next", one.front["next"][:10]
    for what, kind, field in (("delivery", "proposal", "deadline"), ("payment", "invoice", "due")):
        kinds = [written for written in one.notes if written.kind in (what, kind)]
        if kinds and kinds[-1].kind == kind and field in kinds[-1].said:
            yield one.id, what, kinds[-1].said[field]


def opened(id: str, read: Raw) -> int:
    deals = [one for one in read.deals if one.type == "open"]
    return sum(id in (*people_of(one), one.front.get("company", "")) for one in deals)
