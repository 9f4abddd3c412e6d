"""The team's sheet, by hand and recomputed from raw files."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.insights.insights import Insights
from site_builder.insights.team import Team, team
from site_builder.journal.deal import Deal
from site_builder.journal.note import Note
from site_builder.journal.pipeline import Pipeline
from site_builder.load.loader import load
from tests.by_hand import (
    LEAD,
    LOST,
    MARIA,
    OFFER,
    OTTO,
    PARKED,
    TALKS,
    TODAY,
    WON,
    day,
    deal,
    eur,
    journal,
    note,
    planned,
)
from tests.insights.test_steps import MAP, NEED, TALK, tick
from tests.insights.test_structure import ended
from tests.stories import STAGES, RawFile, raw, story

MONDAY = day("2026-11-16")


def found(*deals: Deal) -> Team:
    return team(Insights(journal(*deals), TODAY))


def stepped(id: str, *notes: Note) -> Deal:
    return deal(id, TALK, notes, pipeline=Pipeline("other", "Other", (TALK, WON)))


def listed(made: Team) -> list[str]:
    return [one.deal.id for one in made.deals]


def test_a_sheet_has_what_is_open_what_ended_since_and_who_should_be_awake() -> None:
    old, new = note("2026-10-01", "stage", stage=LEAD), "2026-11-16"
    made = found(
        deal("open"),
        deal("won-now", WON, (old, note(new, "stage", stage=WON))),
        deal("won-then", WON, (old, note("2026-11-15", "stage", stage=WON))),
        deal("lost-now", LOST, (old, note(new, "stage", stage=LOST))),
        deal("lost-then", LOST, (old, note("2026-11-15", "stage", stage=LOST))),
        deal("asleep", PARKED, wake=day("2026-11-21")),
        deal("overslept", PARKED, wake=TODAY),
        deal("parked-now", PARKED, (old, note(new, "stage", stage=PARKED))),
    )
    assert made.since == MONDAY
    assert listed(made) == ["won-now", "lost-now", "open", "overslept", "parked-now"]
    assert (made.whole.open, made.whole.parked) == (1, 3)
    assert made.whole.happened == {"entered": 0, "moved": 1, "won": 1, "lost": 1, "slipped": 0}


def test_deals_come_by_seller_and_what_is_furthest_first_the_most_urgent_before_the_others() -> (
    None
):
    made = found(
        deal("a", LEAD, owner=OTTO),
        deal("b", LEAD, next=planned("2026-12-01")),
        deal("c", LEAD, next=planned("2026-11-01")),
        deal("d", TALKS, next=planned("2026-12-01")),
        deal("e", OFFER),
    )
    assert listed(made) == ["d", "e", "c", "b", "a"]


def test_in_pipelines_of_other_lengths_furthest_is_where_fewest_stages_are_left() -> None:
    short = Pipeline("short", "Short", (OFFER, TALKS, WON))
    made = found(deal("a", OFFER), deal("b", TALKS, pipeline=short), deal("c", LEAD))
    assert listed(made) == ["b", "a", "c"]


def test_what_somebody_has_is_counted_and_summed() -> None:
    made = found(
        deal("a", OFFER, value=eur(100), next=planned("2026-11-19")),
        deal("b", OFFER, value=eur(100, "USD"), next=planned("2026-11-20")),
        deal("c", LEAD, probability=Decimal("0.9")),
        deal("d", PARKED),
        deal("e", OFFER, owner=OTTO, value=eur(7, "CHF")),
    )
    maria, otto = made.people
    assert (maria.person, maria.open, maria.overdue, maria.unplanned, maria.parked) == (
        MARIA, 3, 1, 1, 1)  # fmt: skip
    assert (maria.value.lines, maria.value.counted, maria.value.of) == ((eur(190),), 2, 3)
    assert maria.expected.lines == (eur(95),)
    assert (otto.person, otto.open, otto.value.lines) == (OTTO, 1, (eur(7, "CHF"),))
    assert made.whole.person is None
    assert (made.whole.open, made.whole.value.lines) == (4, (eur(190), eur(7, "CHF")))


def test_everybody_of_the_team_is_there_zeros_too() -> None:
    made = found()
    assert [(one.person and one.person.id, one.open) for one in made.people] == [
        ("maria", 0), ("otto", 0)]  # fmt: skip


def test_steps_count_from_the_first_time_that_they_were_done() -> None:
    since, before = tick("2026-11-16", NEED, MAP), tick("2026-11-15", NEED)
    made = found(stepped("a", before, since), stepped("b", tick("2026-11-20", NEED)))
    assert [(one.deal.id, one.step.id, one.date) for one in made.ticked] == [
        ("a", "map", MONDAY), ("b", "need", TODAY)]  # fmt: skip
    assert made.whole.ticked == 2


def test_what_was_won_is_of_whom_it_was_on_that_day() -> None:
    handed = replace(note("2026-11-18", "call"), fields=replace(note("2026-11-18", "call").fields, owner=OTTO))  # fmt: skip
    first = replace(note("2026-10-01", "stage", stage=LEAD), fields=replace(handed.fields, owner=MARIA))  # fmt: skip
    one = deal("a", WON, (first, note("2026-11-17", "stage", stage=WON), handed), owner=OTTO)
    made = found(one, deal("b"), deal("c", owner=OTTO))
    maria, otto = made.people
    assert (maria.happened["won"], otto.happened["won"]) == (1, 0)
    assert listed(made) == ["a", "b", "c"]


@pytest.mark.parametrize("seed", range(8))
def test_its_figures_follow_from_the_raw_files(seed: int) -> None:
    files = story(seed)
    loaded = load(MemoryTree(files), lambda: TODAY)
    assert loaded.seen is not None
    made, deals = team(Insights(loaded.seen, TODAY)), list(raw(files, "deals"))
    happened = [(one.id, what) for one in deals for what in since_monday(one)]
    assert sorted((move.deal.id, move.what) for move in made.moves) == sorted(happened)
    ticked = [(one.id, step) for one in deals for step, on in first_done(one).items() if on >= MONDAY]  # fmt: skip
    assert sorted((one.deal.id, one.step.id) for one in made.ticked) == sorted(ticked)
    owners = {one.id: owner(one) for one in deals}
    newly = {id for id, _ in (*happened, *ticked)}
    assert sorted(listed(made)) == [one.id for one in deals if one.id in newly or on_sheet(one)]
    assert [(one.deal.id, one.owner.id) for one in made.deals] == [
        (id, owners[id]) for id in listed(made)
    ]
    for person in made.people:
        assert person.person is not None
        mine = [one for one in deals if owners[one.id] == person.person.id]
        opened = [one for one in mine if one.type == "open"]
        nexts = [one.front.get("next", "")[:10] for one in opened]
        assert (person.open, person.parked) == (len(opened), sum(one.type == "parked" for one in mine))  # fmt: skip
        assert person.unplanned == nexts.count("")
        assert person.overdue == sum(len(on) > 0 and on < str(TODAY) for on in nexts)
        assert person.value.counted == sum("value" in one.front for one in opened)
        assert person.ticked == sum(owners[id] == person.person.id for id, _ in ticked)
        counts = Counter(what for id, what in happened if owners[id] == person.person.id)
        assert person.happened == {what: counts[what] for what in person.happened}


def since_monday(one: RawFile) -> list[str]:
    """What happened to a deal by what the lines say."""
    is_new = bool(one.notes) and one.notes[0].date >= MONDAY
    stages = [(move.date, move.stage) for move in one.moves]
    before = [stage for on, stage in stages if on < MONDAY]
    first = next(id for id, type in STAGES[one.front["pipeline"]].items() if type == "open")
    stood = before[-1] if before else first if stages else one.front["stage"]
    found = ["entered"] * is_new
    if one.type in ("won", "lost") and stages and stages[-1][0] >= MONDAY:
        found.append(one.type)
    elif not is_new and stood != one.front["stage"]:
        found.append("moved")
    return found


def first_done(one: RawFile) -> dict[str, dt.date]:
    done: dict[str, dt.date] = {}
    for written in one.notes:
        for step in written.ticks:
            done.setdefault(step, written.date)
    return done


def owner(one: RawFile) -> str:
    """Whose a deal is: one that is won or lost of whom it was on that day."""
    state, on = ended(one)
    return one.owner_on(on) if on and state == one.type else one.front["owner"]


def on_sheet(one: RawFile) -> bool:
    wake = one.front.get("wake", "9999")
    return one.type == "open" or (one.type == "parked" and wake <= str(TODAY))
