"""What the past of a journal has taught, worked out when it is first asked for, and then kept for
as long as that past is the same.

A digest of all that is learned from tells whether it is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import cached_property
from hashlib import sha256
from typing import TypeVar

from site_builder.files.plain import Form
from site_builder.forecast.backtest import Backtest, Snapshot, Verdict, is_enough, scored
from site_builder.forecast.chances import Chance
from site_builder.forecast.choice import choices
from site_builder.forecast.corrections import Answered
from site_builder.forecast.counted import Counted
from site_builder.forecast.courses import Course, course_of
from site_builder.forecast.drift import AHEAD, Drift, drift
from site_builder.forecast.estimators import HORIZON, Choice
from site_builder.forecast.hazards import shape_of
from site_builder.forecast.learning import Correction, Learned
from site_builder.forecast.lifts import Lift
from site_builder.forecast.past import each_deal, key_of, past_of
from site_builder.forecast.replay import Replay, Week, replays
from site_builder.forecast.scores import Bin, Score, Value
from site_builder.forecast.signals import NO_TRAIL, Trail, trail_of
from site_builder.forecast.snapshots import Said, snapshots_by
from site_builder.forecast.taught import Taught, taught
from site_builder.forecast.timing import Shares, Slip, Timing, timing
from site_builder.insights.insights import Insights
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.journal.pipeline import Pipeline
from site_builder.journal.schema import Schema

T = TypeVar("T")
_KINDS = (
    *(Learned, Correction, Lift, Choice, Chance, Timing, Slip, Shares),
    *(Backtest, Verdict, Counted, Drift, Snapshot, Score, Value, Bin, Replay, Week),
)

FORM = Form(_KINDS)
"""Of all that is learned but the choices, which have their pipelines."""


def backtest(insights: Insights, horizon: int = HORIZON) -> Backtest:
    """Score the forecasts that a journal's past would have given."""
    return Lessons(insights).backtest(horizon)


class Lessons:
    """What has been learned of a journal's past by a day."""

    def __init__(self, insights: Insights) -> None:
        self._insights = insights
        self._said: dict[int, list[Said]] = {}
        self._answered: Mapping[str, Mapping[int, Answered]] = {}

    @cached_property
    def taught(self) -> Mapping[str, Taught]:
        """What each pipeline has taught, by its id."""
        learned = self.kept("months", self._learned)
        return {one.id: self._taught(one, learned[one.id]) for one in self._schema.pipelines}

    def _taught(self, one: Pipeline, learned: tuple[Learned, ...]) -> Taught:
        courses, trails = self._courses[one.id], self._trails[one.id]
        answered = self._answered.get(one.id, {})
        return Taught(one, courses, shape_of(one), learned, trails, answered)

    @property
    def said(self) -> list[Said]:
        """What was said at past month ends, so many days ahead as estimators are chosen by."""
        return self._said_ahead(HORIZON)

    def backtest(self, horizon: int) -> Backtest:
        """How right that was, so many days ahead."""
        return self.kept("backtest", lambda: self._scored(horizon), horizon)

    def drift(self, days: int) -> Drift:
        """How many wins were expected so many days ahead, and how many came."""
        return self.kept("drift", lambda: drift(days, self._said_ahead(days, *AHEAD)), days)

    @property
    def drifts(self) -> tuple[Drift, ...]:
        """That of all horizons that have passed since anything was said."""
        return tuple([one for days in AHEAD if (one := self.drift(days)).n])

    def _scored(self, horizon: int) -> Backtest:
        said = self._said_ahead(horizon, *AHEAD)
        others = {days: self.drift(days).helps for days in AHEAD if days != horizon}
        return scored(said, horizon, self.taught.values(), others)

    @cached_property
    def choices(self) -> Mapping[str, Choice]:
        """Whose probabilities to use, by the id of the pipeline. Where that is not kept, no
        backtest is: what that needs is found in the same go."""
        return self.kept(
            "choices", lambda: dict(choices(self._schema, self._said_ahead(HORIZON, *AHEAD)))
        )

    @cached_property
    def timings(self) -> Mapping[str, Timing]:
        """What says when deals are won, by the id of the pipeline: where there is enough to judge
        forecasts by."""
        return self.kept("timings", self._timings)

    @cached_property
    def replays(self) -> tuple[Replay, ...]:
        """What would have been said of past quarters."""
        return self.kept("quarters", lambda: replays(self._insights_of_past, self))

    @cached_property
    def key(self) -> bytes:
        """Changes with all that is learned from, and with the day."""
        return key_of(self._insights)

    def kept(self, name: str, make: Callable[[], T], *more: object) -> T:
        """What ``make`` makes of what has been learned and of some texts and numbers ``more``."""
        memory, form = self._insights.memory, Form(_KINDS, self._schema.pipelines)
        key = sha256(self.key + repr(more).encode("utf-8", "replace")).digest()
        return memory.of(name, key, make, form)

    @property
    def _schema(self) -> Schema:
        return self._insights.past.schema

    @property
    def _today(self) -> dt.date:
        return self._insights.today

    @cached_property
    def _past(self) -> Journal:
        return past_of(self._insights.past)

    @cached_property
    def _insights_of_past(self) -> Insights:
        return Insights(self._past, self._today)

    @cached_property
    def _courses(self) -> Mapping[str, tuple[Course, ...]]:
        found: dict[str, list[Course]] = {one.id: [] for one in self._schema.pipelines}
        for id, course in each_deal(_course, self._insights):
            if course is not None:
                found[id].append(course)
        return {id: tuple(sorted(courses)) for id, courses in found.items()}

    @cached_property
    def _trails(self) -> Mapping[str, Mapping[str, Trail]]:
        found: dict[str, dict[str, Trail]] = {one.id: {} for one in self._schema.pipelines}
        for pipeline, id, trail in each_deal(_trail, self._insights):
            if trail is not NO_TRAIL:
                found[pipeline][id] = trail
        return found

    def _learned(self) -> dict[str, tuple[Learned, ...]]:
        found = taught(self._past, self._today)
        self._answered = {id: one.answered for id, one in found.items()}
        return {id: one.learned for id, one in found.items()}

    def _said_ahead(self, horizon: int, *beside: int) -> list[Said]:
        """What was said so many days ahead. What was so many days ahead ``beside``, which will be
        asked for too, is found in the same go."""
        if missing := [one for one in dict.fromkeys((horizon, *beside)) if one not in self._said]:
            taught = self.taught.values()
            self._said |= snapshots_by(taught, self._past, self._today, missing)
        return self._said[horizon]

    def _timings(self) -> dict[str, Timing]:
        deals = self._past.deals_by_id
        judged = {
            id for id in self.taught if is_enough(one for one in self.said if one.pipeline.id == id)
        }
        return {
            id: timing(one, deals, self._today) for id, one in self.taught.items() if id in judged
        }


def _trail(deal: Deal, insights: Insights) -> tuple[str, str, Trail]:
    return deal.pipeline.id, deal.id, trail_of(deal, insights.past)


def _course(deal: Deal, _insights: Insights) -> tuple[str, Course | None]:
    return deal.pipeline.id, course_of(deal)
