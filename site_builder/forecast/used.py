"""Which probability counts for each deal that is open or parked: that of the estimator that was
right most in the past, where there is enough of that to tell. Where no deal has been won or lost
yet, there is nothing to learn from, and nothing is imported that learns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from site_builder.files.plain import Form
from site_builder.forecast.estimators import HORIZON, Choice, Estimator, said_of, unproven
from site_builder.forecast.frame import Frame
from site_builder.forecast.outlook import Bucket, Part
from site_builder.forecast.spread import Part as Piece
from site_builder.forecast.spread import Spread, spread
from site_builder.insights.insights import Insights
from site_builder.insights.totals import Totals, weighted
from site_builder.journal.deal import Deal
from site_builder.journal.history import outcome
from site_builder.journal.periods import Period

if TYPE_CHECKING:
    from site_builder.forecast.chances import Chance, Lack
    from site_builder.forecast.lessons import Lessons
    from site_builder.forecast.taught import Taught
    from site_builder.forecast.timing import Shares, Timing

_DAY = dt.timedelta(1)
_SPREAD = Form((Spread,))
_ENDED_FOR_DAYS = 10
"""So many deals that were won or lost tell when those are won that have no close date."""


def has_ended(insights: Insights) -> bool:
    """Whether any deal has been won or lost, so that there is something to learn from."""
    return any(outcome(deal) is not None for deal in insights.past.deals)


class Used(NamedTuple):
    """What the past has taught of the deals that are open or parked: their ``chances`` by id, the
    ``choices`` of whose probabilities count by pipeline, and when each deal is won that does not
    keep to its close date (``shares``). ``learned`` is None where there is nothing to learn from.
    The memory of ``insights`` has sums that are known."""

    today: dt.date
    horizon: int
    choices: Mapping[str, Choice]
    chances: Mapping[str, Chance]
    shares: Mapping[str, Shares]
    learned: Lessons | None
    insights: Insights

    @classmethod
    def of(cls, made: Frame, insights: Insights, horizon: int = HORIZON) -> Used:
        """What counts in a journal; what is learned is the chance to be won in so many days."""
        if not has_ended(insights):
            plain = unproven(insights.past.schema)
            return cls(made.today, horizon, plain, {}, {}, None, insights)
        from site_builder.forecast.chances import TERMS
        from site_builder.forecast.lessons import Lessons

        today, look = made.today, made.look
        ends = {
            (bucket.period.last - today).days
            for bucket in (*made.months, *made.quarters, *made.years)
            if bucket.period and (bucket.parts or made.is_current(bucket))
        }
        parts = (*made.everything.parts, *look.omitted, *look.parked)
        deals, lessons = [part.deal for part in parts], Lessons(insights)
        return cls(
            today,
            horizon,
            lessons.choices,
            _chances(lessons, deals, {*TERMS, horizon, *ends}, today),
            _shares(lessons, deals, today),
            lessons,
            insights,
        )

    @property
    def lessons(self) -> Lessons:
        """What the past has taught, however little that is."""
        if self.learned is not None:
            return self.learned
        from site_builder.forecast.lessons import Lessons

        return Lessons(self.insights)

    def lacks(self, deals: Iterable[Deal]) -> Mapping[str, Lack]:
        """Why nothing is learned of deals that are open or parked, by id, where that is so."""
        lacking = [deal for deal in deals if deal.id not in self.chances]
        if self.learned is None or not lacking:
            return {deal.id: "unended" for deal in lacking}
        from site_builder.forecast.chances import lack_of

        taught, past = self.learned.taught, self.insights.past.deals
        ended = {deal.pipeline.id for deal in past if outcome(deal)}
        return {
            deal.id: lack_of(deal, taught[id], self.today) if id in ended else "unended"
            for deal in lacking
            for id in [deal.pipeline.id]
        }

    def probability(self, deal: Deal, period: Period | None = None) -> float | None:
        """That a deal is won in a period, or within the horizon, by what is learned. One that keeps
        to its close date is won in the period of that, so by its end; of others the dates of their
        kind say when, within what is learned of each of the usual times."""
        chance = self.chances.get(deal.id)
        if chance is None:
            return None
        if period is not None and deal.id in self.shares:
            before, last = (self._until(deal, day) for day in (period.first - _DAY, period.last))
            return last - before
        return chance.within[(period.last - self.today).days if period else self.horizon]

    def _until(self, deal: Deal, day: dt.date) -> float:
        days = (day - self.today).days
        p = self.shares[deal.id].until(days)
        return self.chances[deal.id].bounded(p, days) if days > 0 else p

    def _part(self, deal: Deal, period: Period) -> float:
        """Which part of a deal's future lies in a period."""
        shares, first = self.shares[deal.id], period.first - _DAY
        found = shares.until((period.last - self.today).days)
        found -= shares.until((first - self.today).days)
        return min(found / shares.whole, 1.0) if shares.whole else 0.0

    def counts(self, deal: Deal, period: Period | None = None) -> tuple[Estimator | None, float]:
        """The estimator that counts for a deal, and what it says of a period: where it does not
        say when, that is shared out as what is learned."""
        learned = self.probability(deal, period)
        name, probability = self._says(deal, learned)
        if period is not None and name != "learned" and deal.id in self.shares:
            return name, probability * self._part(deal, period)
        return name, probability

    def by_date(self, deal: Deal, period: Period) -> float:
        """What that estimator says of a deal where it is won in the period of its close date."""
        chance = self.chances.get(deal.id)
        learned = chance.within[(period.last - self.today).days] if chance else None
        return self._says(deal, learned)[1]

    def _says(self, deal: Deal, learned: float | None) -> tuple[Estimator | None, float]:
        said = said_of(deal, learned)
        name = self.choices[deal.pipeline.id].used(said)
        return name, (name and said[name]) or 0.0

    def coming(self, bucket: Bucket, around: Bucket) -> tuple[Part, ...]:
        """The deals that can be won in a period: those expected to close in it, but of those around
        all that do not keep to their close dates."""
        period = bucket.period
        if period is None or not self.shares:
            return bucket.parts
        kept = tuple(part for part in bucket.parts if part.deal.id not in self.shares)
        if period.last < self.today:
            return kept
        return (*kept, *[part for part in around.parts if part.deal.id in self.shares])

    def unplaced(self, bucket: Bucket, around: Bucket) -> tuple[Part, ...]:
        """The open deals around that have no part in a period to come, for nothing tells when they
        are won, where others have one that are not dated in it."""
        period = bucket.period
        if period is None or not self.shares or period.last < self.today:
            return ()
        loose = (part for part in around.parts if part.deal.id not in self.shares)
        return tuple([one for one in loose if (one.deal.close or dt.date.min) < self.today])

    @property
    def keeps_dates(self) -> bool:
        """Whether all that has a close date keeps to it."""
        timings = self.learned.timings.values() if self.learned else ()
        return all(one.kind == "dates" for one in timings)

    def total(self, parts: Iterable[Part], period: Period | None, made: Frame) -> Totals:
        """What deals are worth in a period by what is learned."""
        said = ((part.worth, self.probability(part.deal, period)) for part in parts)
        return made.total(weighted(worth, self.decimal(chance)) for worth, chance in said)

    @staticmethod
    def decimal(probability: float | None) -> Decimal | None:
        """A probability as money is weighted by it."""
        return None if probability is None else Decimal(str(probability))

    def knows(self, bucket: Bucket) -> bool:
        """Whether anything is learned of the deals of a bucket, if it has such."""
        return not bucket.parts or any(part.deal.id in self.chances for part in bucket.parts)

    def spread(self, pieces: Sequence[Piece], together: float) -> Spread:
        """The distribution of what deals bring, worked out once for the same ones."""
        key = sha256(repr((pieces, together)).encode("utf-8", "replace")).digest()
        return self.insights.memory.part("sums", key, lambda: spread(pieces, together), _SPREAD)

    def together(self, deals: Iterable[Deal]) -> float:
        """By how far deals can differ from what is said of them, all at once."""
        return max((self.choices[deal.pipeline.id].spread for deal in deals), default=0.0)


def _chances(
    lessons: Lessons, deals: list[Deal], terms: set[int], today: dt.date
) -> Mapping[str, Chance]:
    from site_builder.forecast.chances import chances_by

    ids, days = [deal.id for deal in deals], sorted(terms)
    return lessons.kept(
        "chances",
        lambda: dict(chances_by(lessons.taught.values(), today, ids, days)),
        ids,
        days,
    )


def _shares(lessons: Lessons, deals: list[Deal], today: dt.date) -> Mapping[str, Shares]:
    timings = _timings(lessons, deals)
    if not any(_is_shared(deal, timings.get(deal.pipeline.id)) for deal in deals):
        return {}
    closes = [(deal.id, deal.close) for deal in deals]
    return lessons.kept(
        "shares", lambda: dict(_found(lessons.taught, timings, deals, today)), closes
    )


def _timings(lessons: Lessons, deals: list[Deal]) -> Mapping[str, Timing]:
    """What says when the deals of pipelines are won. Where too little is known to judge that, all
    keep to their dates; but those without one have none to keep to."""
    from site_builder.forecast.timing import Timing

    rest = {deal.pipeline.id for deal in deals if deal.close is None} - lessons.timings.keys()
    known = {id: Timing("dates", (), {}, 0) for id in rest if _knows_ends(lessons.taught[id])}
    return {**known, **lessons.timings}


def _knows_ends(told: Taught) -> bool:
    return bool(told.learned) and told.learned[-1].ended >= _ENDED_FOR_DAYS


def _is_shared(deal: Deal, timing: Timing | None) -> bool:
    """Whether a deal does not keep to its close date, or has none to keep to."""
    return timing is not None and (timing.kind != "dates" or deal.close is None)


def _found(
    told: Mapping[str, Taught], timings: Mapping[str, Timing], deals: list[Deal], today: dt.date
) -> Iterator[tuple[str, Shares]]:
    """When each of some deals is won, of those that keep to no close date."""
    from site_builder.forecast.timing import Future

    day = today.toordinal()
    for id, one in timings.items():
        mine = [deal for deal in deals if deal.pipeline.id == id and _is_shared(deal, one)]
        if not mine or not told[id].learned:
            continue
        courses = {one.id: one for one in told[id].courses}
        future = Future(told[id].learned[-1], told[id].shape)
        for deal in mine:
            course = courses.get(deal.id)
            state = course.state_on(day) if course else None
            if course is not None and state is not None and state >= 0:
                close = (deal.close - today).days if deal.close else None
                signs = told[id].signs(deal.id, state, day)
                yield deal.id, one.shares(future, state, day - course.since(day), close, signs)
