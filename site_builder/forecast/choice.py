"""Whose probabilities to use, by pipeline: those of the estimator that was right most in the past,
where there is enough of that to tell.
"""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Iterator, Mapping
from itertools import groupby
from math import sqrt

from site_builder.forecast.backtest import is_enough
from site_builder.forecast.estimators import (
    ALONE,
    ESTIMATORS,
    PLAIN,
    USUAL_SPREAD,
    Choice,
    Estimator,
    named,
)
from site_builder.forecast.scores import PREDICTORS, score, told
from site_builder.forecast.snapshots import Said
from site_builder.journal.pipeline import Pipeline
from site_builder.journal.schema import Schema

_MOST_SPREAD = 1.0
"""By no more, or probabilities would be less than 0 or more than 1."""
_OF_LATE = 0.97
"""How much a month end weighs a month later."""
_LEAN_DAYS = 6
"""As much as so many month ends weighs what is usual."""


def choices(schema: Schema, said: list[Said]) -> Mapping[str, Choice]:
    """The choice of each pipeline by its id, from past forecasts."""
    return {
        pipeline.id: choice(
            pipeline,
            pipeline.probability_from or schema.probability_from,
            [one for one in said if one.pipeline.id == pipeline.id],
        )
        for pipeline in schema.pipelines
    }


def choice(pipeline: Pipeline, asked: str, said: list[Said]) -> Choice:
    """The choice for one pipeline. Estimators are compared by their Brier scores on the forecasts
    of which all that are compared said something; who said too little is not."""
    said_so = named(asked)
    compared = tuple(name for name in ESTIMATORS if is_enough(one for one, _ in told(name, said)))
    common = [one for one in said if all(PREDICTORS[name](one) is not None for name in compared)]
    spread = _spread(said, said_so or "learned")
    if said_so is not None:
        return Choice(pipeline, ALONE[said_so], "said", len(said), {}, spread)
    if "learned" not in compared or not is_enough(common):
        return Choice(pipeline, PLAIN, "too-little", len(said), {}, spread)
    briers = {name: score(name, common).brier or 0.0 for name in compared}
    order = sorted(compared, key=lambda name: (briers[name], -ESTIMATORS.index(name)))
    return Choice(pipeline, tuple(order), "best", len(common), briers, _spread(said, order[0]))


def _spread(said: list[Said], name: Estimator) -> float:
    return next(iter(deque((spread for _, spread in spreads(said, name)), maxlen=1)), USUAL_SPREAD)


def spreads(said: list[Said], name: Estimator) -> Iterator[tuple[dt.date, float]]:
    """By how much more than chance wins of past month ends up to each differed from what was
    expected: the excess of the squared differences over their variance, in units of the sums of
    p (1 - p). Older ones weigh less, and few lean on what is usual."""
    excess = scale = days = 0.0
    so_far, enough = list[Said](), False
    for day, group in groupby(sorted(told(name, said), key=_day), key=_day):
        of_day = list(group)
        by_chance = sum([p * (1 - p) for _, p in of_day])
        more = sum([one.was_won - p for one, p in of_day]) ** 2 - by_chance
        excess, scale = excess * _OF_LATE + more, scale * _OF_LATE + by_chance**2
        days = days * _OF_LATE + 1
        so_far += [one for one, _ in of_day]
        enough = enough or is_enough(so_far)
        usual = scale * _LEAN_DAYS / days
        squared = max(2 * excess + usual * USUAL_SPREAD**2, 0.0) / (scale + usual or 1.0)
        yield day, min(sqrt(squared), _MOST_SPREAD) if enough and scale else USUAL_SPREAD


def _day(pair: tuple[Said, float]) -> dt.date:
    return pair[0].day
