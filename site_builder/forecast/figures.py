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

from site_builder.forecast.backtest import HORIZON
from site_builder.forecast.chances import TERMS, Chance, chances
from site_builder.forecast.choice import Choice, Estimator, choices, said_of
from site_builder.forecast.frame import Frame, frame, of_category, persons
from site_builder.forecast.outlook import LATER, OVERDUE, UNDATED, Bucket, Part
from site_builder.forecast.snapshots import snapshots
from site_builder.forecast.spread import Part as Piece
from site_builder.forecast.spread import spread
from site_builder.insights.insights import Insights
from site_builder.insights.totals import Totals, convert, weighted
from site_builder.insights.won_deals import Won
from site_builder.journal.deal import Deal
from site_builder.journal.money import Money
from site_builder.journal.periods import Period as Range
from site_builder.journal.pipeline import Pipeline, Stage
from site_builder.journal.team import Person

CATEGORIES: tuple[str | None, ...] = ("commit", "best-case", "pipeline", None)
"""The categories that sums count."""
_DIGITS = 4


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
    """Sums in a currency without a rate."""

    currency: str
    open: str
    weighted: Weighted
    won: str
    target: str | None


class Period(NamedTuple):
    """What a period, or what has none, sums up to: how many ``deals`` are open, how many of them
    have a value (``valued``) and an own estimate (``estimated``), how many are won.

    What it will bring, with what is won, is less than ``p10`` in one of ten cases, than ``p50`` in
    five, than ``p90`` in nine; ``chance`` is that of the target. Deals that are not in the journal
    yet are not in it."""

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
    ``won_before`` what is shown or nobody knows when (``won_undated``) are in no sum."""

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


def forecast(insights: Insights, horizon: int = HORIZON) -> Forecast:
    """The figures of a journal's forecast. What is learned of its deals is the probability to be
    won within so many days."""
    made = frame(insights)
    learned = _Learned.of(made, insights, horizon)
    look, whole = made.look, made.everything
    loose = {bucket.label: bucket for bucket in look.undated}
    return Forecast(
        made.schema.currency,
        horizon,
        tuple(learned.choices.values()),
        _open((*whole.parts, *look.omitted), learned),
        _won(whole.won),
        tuple(_period(bucket, made, learned) for bucket in made.quarters),
        tuple(_period(bucket, made, learned) for bucket in made.months),
        tuple(_period(bucket, made, learned) for bucket in made.years),
        _period(loose[OVERDUE], made, learned),
        _period(loose[UNDATED], made, learned),
        _period(loose[LATER], made, learned),
        _period(whole, made, learned),
        tuple(_person(person, made, learned) for person in persons(made)),
        tuple(OfCategory(id, _period(of_category(whole, id), made, learned)) for id in CATEGORIES),
        tuple(part.deal for part in look.omitted),
        _open(look.parked, learned),
        _won(look.won_undated),
        _won(look.won_before),
    )


class _Learned(NamedTuple):
    """What the past has taught of the deals that are open or parked."""

    today: dt.date
    horizon: int
    choices: Mapping[str, Choice]
    chances: Mapping[str, Chance]

    @classmethod
    def of(cls, made: Frame, insights: Insights, horizon: int) -> _Learned:
        today, look = made.today, made.look
        ends = {
            (bucket.period.last - today).days
            for bucket in (*made.months, *made.quarters, *made.years)
            if bucket.period and bucket.parts
        }
        parts = (*made.everything.parts, *look.omitted, *look.parked)
        ids, terms = [part.deal.id for part in parts], {*TERMS, horizon, *ends}
        said = snapshots(insights.past, today, HORIZON)
        return cls(
            today,
            horizon,
            choices(made.schema, said),
            chances(insights.past, today, ids, terms) if ids else {},
        )

    def probability(self, deal: Deal, period: Range | None = None) -> float | None:
        """That a deal is won by the end of a period, or within the horizon."""
        chance = self.chances.get(deal.id)
        days = (period.last - self.today).days if period else self.horizon
        return chance.within[days] if chance else None

    def used(self, deal: Deal, period: Range | None = None) -> tuple[Estimator | None, float]:
        """The estimator that counts for a deal, and what it says."""
        said = said_of(deal, self.probability(deal, period))
        name = self.choices[deal.pipeline.id].used(said)
        return name, (name and said[name]) or 0.0

    def total(self, bucket: Bucket, made: Frame) -> Totals:
        """What the deals of a bucket are worth by what is learned."""
        said = ((part.worth, self.probability(part.deal, bucket.period)) for part in bucket.parts)
        return made.total(weighted(worth, _decimal(chance)) for worth, chance in said)

    def knows(self, bucket: Bucket) -> bool:
        """Whether anything is learned of the deals of a bucket, if it has such."""
        return not bucket.parts or any(part.deal.id in self.chances for part in bucket.parts)

    def together(self, deals: Iterable[Deal]) -> float:
        """By how far deals can differ from what is said of them, all at once."""
        return max((self.choices[deal.pipeline.id].spread for deal in deals), default=0.0)


def _open(parts: Iterable[Part], learned: _Learned) -> tuple[OpenDeal, ...]:
    deals = sorted((part.deal for part in parts), key=lambda deal: deal.id)
    return tuple(_open_deal(deal, learned) for deal in deals)


def _open_deal(deal: Deal, learned: _Learned) -> OpenDeal:
    chance = learned.chances.get(deal.id)
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
        Probability(deal.stage.probability, deal.probability, learned.probability(deal)),
        learned.used(deal)[0],
        chance.n if chance else 0,
        within,
    )


def _won(won: Iterable[Won]) -> tuple[WonDeal, ...]:
    return tuple(
        WonDeal(one.deal, one.ended.owner, one.ended.day, *_told(one.ended.value))
        for one in sorted(won, key=lambda one: one.deal.id)
    )


def _told(money: Money | None) -> tuple[str | None, str | None]:
    return (_amount(money.amount), money.currency) if money else (None, None)


def _amount(amount: Decimal) -> str:
    return f"{amount:.2f}"


def _person(person: Person, made: Frame, learned: _Learned) -> OfPerson:
    current, whole = made.owned(made.current, person), made.owned(made.everything, person)
    return OfPerson(
        person, _period(current, made, learned, person), _period(whole, made, learned, person)
    )


def _period(bucket: Bucket, made: Frame, learned: _Learned, person: Person | None = None) -> Period:
    sums, period = made.sums(bucket), bucket.period
    goal = made.target(bucket.label, person) if period else None
    if goal is not None and period is not None:
        goal = convert(goal, made.schema, period.counted_on(made.today))
    by_learned = learned.total(bucket, made)
    lines = (sums.open, sums.by_stage, sums.by_own, by_learned, sums.won)
    codes = {line.currency for found in lines for line in found.lines}
    codes |= {goal.currency} if goal else set()
    is_known = learned.knows(bucket)
    home = _sums(made.schema.currency, lines, goal, is_known)
    apart = [_sums(code, lines, goal, is_known) for code in sorted(codes - {made.schema.currency})]
    counts = (sums.deals, sums.open.counted, sums.own, sums.won_deals)
    found = _range(bucket, made, learned, home.target)
    return Period(bucket.label if period else None, *home[1:], *counts, *found, tuple(apart))


def _range(
    bucket: Bucket, made: Frame, learned: _Learned, target: str | None
) -> tuple[str, str, str, float | None]:
    """What a period brings at the least in nine, five and one of ten cases, and the chance of its
    target: what is won, and what its open deals bring, in the journal's currency."""
    home = made.schema.currency
    won = made.sums(bucket).won.in_currency(home)
    brings = spread(
        [
            Piece(
                learned.used(deal, bucket.period)[1],
                float(worth.amount),
                deal.owner.id,
                deal.company,
            )
            for deal, worth, *_ in bucket.parts
            if worth is not None and worth.currency == home
        ],
        learned.together(part.deal for part in bucket.parts),
    )
    low, middle, high = (
        _amount(won + Decimal(f"{brings.quantile(part):.2f}")) for part in (0.1, 0.5, 0.9)
    )
    if target is None:
        return low, middle, high, None
    return low, middle, high, round(brings.reaches(float(Decimal(target) - won)), _DIGITS)


def _decimal(probability: float | None) -> Decimal | None:
    return None if probability is None else Decimal(str(probability))


def _sums(code: str, lines: Iterable[Totals], goal: Money | None, is_known: bool) -> Apart:
    """The sums in a currency; of nothing learned where none of it ``is_known``."""
    opened, stage, own, taught, won = (_amount(found.in_currency(code)) for found in lines)
    target = _amount(goal.amount) if goal and goal.currency == code else None
    return Apart(code, opened, Weighted(stage, own, taught if is_known else None), won, target)
