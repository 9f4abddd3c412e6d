"""The figures of the forecast, for other programs: each deal with its probabilities, and what each
period sums up to.

Amounts are texts with two decimals. Sums are in the journal's currency; amounts in one without a
rate stand ``apart``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from site_builder.forecast.arrivals import Arrivals, NotYet, arrivals
from site_builder.forecast.belief import belief
from site_builder.forecast.chances import TERMS, Lack
from site_builder.forecast.estimators import HORIZON, Choice, Estimator
from site_builder.forecast.expecting import Expecting
from site_builder.forecast.frame import frame, of_category, persons
from site_builder.forecast.landing import Landing, Moved, goal_of, is_told, landing
from site_builder.forecast.outlook import LATER, OVERDUE, UNDATED, Bucket, Part
from site_builder.forecast.people import Commits, Estimates
from site_builder.forecast.replay import Replay
from site_builder.forecast.used import Used
from site_builder.forecast.wins import Wins, wins
from site_builder.insights.insights import Insights
from site_builder.insights.totals import EMPTY, Totals
from site_builder.insights.won_deals import Won
from site_builder.journal.deal import Deal
from site_builder.journal.money import Money
from site_builder.journal.pipeline import Pipeline, Stage
from site_builder.journal.team import Person

CATEGORIES: tuple[str | None, ...] = ("commit", "best-case", "pipeline", None)
"""The categories that sums count."""


class Probability(NamedTuple):
    """How probable a deal is, 0 to 1: by its stage, by its owner's own estimate, and to be won
    within the horizon by what the past has taught."""

    stage: Decimal | None
    own: Decimal | None
    learned: float | None


class OpenDeal(NamedTuple):
    """A deal that is not won or lost. ``used`` names the probability that counts. ``within`` says
    how probable it is by what the past has taught that it is won within so many days, and
    eventually; that rests on ``n`` past stays in its stage."""

    id: Deal
    pipeline: Pipeline
    stage: Stage
    owner: Person
    value: str | None
    currency: str | None
    close: dt.date | None
    category: str | None
    probability: Probability
    used: Estimator | None
    n: int
    within: Mapping[str, float | None]


class Unlearned(NamedTuple):
    """A deal that is not won or lost and of which nothing is learned, and ``why``."""

    id: Deal
    why: Lack


class WonDeal(NamedTuple):
    """A won deal, with owner and value of the ``day`` it was won."""

    id: Deal
    owner: Person
    day: dt.date | None
    value: str | None
    currency: str | None


class Weighted(NamedTuple):
    """What deals are worth, weighted by their stages, by what their owners say, and by what the
    past has taught of their being won by the end of the period."""

    stage: str
    own: str
    learned: str | None


class Apart(NamedTuple):
    """Sums in a currency without a rate, and what is ``moved`` of it."""

    currency: str
    open: str
    weighted: Weighted
    won: str
    target: str | None
    moved: Moved[str] | None


class Period(NamedTuple):
    """What a period, or what has none, sums up to: how many ``deals`` are open, how many of them
    have a value (``valued``) and an own estimate (``estimated``), how many are won.

    What it will bring, with what is won, is less than ``p10`` in one of ten cases, than ``p50`` in
    five, than ``p90`` in nine: None where open deals may bring something to it, and nobody says
    how probably or when; ``chance`` is that of the target. Deals that are not in the journal
    yet are not in it: what such have brought to periods that are over stands in ``not_yet``. What
    close dates that are not kept have ``moved`` is in it, and in what is weighted by what is
    learned. Of those that are won so many have a value (``won_valued``). ``wins`` are told in
    deals, whatever they are worth. Of so many open deals nothing tells when they are won, so that
    they have no part in it where others do that are not dated in it (``unplaced``)."""

    period: str | None
    open: str
    weighted: Weighted
    won: str
    target: str | None
    deals: int
    valued: int
    estimated: int
    won_deals: int
    p10: str | None
    p50: str | None
    p90: str | None
    chance: float | None
    apart: tuple[Apart, ...]
    not_yet: NotYet | None
    moved: Moved[str] | None
    won_valued: int
    wins: Wins | None
    unplaced: int


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
    look, whole, coming = made.look, made.everything, arrivals(insights)
    told = belief(used, insights)
    loose = {bucket.label: bucket for bucket in look.undated}
    return Forecast(
        made.schema.currency,
        horizon,
        tuple(used.choices.values()),
        _open((*whole.parts, *look.omitted), used),
        _won(whole.won),
        tuple(_coming(bucket, expects, coming) for bucket in made.quarters),
        tuple(_coming(bucket, expects, coming) for bucket in made.months),
        tuple(_coming(bucket, expects, coming) for bucket in made.years),
        _period(loose[OVERDUE], expects),
        _period(loose[UNDATED], expects),
        _period(loose[LATER], expects),
        _period(whole, expects),
        tuple(_person(person, expects) for person in persons(made)),
        tuple(OfCategory(id, _period(of_category(whole, id), expects)) for id in CATEGORIES),
        tuple(part.deal for part in look.omitted),
        _open(look.parked, used),
        _won(look.won_undated),
        _won(look.won_before),
        told.people.commits,
        told.people.estimates,
        told.replays,
        _unlearned((*whole.parts, *look.omitted, *look.parked), used),
    )


def _open(parts: Iterable[Part], used: Used) -> tuple[OpenDeal, ...]:
    deals = sorted((part.deal for part in parts), key=lambda deal: deal.id)
    return tuple(_open_deal(deal, used) for deal in deals)


def _open_deal(deal: Deal, used: Used) -> OpenDeal:
    chance = used.chances.get(deal.id)
    within: dict[str, float | None] = {
        str(term): chance.within[term] if chance else None for term in TERMS
    }
    within["eventually"] = chance.eventually if chance else None
    return OpenDeal(
        deal,
        deal.pipeline,
        deal.stage,
        deal.owner,
        *_told(deal.value),
        deal.close,
        deal.category or None,
        Probability(deal.stage.probability, deal.probability, used.probability(deal)),
        used.counts(deal)[0],
        chance.n if chance else 0,
        within,
    )


def _unlearned(parts: Iterable[Part], used: Used) -> tuple[Unlearned, ...]:
    deals = sorted((part.deal for part in parts), key=lambda deal: deal.id)
    whys = used.lacks(deals)
    return tuple(Unlearned(deal, whys[deal.id]) for deal in deals if deal.id in whys)


def _won(won: Iterable[Won]) -> tuple[WonDeal, ...]:
    return tuple(
        WonDeal(one.deal, one.ended.owner, one.ended.day, *_told(one.ended.value))
        for one in sorted(won, key=lambda one: one.deal.id)
    )


def _told(money: Money | None) -> tuple[str | None, str | None]:
    return (_amount(money.amount), money.currency) if money else (None, None)


def _amount(amount: Decimal) -> str:
    return f"{amount:.2f}"


def _person(person: Person, expects: Expecting) -> OfPerson:
    made = expects.made
    current, whole = made.owned(made.current, person), made.owned(made.everything, person)
    return OfPerson(person, _period(current, expects, person), _period(whole, expects, person))


def _coming(bucket: Bucket, expects: Expecting, arrivals: Arrivals) -> Period:
    not_yet = arrivals.not_yet(bucket.period) if bucket.period else None
    return _period(bucket, expects, not_yet=not_yet)


def _period(
    bucket: Bucket,
    expects: Expecting,
    person: Person | None = None,
    not_yet: NotYet | None = None,
) -> Period:
    made, used = expects.made, expects.used
    sums, period = made.sums(bucket), bucket.period
    goal = goal_of(bucket, made, person)
    by_learned = expects.learned(bucket, person)
    lines = (sums.open, sums.by_stage, sums.by_own, by_learned or EMPTY, sums.won)
    codes = {line.currency for found in lines for line in found.lines}
    codes |= {goal.currency} if goal else set()
    is_known = by_learned is not None
    lands = landing(bucket, made, used, person)
    home, *apart = [
        _sums(code, lines, goal, lands.moved, is_known)
        for code in (made.schema.currency, *sorted(codes - {made.schema.currency}))
    ]
    is_range = is_told(bucket, made, used, person)
    low, middle, high = map(_amount, (lands.low, lands.middle, lands.high))
    return Period(
        bucket.label if period else None,
        home.open,
        home.weighted,
        home.won,
        home.target,
        sums.deals,
        sums.open.counted,
        sums.own,
        sums.won_deals,
        low if is_range else None,
        middle if is_range else None,
        high if is_range else None,
        _chance(lands, is_range),
        tuple(apart),
        not_yet,
        home.moved,
        sums.won.counted,
        wins(bucket, made, used, person) if is_range else None,
        len(expects.unplaced(bucket, person)),
    )


def _chance(lands: Landing, is_range: bool) -> float | None:
    """That of the target: without a range it is known only where it is reached."""
    is_reached = lands.target is not None and lands.won >= lands.target
    return lands.chance if is_range or is_reached else None


def _sums(
    code: str,
    lines: Iterable[Totals],
    goal: Money | None,
    moves: Moved[Totals] | None,
    is_known: bool,
) -> Apart:
    """The sums in a currency; of nothing learned where none of it ``is_known``."""
    opened, stage, own, taught, won = (_amount(found.in_currency(code)) for found in lines)
    target = _amount(goal.amount) if goal and goal.currency == code else None
    into, out = (_amount(found.in_currency(code)) for found in moves or (EMPTY, EMPTY))
    moved = Moved(into, out) if moves else None
    by = Weighted(stage, own, taught if is_known else None)
    return Apart(code, opened, by, won, target, moved)
