"""The forecast's tables: one row of figures for every period, and for every person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from itertools import dropwhile
from typing import NamedTuple

from site_builder.forecast import outlook as book
from site_builder.forecast.outlook import Bucket, Outlook, Sums
from site_builder.insights import totals
from site_builder.insights.totals import Totals
from site_builder.journal.journal import Journal
from site_builder.journal.money import Money
from site_builder.journal.periods import Period, month_of, quarter_of, year_of
from site_builder.journal.schema import Schema
from site_builder.journal.team import Person
from site_builder.markup import formats
from site_builder.pages import coverage
from site_builder.problems import counting

UNDATED_NAMES = {
    book.LATER: "Later",
    book.OVERDUE: "Close date passed",
    book.UNDATED: "No close date",
}

NO_VALUE = "no value"
"""What stands for the sum of deals of which none has a value."""


class Shares(NamedTuple):
    """How many of its deals each sum of a row covers, where it lacks some: ``11 of 12``."""

    open: str
    by_stage: str
    by_own: str
    won: str


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A row of figures. ``own`` says how many of its deals have an own estimate; ``href``
    leads to its deals and is empty where there are none."""

    label: str
    hint: str
    href: str
    current: bool
    deals: str
    open: str
    by_stage: str
    by_own: str
    own: str
    won: str
    target: str
    reached: str
    of: Shares

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in its period."""
        return not (self.deals or self.won or self.target)


@dataclass(frozen=True, slots=True)
class PeriodTable:
    """Rows that add up to their total, and other periods with a target ``beside`` them.
    ``targets`` says whether any row has a target."""

    anchor: str
    name: str
    rows: tuple[PeriodRow, ...]
    total: PeriodRow
    beside: tuple[PeriodRow, ...]
    targets: bool


@dataclass(frozen=True, slots=True)
class OtherTarget:
    """A target of a period before or after those shown, and whose it is."""

    period: str
    whose: str
    target: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What all parts of the page are made from: the outlook, by month, quarter and year,
    and everything in it that sums count."""

    schema: Schema
    today: dt.date
    look: Outlook
    quarters: tuple[Bucket, ...]
    years: tuple[Bucket, ...]
    everything: Bucket
    _sums: dict[int, tuple[Bucket, Sums]] = field(init=False, default_factory=dict)

    def sums(self, bucket: Bucket) -> Sums:
        """What a bucket sums up to: added up once, for it is told in several places."""
        if id(bucket) not in self._sums:
            self._sums[id(bucket)] = (bucket, book.sums(bucket, self.schema, self.today))
        return self._sums[id(bucket)][1]

    def total(self, monies: Iterable[Money | None]) -> Totals:
        """Sum amounts, what has a rate at today's; what is won is converted already."""
        return totals.total(monies, self.schema, self.today)

    def text(self, sums: Totals, none: str = "") -> str:
        """A sum to the unit of its currency; ``none`` where no deal in it has an amount."""
        return coverage.amounts(sums, self.schema) if sums.lines else none

    def short(self, sums: Totals) -> str:
        """A sum to three digits, for sentences."""
        return coverage.amounts(sums, self.schema, formats.compact)

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


def frame(journal: Journal, today: dt.date) -> Frame:
    """Lay out a journal as of ``today``."""
    look = book.outlook(journal, today)
    starts, schema = journal.schema.fiscal_year_starts, journal.schema
    now = year_of(today, starts).first
    quarters = _regrouped(look.months, partial(quarter_of, starts=starts))
    return Frame(
        schema,
        today,
        look,
        _from_first_filled(quarters, schema, now),
        _regrouped(look.months, partial(year_of, starts=starts)),
        book.gather("Total", None, look.buckets),
    )


def _from_first_filled(
    buckets: tuple[Bucket, ...], schema: Schema, latest: dt.date
) -> tuple[Bucket, ...]:
    """The periods without those before the first that has deals or a target; from ``latest`` on
    all are worth a row, and none between two rows is left out."""
    targeted = {target.period for target in schema.targets}

    def is_idle(bucket: Bucket) -> bool:
        is_past = bucket.period is not None and bucket.period.first < latest
        return is_past and not (bucket.parts or bucket.won or bucket.label in targeted)

    return tuple(dropwhile(is_idle, buckets))


def _regrouped(
    months: tuple[Bucket, ...], period_of: Callable[[dt.date], Period]
) -> tuple[Bucket, ...]:
    periods = dict.fromkeys(period_of(month.period.first) for month in months if month.period)
    return tuple(book.gather(period.label, period, months) for period in periods)


def tables(frame: Frame) -> tuple[PeriodTable, ...]:
    """The team's figures by quarter, year and month; each adds up to the same total."""
    months = _from_first_filled(frame.look.months, frame.schema, month_of(frame.today).first)
    return (
        _table("quarters", "By quarter", frame.quarters, frame),
        _table("years", "By year", frame.years, frame),
        _table("months", "By month", months, frame),
    )


def people(frame: Frame) -> tuple[PeriodTable, ...]:
    """The figures of everyone who has deals in the outlook or a target, by name."""
    return tuple(_of_person(person, frame) for person in persons(frame))


def persons(frame: Frame) -> tuple[Person, ...]:
    """Everyone of the team with deals in the outlook or a target, by name."""
    whole = frame.everything
    ids = {part.deal.owner.id for part in whole.parts} | {one.ended.owner.id for one in whole.won}
    ids |= {target.person.id for target in frame.schema.targets if target.person}
    team = (person for person in frame.schema.team.values() if person.id in ids)
    return tuple(sorted(team, key=lambda person: (person.name, person.id)))


def owned(bucket: Bucket, person: Person) -> Bucket:
    """The part of a bucket that one person owns, or owned when it was won."""
    return Bucket(
        bucket.label,
        bucket.period,
        tuple(part for part in bucket.parts if part.deal.owner.id == person.id),
        tuple(one for one in bucket.won if one.ended.owner.id == person.id),
    )


def name(bucket: Bucket) -> tuple[str, str]:
    """What a bucket is called, and what months that is where its name doesn't say."""
    period = bucket.period
    if period is None:
        return UNDATED_NAMES.get(bucket.label, bucket.label), ""
    if period.first.month == period.last.month:
        return formats.month(period.first), ""
    return period.label, _months(period)


def _months(period: Period) -> str:
    """``Jan – Mar`` where the label says the year; nothing for a whole one."""
    first, last = formats.month(period.first), formats.month(period.last)
    year = str(period.first.year)
    if period.label == year == str(period.last.year):
        return ""
    if period.label.startswith(year) and period.first.year == period.last.year:
        return f"{first.split()[0]} – {last.split()[0]}"
    return f"{first} – {last}"


def row(bucket: Bucket, frame: Frame, href: str = "", person: Person | None = None) -> PeriodRow:
    """The figures of a bucket; empty texts where it has no deals."""
    sums = frame.sums(bucket)
    label, hint = name(bucket)
    target = frame.target(bucket.label, person) if bucket.period else None
    return PeriodRow(
        label,
        hint,
        href if sums.deals or sums.won_deals else "",
        bucket.period is not None and frame.today in bucket.period,
        counting.grouped(sums.deals) if sums.deals else "",
        frame.text(sums.open, NO_VALUE) if sums.deals else "",
        frame.text(sums.by_stage),
        frame.text(sums.by_own),
        f"{counting.grouped(sums.own)} of {counting.grouped(sums.deals)}" if sums.deals else "",
        frame.text(sums.won, NO_VALUE) if sums.won_deals else "",
        formats.rounded(target) if target else "",
        _reached(sums.won, target, bucket, frame),
        Shares(*map(coverage.share, (sums.open, sums.by_stage, sums.by_own, sums.won))),
    )


def _reached(won: Totals, target: Money | None, bucket: Bucket, frame: Frame) -> str:
    if bucket.period is None:
        return ""
    share = share_of(target, won, frame.schema, bucket.period.counted_on(frame.today))
    return "" if share is None else formats.percent(share)


def share_of(target: Money | None, won: Totals, schema: Schema, day: dt.date) -> Decimal | None:
    """The fraction of a target that is won, both in the journal's currency where there is a
    rate (that of the day), in the target's own elsewhere. None without a target above zero."""
    goal = totals.convert(target, schema, day) if target else None
    if goal is None or goal.amount <= 0:
        return None
    return won.in_currency(goal.currency) / goal.amount


def _table(anchor: str, title: str, periods: tuple[Bucket, ...], frame: Frame) -> PeriodTable:
    undated = (bucket for bucket in frame.look.undated if bucket.parts)
    rows = tuple(row(b, frame, f"#in-{b.label}") for b in (*periods, *undated))
    total = row(frame.everything, frame, "#deals")
    return PeriodTable(anchor, title, rows, total, (), _targeted(rows))


def _of_person(person: Person, frame: Frame) -> PeriodTable:
    """A person's quarters, what has no quarter, and other periods with a target."""
    total = row(owned(frame.everything, person), frame, f"#of-{person.id}")
    rows = _rows_of(person, (*frame.quarters, *frame.look.undated), frame)
    others = (*frame.look.months, *frame.years)
    beside = _rows_of(person, (b for b in others if frame.target(b.label, person)), frame)
    targets = _targeted((*rows, *beside))
    return PeriodTable(f"by-{person.id}", person.name, rows, total, beside, targets)


def _rows_of(person: Person, buckets: Iterable[Bucket], frame: Frame) -> tuple[PeriodRow, ...]:
    mine = (owned(bucket, person) for bucket in buckets)
    return tuple(
        row(bucket, frame, f"#of-{person.id}", person)
        for bucket in mine
        if bucket.parts or bucket.won or frame.target(bucket.label, person)
    )


def other_targets(frame: Frame) -> tuple[OtherTarget, ...]:
    """The targets of periods that are not among those shown, by period."""
    shown = {bucket.label for bucket in (*frame.look.months, *frame.quarters, *frame.years)}
    found = [target for target in frame.schema.targets if target.period not in shown]
    found.sort(key=lambda t: (t.period, t.person.name if t.person else ""))
    return tuple(
        OtherTarget(
            _period_text(target.period),
            target.person.name if target.person else "the team",
            formats.rounded(target.money),
        )
        for target in found
    )


def _period_text(label: str) -> str:
    year, _, month = label.partition("-")
    return formats.month(dt.date(int(year), int(month), 1)) if month.isdecimal() else label


def _targeted(rows: Iterable[PeriodRow]) -> bool:
    return any(found.target for found in rows)
