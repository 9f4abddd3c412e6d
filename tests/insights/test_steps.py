"""The use of steps, by hand and recomputed from raw files."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.insights.insights import Insights
from site_builder.insights.steps import StepFacts, Steps, steps
from site_builder.journal.deal import Deal
from site_builder.journal.note import Note, NoteFields, StepMark
from site_builder.journal.pipeline import Pipeline, Stage, Step
from site_builder.load.loader import load
from tests.by_hand import (
    LOST,
    MARIA,
    OTTO,
    PARKED,
    SCHEMA,
    TODAY,
    WON,
    deal,
    journal,
    note,
    span,
)
from tests.insights.test_structure import ended
from tests.stories import STEPS, RawFile, raw, story

NEED, MAP, SHOWN, PAID = (Step(id, id.title()) for id in ("need", "map", "shown", "paid"))
TALK = Stage("talk", "Talk", 1, steps=(NEED, MAP))
SHOW = Stage("show", "Show", 2, steps=(SHOWN, NEED))
SOLD = replace(WON, steps=(PAID,))
PIPELINE = Pipeline("sales", "Sales", (TALK, SHOW, PARKED, SOLD, LOST))


def tick(date: str, *done: Step) -> Note:
    marks = tuple(StepMark(step, "", span()) for step in done)
    return replace(note(date, "call"), steps=marks)


def stepped(id: str, *notes: Note, **fields: object) -> Deal:
    last = next(n.stage for n in reversed(notes) if n.stage)
    return deal(id, last, notes, pipeline=PIPELINE, **fields)


def move(date: str, stage: Stage) -> Note:
    return note(date, "stage", stage=stage)


def found(*deals: Deal) -> Steps:
    made = journal(*deals, schema=replace(SCHEMA, pipelines=(PIPELINE,)))
    return steps(Insights(made, TODAY))


def step(made: Steps, stage: str, id: str) -> StepFacts:
    (one,) = [one for one in made.steps if (one.stage.id, one.step.id) == (stage, id)]
    return one


def test_a_step_is_counted_of_deals_that_stood_in_its_stage_up_to_their_outcome() -> None:
    made = found(
        stepped("a", move("2026-01-01", TALK), tick("2026-01-02", NEED), move("2026-01-03", SOLD), tick("2026-01-03", MAP)),
        stepped("b", move("2026-01-01", TALK), move("2026-01-03", SOLD), tick("2026-01-04", NEED)),
        stepped("c", move("2026-01-01", TALK), tick("2026-01-02", NEED), move("2026-01-03", SHOW), move("2026-01-04", LOST)),
        stepped("d", move("2026-01-01", SHOW), tick("2026-01-01", MAP), move("2026-01-04", LOST)),
        stepped("e", move("2026-01-01", TALK), tick("2026-01-02", NEED)),
    )  # fmt: skip
    need, mapped = step(made, "talk", "need"), step(made, "talk", "map")
    assert (need.won, need.lost) == ((1, 2), (1, 1))
    assert [one.id for one in (*need.won_done, *need.won_not, *need.lost_done)] == ["a", "b", "c"]
    assert (mapped.won, mapped.lost) == ((1, 2), (0, 1))
    shown = step(made, "show", "shown")
    assert (shown.won, shown.lost) == ((0, 0), (0, 2))
    assert step(made, "show", "need").lost == (1, 2)
    assert step(made, "won", "paid").won == (0, 2)
    assert [(one.stage.id, one.step.id) for one in made.steps] == [
        ("talk", "need"), ("talk", "map"), ("show", "shown"), ("show", "need"), ("won", "paid")]  # fmt: skip


def test_a_deal_that_is_won_or_lost_nobody_knows_when_counts_with_all_its_ticks() -> None:
    made = found(deal("a", SOLD, (tick("2026-01-02", PAID), move("2026-01-01", TALK)), pipeline=PIPELINE))  # fmt: skip
    assert step(made, "talk", "need").won == (0, 1)
    assert [one.id for one in made.undated] == ["a"]


def test_a_step_is_skipped_where_a_deal_went_on_without_it() -> None:
    made = found(
        stepped("a", move("2026-01-01", TALK), tick("2026-01-02", NEED), move("2026-01-02", SHOW)),
        stepped("b", move("2026-01-01", TALK), move("2026-01-02", SHOW), tick("2026-01-03", NEED)),
        stepped("c", move("2026-01-01", TALK), move("2026-01-02", SOLD)),
        stepped("d", move("2026-01-01", TALK), move("2026-01-02", LOST)),
        stepped("e", move("2026-01-01", SHOW), move("2026-01-02", TALK)),
        stepped("f", move("2026-01-01", TALK), move("2026-01-02", PARKED)),
        stepped("g", move("2026-01-01", TALK), move("2026-01-02", SHOW), move("2026-01-03", TALK),
                tick("2026-01-04", NEED), move("2026-01-05", SHOW)),
    )  # fmt: skip
    need = step(made, "talk", "need")
    assert (need.used, [one.id for one in need.skipped]) == ((2, 4), ["b", "c"])


def test_the_use_is_of_whom_the_deal_was_when_it_went_on() -> None:
    handed = replace(note("2026-01-03", "call"), fields=NoteFields(owner=OTTO))
    first = replace(tick("2026-01-01", NEED), fields=NoteFields(owner=MARIA))
    made = found(stepped("a", first, move("2026-01-01", TALK), move("2026-01-02", SHOW), handed,
                         move("2026-01-04", SOLD), owner=OTTO))  # fmt: skip
    assert {one.person.id: one.used for one in made.people} == {"maria": (1, 2), "otto": (1, 2)}


@pytest.mark.parametrize("seed", range(8))
def test_its_figures_follow_from_the_raw_files(seed: int) -> None:
    files = story(seed)
    loaded = load(MemoryTree(files), lambda: TODAY)
    assert loaded.seen is not None
    made = steps(Insights(loaded.seen, TODAY))
    deals = [one for one in raw(files, "deals") if one.front["pipeline"] == "sales"]
    assert [(one.stage.id, one.step.id) for one in made.steps] == [
        (stage, id) for stage, ids in STEPS.items() for id in ids
    ]
    for one in made.steps:
        for how, share in (("won", one.won), ("lost", one.lost)):
            reached = [d for d in deals if ended(d)[0] == how and one.stage.id in stood_in(d)]
            done = [d for d in reached if ticked(d, one.step.id, ended(d)[1])]
            assert share == (len(done), len(reached))


def stood_in(one: RawFile) -> set[str]:
    return {move.stage for move in one.moves} or {one.front["stage"]}


def ticked(one: RawFile, step: str, day: dt.date | None) -> bool:
    return any(step in note.ticks and (day is None or note.date <= day) for note in one.notes)
