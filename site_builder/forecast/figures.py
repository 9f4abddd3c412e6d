"""The figures of the forecast, for other programs: each deal with its probabilities, and what each
period sums up to.

``figures_deals`` has those of a deal and ``figures_periods`` those of a period.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from site_builder.forecast.arrivals import arrivals
from site_builder.forecast.belief import belief
from site_builder.forecast.estimators import HORIZON, Choice
from site_builder.forecast.expecting import Expecting
from site_builder.forecast.figures_deals import (
    OpenDeal,
    Unlearned,
    WonDeal,
    open_deals,
    unlearned,
    won_deals,
)
from site_builder.forecast.figures_periods import Period, coming, period_of
from site_builder.forecast.frame import frame, of_category, persons
from site_builder.forecast.outlook import LATER, OVERDUE, UNDATED
from site_builder.forecast.people import Commits, Estimates
from site_builder.forecast.replay import Replay
from site_builder.forecast.used import Used
from site_builder.insights.insights import Insights
from site_builder.journal.deal import Deal
from site_builder.journal.team import Person

CATEGORIES: tuple[str | None, ...] = ("commit", "best-case", "pipeline", None)
"""The categories that sums count."""


class OfPerson(NamedTuple):
    """What somebody has in the current quarter, and in all."""

    person: Person
    quarter: Period
    total: Period


class OfCategory(NamedTuple):
    """What is open of a category, or of none."""

    category: str | None
    total: Period


@dataclass(frozen=True, slots=True)
class Forecast:
    """The whole forecast. ``deals`` are all open ones, and ``periods`` quarters. ``overdue``,
    ``undated`` and ``later`` are the open deals of no period; ``omitted``, ``parked``, and those
    ``won_before`` what is shown or nobody knows when (``won_undated``) are in no sum. Of those
    ``unlearned``, open or parked, nothing is learned.

    ``commits`` and ``estimates`` are what people said of deals that have ended, and ``replays``
    what would have been said of past quarters week by week: of all deals that are learned from."""

    currency: str
    horizon_days: int
    choices: tuple[Choice, ...]
    deals: tuple[OpenDeal, ...]
    won: tuple[WonDeal, ...]
    periods: tuple[Period, ...]
    months: tuple[Period, ...]
    years: tuple[Period, ...]
    overdue: Period
    undated: Period
    later: Period
    total: Period
    people: tuple[OfPerson, ...]
    categories: tuple[OfCategory, ...]
    omitted: tuple[Deal, ...]
    parked: tuple[OpenDeal, ...]
    won_undated: tuple[WonDeal, ...]
    won_before: tuple[WonDeal, ...]
    commits: tuple[Commits, ...]
    estimates: tuple[Estimates, ...]
    replays: tuple[Replay, ...]
    unlearned: tuple[Unlearned, ...]


def forecast(insights: Insights, horizon: int = HORIZON) -> Forecast:
    """The figures of a journal's forecast. What is learned of its deals is the probability to be
    won within so many days."""
    made = frame(insights)
    used = Used.of(made, insights, horizon)
    expects = Expecting(made, used)
    look, whole, known = made.look, made.everything, arrivals(insights)
    told = belief(used, insights)
    loose = {bucket.label: bucket for bucket in look.undated}
    return Forecast(
        made.schema.currency,
        horizon,
        tuple(used.choices.values()),
        open_deals((*whole.parts, *look.omitted), used),
        won_deals(whole.won),
        tuple(coming(bucket, expects, known) for bucket in made.quarters),
        tuple(coming(bucket, expects, known) for bucket in made.months),
        tuple(coming(bucket, expects, known) for bucket in made.years),
        period_of(loose[OVERDUE], expects),
        period_of(loose[UNDATED], expects),
        period_of(loose[LATER], expects),
        period_of(whole, expects),
        tuple(_person(person, expects) for person in persons(made)),
        tuple(OfCategory(id, period_of(of_category(whole, id), expects)) for id in CATEGORIES),
        tuple(part.deal for part in look.omitted),
        open_deals(look.parked, used),
        won_deals(look.won_undated),
        won_deals(look.won_before),
        told.people.commits,
        told.people.estimates,
        told.replays,
        unlearned((*whole.parts, *look.omitted, *look.parked), used),
    )


def _person(person: Person, expects: Expecting) -> OfPerson:
    made = expects.made
    current, whole = made.owned(made.current, person), made.owned(made.everything, person)
    return OfPerson(person, period_of(current, expects, person), period_of(whole, expects, person))
