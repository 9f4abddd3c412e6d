"""The page of losses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.insights.insights import Insights
from site_builder.journal.deal import Deal, Participant
from site_builder.journal.pipeline import Stage
from site_builder.load.loader import load
from site_builder.pages.context import Context
from site_builder.pages.lost import lost
from site_builder.pages.sheet import Table
from tests.by_hand import LEAD, LOST, OFFER, SCHEMA, TALKS, context, deal, journal, note
from tests.insights.test_closings import move
from tests.insights.test_lost import raw_closings
from tests.stories import STAGES, TODAY, raw, story

REASONS = replace(SCHEMA, lost_reasons={"price": "Price", "timing": "Timing"})


def lost_in(stage: Stage, day: str, id: str, why: str) -> Deal:
    notes = (move("2025-01-01", stage), move(day, LOST))
    return deal(id, LOST, notes, lost_reason=why)


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in (row.head, *row.cells)] for row in table.rows]


MADE = journal(
    *(
        lost_in(TALKS, "2026-02-01", "a", "price"),
        lost_in(TALKS, "2026-05-01", "b", "price"),
        lost_in(OFFER, "2026-05-01", "c", "timing"),
    ),
    deal("d", LEAD, (move("2026-01-01", LOST), move("2026-03-01", LEAD))),
    schema=REASONS,
)


def test_reasons_stand_by_stage_and_over_time_the_most_frequent_first() -> None:
    page = lost(context(MADE))
    assert page.answer == "Price: 2 of 3 losses with a reason · 1 loss without one: ask them why"
    ask, sales, talked = page.sections
    by_stage, over_time = sales.tables
    assert [column.name for column in by_stage.columns] == [
        "Reason", "Offer", "Talks", "No stage known", "In all",
    ]  # fmt: skip
    assert texts(by_stage) == [
        ["Price", "0", "2", "0", "2"],
        ["Timing", "1", "0", "0", "1"],
        ["No reason", "0", "0", "1", "1"],
        ["In all", "1", "2", "1", "4"],
    ]
    assert [cell.heat for cell in by_stage.rows[0].cells] == [0, 2, 0, None]
    assert [column.name for column in over_time.columns[1:]] == ["2026-Q1", "2026-Q2", "In all"]
    assert sales.answer == "4 losses of 4 deals over 121 days, from 1 Jan 2026 to 1 May 2026"
    anchors = {group.anchor: group.number for group in sales.made_of}
    assert by_stage.rows[0].cells[1].path == "lost.html#sales.0.talks"
    assert anchors["sales.0.talks"] == "2"
    linked = [
        (c.path.partition("#")[2], c.text) for row in over_time.rows for c in row.cells if c.path
    ]
    assert linked == [(anchor, anchors[anchor]) for anchor, _ in linked]
    assert [anchor for anchor, _ in linked][:2] == ["sales.0:2026-Q1", "sales.0:2026-Q2"]
    assert [row[-1] for row in texts(ask.tables[0])] == ["reopened since"]
    assert texts(talked.tables[0])[0] == ["C", "1 May 2026", "Timing", "nobody"]


def test_reasons_that_are_as_frequent_are_named_if_they_are_few() -> None:
    def answer(*reasons: str) -> str:
        made = [lost_in(LEAD, "2026-02-01", why, why) for why in reasons]
        return lost(context(journal(*made, schema=REASONS))).answer

    assert answer("timing", "price") == "Price and Timing: 1 each of 2 losses"
    assert answer("a", "b", "c", "d") == "No reason stands out among 4 losses"


def test_what_was_lost_twice_is_listed_twice() -> None:
    again = [move("2026-01-01", TALKS), *(move(f"2026-0{n}-01", LOST) for n in (2, 4))]
    again.insert(2, move("2026-03-01", TALKS))
    made = lost(context(journal(deal("a", LOST, tuple(again)), schema=REASONS)))
    sales = next(one for one in made.sections if one.anchor == "sales")
    numbers = {group.anchor: (group.number, len(group.links)) for group in sales.made_of}
    every = sales.tables[0].rows[-1].cells[-1]
    assert (every.text, numbers[every.path.partition("#")[2]]) == ("2", ("2", 2))


def test_many_reasons_share_a_row() -> None:
    deals = [lost_in(TALKS, "2026-02-01", f"d{n:02}", f"Why {n:02}") for n in range(14)]
    (sales, _) = lost(context(journal(*deals))).sections
    assert texts(sales.tables[0])[-2:] == [["2 other reasons", "2", "2"], ["In all", "14", "14"]]


def test_what_was_lost_in_no_known_stage_is_told_apart_from_a_stage_named_so() -> None:
    odd = replace(TALKS, name="Unknown")
    pipeline = replace(REASONS.pipelines[0], stages=(LEAD, odd, LOST))
    deals = [replace(one, pipeline=pipeline) for one in (
        lost_in(odd, "2026-02-01", "a", "price"), deal("b", LOST, (move("2026-02-01", LOST),), lost_reason="price"),
    )]  # fmt: skip
    (sales, _) = lost(
        context(journal(*deals, schema=replace(REASONS, pipelines=(pipeline,))))
    ).sections
    assert [column.name for column in sales.tables[0].columns] == [
        "Reason",
        "Unknown",
        "No stage known",
        "In all",
    ]
    assert texts(sales.tables[0]) == [["Price", "1", "1", "2"], ["In all", "1", "1", "2"]]
    labels = {one.label: [link.text for link in one.links] for one in sales.made_of}
    assert (labels["Price, in Unknown"], labels["Price, no stage known"]) == (["A"], ["B"])


@pytest.mark.parametrize("seed", range(3))
def test_each_loss_of_the_raw_files_is_in_a_column_and_in_the_sum(seed: int) -> None:
    """Those without an open stage before in a column of their own."""
    files = story(seed)
    loaded = load(MemoryTree(files), lambda: TODAY)
    assert loaded.seen is not None
    sheet = lost(Context(Insights(loaded.seen, TODAY)))
    rows = [
        (one.front["pipeline"], at) for one in raw(files, "deals") for at, *_ in raw_closings(one)
    ]
    tables = {one.anchor: one.tables[0] for one in sheet.sections if one.anchor in STAGES}
    assert sorted(tables) == sorted({pipeline for pipeline, _ in rows})
    for pipeline, table in tables.items():
        *sums, every = [int(cell.text) for cell in table.rows[-1].cells]
        here = [at for of, at in rows if of == pipeline]
        assert sum(sums) == every == len(here)
        by_name = dict(zip([column.name for column in table.columns[1:]], sums, strict=False))
        assert by_name.get("No stage known", 0) == here.count("")


def test_whom_to_ask_is_the_main_contact() -> None:
    one = deal(
        "a", LOST, (move("2026-01-01", LOST), note("2026-02-01", "call", "jane-roe")),
        contacts=(Participant("jane-roe"),),
    )  # fmt: skip
    ask = lost(context(journal(one))).sections[0]
    assert texts(ask.tables[0]) == [["A", "1 Jan 2026", "no stage known", "Jane Roe", "Jane Roe"]]


def test_without_losses_it_says_what_would_fill_it() -> None:
    page = lost(context(journal(deal("a"))))
    assert (page.answer, page.sections) == ("", ())
