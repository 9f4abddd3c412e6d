"""Measures beside their targets, by hand and recomputed from raw files."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from statistics import median

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.insights.goals import Measured, goals
from site_builder.insights.insights import Insights
from site_builder.journal.deal import Deal
from site_builder.journal.note import Note
from site_builder.journal.pipeline import Measure, Pipeline, Stage, Step
from site_builder.load.loader import load
from tests.by_hand import (
    LEAD,
    LOST,
    OFFER,
    PARKED,
    SCHEMA,
    TODAY,
    WON,
    deal,
    journal,
    note,
)
from tests.insights.test_steps import stood_in, tick
from tests.stories import STEPS, RawFile, RawNote, raw, story

NEED, MAP = Step("need", "Need"), Step("map", "Map")
MONTH = dt.timedelta(30)


def measured(
    measure: str, within: int | None, *deals: Deal, target: str | dt.timedelta = "0.5"
) -> Measured:
    """A measure of the lead stage, in a pipeline of lead, offer, parked, won and lost."""
    goal = target if isinstance(target, dt.timedelta) else Decimal(target)
    one = Measure(measure, goal, None if within is None else dt.timedelta(within))
    lead = replace(LEAD, steps=(NEED, MAP), measures=(one,))
    pipeline = Pipeline("sales", "Sales", (lead, OFFER, PARKED, WON, LOST))
    made = journal(*[_in(pipeline, d) for d in deals], schema=replace(SCHEMA, pipelines=(pipeline,)))  # fmt: skip
    (found,) = goals(Insights(made, TODAY)).measures
    return found


def _in(pipeline: Pipeline, one: Deal) -> Deal:
    def stage(of: Stage) -> Stage:
        return next(s for s in pipeline.stages if s.id == of.id)

    notes = tuple(replace(n, stage=stage(n.stage)) if n.stage else n for n in one.notes)
    return replace(one, pipeline=pipeline, stage=stage(one.stage), notes=notes)


def moved(id: str, *notes: Note) -> Deal:
    return deal(id, next(n.stage for n in reversed(notes) if n.stage), notes)


def move(date: str, stage: Stage) -> Note:
    return note(date, "stage", stage=stage)


def sent(date: str, way: str = "to") -> Note:
    return replace(note(date, "email", "jane-roe"), direction=way)  # type: ignore[arg-type] # one of its words


@pytest.mark.parametrize(("within", "share", "waiting"), [(30, (1, 3), ["d"]), (None, (2, 4), [])])
def test_conversion_is_of_deals_that_have_had_the_time(
    within: int | None, share: tuple[int, int], waiting: list[str]
) -> None:
    found = measured("conversion", within,
        moved("a", move("2026-01-01", LEAD), move("2026-01-10", PARKED), move("2026-01-31", OFFER)),
        moved("b", move("2026-01-01", LEAD), move("2026-02-01", WON), move("2026-02-02", LEAD)),
        moved("c", move("2026-10-21", LEAD), move("2026-10-22", LOST)),
        moved("d", move("2026-10-22", LEAD)),
        moved("e", move("2026-01-01", OFFER)),
    )  # fmt: skip
    assert (found.actual, found.n) == (share, share[1])
    assert [one.id for one in found.waiting] == waiting


def test_entered_counts_the_days_up_to_today() -> None:
    found = measured("entered", 30,
        moved("a", move("2026-10-21", LEAD)), moved("b", move("2026-10-22", LEAD)),
        moved("c", move("2026-01-01", LEAD), move("2026-02-01", OFFER), move("2026-11-01", LEAD)),
        deal("d", created=TODAY), deal("e"), target="3",
    )  # fmt: skip
    assert (found.actual, found.n, [one.id for one in found.deals]) == (2, 2, ["b", "d"])
    assert found.is_reached is False
    assert measured("entered", None, deal("e"), target="1").is_reached


def test_time_in_stage_is_the_median_of_the_stays_that_ended() -> None:
    deals = (
        moved("a", move("2026-01-01", LEAD), move("2026-01-11", OFFER)),
        moved("b", move("2026-01-01", LEAD), move("2026-01-22", LOST)),
        moved("c", move("2026-11-10", LEAD)),
    )
    found = measured("time-in-stage", None, *deals, target=dt.timedelta(15))
    assert (found.actual, found.n) == (dt.timedelta(15.5), 2)
    assert [one.id for one in found.waiting] == ["c"]
    assert found.is_reached is False
    found = measured("time-in-stage", 10, *deals, target=dt.timedelta(10))
    assert (found.actual, found.n, found.is_reached) == (dt.timedelta(10), 3, True)
    none = measured("time-in-stage", None, deals[2], target=dt.timedelta(15))
    assert (none.actual, none.n, none.is_reached) == (None, 0, None)


def test_steps_done_are_of_all_steps_of_the_stage() -> None:
    deals = (
        moved("a", tick("2025-12-01", NEED), move("2026-01-01", LEAD), tick("2026-02-01", MAP)),
        moved("b", move("2026-01-01", LEAD)),
        moved("c", move("2026-11-10", LEAD), tick("2026-11-11", NEED, MAP)),
    )
    found = measured("steps-done", 30, *deals)
    assert (found.actual, found.n) == ((1, 4), 2)
    assert (str(found.first), str(found.last)) == ("2026-01-01", "2026-01-01")
    assert measured("steps-done", None, *deals).actual == (4, 6)


def test_the_response_rate_is_of_those_written_to_in_the_stage() -> None:
    lead = move("2026-01-01", LEAD)
    found = measured("response-rate", 14,
        moved("a", lead, sent("2026-01-02"), sent("2026-01-16", "from")),
        moved("b", lead, sent("2026-01-02"), sent("2026-01-05"), sent("2026-01-17", "with")),
        moved("c", sent("2025-12-31"), lead, move("2026-01-03", OFFER), sent("2026-01-04")),
        moved("d", lead, sent("2026-01-02", "from"), sent("2026-01-03")),
        moved("e", lead, sent("2026-11-15"), sent("2026-11-16", "from")),
    )  # fmt: skip
    assert (found.actual, found.n) == ((1, 3), 3)
    assert [one.id for one in found.waiting] == ["e"]


@pytest.mark.parametrize("seed", range(8))
def test_its_figures_follow_from_the_raw_files(seed: int) -> None:
    files = story(seed)
    loaded = load(MemoryTree(files), lambda: TODAY)
    assert loaded.seen is not None
    found = {(m.stage.id, m.measure): m for m in goals(Insights(loaded.seen, TODAY)).measures}
    assert {
        key: (str(m.target), m.within and m.within.days) for key, m in found.items()
    } == {
        ("lead", "entered"): ("5", 90), ("lead", "response-rate"): ("0.4", 14),
        ("talks", "conversion"): ("0.5", 60), ("talks", "time-in-stage"): ("30 days, 0:00:00", None),
        ("offer", "steps-done"): ("0.75", None),
    }  # fmt: skip
    counted = {key: told(m.deals) for key, m in found.items()}
    waiting = {key: told(m.waiting) for key, m in found.items()}
    assert {key: m.n for key, m in found.items()} == {key: len(ids) for key, ids in counted.items()}
    deals = [one for one in raw(files, "deals") if one.front["pipeline"] == "sales"]
    lead, talks = (
        [(d, first) for d in deals if (first := first_in(d, stage))] for stage in ("lead", "talks")
    )
    assert found["lead", "entered"].actual == sum(
        TODAY - day < dt.timedelta(90) for _, (day, _) in lead
    )
    new = [d.id for d, (day, _) in lead if TODAY - day < dt.timedelta(90)]
    assert (counted["lead", "entered"], waiting["lead", "entered"]) == (new, [])
    due = [(d, at) for d, at in talks if TODAY - at[0] >= dt.timedelta(60)]
    on = [d for d, at in due if went_on(d, at[0], at[1])]
    assert found["talks", "conversion"].actual == (len(on), len(due))
    assert counted["talks", "conversion"] == [d.id for d, _ in due]
    undated = [d.id for d in deals if not d.notes and d.front["stage"] == "talks"]
    early = [d.id for d, (day, _) in talks if TODAY - day < dt.timedelta(60)]
    assert waiting["talks", "conversion"] == sorted([*early, *undated])
    ended = [(d.moves[at + 1].date - day).days for d, (day, at) in talks if at + 1 < len(d.moves)]
    actual = found["talks", "time-in-stage"].actual
    assert actual == (dt.timedelta(median(ended)) if ended else None)
    left = [d.id for d, (_, at) in talks if at + 1 < len(d.moves)]
    assert counted["talks", "time-in-stage"] == left
    stay = [d.id for d, _ in talks if d.id not in left]
    assert waiting["talks", "time-in-stage"] == sorted([*stay, *undated])
    offer = [d for d in deals if "offer" in stood_in(d)]
    done = sum(any(step in n.ticks for n in d.notes) for d in offer for step in STEPS["offer"])
    assert found["offer", "steps-done"].actual == (done, len(offer))
    stays = [day for d, (day, at) in talks if d.id in left]
    entered = [at[0] for d in offer if (at := first_in(d, "offer"))]
    for key, days in (("talks", "time-in-stage"), stays), (("offer", "steps-done"), entered):
        measure = found[key]
        assert (measure.first, measure.last) == (min(days, default=None), max(days, default=None))
    assert (counted["offer", "steps-done"], waiting["offer", "steps-done"]) == (
        [d.id for d in offer],
        [],
    )
    rates = {d.id: response(d, day, at) for d, (day, at) in lead}
    answered = {id: rate for id, rate in rates.items() if isinstance(rate, bool)}
    assert found["lead", "response-rate"].actual == (sum(answered.values()), len(answered))
    assert counted["lead", "response-rate"] == list(answered)
    assert waiting["lead", "response-rate"] == [id for id, r in rates.items() if r == "waiting"]


def told(deals: tuple[Deal, ...]) -> list[str]:
    return [deal.id for deal in deals]


def first_in(one: RawFile, stage: str) -> tuple[dt.date, int] | None:
    """The day on which a deal entered a stage first, and the place of that among its moves."""
    if not one.moves and one.front["stage"] == stage and one.notes:
        return one.notes[0].date, 0
    return next(((m.date, at) for at, m in enumerate(one.moves) if m.stage == stage), None)


def went_on(one: RawFile, day: dt.date, at: int) -> bool:
    later = [m for m in one.moves[at + 1 :] if m.stage in ("offer", "signing", "won")]
    return any((m.date - day).days <= 60 for m in later)


def response(one: RawFile, day: dt.date, at: int) -> bool | str:
    left = one.moves[at + 1].date if at + 1 < len(one.moves) else TODAY
    exchanges = [n for n in one.notes if is_contact(n)]
    for place, sent in enumerate(exchanges):
        if sent.way == "to" and day <= sent.date <= left:
            if (TODAY - sent.date).days < 14:
                return "waiting"
            answer = next((n for n in exchanges[place + 1 :] if n.way != "to"), None)
            return answer is not None and (answer.date - sent.date).days <= 14
    return "unsent"


def is_contact(one: RawNote) -> bool:
    return one.kind not in ("stage", "note", "know", "like", "trust", "respect", "change")
