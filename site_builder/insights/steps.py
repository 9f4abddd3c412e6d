"""Steps: which are done among won and among lost deals, who uses them, and which are skipped.

Counted are the deals that stood in a step's stage. It is done by the day of the outcome, or not; in
use, by the day on which a deal went on from the stage to a later open one or a won one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from site_builder.insights.insights import Insights
from site_builder.insights.share import Difference, Share, difference
from site_builder.journal import history
from site_builder.journal.deal import Deal
from site_builder.journal.history import Visit
from site_builder.journal.pipeline import Pipeline, Stage, StageType, Step
from site_builder.journal.team import Person


class Passage(NamedTuple):
    """A deal that went on from a stage, when, and whose it was then."""

    deal: Deal
    day: dt.date
    person: Person


class StepFacts(NamedTuple):
    """A step: done of reached among won and among lost deals, and done of passed among those that
    ``went_on`` from its stage; and the deals of all these."""

    pipeline: Pipeline
    stage: Stage
    step: Step
    won: Share
    lost: Share
    used: Share
    won_done: tuple[Deal, ...]
    won_not: tuple[Deal, ...]
    lost_done: tuple[Deal, ...]
    lost_not: tuple[Deal, ...]
    skipped: tuple[Deal, ...]
    went_on: tuple[Deal, ...]

    @property
    def difference(self) -> Difference | None:
        return difference(self.won, self.lost)


class Use(NamedTuple):
    """A step of a stage that a deal went on from."""

    deal: Deal
    step: Step


class OfPerson(NamedTuple):
    """Of the steps of the stages that somebody's deals went on from, how many were done, and of
    which deals these and the others are."""

    person: Person
    used: Share
    done: tuple[Use, ...]
    skipped: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """The use of all steps. Of the deals ``undated`` nobody knows when they were won or lost, so
    that all their steps count."""

    steps: tuple[StepFacts, ...]
    people: tuple[OfPerson, ...]
    undated: tuple[Deal, ...]


def steps(insights: Insights) -> Steps:
    """The use of all steps of a journal's pipelines."""
    found = _Found(insights)
    rows = tuple(
        [
            _step(pipeline, stage, step, found)
            for pipeline in insights.journal.schema.pipelines
            for stage in pipeline.stages
            for step in stage.steps
            if not stage.retired or found.reached.get((pipeline.id, stage.id))
        ]
    )
    return Steps(
        rows,
        tuple(_people(insights, found)),
        tuple([deal for deal, day in found.ended if day is None]),
    )


class _Found:
    """What is gathered once from all deals: those that stood in each stage and have ended, those
    that went on from it, and on which day each step of a deal was done first."""

    def __init__(self, insights: Insights) -> None:
        self.ended: list[tuple[Deal, dt.date | None]] = []
        self.reached: dict[tuple[str, str], list[tuple[Deal, bool, dt.date | None]]] = {}
        self.passed: dict[tuple[str, str], list[Passage]] = {}
        self.done: dict[str, Mapping[str, dt.date]] = {}
        for deal in insights.journal.deals:
            self._add(deal, insights)

    def _add(self, deal: Deal, insights: Insights) -> None:
        path, ended = insights.stage_paths[deal.id], insights.standings[deal.id].outcome
        self.done[deal.id] = {id: note.date for id, note in history.steps_done(deal).items()}
        for passage, stage in _passages(deal, path):
            self.passed.setdefault((deal.pipeline.id, stage), []).append(passage)
        if ended is not None:
            self.ended.append((deal, ended.day))
            for stage in dict.fromkeys(visit.stage.id for visit in path):
                here = self.reached.setdefault((deal.pipeline.id, stage), [])
                here.append((deal, ended.is_won, ended.day))

    def is_done(self, deal: Deal, step: Step, day: dt.date | None) -> bool:
        done = self.done[deal.id].get(step.id)
        return done is not None and (day is None or done <= day)


def _passages(deal: Deal, path: Sequence[Visit]) -> Iterator[tuple[Passage, str]]:
    """When the deal went on last from each open stage, to a later one or a won one."""
    last: dict[str, dt.date] = {}
    for visit, after in pairwise(path):
        if visit.stage.is_open and after.entered and _is_on(visit.stage, after.stage):
            last[visit.stage.id] = after.entered
    for stage, day in last.items():
        yield Passage(deal, day, history.owner_on(deal, day)), stage


def _is_on(stage: Stage, after: Stage) -> bool:
    return after.type is StageType.WON or (after.is_open and after.number > stage.number > 0)


def _step(pipeline: Pipeline, stage: Stage, step: Step, found: _Found) -> StepFacts:
    key = pipeline.id, stage.id
    sides: dict[tuple[bool, bool], list[Deal]] = {}
    for deal, is_won, day in found.reached.get(key, ()):
        sides.setdefault((is_won, found.is_done(deal, step, day)), []).append(deal)
    won, won_not, lost, lost_not = (
        tuple(sides.get(side, ()))
        for side in ((True, True), (True, False), (False, True), (False, False))
    )
    passed = found.passed.get(key, ())
    skipped = tuple([p.deal for p in passed if not found.is_done(p.deal, step, p.day)])
    return StepFacts(
        pipeline,
        stage,
        step,
        Share(len(won), len(won) + len(won_not)),
        Share(len(lost), len(lost) + len(lost_not)),
        Share(len(passed) - len(skipped), len(passed)),
        won,
        won_not,
        lost,
        lost_not,
        skipped,
        tuple([one.deal for one in passed]),
    )


def _people(insights: Insights, found: _Found) -> Iterator[OfPerson]:
    team = insights.journal.schema.team
    uses: dict[tuple[str, bool], list[Use]] = {}
    for pipeline in insights.journal.schema.pipelines:
        for stage in pipeline.stages:
            for passed in found.passed.get((pipeline.id, stage.id), ()):
                for step in stage.steps:
                    key = passed.person.id, found.is_done(passed.deal, step, passed.day)
                    uses.setdefault(key, []).append(Use(passed.deal, step))
    for id, person in team.items():
        done, skipped = (tuple(uses.get((id, is_done), ())) for is_done in (True, False))
        yield OfPerson(person, Share(len(done), len(done) + len(skipped)), done, skipped)
