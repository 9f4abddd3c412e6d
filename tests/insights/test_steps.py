"""The use of steps, by hand and recomputed from raw files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
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
from tests.stories import STAGES, STEPS, RawFile, handed_on, raw, story

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
    files = handed_on(story(seed))
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
            left = [d for d in reached if d not in done]
            sides = (one.won_done, one.won_not) if how == "won" else (one.lost_done, one.lost_not)
            assert [[d.id for d in side] for side in sides] == [ids(done), ids(left)]
        passed = [(d, day) for d in deals if (day := went_on(d, one.stage.id))]
        skipped = [d for d, day in passed if not ticked(d, one.step.id, day)]
        assert one.used == (len(passed) - len(skipped), len(passed))
        assert [d.id for d in one.skipped] == ids(skipped)
    undated = [d for d in raw(files, "deals") if ended(d)[0] and ended(d)[1] is None]
    assert [d.id for d in made.undated] == ids(undated)
    uses = sorted(used_by(deals))
    for of in made.people:
        used, skips = (
            [(id, step) for who, was, id, step in uses if (who, was) == (of.person.id, is_done)]
            for is_done in (True, False)
        )
        assert of.used == (len(used), len(used) + len(skips))
        assert sorted((use.deal.id, use.step.id) for use in of.done) == used
        assert sorted((use.deal.id, use.step.id) for use in of.skipped) == skips
    assert sum(of.used.of for of in made.people) == len(uses) > 0


def ids(deals: list[RawFile]) -> list[str]:
    return [one.id for one in deals]


def used_by(deals: list[RawFile]) -> Iterator[tuple[str, bool, str, str]]:
    """Who had done each step of the stages that a deal went on from, or had not."""
    for one in deals:
        for stage, every in STEPS.items():
            if day := went_on(one, stage):
                for step in every:
                    yield one.owner_on(day), ticked(one, step, day), one.id, step


def went_on(one: RawFile, stage: str) -> dt.date | None:
    """When a deal went last from a stage to a later open one or a won one."""
    types = STAGES[one.front["pipeline"]]
    order = list(types)
    days = [
        after.date
        for before, after in zip(one.moves, one.moves[1:], strict=False)
        if before.stage == stage
        and (
            types[after.stage] == "won"
            or (types[after.stage] == "open" and order.index(after.stage) > order.index(stage))
        )
    ]
    return days[-1] if days else None


def stood_in(one: RawFile) -> set[str]:
    return {move.stage for move in one.moves} or {one.front["stage"]}


def ticked(one: RawFile, step: str, day: dt.date | None) -> bool:
    return any(step in note.ticks and (day is None or note.date <= day) for note in one.notes)
