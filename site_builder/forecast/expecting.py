"""What periods are expected to bring by the estimators that count, the same by which their ranges
are worked out."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from math import fsum
from typing import NamedTuple

from site_builder.forecast.estimators import PLAIN, Estimator, said_of
from site_builder.forecast.frame import Frame
from site_builder.forecast.landing import around
from site_builder.forecast.outlook import Bucket, Part
from site_builder.forecast.used import Used
from site_builder.insights import totals
from site_builder.insights.totals import Totals, weighted
from site_builder.journal.deal import Deal
from site_builder.journal.money import Money
from site_builder.journal.team import Person


class Coming(NamedTuple):
    """A period: so many open ``deals`` can bring something to it; what they are ``expected`` to
    bring, in how many ``wins``, by whom (``by``); how much of that is from deals that are dated in
    it (``dated``, ``dated_wins``); and what is expected with what is won (``whole``). ``is_valued``
    says whether any of the open ones has a value. Those that are dated elsewhere or not at all and
    have none are in no sum, and so none is lacking them, unless nothing is dated in the period."""

    deals: int
    expected: Totals
    is_valued: bool
    wins: float
    by: tuple[Estimator, ...]
    dated: Totals
    dated_wins: float
    whole: Totals


class Expecting:
    """What is expected of the periods of a frame by what is used, each worked out once."""

    def __init__(self, made: Frame, used: Used) -> None:
        self.made, self.used = made, used
        self._known: dict[tuple[int, str], tuple[Bucket, Coming]] = {}

    def coming(self, bucket: Bucket, person: Person | None = None) -> Coming:
        """What is won and expected of a period, by the team or by a person."""
        key = id(bucket), person.id if person else ""
        if key not in self._known:
            self._known[key] = (bucket, self._worked_out(bucket, person))
        return self._known[key][1]

    def learned(self, bucket: Bucket, person: Person | None = None) -> Totals | None:
        """What a period is worth by what is learned; None where nothing is."""
        if not self.used.knows(bucket):
            return None
        parts = self.used.coming(bucket, around(self.made, person))
        own = {part.deal.id for part in bucket.parts or parts}
        there = [part for part in parts if part.worth is not None or part.deal.id in own]
        found = self.used.total(there, bucket.period, self.made)
        return totals.add([found, self._lacking(bucket, person)], self.made.schema)

    def unplaced(self, bucket: Bucket, person: Person | None = None) -> tuple[Part, ...]:
        """The open deals that a period lacks, for nothing tells when they are won."""
        return self.used.unplaced(bucket, around(self.made, person))

    def _lacking(self, bucket: Bucket, person: Person | None) -> Totals:
        """The open deals that a period lacks in which nothing is dated, as what has no amount."""
        lacks = () if bucket.parts else self.unplaced(bucket, person)
        return self.made.total(None for _ in lacks)

    @cached_property
    def is_by_own(self) -> bool:
        """Whether all that is expected is so by own estimates, or else by stages, on close dates:
        then scripts can work it out."""
        return not self.used.shares and all(map(self._is_own, self.made.everything.parts))

    def _is_own(self, part: Part) -> bool:
        deal = part.deal
        said = said_of(deal, None)
        return self.used.counts(deal)[0] == next(
            (one for one in PLAIN if said[one] is not None), None
        )

    def _worked_out(self, bucket: Bucket, person: Person | None) -> Coming:
        said, made = list(self._said(bucket, person)), self.made
        is_any = not bucket.parts
        expected = made.total(one.brings for one in said if one.brings or one.is_dated or is_any)
        expected = totals.add([expected, self._lacking(bucket, person)], made.schema)
        by = {one.by for one in said if one.brings or not expected.counted}
        return Coming(
            len(said),
            expected,
            any(one.deal.value is not None for one in said),
            fsum(one.probability for one in said),
            tuple(name for name in PLAIN if name in by),
            made.total(one.brings for one in said if one.is_dated),
            fsum(one.probability for one in said if one.is_dated),
            totals.add([made.sums(bucket).won, expected], made.schema),
        )

    def _said(self, bucket: Bucket, person: Person | None) -> Iterator[_Said]:
        own = {part.deal.id for part in bucket.parts}
        for part in self.used.coming(bucket, around(self.made, person)):
            deal = part.deal
            by, p = self.used.counts(deal, bucket.period)
            brings = weighted(deal.value, Decimal(str(p))) if by else None
            yield _Said(deal, by, p, brings, deal.id in own)


class _Said(NamedTuple):
    """What is said of an open deal, and ``by`` whom: how probable it is in the period, what it
    ``brings`` to it, and whether it is dated in it."""

    deal: Deal
    by: Estimator | None
    probability: float
    brings: Money | None
    is_dated: bool
