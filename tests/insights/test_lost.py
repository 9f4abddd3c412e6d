"""Why deals were lost, by hand and recomputed from raw files."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.insights.insights import Insights
from site_builder.insights.lost import Lost, lost
from site_builder.journal.deal import Deal, Participant
from site_builder.journal.note import Note
from site_builder.journal.schema import Schema
from site_builder.load.loader import load
from tests.by_hand import LEAD, LOST, SCHEMA, TALKS, TODAY, deal, journal, note
from tests.insights.test_closings import move
from tests.insights.test_follow_ups import Raw, people_of
from tests.stories import STAGES, RawFile, raw, story

REASONS = replace(SCHEMA, lost_reasons={"price": "Price"})


def found(*deals: Deal, schema: Schema = REASONS) -> Lost:
    return lost(Insights(journal(*deals, schema=schema), TODAY))


def lost_deal(id: str, *after: Note, reason: str = "price") -> Deal:
    notes = (move("2026-01-01", TALKS), move("2026-02-01", LOST), *after)
    return deal(id, LOST, notes, lost_reason=reason, contacts=(Participant("jane-roe"),))


def test_named_reasons_are_told_for_every_open_stage_zeros_too() -> None:
    made = found(lost_deal("a"), lost_deal("b"))
    assert [(r.reason, r.stage.id if r.stage else "", r.n) for r in made.reasons] == [
        ("price", "lead", 0), ("price", "offer", 0), ("price", "talks", 2),
        ("other", "lead", 0), ("other", "offer", 0), ("other", "talks", 0),
    ]  # fmt: skip


def test_free_reasons_are_told_where_they_are_and_an_unknown_stage_is_none() -> None:
    made = found(lost_deal("a", reason="Moved"), deal("b", LOST, lost_reason="Gone"), schema=SCHEMA)
    assert [(r.reason, r.stage, r.n) for r in made.reasons] == [
        ("Gone", None, 1), ("Moved", TALKS, 1),
    ]  # fmt: skip


def test_a_deal_is_missing_once_whatever_has_become_of_it() -> None:
    twice = (move("2026-01-01", LOST), move("2026-02-01", LEAD), move("2026-03-01", LOST))
    made = found(
        lost_deal("a", reason=""),
        deal("b", LEAD, (move("2026-01-01", LOST), move("2026-02-01", LEAD))),
        deal("c", LOST, twice),
        lost_deal("d"),
    )
    assert [one.id for one in made.missing] == ["a", "b", "c"]
    assert len(made.closings) == 5


def test_somebody_was_talked_to_on_a_later_day_in_real_contact() -> None:
    made = found(
        lost_deal("a", note("2026-02-01", "call", "jane-roe")),
    )
    assert (made.talked, made.closings[0].talked) == ((0, 1), ())
    made = found(
        lost_deal("a", note("2026-02-02", "call", "jane-roe")),
        lost_deal("b", note("2026-02-03", "note", "jane-roe")),
    )
    assert made.talked == (2, 2)  # Jane is both deals'
    (talk,) = made.closings[1].talked
    assert (talk.contact.id, str(talk.on)) == ("jane-roe", "2026-02-02")


def test_what_we_wrote_and_nobody_answered_is_no_talk() -> None:
    ours = replace(note("2026-02-02", "email", "jane-roe"), direction="to")
    assert found(lost_deal("a", ours)).talked == (0, 1)
    assert found(lost_deal("a", ours, replace(ours, direction="from"))).talked == (1, 1)


def test_nobody_is_looked_for_after_a_loss_that_was_reopened() -> None:
    notes = (
        move("2026-01-01", LOST), move("2026-02-01", LEAD), note("2026-02-02", "call", "jane-roe"),
    )  # fmt: skip
    made = found(deal("a", LEAD, notes, contacts=(Participant("jane-roe"),)))
    assert (made.talked, made.closings[0].talked) == ((0, 0), ())


def raw_closings(one: RawFile) -> list[tuple[str, str, dt.date | None, bool]]:
    """The last open stage before each loss, its reason, its day and whether it still stands, by what
    the lines say."""
    types = STAGES[one.front["pipeline"]]
    moves = [note for note in one.notes if note.stage]
    noted = [note for note in moves if "lost-reason" in note.said]
    rows: list[list[str]] = []
    is_lost, opened = False, ""
    days: list[dt.date | None] = []
    for one_move in moves:
        type = types[one_move.stage]
        if type == "lost" and not is_lost:
            rows.append([opened, ""])
            days.append(one_move.date)
        if type == "lost" and "lost-reason" in one_move.said:
            rows[-1][1] = one_move.said["lost-reason"]
        is_lost = type == "lost"
        opened = one_move.stage if type == "open" else opened
    if one.type == "lost" and not moves:
        rows.append(["", ""])
        days.append(one.notes[0].date if one.notes else None)
    front = one.front.get("lost-reason", "")
    for at, row in enumerate(rows):
        if not noted or (at == len(rows) - 1 and one.type == "lost"):
            row[1] = row[1] or front
    return [
        (stage, reason, day, one.type == "lost" and at == len(rows) - 1)
        for at, ((stage, reason), day) in enumerate(zip(rows, days, strict=True))
    ]


@pytest.mark.parametrize("seed", range(6))
def test_its_figures_follow_from_the_raw_files(seed: int) -> None:
    files = story(seed)
    loaded = load(MemoryTree(files), lambda: TODAY)
    assert loaded.seen is not None
    assert not [p for p in loaded.problems if p.severity == "error"]
    made = lost(Insights(loaded.seen, TODAY))
    every = [(one, row) for one in raw(files, "deals") for row in raw_closings(one)]
    counted = Counter((one.front["pipeline"], why, at) for one, (at, why, *_) in every if why)
    assert {
        (r.pipeline, r.reason, r.stage.id if r.stage else ""): r.n for r in made.reasons if r.n
    } == counted
    assert [d.id for d in made.missing] == sorted(
        {one.id for one, (_, why, *_) in every if not why}
    )
    assert [
        (c.deal.id, c.stage.id if c.stage else "", c.reason or "", c.day, c.stands)
        for c in made.closings
    ] == [(one.id, *row) for one, row in every]
    read, talked = Raw(files), 0
    for closing, (one, (_, _, day, stands)) in zip(made.closings, every, strict=True):
        since = {id: days[-1] for id in own(one)
                 if (days := [row[0] for row in read.contacts_with(read.by_id[id]) if row[3].way != "to"])
                 and stands and day and days[-1] > day}  # fmt: skip
        assert {talk.contact.id: talk.on for talk in closing.talked} == since
        assert [talk.on for talk in closing.talked] == sorted(since.values(), reverse=True)
        talked += bool(since)
    assert made.talked == (talked, sum(one.type == "lost" for one, (*_, stands) in every if stands))


def own(one: RawFile) -> list[str]:
    return people_of(one) or ([one.front["company"]] if "company" in one.front else [])
