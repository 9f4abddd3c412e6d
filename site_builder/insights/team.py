"""Where every deal of every seller stands, and what happened since last Monday.

On the sheet are the open deals, those to which something happened since, and the parked ones that
should have woken. A deal is of its owner; one that is won or lost of whom it was on that day.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from site_builder.insights.insights import Insights
from site_builder.insights.moves import Move, What, last_monday, moves
from site_builder.insights.standing import Standing
from site_builder.insights.totals import Totals
from site_builder.journal import history
from site_builder.journal.deal import Deal
from site_builder.journal.note import Note
from site_builder.journal.pipeline import StageType, Step
from site_builder.journal.team import Person


class Ticked(NamedTuple):
    """A step that was done first since last Monday, and the note that says so."""

    deal: Deal
    step: Step
    date: dt.date
    note: Note


class OfPerson(NamedTuple):
    """What somebody has, or the team: how many deals are open and what these are worth and
    expected to bring; with how many of them the next step is overdue and with how many there is
    none; how many are parked; how often each thing happened, and how many steps were done."""

    person: Person | None
    open: int
    value: Totals
    expected: Totals
    overdue: int
    unplanned: int
    parked: int
    happened: Mapping[What, int]
    ticked: int


@dataclass(frozen=True, slots=True)
class Team:
    """The sheet. ``deals`` are those of each person, by name: first what ended since, then what is
    furthest on its way, the most urgent before the others; what is parked last."""

    since: dt.date
    people: tuple[OfPerson, ...]
    whole: OfPerson
    deals: tuple[Standing, ...]
    moves: tuple[Move, ...]
    ticked: tuple[Ticked, ...]


WHATS: tuple[What, ...] = ("entered", "moved", "won", "lost", "slipped")
"""What can happen to a deal, in the order in which it is told."""


def team(insights: Insights) -> Team:
    """The sheet of a journal's team."""
    since = last_monday(insights.today)
    happened = tuple(moves(insights))
    ticked = ticked_since(since, insights)
    counts = _counts(happened, ticked, insights)
    theirs: defaultdict[str, list[Standing]] = defaultdict(list)
    for one in insights.every_deal:
        theirs[one.owner.id].append(one)
    persons = sorted(insights.journal.schema.team.values(), key=lambda one: (one.name, one.id))
    left = _stages_left(insights.every_deal)
    newly = {one.deal.id for one in happened} | {one.deal.id for one in ticked}
    return Team(
        since,
        tuple(_of(who, theirs[who.id], counts, insights) for who in persons),
        _of(None, insights.every_deal, counts, insights),
        tuple(one for who in persons for one in _on_sheet(theirs[who.id], newly, left)),
        happened,
        ticked,
    )


def ticked_since(since: dt.date, insights: Insights) -> tuple[Ticked, ...]:
    """The steps that were done first on a day or later, by deal."""
    return tuple(one for deal in insights.journal.deals for one in _ticked(deal, since))


def _counts(
    happened: Iterable[Move], ticked: Iterable[Ticked], insights: Insights
) -> Counter[tuple[str, What | None]]:
    """How often what happened to the deals of whom, and to all, who have no id; nothing stands
    for a step that was done."""
    every: list[tuple[Deal, What | None]] = [(one.deal, one.what) for one in happened]
    every += [(one.deal, None) for one in ticked]
    found = Counter([(insights.standings[deal.id].owner.id, what) for deal, what in every])
    found.update([("", what) for _, what in every])
    return found


def _ticked(deal: Deal, since: dt.date) -> Iterator[Ticked]:
    """The steps of any stage that were done since."""
    if not deal.notes or deal.notes[-1].date < since:
        return
    steps = {mark.step.id: mark.step for note in deal.notes for mark in note.steps}
    for id, note in history.steps_done(deal).items():
        if note.date >= since:
            yield Ticked(deal, steps[id], note.date, note)


def _of(
    person: Person | None,
    deals: Sequence[Standing],
    counts: Counter[tuple[str, What | None]],
    insights: Insights,
) -> OfPerson:
    opened = [one for one in deals if one.deal.stage.is_open]
    id = person.id if person else ""
    return OfPerson(
        person,
        len(opened),
        insights.total([one.worth for one in opened]),
        insights.total([one.expected for one in opened]),
        sum(one.status == "overdue" for one in opened),
        sum(one.status == "none" for one in opened),
        sum(one.deal.stage.type is StageType.PARKED for one in deals),
        {what: counts[id, what] for what in WHATS},
        counts[id, None],
    )


def _on_sheet(
    deals: Iterable[Standing], newly: set[str], left: Mapping[tuple[str, str], int]
) -> list[Standing]:
    def order(one: Standing) -> tuple[int, int, tuple[int, int, str]]:
        stage = one.deal.stage
        return _ORDER.index(stage.type), left[one.deal.pipeline.id, stage.id], one.urgency

    found = [
        one
        for one in deals
        if one.deal.stage.is_open
        or one.deal.id in newly
        or (one.deal.stage.type is StageType.PARKED and one.status == "overdue")
    ]
    return sorted(found, key=order)


_ORDER = (StageType.WON, StageType.LOST, StageType.OPEN, StageType.PARKED)


def _stages_left(deals: Iterable[Standing]) -> Mapping[tuple[str, str], int]:
    """How many stages are left to winning from each of the deals' pipelines."""
    pipelines = {one.deal.pipeline.id: one.deal.pipeline for one in deals}
    return {
        (id, stage.id): len(pipeline.way) - pipeline.place_of(stage)
        for id, pipeline in pipelines.items()
        for stage in pipeline.stages
    }
