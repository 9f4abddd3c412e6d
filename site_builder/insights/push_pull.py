"""Push or pull: whether customers asked for the moves of deals or we did, and how deals fare by
it.

A move is a stage note, lost and won ones too; one that restates the stage is none. It is the move
of whoever the note is by, or else of who owned the deal on that day.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

from site_builder.insights.insights import Insights
from site_builder.insights.share import Share
from site_builder.insights.standing import STATES, State
from site_builder.journal import history
from site_builder.journal.deal import Deal
from site_builder.journal.history import Outcome
from site_builder.journal.note import Note
from site_builder.journal.pipeline import ENDED, Pipeline, Stage
from site_builder.journal.team import Person

Asked = Literal["customer", "us", "unsaid"]
ASKED: tuple[Asked, ...] = get_args(Asked)
Pull = Literal["none", "up-to-half", "most", "all"]
"""Which part of a deal's moves up to its outcome the customer asked for, of those that say who
asked."""
HALF = 0.5


class Move(NamedTuple):
    """A move of a deal into a stage, whose it is and who asked for it."""

    deal: Deal
    date: dt.date
    stage: Stage
    person: Person
    asked: Asked
    note: Note


class OfStage(NamedTuple):
    """Who asked for the moves into a stage."""

    pipeline: Pipeline
    stage: Stage
    customer: int
    us: int
    unsaid: int


class OfPerson(NamedTuple):
    """Who asked for somebody's moves."""

    person: Person
    customer: int
    us: int
    unsaid: int


class OfOutcome(NamedTuple):
    """Who asked for the moves of the deals of an outcome; open and parked ones have none yet."""

    outcome: State
    customer: int
    us: int
    unsaid: int


class Fare(NamedTuple):
    """The share won of the won and lost deals whose customers asked for so much."""

    pull: Pull
    won: Share
    won_deals: tuple[Deal, ...]
    lost_deals: tuple[Deal, ...]


@dataclass(frozen=True, slots=True)
class PushPull:
    """Who asked for all moves, by stage, person and outcome. Of the deals ``unsaid`` that have
    ended nobody knows: no move up to their outcome says who asked for it."""

    stages: tuple[OfStage, ...]
    people: tuple[OfPerson, ...]
    outcomes: tuple[OfOutcome, ...]
    fares: tuple[Fare, ...]
    unsaid: tuple[Deal, ...]
    moves: tuple[Move, ...]


def push_pull(insights: Insights) -> PushPull:
    """Who asked for the moves of all deals."""
    schema = insights.journal.schema
    moves = tuple([move for deal in insights.journal.deals for move in _moves(deal)])
    states = {deal.id: insights.standings[deal.id].state for deal in insights.journal.deals}
    stages = Counter((move.deal.pipeline.id, move.stage.id, move.asked) for move in moves)
    people = Counter((move.person.id, move.asked) for move in moves)
    outcomes = Counter((states[move.deal.id], move.asked) for move in moves)
    fares, unsaid = _fares(moves, insights)
    return PushPull(
        stages=tuple(
            [
                OfStage(pipeline, stage, *counts)
                for pipeline in schema.pipelines
                for stage in pipeline.stages
                if any(counts := [stages[pipeline.id, stage.id, asked] for asked in ASKED])
                or not stage.retired
            ]
        ),
        people=tuple(
            [
                OfPerson(person, *(people[person.id, asked] for asked in ASKED))
                for person in schema.team.values()
            ]
        ),
        outcomes=tuple(
            [OfOutcome(state, *(outcomes[state, asked] for asked in ASKED)) for state in STATES]
        ),
        fares=fares,
        unsaid=unsaid,
        moves=moves,
    )


def _moves(deal: Deal) -> Iterator[Move]:
    for note in history.entries(deal):
        assert note.stage is not None
        asked: Asked = note.fields.asked_by or "unsaid"
        person = note.by or history.owner_on(deal, note.date)
        yield Move(deal, note.date, note.stage, person, asked, note)


def _fares(moves: Sequence[Move], insights: Insights) -> tuple[tuple[Fare, ...], tuple[Deal, ...]]:
    """How deals fared by their pull; and the ended deals of which no move says anything."""
    pulls = _pulls(moves, insights)
    ended = [
        (deal, how.is_won)
        for deal in insights.journal.deals
        if (how := insights.standings[deal.id].outcome)
    ]
    fares = []
    for pull in get_args(Pull):
        won = tuple([deal for deal, is_won in ended if is_won and pulls.get(deal.id) == pull])
        lost = tuple([deal for deal, is_won in ended if not is_won and pulls.get(deal.id) == pull])
        fares.append(Fare(pull, Share(len(won), len(won) + len(lost)), won, lost))
    return tuple(fares), tuple([deal for deal, _ in ended if deal.id not in pulls])


def _pulls(moves: Sequence[Move], insights: Insights) -> Mapping[str, Pull]:
    """By how much each ended deal was pulled before its outcome, by its id."""
    said: Counter[str] = Counter()
    pulled: Counter[str] = Counter()
    for move in moves:
        ended = insights.standings[move.deal.id].outcome
        if ended is not None and move.asked != "unsaid" and _is_before(move, ended):
            said[move.deal.id] += 1
            pulled[move.deal.id] += move.asked == "customer"
    return {id: _pull(pulled[id], count) for id, count in said.items()}


def _is_before(move: Move, ended: Outcome) -> bool:
    """Whether a move lies before an outcome; the moves that brought one about are none of these."""
    if move.stage.type in ENDED:
        return False
    return ended.day is None or move.date <= ended.day


def _pull(pulled: int, said: int) -> Pull:
    if pulled in (0, said):
        return "all" if pulled else "none"
    return "most" if pulled / said > HALF else "up-to-half"
