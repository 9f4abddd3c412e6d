"""How much to believe the forecast: whose probabilities count, how right they would have been, what
people said of their own deals, and what would have been said of past quarters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from site_builder.forecast.backtest import Backtest
from site_builder.forecast.estimators import HORIZON, Choice
from site_builder.forecast.people import People, people
from site_builder.forecast.replay import Replay
from site_builder.forecast.timing import Timing
from site_builder.forecast.used import Used
from site_builder.insights.insights import Insights


@dataclass(frozen=True, slots=True)
class Belief:
    """The ``choices`` of the pipelines, and by id what says when (``timings``); how right past
    forecasts would have been, what ``people`` said of their own deals, and what would have been
    said of past quarters (``replays``)."""

    choices: tuple[Choice, ...]
    timings: Mapping[str, Timing]
    backtest: Backtest
    people: People
    replays: tuple[Replay, ...]


def belief(used: Used, insights: Insights) -> Belief:
    """How much to believe what is used."""
    lessons = used.lessons
    return Belief(
        tuple(used.choices.values()),
        lessons.timings,
        lessons.backtest(HORIZON),
        people(insights),
        lessons.replays,
    )
