"""How each deal stood at the end of some days and stands now, and which way it went between."""

from __future__ import annotations

import datetime as dt
from typing import Literal, NamedTuple

from site_builder.insights import totals
from site_builder.insights.insights import Insights
from site_builder.insights.standing import State, state_of
from site_builder.journal import history
from site_builder.journal.days import months_later
from site_builder.journal.deal import Deal
from site_builder.journal.history import Outcome
from site_builder.journal.money import Money

SpanName = Literal["week", "month", "quarter"]
Start = Literal["new", "woken", "reopened"]
Finish = Literal["parked", "won", "lost"]


class At(NamedTuple):
    """A deal as it stood on a day, what had become of it, and what it counts with."""

    deal: Deal
    state: State
    outcome: Outcome | None
    value: Money | None


Pair = tuple[At | None, At]
"""A deal as it stood at the end of the day that a span counts from, and as it stands; None where it
had not begun."""


class Way(NamedTuple):
    """The way of a deal between two days. ``start`` and ``finish`` are the steps by which it came
    into the pipeline and left it; nothing where it was, or is, in it."""

    before: At | None
    after: At
    start: Start | None
    finish: Finish | None


def days(today: dt.date) -> tuple[tuple[SpanName, dt.date], ...]:
    """The day from whose end each span counts: the same date of an earlier month, or its last."""
    week = dt.date.fromordinal(max(1, today.toordinal() - 7))
    return ("week", week), ("month", months_later(today, -1)), ("quarter", months_later(today, -3))


def pairs_of(deal: Deal, insights: Insights) -> tuple[Pair, ...]:
    """The pair of a deal for each span."""
    now = _at(deal, insights)
    return tuple([(_then(now, day, insights), now) for _, day in days(insights.today)])


def _then(now: At, day: dt.date, insights: Insights) -> At | None:
    """The deal at the end of a day; None where it had not begun."""
    began = history.created_on(now.deal)
    if began and began > day:
        return None
    then = history.deal_on(now.deal, day)
    return now if then is now.deal else _at(then, insights)


def _at(deal: Deal, insights: Insights) -> At:
    ended = history.outcome(deal)
    schema = insights.journal.schema
    value = ended.value if ended else deal.value
    return At(
        deal, state_of(deal, ended), ended, value and totals.convert(value, schema, insights.today)
    )


def way_of(before: At | None, after: At, since: dt.date) -> Way | None:
    """The way of a deal; None of one that was and is in no pipeline."""
    start: Start | None
    if before is None:
        start = "new"
    elif before.state == "open":
        start = None
    elif _is_as_it_was(before, after, since):
        return None
    else:
        start = "woken" if before.state == "parked" else "reopened"
    return Way(before, after, start, None if after.state == "open" else after.state)


def _is_as_it_was(before: At, after: At, since: dt.date) -> bool:
    """Whether what had ended, or slept, has gone on doing so."""
    again = (
        after.outcome is not None and after.outcome.day is not None and after.outcome.day > since
    )
    return before.state == after.state and not again
