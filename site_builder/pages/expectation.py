"""What open deals are expected to bring by the end of a quarter by the estimates of their owners,
or else of their stages, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from site_builder.forecast.outlook import LATER, OVERDUE, UNDATED, Outlook, Part
from site_builder.insights import totals
from site_builder.insights.totals import Totals
from site_builder.journal.money import Money
from site_builder.journal.periods import Period
from site_builder.journal.schema import Schema
from site_builder.markup import formats
from site_builder.pages import coverage

Total = Callable[[Iterable[Money | None]], Totals]
_WITHOUT_DATE = {UNDATED: "without a close date", OVERDUE: "past its close date"}
_NOT_DATED = {
    (UNDATED,): "none of it dated",
    (OVERDUE,): "all of it past its close date",
    (OVERDUE, UNDATED): "none of it with a close date to come",
}


class Expected(NamedTuple):
    """A part of the sentence, and the label of the deals that it speaks of."""

    text: str
    label: str


def expected(
    look: Outlook, quarter: Period, end: str, schema: Schema, total: Total
) -> tuple[Expected, ...]:
    """What is expected by the ``end`` of the quarter, and what more has no day to come."""
    write = partial(coverage.amounts, schema=schema, write=formats.compact)
    loose = _without_date(look, total)
    undated = [part for one in look.undated if one.label in loose for part in one.parts]
    if loose and not any(_dated(look, None)):
        whole, labels = totals.add(list(loose.values()), schema), tuple(sorted(loose))
        lack = coverage.explained(whole, coverage.WEIGHT)
        words = f"{write(whole)} expected {_by_owners(undated)}{lack}, {_NOT_DATED[labels]}"
        return (Expected(words, labels[-1]),)
    coming = total([part.by_own for part in _dated(look, quarter)])
    lack = coverage.explained(coming, coverage.WEIGHT)
    by = _by_owners([*_dated(look, quarter), *undated])
    words = f"{by} {write(coming)} expected by the end of {end}{lack}".lstrip()
    first = Expected(words, quarter.label)
    more = [
        Expected(f"{write(sums)} more {_WITHOUT_DATE[label]}", label)
        for label, sums in loose.items()
    ]
    return (first, *more)


def _by_owners(parts: Iterable[Part]) -> str:
    return coverage.by_owners([part.deal for part in parts])


def _without_date(look: Outlook, total: Total) -> dict[str, Totals]:
    """What is expected of the deals without a day to come, where that is anything."""
    found = {b.label: total([part.by_own for part in b.parts]) for b in look.undated}
    return {
        label: found[label]
        for label in _WITHOUT_DATE
        if any(line.amount for line in found[label].lines)
    }


def _dated(look: Outlook, quarter: Period | None) -> Iterator[Part]:
    """The deals expected to close in a quarter, or on any day to come."""
    for bucket in look.buckets:
        inside = bucket.period and (quarter is None or bucket.period.first in quarter)
        if inside or (quarter is None and bucket.label == LATER):
            yield from bucket.parts
