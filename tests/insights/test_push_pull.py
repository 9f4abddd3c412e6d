"""Push and pull, by hand and recomputed from raw files."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.insights.insights import Insights
from site_builder.insights.push_pull import ASKED, PushPull, push_pull
from site_builder.journal.deal import Deal
from site_builder.journal.note import Note, NoteFields
from site_builder.journal.pipeline import Pipeline, Stage
from site_builder.load.loader import load
from tests.by_hand import (
    LEAD,
    LOST,
    MARIA,
    OFFER,
    OTTO,
    PARKED,
    SCHEMA,
    TALKS,
    TODAY,
    WON,
    deal,
    journal,
    note,
)
from tests.insights.test_structure import ended
from tests.stories import STAGES, RawFile, handed_on, raw, story


def move(date: str, stage: Stage, asked: str = "", **fields: object) -> Note:
    said = NoteFields(asked_by=asked or None)  # type: ignore[arg-type] # one of its words
    return replace(note(date, "stage", stage=stage), fields=said, **fields)  # type: ignore[arg-type] # any field


def asked(id: str, *moves: Note, **fields: object) -> Deal:
    last = moves[-1].stage
    assert last is not None
    return deal(id, last, moves, **fields)


def found(*deals: Deal, **schema: object) -> PushPull:
    made = journal(*deals, schema=replace(SCHEMA, **schema))  # type: ignore[arg-type] # any field
    return push_pull(Insights(made, TODAY))


def test_moves_are_counted_where_they_lead_and_by_who_asked() -> None:
    made = found(
        asked("a", move("2026-01-01", LEAD), move("2026-01-02", OFFER, "customer"),
              move("2026-01-03", OFFER, "us"), move("2026-01-04", WON, "us")),
        asked("b", move("2026-01-01", OFFER, "us"), move("2026-01-04", LOST, "customer")),
        deal("c"),
    )  # fmt: skip
    assert {row.stage.id: row[2:] for row in made.stages} == {
        "lead": (0, 0, 1), "offer": (1, 1, 0), "talks": (0, 0, 0), "parked": (0, 0, 0),
        "won": (0, 1, 0), "lost": (1, 0, 0),
    }  # fmt: skip
    assert {row.outcome: row[1:] for row in made.outcomes} == {
        "won": (1, 1, 1), "lost": (1, 1, 0), "open": (0, 0, 0), "parked": (0, 0, 0),
    }  # fmt: skip
    assert len(made.moves) == 5


def test_a_move_is_of_whom_its_note_is_by_or_else_of_the_owner_then() -> None:
    handed = replace(note("2026-01-03", "call"), fields=NoteFields(owner=OTTO))
    before = replace(note("2026-01-01", "call"), fields=NoteFields(owner=MARIA))
    made = found(
        deal("a", TALKS, (before, move("2026-01-02", LEAD), handed, move("2026-01-04", OFFER, "us"),
                          move("2026-01-05", TALKS, "customer", by=MARIA)), owner=OTTO),
    )  # fmt: skip
    assert {row.person.id: row[1:] for row in made.people} == {
        "maria": (1, 0, 1),
        "otto": (0, 1, 0),
    }


def test_a_retired_stage_is_told_where_it_occurs() -> None:
    old, gone = (Stage(id, id, 0, retired=True) for id in ("old", "gone"))
    pipeline = Pipeline("sales", "Sales", (old, gone, LEAD))
    made = found(
        asked("a", move("2026-01-01", old), move("2026-01-02", LEAD), pipeline=pipeline),
        pipelines=(pipeline,),
    )
    assert [row.stage.id for row in made.stages] == ["old", "lead"]


@pytest.mark.parametrize(
    ("moves", "pull"),
    [
        (["us", "us"], "none"),
        (["us", "customer", ""], "up-to-half"),
        (["us", "customer", "customer"], "most"),
        (["", "customer"], "all"),
        (["", ""], None),
        ([], None),
    ],
)
def test_deals_fare_by_what_was_asked_before_the_outcome(moves: list[str], pull: str) -> None:
    path = [move(f"2026-01-0{n + 1}", (LEAD, OFFER, TALKS)[n], by) for n, by in enumerate(moves)]
    made = found(asked("a", *path, move("2026-02-01", WON, "customer")))
    assert [fare.pull for fare in made.fares if fare.won == (1, 1)] == ([pull] if pull else [])
    assert [one.id for one in made.unsaid] == ([] if pull else ["a"])


def test_what_comes_after_an_outcome_says_nothing_of_it() -> None:
    path = (move("2026-01-01", LEAD, "us"), move("2026-02-01", WON, "us"), move("2026-03-01", PARKED, "customer"))  # fmt: skip
    made = found(asked("a", *path), asked("b", move("2026-01-01", LEAD, "customer")))
    assert {fare.pull: fare.won for fare in made.fares if fare.won.of} == {"none": (1, 1)}
    assert made.unsaid == ()


@pytest.mark.parametrize("seed", range(8))
def test_its_figures_follow_from_the_raw_files(seed: int) -> None:
    files = handed_on(story(seed))
    loaded = load(MemoryTree(files), lambda: TODAY)
    assert loaded.seen is not None
    assert not [p for p in loaded.problems if p.severity == "error"]
    made = push_pull(Insights(loaded.seen, TODAY))
    stages: Counter[tuple[str, ...]] = Counter()
    people: Counter[tuple[str, ...]] = Counter()
    outcomes: Counter[tuple[str, ...]] = Counter()
    for one in raw(files, "deals"):
        state = ended(one)[0] or one.type
        for moved in one.moves:
            who = moved.said.get("asked-by", "unsaid")
            stages[one.front["pipeline"], moved.stage, who] += 1
            people[moved.by or one.owner_on(moved.date), who] += 1
            outcomes[state, who] += 1
    assert len(made.stages) == sum(map(len, STAGES.values()))
    for of_stage in made.stages:
        counts = [stages[of_stage.pipeline.id, of_stage.stage.id, who] for who in ASKED]
        assert list(of_stage[2:]) == counts
    for of_person in made.people:
        assert list(of_person[1:]) == [people[of_person.person.id, who] for who in ASKED]
    for of_outcome in made.outcomes:
        assert list(of_outcome[1:]) == [outcomes[of_outcome.outcome, who] for who in ASKED]
    assert len(made.moves) == stages.total() == people.total() == outcomes.total()
    moves = [(one, moved) for one in raw(files, "deals") for moved in one.moves]
    assert [(m.deal.id, m.date, m.stage.id, m.person.id, m.asked) for m in made.moves] == [
        (one.id, m.date, m.stage, m.by or one.owner_on(m.date), m.said.get("asked-by", "unsaid"))
        for one, m in moves
    ]
    ends = [(one, how) for one in raw(files, "deals") if (how := ended(one)[0])]
    for fare in made.fares:
        won, lost = (
            [one.id for one, how in ends if how == side and pull(one) == fare.pull]
            for side in ("won", "lost")
        )
        assert [one.id for one in fare.won_deals] == won
        assert [one.id for one in fare.lost_deals] == lost
        assert fare.won == (len(won), len(won) + len(lost))
    assert [one.id for one in made.unsaid] == [one.id for one, _ in ends if not pull(one)]
    assert sum(fare.won.of for fare in made.fares) + len(made.unsaid) == len(ends)


def pull(one: RawFile) -> str:
    """The part that the customer asked for of the moves up to the outcome that say who did."""
    types, (_, day) = STAGES[one.front["pipeline"]], ended(one)
    said = [
        moved.said["asked-by"] == "customer"
        for moved in one.moves
        if types[moved.stage] in ("open", "parked") and (day is None or moved.date <= day)
        if "asked-by" in moved.said
    ]
    if not said:
        return ""
    if all(said) or not any(said):
        return "all" if said[0] else "none"
    return "most" if sum(said) > len(said) - sum(said) else "up-to-half"
