"""Where a period will land: what is won, and what its open deals bring together, as a range."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Generic, NamedTuple, TypeVar

from site_builder.forecast.estimators import Estimator
from site_builder.forecast.frame import Frame
from site_builder.forecast.outlook import Bucket
from site_builder.forecast.spread import Part as Piece
from site_builder.forecast.used import Used
from site_builder.insights.totals import Totals, convert, weighted
from site_builder.journal.deal import Deal
from site_builder.journal.money import Money
from site_builder.journal.team import Person

Amount = TypeVar("Amount", Totals, str)
_DIGITS = 4
_LEAST = 0.1**_DIGITS
"""What is not certain is at least so probable, and so is its contrary."""
_HALF_CENT = 0.005
_ASKED = 12
"""It is asked of so many deals what they decide, those of the largest variance, and of the one that
is worth most."""
_MANY = 40


class Bringing(NamedTuple):
    """An open deal that can bring something to a period: with a ``probability`` by the estimator
    ``used``, of a ``worth`` in the journal's currency."""

    deal: Deal
    probability: float
    worth: float
    used: Estimator | None

    @property
    def piece(self) -> Piece:
        return Piece(self.probability, self.worth, self.deal.owner.id, self.deal.company)


class Moved(NamedTuple, Generic[Amount]):
    """What close dates that are not kept move, in each currency: what comes ``into`` a period from
    deals that are expected to close elsewhere or nobody knows when, and what goes ``out`` of it of
    its own."""

    into: Amount
    out: Amount


class Landing(NamedTuple):
    """A period, in the journal's currency: what is ``won``, what is ``expected`` of the open
    deals by the estimators that count, and the sum of both in nine, five and one of ten cases at
    the least (``low``, ``middle``, ``high``); the ``chance`` of its ``target``; in each currency
    what was ``moved``, if not all keeps to its close dates."""

    won: Decimal
    expected: Decimal
    low: Decimal
    middle: Decimal
    high: Decimal
    target: Decimal | None
    chance: float | None
    moved: Moved[Totals] | None


class Deciding(NamedTuple):
    """A deal that decides about a period: the chance of the target (or, without one, what is
    expected) if it is won, and if it brings nothing."""

    bringing: Bringing
    if_won: float
    if_lost: float


def bringing(
    bucket: Bucket, made: Frame, used: Used, person: Person | None = None
) -> tuple[Bringing, ...]:
    """What open deals can bring to a period, those of the team or of a person."""
    return tuple(_bringing(bucket, made, used, person))


def around(made: Frame, person: Person | None = None) -> Bucket:
    """All that counts, of the team or of a person."""
    return made.owned(made.everything, person) if person else made.everything


def _bringing(bucket: Bucket, made: Frame, used: Used, person: Person | None) -> Iterator[Bringing]:
    home = made.schema.currency
    for deal, worth, *_ in used.coming(bucket, around(made, person)):
        if worth is not None and worth.currency == home:
            name, probability = used.counts(deal, bucket.period)
            yield Bringing(deal, probability, float(worth.amount), name)


def goal_of(bucket: Bucket, made: Frame, person: Person | None = None) -> Money | None:
    """The target of a period, in the journal's currency where there is a rate."""
    period = bucket.period
    goal = made.target(bucket.label, person) if period else None
    if goal is None or period is None:
        return None
    return convert(goal, made.schema, period.counted_on(made.today))


def is_told(bucket: Bucket, made: Frame, used: Used, person: Person | None = None) -> bool:
    """Whether a range can be given of what a period brings, of the team or of a person: where it
    is over; where it has open deals, of any of which an estimator says something; and where it has
    none, but there is also none that nobody knows when to expect."""
    period, whole = bucket.period, around(made, person)
    if period is not None and period.last < made.today:
        return True
    coming = used.coming(bucket, whole)
    if coming or period is None:
        return not coming or any(used.counts(part.deal, period)[0] for part in coming)
    closes = (part.deal.close for part in whole.parts)
    return not any(close is None or close < made.today for close in closes)


def landing(bucket: Bucket, made: Frame, used: Used, person: Person | None = None) -> Landing:
    """Where a period lands, of the team or of a person."""
    home, goal = made.schema.currency, goal_of(bucket, made, person)
    target = goal.amount if goal is not None and goal.currency == home else None
    brings = bringing(bucket, made, used, person)
    won = made.sums(bucket).won.in_currency(home)
    sums = used.spread([one.piece for one in brings], used.together(one.deal for one in brings))
    low, middle, high = (won + _cents(sums.quantile(part)) for part in (0.1, 0.5, 0.9))
    expected = _cents(sum([one.probability * one.worth for one in brings]))
    gap = None if target is None else float(target - won)
    chance = None if gap is None else _reached(sums.reaches(gap), gap, brings)
    moved = _moved(bucket, made, used, person)
    return Landing(won, expected, low, middle, high, target, chance, moved)


def _moved(bucket: Bucket, made: Frame, used: Used, person: Person | None) -> Moved[Totals] | None:
    period = bucket.period
    if period is None or not used.shares:
        return None
    own = {part.deal.id for part in bucket.parts}
    into, out = list[Money | None](), list[Money | None]()
    for part in used.coming(bucket, around(made, person)):
        _, p = used.counts(part.deal, period)
        if part.deal.id not in own:
            into.append(weighted(part.worth, used.decimal(p)))
        else:
            less = max(used.by_date(part.deal, period) - p, 0.0)
            out.append(weighted(part.worth, used.decimal(less)))
    return Moved(*[made.total(some) for some in (into, out)])


def _cents(amount: float) -> Decimal:
    return Decimal(f"{amount:.2f}")


def deciding(whole: Landing, bucket: Bucket, made: Frame, used: Used) -> tuple[Deciding, ...]:
    """The deals of a period, which lands so as a ``whole``, that move the chance of its target,
    or without a target what is expected, those that move it most first; those that move nothing are
    left out."""
    brings = bringing(bucket, made, used)
    ask = _asking(brings, whole, used)
    opened = [one for one in brings if _open(one)]
    asked = sorted(opened, key=lambda one: (-_open(one) * one.worth, one.deal.id))[:_ASKED]
    largest = max(opened, key=lambda one: one.worth, default=None)
    if largest is not None and largest not in asked:
        asked.append(largest)
    found = [Deciding(one, ask(one, 1.0), ask(one, 0.0)) for one in asked]
    found.sort(key=lambda one: (-_moves(one), one.bringing.deal.id))
    return tuple([one for one in found if one.if_won != one.if_lost])


Ask = Callable[[Bringing, float], float]
"""The chance of the target, or what is expected, where the outcome of a deal is certain."""


def _asking(brings: Sequence[Bringing], whole: Landing, used: Used) -> Ask:
    """How to ask that. Among many deals one hardly changes how far the others spread: then their
    sum is that of all of them, moved."""
    if whole.target is None:
        return lambda one, certain: (
            float(whole.won + whole.expected) + ((certain - one.probability) * one.worth)
        )
    goal, together = float(whole.target - whole.won), used.together(one.deal for one in brings)
    every = used.spread([one.piece for one in brings], together) if len(brings) > _MANY else None

    def ask(one: Bringing, certain: float) -> float:
        others = [other for other in brings if other.deal.id != one.deal.id]
        left = round(goal - certain * one.worth, 2)  # else a hair above what others bring
        if every is None:
            chance = used.spread([other.piece for other in others], together).reaches(left)
        else:
            chance = every.reaches(left + one.probability * one.worth)
        return _reached(chance, left, others)

    return ask


def _reached(chance: float, goal: float, brings: Sequence[Bringing]) -> float:
    """The chance that deals bring so much, as it is told: neither 0 nor 1 where it is not certain.
    What is so improbable that the distribution has it no more is possible all the same."""
    sure = sum([one.worth for one in brings if one.probability == 1])
    unsure = [one.worth for one in brings if 0 < one.probability < 1]
    if goal <= sure + sum([worth for worth in unsure if worth < 0]) + _HALF_CENT:
        return 1.0
    if goal > sure + sum([worth for worth in unsure if worth > 0]) + _HALF_CENT:
        return 0.0
    return round(min(max(chance, _LEAST), 1 - _LEAST), _DIGITS)


def _open(one: Bringing) -> float:
    return one.probability * (1 - one.probability)


def _moves(one: Deciding) -> float:
    """How far what is asked will have moved on average once it is known."""
    return round(2 * _open(one.bringing) * abs(one.if_won - one.if_lost), _DIGITS)
