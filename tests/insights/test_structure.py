"""The structure of pipelines, by hand and recomputed from raw files."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from statistics import stdev

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.insights.insights import Insights
from site_builder.insights.loss_trends import Trend
from site_builder.insights.structure import Structure, structures
from site_builder.journal.deal import Deal
from site_builder.journal.pipeline import Pipeline, Stage
from site_builder.load.loader import load
from site_builder.pages.context import Context
from site_builder.pages.registry import context_of
from site_builder.pages.structure import structure as page_of
from tests.by_hand import (
    LEAD,
    LOST,
    OFFER,
    PARKED,
    SCHEMA,
    TALKS,
    TODAY,
    WON,
    day,
    deal,
    journal,
    note,
)
from tests.stories import STAGES, RawFile, raw, story


def moved(id: str, *moves: tuple[str, Stage]) -> Deal:
    notes = tuple(note(when, "stage", stage=stage) for when, stage in moves)
    return deal(id, moves[-1][1], notes)


def only(*deals: Deal, **schema: object) -> Structure:
    made = journal(*deals, schema=replace(SCHEMA, **schema))  # type: ignore[arg-type] # any field
    (found,) = structures(Insights(made, TODAY)).pipelines
    return found


def lost_in(stage: Stage, count: int, prefix: str = "l") -> list[Deal]:
    return [
        moved(f"{prefix}{n}", ("2026-01-01", LEAD), ("2026-02-01", stage), ("2026-03-01", LOST))
        for n in range(count)
    ]


def test_each_deal_is_counted_once_by_what_became_of_it() -> None:
    found = only(
        moved("won", ("2026-01-01", LEAD), ("2026-01-31", WON)),
        moved("kept", ("2026-01-01", WON), ("2026-02-01", PARKED)),
        moved("slept", ("2026-01-01", LOST), ("2026-02-01", PARKED)),
        *lost_in(OFFER, 2),
        deal("open"),
    )
    assert (found.started, found.won, found.lost, found.open, found.parked) == (6, 2, 2, 1, 1)
    assert found.effectiveness == (2, 6)
    assert (found.notes_to_win, found.days_to_win) == (1.5, 15)


def test_a_loss_counts_where_the_deal_stood_last_with_what_it_cost() -> None:
    found = only(
        moved(
            "a",
            ("2026-01-01", LEAD),
            ("2026-01-11", TALKS),
            ("2026-01-21", LEAD),
            ("2026-02-10", LOST),
        ),
        moved("b", ("2026-01-01", OFFER), ("2026-01-02", PARKED), ("2026-01-03", LOST)),
        deal("c", LOST, created=day("2026-01-01")),
    )
    assert found.lost_by_stage == {"lead": 1, "offer": 1, "talks": 0}
    assert found.notes_sunk == {"lead": 4, "offer": 3, "talks": 0}
    assert found.days_sunk == {"lead": 40, "offer": 2, "talks": 0}
    assert [one.id for one in found.lost_somewhere] == ["c"]
    assert found.centre == 0.25


@pytest.mark.parametrize(
    ("early", "late", "named"),
    [(20, 0, "ideal"), (14, 6, "ideal"), (13, 7, "normal"), (7, 13, "normal"), (6, 14, "expensive"),
     (19, 0, None), (0, 0, None)],
)  # fmt: skip
def test_a_shape_has_a_name_from_twenty_losses(early: int, late: int, named: str | None) -> None:
    assert only(*lost_in(LEAD, early), *lost_in(TALKS, late, "t")).class_ == named


def test_a_retired_stage_is_told_and_has_no_place() -> None:
    old = Stage("old", "Old", 0, retired=True)
    pipeline = Pipeline("sales", "Sales", (LEAD, old, TALKS, LOST))
    deals = [replace(one, pipeline=pipeline) for one in lost_in(old, 1) + lost_in(TALKS, 1, "t")]
    found = only(*deals, pipelines=(pipeline,))
    assert found.lost_by_stage == {"lead": 0, "old": 1, "talks": 1}
    assert found.centre == 1


def test_years_are_those_in_which_deals_began() -> None:
    made = journal(
        moved("a", ("2025-06-30", LEAD)), moved("b", ("2025-07-01", LEAD)), deal("nobody-knows"),
        schema=replace(SCHEMA, fiscal_year_starts=7),
    )  # fmt: skip
    found = structures(Insights(made, TODAY))
    assert {year: one.started for year, (one,) in found.years.items()} == {"2025": 1, "2026": 1}
    assert found.pipelines[0].started == 3


def ended(one: RawFile) -> tuple[str, dt.date | None]:
    """Won, lost or neither by what the lines say, and since when."""
    state, since = "", None
    for move in one.moves:
        type = STAGES[one.front["pipeline"]][move.stage]
        now = (
            type if type in ("won", "lost") else state if (type, state) == ("parked", "won") else ""
        )
        if now != state:
            state, since = now, move.date
    if one.type in ("won", "lost") and not one.moves:
        return one.type, None
    return state, since if state else None


def began(one: RawFile) -> dt.date | None:
    return one.notes[0].date if one.notes else None


@pytest.mark.parametrize("seed", [*range(8), 14])
def test_its_figures_follow_from_the_raw_files(seed: int) -> None:
    files = story(seed) if seed < 7 else all_lost(story(seed, deals=150))
    loaded = load(MemoryTree(files), lambda: TODAY)
    assert loaded.seen is not None
    assert not [p for p in loaded.problems if p.severity == "error"]
    made, deals = structures(Insights(loaded.seen, TODAY)), list(raw(files, "deals"))
    for found in made.pipelines:
        assert_follows(found, [one for one in deals if one.front["pipeline"] == found.id])
    years = {day.year for one in deals if (day := began(one))}
    assert list(made.years) == [str(year) for year in sorted(years)]
    for year, pipelines in made.years.items():
        of_year = [one for one in deals if (day := began(one)) and str(day.year) == year]
        for found in pipelines:
            assert_follows(found, [one for one in of_year if one.front["pipeline"] == found.id])
    assert_is_told(context_of(loaded), deals)
    assert {found.class_ is None for found in made.pipelines} == {seed < 7, True}
    for trend in made.trends:
        of = [one for one in deals if one.front["pipeline"] == trend.pipeline]
        assert_moves(trend, {year: [one for one in of if (day := began(one)) and day.year == year]
                             for year in sorted(years)})  # fmt: skip


def assert_is_told(context: Context | None, deals: list[RawFile]) -> None:
    """What the page has beside each stage of each year: the notes and days sunk there."""
    assert context is not None
    for section in page_of(context).sections:
        of = [one for one in deals if one.front["pipeline"] == section.anchor]
        for table in (one for one in section.tables if one.label.endswith("by year and stage")):
            for row in table.rows:
                begun = [
                    one for one in of if (day := began(one)) and str(day.year) == row.head.text
                ]
                sunk = dict.fromkeys(list(STAGES[section.anchor]), (0, 0))
                for one in begun:
                    state, end = ended(one)
                    if state == "lost" and (stage := last_open(one, end)):
                        notes, days = cost(one, end)
                        sunk[stage] = sunk[stage][0] + notes, sunk[stage][1] + (days or 0)
                asides = [cell.aside.rpartition("; ")[2] for cell in row.cells]
                told = [re.sub("[^0-9,]", "", one) if "note" in one else "" for one in asides]
                opened = [id for id, type in STAGES[section.anchor].items() if type == "open"]
                assert told == ["{},{}".format(*sunk[id]) if any(sunk[id]) else "" for id in opened]


def assert_moves(trend: Trend, deals: dict[int, list[RawFile]]) -> None:
    """By Mantel's test in its other form, of sums of products."""
    opened = [id for id, type in STAGES[trend.pipeline].items() if type == "open"]
    points, years = list[tuple[int, float]](), list[tuple[str, int]]()
    for year, of in deals.items():
        ends = {one.id: ended(one) for one in of}
        stages = [last_open(one, ends[one.id][1]) for one in of if ends[one.id][0] == "lost"]
        places = [opened.index(s) / max(1, len(opened) - 1) for s in stages if s]
        unended = sum(not how for how, _ in ends.values())
        years += [(str(year), len(places))] if of else []
        if len(places) >= 5 and unended * 5 <= len(of):
            points += [(year, place) for place in places]
    assert [(one.year, one.losses) for one in trend.years] == years
    enough = len(points) >= 20 and len({x for x, _ in points}) > 1
    assert (trend.direction is not None, trend.losses) == (enough, len(points))
    if enough:
        n, sums = len(points), [sum(one) for one in zip(*points, strict=True)]
        both = sum(x * y for x, y in points) - sums[0] * sums[1] / n
        x, y = (sum(p[i] ** 2 for p in points) - sums[i] ** 2 / n for i in (0, 1))
        strength = (n - 1) * both**2 / (x * y)
        assert trend.strength == pytest.approx(strength)
        sure = strength > 3.841459
        assert trend.direction == (("later" if both > 0 else "earlier") if sure else "none")


def all_lost(files: dict[str, str]) -> dict[str, str]:
    """A story in which was lost, for its price, whatever was won or parked; and, of most deals that
    have notes, today what was still open."""

    def lost(text: str) -> str:
        is_open = re.search(r"(?m)^stage: (?:lead|talks|offer|signing)$", text)
        if is_open and "\n## " in text and "Deal 2" not in text:
            text = re.sub(r"(?m)^(stage:) \S+", r"\1 lost", text) + f"\n## {TODAY} stage lost\n"
        text = re.sub(r"(?m)^lost-reason::? .*\n", "", text)
        text = re.sub(r"(?m)^(stage:|## \S+ stage) (?:won|later)", r"\1 lost", text)
        return re.sub(r"(?m)^stage: (lost|gone)$", r"stage: \1\nlost-reason: price", text)

    return {path: lost(text) if path.startswith("deals/") else text for path, text in files.items()}


def assert_follows(found: Structure, deals: list[RawFile]) -> None:
    ends = {one.id: ended(one) for one in deals}
    won, lost, rest = (
        [one for one in deals if ends[one.id][0] == how] for how in ("won", "lost", "")
    )
    opened = [one for one in rest if one.type == "open"]
    parked = [one for one in rest if one.type == "parked"]
    assert (found.started, found.won, found.lost) == (len(deals), len(won), len(lost))
    assert (found.open, found.parked) == (len(opened), len(parked))
    assert found.effectiveness == (len(won), len(deals))
    assert [ids(found.won_deals), ids(found.open_deals), ids(found.parked_deals)] == [
        [one.id for one in some] for some in (won, opened, parked)
    ]
    assert_wins_took(found, [cost(one, ends[one.id][1]) for one in won])
    where = {one.id: last_open(one, ends[one.id][1]) for one in lost}
    assert ids(found.lost_somewhere) == [id for id, stage in where.items() if not stage]
    for stage, count in found.lost_by_stage.items():
        here = [one for one in lost if where[one.id] == stage]
        costs = [cost(one, ends[one.id][1]) for one in here]
        assert (count, ids(found.lost_deals[stage])) == (len(here), [one.id for one in here])
        assert found.notes_sunk[stage] == sum(notes for notes, _ in costs)
        assert found.days_sunk[stage] == sum(days or 0 for _, days in costs)
    assert_is_centred(found, [stage for stage in where.values() if stage])


def assert_wins_took(found: Structure, costs: list[tuple[int, int | None]]) -> None:
    days = [days for _, days in costs if days is not None]
    assert found.notes_to_win == (middle([notes for notes, _ in costs]) if costs else None)
    assert found.days_to_win == (middle(days) if days else None)


def assert_is_centred(found: Structure, stages: list[str]) -> None:
    opened = [id for id, type in STAGES[found.id].items() if type == "open"]
    assert list(found.lost_by_stage) == opened
    places = [opened.index(stage) / max(1, len(opened) - 1) for stage in stages]
    if not places:
        assert (found.centre, found.spread, found.class_) == (None, None, None)
        return
    centre = sum(places) / len(places)
    named = "ideal" if centre * 3 < 1 else "expensive" if centre * 3 > 2 else "normal"
    assert found.centre == pytest.approx(centre)
    assert found.class_ == (named if len(places) >= 20 else None)
    if len(places) > 1:
        assert found.spread == pytest.approx(1.96 * stdev(places) / len(places) ** 0.5)
    else:
        assert found.spread is None


def ids(deals: tuple[Deal, ...]) -> list[str]:
    return [one.id for one in deals]


def cost(one: RawFile, day: dt.date | None) -> tuple[int, int | None]:
    """The notes up to a day, and the days from the first; all notes where nobody knows it."""
    first = began(one)
    days = (day - first).days if day and first else None
    return sum(day is None or note.date <= day for note in one.notes), days


def middle(counts: list[int]) -> float:
    """The one in the middle, or between the two that are there."""
    ordered, half = sorted(counts), len(counts) // 2
    return ordered[half] if len(counts) % 2 else (ordered[half - 1] + ordered[half]) / 2


def last_open(one: RawFile, day: dt.date | None) -> str:
    stages = STAGES[one.front["pipeline"]]
    found = [
        m.stage for m in one.moves if stages[m.stage] == "open" and (day is None or m.date <= day)
    ]
    return found[-1] if found else ""
