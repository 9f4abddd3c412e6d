"""The forecast by month, quarter and year: its periods, their sums, and who has deals."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import dropwhile

from site_builder.forecast import outlook as book
from site_builder.forecast.outlook import Bucket, Outlook, Part, Sums
from site_builder.insights import totals
from site_builder.insights.insights import Insights
from site_builder.insights.totals import Totals
from site_builder.insights.won_deals import Won
from site_builder.journal.money import Money
from site_builder.journal.periods import Period, month_of, quarter_of, year_of
from site_builder.journal.schema import Schema
from site_builder.journal.team import Person


@dataclass(frozen=True, slots=True)
class Frame:
    """The outlook by month, quarter and year, and everything in it that sums count. ``loose``
    are the open deals of no month, where there are any."""

    schema: Schema
    today: dt.date
    look: Outlook
    months: tuple[Bucket, ...]
    quarters: tuple[Bucket, ...]
    years: tuple[Bucket, ...]
    loose: tuple[Bucket, ...]
    everything: Bucket
    _sums: dict[int, tuple[Bucket, Sums]] = field(init=False, default_factory=dict)
    _owned: dict[int, dict[str, Bucket]] = field(init=False, default_factory=dict)

    @property
    def current(self) -> Bucket:
        """The quarter of today."""
        return next(bucket for bucket in self.quarters if self.is_current(bucket))

    def is_current(self, bucket: Bucket) -> bool:
        """Whether today lies in a bucket's period."""
        return bucket.period is not None and self.today in bucket.period

    def sums(self, bucket: Bucket) -> Sums:
        """What a bucket sums up to: added up once, for it is told in several places."""
        if id(bucket) not in self._sums:
            self._sums[id(bucket)] = (bucket, book.sums(bucket, self.schema, self.today))
        return self._sums[id(bucket)][1]

    def owned(self, bucket: Bucket, person: Person) -> Bucket:
        """The part of a bucket of the frame that one person owns, or owned when it was won."""
        if id(bucket) not in self._owned:
            self._owned[id(bucket)] = _by_owner(bucket)
        return self._owned[id(bucket)].get(person.id) or Bucket(bucket.label, bucket.period)

    def total(self, monies: Iterable[Money | None]) -> Totals:
        """Sum amounts, what has a rate at today's; what is won is converted already."""
        return totals.total(monies, self.schema, self.today)

    def target(self, label: str, person: Person | None = None) -> Money | None:
        """What is to be won in a period, by the team or by one person."""
        id = person.id if person else None
        return next(
            (
                target.money
                for target in self.schema.targets
                if target.period == label and (target.person and target.person.id) == id
            ),
            None,
        )


def frame(insights: Insights) -> Frame:
    """Lay out a journal as of today."""
    today, schema = insights.today, insights.journal.schema
    look = book.outlook(insights)
    starts = schema.fiscal_year_starts
    quarters = _regrouped(look.months, partial(quarter_of, starts=starts))
    return Frame(
        schema,
        today,
        look,
        _from_first_filled(look.months, schema, month_of(today).first),
        _from_first_filled(quarters, schema, year_of(today, starts).first),
        _regrouped(look.months, partial(year_of, starts=starts)),
        tuple(bucket for bucket in look.undated if bucket.parts),
        book.gather("all", None, look.buckets),
    )


def _from_first_filled(
    buckets: tuple[Bucket, ...], schema: Schema, latest: dt.date
) -> tuple[Bucket, ...]:
    """The periods without those before the first that has deals or a target; from ``latest`` on
    all are worth a row, and none between two rows is left out."""
    targeted = {target.period for target in schema.targets}

    def is_idle(bucket: Bucket) -> bool:
        is_past = bucket.period is not None and bucket.period.first < latest
        return is_past and not (is_filled(bucket) or bucket.label in targeted)

    return tuple(dropwhile(is_idle, buckets))


def _regrouped(
    months: tuple[Bucket, ...], period_of: Callable[[dt.date], Period]
) -> tuple[Bucket, ...]:
    periods = dict.fromkeys(period_of(month.period.first) for month in months if month.period)
    return tuple(book.gather(period.label, period, months) for period in periods)


def is_filled(bucket: Bucket) -> bool:
    """Whether a bucket has deals."""
    return bool(bucket.parts or bucket.won)


def within(around: Bucket, buckets: Iterable[Bucket]) -> Iterator[Bucket]:
    """The buckets whose periods lie in that of another."""
    for bucket in buckets:
        if bucket.period and around.period and bucket.period.first in around.period:
            yield bucket


def persons(frame: Frame) -> tuple[Person, ...]:
    """Everyone of the team with deals in the outlook or a target, by name."""
    whole = frame.everything
    ids = {part.deal.owner.id for part in whole.parts} | {one.ended.owner.id for one in whole.won}
    ids |= {target.person.id for target in frame.schema.targets if target.person}
    team = (person for person in frame.schema.team.values() if person.id in ids)
    return tuple(sorted(team, key=lambda person: (person.name, person.id)))


def _by_owner(bucket: Bucket) -> dict[str, Bucket]:
    parts, won = defaultdict[str, list[Part]](list), defaultdict[str, list[Won]](list)
    for part in bucket.parts:
        parts[part.deal.owner.id].append(part)
    for one in bucket.won:
        won[one.ended.owner.id].append(one)
    return {
        id: Bucket(bucket.label, bucket.period, tuple(parts[id]), tuple(won[id]))
        for id in sorted({*parts, *won})
    }


def of_category(bucket: Bucket, category: str | None) -> Bucket:
    """The open deals of a bucket in a category, or in none."""
    parts = tuple(part for part in bucket.parts if part.deal.category == category)
    return Bucket(bucket.label, bucket.period, parts)
