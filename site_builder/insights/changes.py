"""What changed since a week, a month and a quarter ago: two states of the journal compared, that at
the end of a day and that of today, by what the notes say now.

What went to and fro in between is told in neither. A waterfall takes the value of the pipeline from
then to now: it has everything that came into it, left it, or became more or less, so that it always
balances, in each currency, at today's rates.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

from site_builder.insights import staleness
from site_builder.insights.insights import Insights
from site_builder.insights.recording import Recording, recording
from site_builder.insights.totals import Totals
from site_builder.insights.ways import At, Pair, SpanName, Way, days, pairs_of, way_of
from site_builder.journal.deal import Deal
from site_builder.journal.money import Money
from site_builder.journal.periods import Period, quarter_of
from site_builder.journal.pipeline import Stage

What = Literal[
    "new", "woken", "reopened", "moved-on", "moved-back", "grown", "shrunk", "sooner", "slipped",
    "gone-silent", "heard-again", "parked", "won", "lost",
]  # fmt: skip
WHATS: tuple[What, ...] = get_args(What)
"""What can have happened to a deal, in the order in which it is told."""

StepName = Literal[
    "new", "woken", "reopened", "grown", "pulled-in", "pushed-out", "shrunk",
    "parked", "won", "lost",
]  # fmt: skip
STEPS: tuple[StepName, ...] = get_args(StepName)
"""The steps of a waterfall, from then to now."""


class Change(NamedTuple):
    """What happened to a deal: its stage, value or close ``before`` and ``after``, where that is
    what it is about."""

    deal: Deal
    before: Stage | Money | dt.date | None = None
    after: Stage | Money | dt.date | None = None


class Step(NamedTuple):
    """A step of a waterfall: by how much it goes up or, below zero, down, and the deals that do
    it."""

    what: StepName
    value: Totals
    deals: tuple[Deal, ...]


class Waterfall(NamedTuple):
    """What the open deals were worth ``then``, and are ``now``: all of them, or those that are
    expected to close by the end of a day, ``until``."""

    until: dt.date | None
    then: Totals
    steps: tuple[Step, ...]
    now: Totals


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since the end of a day: which deals each thing happened to, by their ids, and
    the waterfalls of all open deals and of those that close by the end of the current quarter."""

    span: SpanName
    since: dt.date
    happened: Mapping[What, tuple[Change, ...]]
    open: Waterfall
    closing: Waterfall

    @property
    def is_quiet(self) -> bool:
        """Whether nothing happened."""
        return not any(self.happened.values())


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed in each span, and how it was recorded over the longest; None where there is no
    history of git."""

    quarter: Period
    spans: tuple[Since, ...]
    recorded: Recording | None


def changes(insights: Insights) -> Changes:
    """What changed in a journal."""
    today = insights.today
    quarter = quarter_of(today, insights.journal.schema.fiscal_year_starts)
    of_deals = [insights.each_deal.of(pairs_of)[deal.id] for deal in insights.journal.deals]
    spans = tuple(
        [
            _since(name, day, quarter, [pairs[at] for pairs in of_deals], insights)
            for at, (name, day) in enumerate(days(today))
        ]
    )
    return Changes(quarter, spans, recording(insights, spans[-1].since))


def _since(
    name: SpanName, since: dt.date, quarter: Period, pairs: Sequence[Pair], insights: Insights
) -> Since:
    """What changed since a day, between the ``pairs`` of all deals."""
    ways = [way for before, after in pairs if (way := way_of(before, after, since))]
    found: dict[What, list[Change]] = {what: [] for what in WHATS}
    for before, after in pairs:
        for what, change in _silence(before, after, since, insights):
            found[what].append(change)
    for way in ways:
        for what, change in _happened(way):
            found[what].append(change)
    happened = {
        what: tuple(sorted(some, key=lambda one: one.deal.id)) for what, some in found.items()
    }
    return Since(
        name,
        since,
        happened,
        _waterfall(ways, None, insights),
        _waterfall(ways, quarter.last, insights),
    )


def _happened(way: Way) -> Iterator[tuple[What, Change]]:
    deal = way.after.deal
    if way.start is not None:
        yield way.start, Change(deal)
    if way.finish is not None:
        yield way.finish, Change(deal, after=way.after.value)
    if way.before is not None and way.start is None:
        yield from _value(way.before, way.after)
        if way.finish is None:
            yield from _stage_and_close(way.before.deal, deal)


def _value(before: At, after: At) -> Iterator[tuple[What, Change]]:
    was, now = before.value, after.value
    if was != now:
        change = Change(after.deal, was, now)
        if was is None or now is None or was.currency == now.currency:
            is_more = (now.amount if now else 0) > (was.amount if was else 0)
            yield "grown" if is_more else "shrunk", change
        else:
            yield "shrunk", change
            yield "grown", change


def _stage_and_close(before: Deal, after: Deal) -> Iterator[tuple[What, Change]]:
    stages = after.pipeline.stages
    if before.stage is not after.stage:
        is_on = stages.index(after.stage) > stages.index(before.stage)
        yield "moved-on" if is_on else "moved-back", Change(after, before.stage, after.stage)
    if before.close and after.close and before.close != after.close:
        is_later = after.close > before.close
        yield "slipped" if is_later else "sooner", Change(after, before.close, after.close)


def _silence(
    before: At | None, after: At, since: dt.date, insights: Insights
) -> Iterator[tuple[What, Change]]:
    if after.state != "open":
        return
    journal = insights.journal
    was = before is not None and staleness.is_silent(before.deal, journal, since)
    now = staleness.is_silent(after.deal, journal, insights.today)
    if was != now:
        yield "gone-silent" if now else "heard-again", Change(after.deal)


def _waterfall(ways: list[Way], until: dt.date | None, insights: Insights) -> Waterfall:
    """The waterfall of all open deals or, with ``until``, of those that close by then."""

    def sums(value_of: Callable[[Way], tuple[bool, Money | None]]) -> Totals:
        found = [value_of(way) for way in ways]
        return insights.total([value for is_in, value in found if is_in])

    parts: dict[StepName, list[tuple[Deal, Money | None]]] = {what: [] for what in STEPS}
    for way in ways:
        for what, value in _parts(way, until):
            parts[what].append((way.after.deal, value))
    steps = [
        Step(
            what,
            insights.total([value for _, value in some]),
            tuple([deal for deal, _ in some]),
        )
        for what, some in parts.items()
    ]
    return Waterfall(
        until,
        sums(lambda one: _was_in(one, until)),
        tuple(steps),
        sums(lambda one: _is_in(one, until)),
    )


def _was_in(way: Way, until: dt.date | None) -> tuple[bool, Money | None]:
    before = way.before
    if before is None or way.start is not None:
        return False, None
    return _closes(before.deal, until), before.value


def _is_in(way: Way, until: dt.date | None) -> tuple[bool, Money | None]:
    after = way.after
    return way.finish is None and _closes(after.deal, until), after.value


def _closes(deal: Deal, until: dt.date | None) -> bool:
    return until is None or (deal.close is not None and deal.close <= until)


def _parts(way: Way, until: dt.date | None) -> Iterator[tuple[StepName, Money | None]]:
    """The steps that a deal makes, each with what it adds."""
    was, old = _was_in(way, until)
    new = way.after.value
    # What is won has closed, whatever day was expected.
    closes = way.finish == "won" or _closes(way.after.deal, until)
    if was and way.finish is None and not closes:
        yield "pushed-out", _less(old)
        return
    if was:
        yield from _more_or_less(old, new)
    elif not closes:
        return
    elif way.start is not None:
        yield way.start, new
    elif way.finish in (None, "won"):
        yield "pulled-in", new
    else:
        return
    if way.finish is not None:
        yield way.finish, _less(new)


def _more_or_less(old: Money | None, new: Money | None) -> Iterator[tuple[StepName, Money | None]]:
    if old == new:
        return
    if old and new and old.currency == new.currency:
        step = Money(new.amount - old.amount, new.currency)
        yield ("grown" if step.amount > 0 else "shrunk"), step
        return
    if old:
        yield ("shrunk" if old.amount > 0 else "grown"), _less(old)
    if new:
        yield ("grown" if new.amount > 0 else "shrunk"), new


def _less(value: Money | None) -> Money | None:
    return value and Money(-value.amount, value.currency)
