"""Which probability counts for each deal that is open or parked: that of the estimator that was
right most in the past, where there is enough of that to tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from site_builder.forecast.backtest import HORIZON
from site_builder.forecast.chances import TERMS, Chance, chances_by
from site_builder.forecast.choice import Choice, Estimator, choices, said_of
from site_builder.forecast.frame import Frame
from site_builder.forecast.outlook import Bucket
from site_builder.forecast.snapshots import Said, snapshots_by
from site_builder.forecast.taught import Taught, taught
from site_builder.insights.insights import Insights
from site_builder.insights.totals import Totals, weighted
from site_builder.journal.deal import Deal
from site_builder.journal.periods import Period


class Used(NamedTuple):
    """What the past has taught of the deals that are open or parked: their ``chances`` by id, the
    ``choices`` of whose probabilities count by pipeline, the past forecasts (``said``) by which
    these were made, and all that each pipeline has ``taught``."""

    today: dt.date
    horizon: int
    choices: Mapping[str, Choice]
    chances: Mapping[str, Chance]
    said: list[Said]
    taught: Mapping[str, Taught]

    @classmethod
    def of(cls, made: Frame, insights: Insights, horizon: int = HORIZON) -> Used:
        """What counts in a journal; what is learned is the chance to be won in so many days."""
        today, look = made.today, made.look
        ends = {
            (bucket.period.last - today).days
            for bucket in (*made.months, *made.quarters, *made.years)
            if bucket.period and bucket.parts
        }
        parts = (*made.everything.parts, *look.omitted, *look.parked)
        ids, terms = [part.deal.id for part in parts], {*TERMS, horizon, *ends}
        told = taught(insights.past, today)
        said = snapshots_by(told.values(), insights.past, today, HORIZON)
        return cls(
            today,
            horizon,
            choices(made.schema, said),
            chances_by(told.values(), today, ids, terms),
            said,
            told,
        )

    def probability(self, deal: Deal, period: Period | None = None) -> float | None:
        """That a deal is won by the end of a period, or within the horizon, by what is learned."""
        chance = self.chances.get(deal.id)
        days = (period.last - self.today).days if period else self.horizon
        return chance.within[days] if chance else None

    def counts(self, deal: Deal, period: Period | None = None) -> tuple[Estimator | None, float]:
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


def _decimal(probability: float | None) -> Decimal | None:
    return None if probability is None else Decimal(str(probability))
