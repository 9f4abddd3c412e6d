"""The forecast's tables: a row of figures for every period, and for every person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, NamedTuple

from site_builder.forecast.estimators import HORIZON
from site_builder.forecast.expecting import Expecting
from site_builder.forecast.frame import Frame, is_filled, within
from site_builder.forecast.outlook import Bucket
from site_builder.insights import totals
from site_builder.insights.totals import EMPTY, Totals
from site_builder.journal.money import Money
from site_builder.journal.schema import Schema
from site_builder.journal.team import Person
from site_builder.markup import formats
from site_builder.pages import coverage
from site_builder.pages.forecast_lists import ALL, DealList, Lists, Side, person_list
from site_builder.pages.forecast_words import name, text
from site_builder.pages.scopes import scope
from site_builder.problems import counting


class Figure(NamedTuple):
    """A figure, where its deals are, and how many of them it covers where it lacks some:
    ``11 of 12``. Empty texts where there is none. ``is_long`` where it is in several currencies.
    ``until`` says by when it is counted, where that is not the end of its period."""

    text: str = ""
    path: str = ""
    of: str = ""
    is_long: bool = False
    until: str = ""


NO_FIGURE = Figure()
IN_TIME = f"in {HORIZON} days"
"""By when what has no period is counted by what is learned."""


class Reached(NamedTuple):
    """What part of a target is won and expected, and what part is won, where that is less."""

    share: str = ""
    won: str = ""


Kind = Literal["quarter", "month", "year", "loose", "sum"]


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A row of figures; ``path`` leads to its deals, if there are any. ``coming`` is what is won
    and what is expected by the estimators that count, together: of a period, or of all by own
    estimates. ``is_current`` marks the quarter and the month of today."""

    label: str
    of: str
    hint: str
    kind: Kind
    path: str
    is_current: bool
    deals: Figure
    open: Figure
    by_stage: Figure
    own: Figure
    learned: Figure
    won: Figure
    coming: Figure
    target: str
    reached: Reached

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in its period, and nothing is expected to come to it."""
        told = (self.deals, self.won, self.learned, self.coming)
        return not (self.target or any(figure.text for figure in told))

    @property
    def is_mixed(self) -> bool:
        """Whether what is won and expected comes to what none of the other figures tells."""
        others = (self.own, self.learned, self.won)
        return all(self.coming.text != one.text for one in others)


@dataclass(frozen=True, slots=True)
class PeriodTable:
    """Rows in the order of time; those of quarters and of what has none add up to the total.
    ``targets`` says whether any row has a target, ``learned`` whether anything is learned,
    ``months`` whether there are rows of months, and ``does`` what scripts work out by, what is won
    and expected."""

    name: str
    rows: tuple[PeriodRow, ...]
    targets: bool
    learned: bool
    months: bool
    does: str


@dataclass(frozen=True, slots=True)
class OtherTarget:
    """A target of a period before or after those shown, and whose it is."""

    period: str
    whose: str
    target: str


class Place(NamedTuple):
    """Where the deals of a row are: a list, and the group of it; all of it without one."""

    found: DealList | None
    group: str = ""

    def of(self, side: Side) -> str:
        return self.found.place(side, self.group) if self.found else ""

    def page(self, bucket: Bucket) -> str:
        """Where its deals begin, on a page that may have others too."""
        if self.found is None or not is_filled(bucket):
            return ""
        return self.of_both(bucket) or self.found.path()

    def of_both(self, bucket: Bucket) -> str:
        """Where what is open and what is won stand; nothing where no place has just those."""
        if self.found is None:
            return ""
        if not self.group:
            return self.found.place()
        if bucket.parts and bucket.won:
            return ""
        return self.of("open" if bucket.parts else "won")


def table(frame: Frame, lists: Lists, expects: Expecting) -> PeriodTable:
    """The team's figures: each year's quarters with their months and the year below them, then
    what has no quarter, and the total."""
    return _table("by quarter", tuple(_rows(frame, lists, expects)), expects)


def _table(name: str, rows: tuple[PeriodRow, ...], expects: Expecting) -> PeriodTable:
    return PeriodTable(
        name,
        rows,
        any(found.target for found in rows),
        any(found.learned.text for found in rows),
        any(found.kind == "month" for found in rows),
        does(expects),
    )


def does(expects: Expecting) -> str:
    """What scripts work out by, what is won and expected of some deals: nothing where that is not
    by own estimates."""
    return "coming" if expects.is_by_own else "nothing"


def _rows(frame: Frame, lists: Lists, expects: Expecting) -> Iterator[PeriodRow]:
    for kind, bucket, id in _periods(frame):
        place = Place(lists.get(id), "" if id == bucket.label else bucket.label)
        yield row(bucket, kind, place, frame, expects)
    yield total(frame.everything, Place(lists.get(ALL)), frame, expects)


def _periods(frame: Frame) -> Iterator[tuple[Kind, Bucket, str]]:
    """What has a row, what that is, and the id of the list that its deals are in."""
    for year in frame.years:
        for quarter in within(year, frame.quarters):
            yield "quarter", quarter, quarter.label
            for month in within(quarter, frame.months):
                yield "month", month, quarter.label
        yield "year", year, year.label
    for bucket in frame.loose:
        yield "loose", bucket, bucket.label


def total(
    bucket: Bucket, place: Place, frame: Frame, expects: Expecting, person: Person | None = None
) -> PeriodRow:
    """The row below all others."""
    return row(bucket, "sum", place, frame, expects, person, label="Total")


def table_of(person: Person, frame: Frame, lists: Lists, expects: Expecting) -> PeriodTable:
    """A person's quarters and what has no quarter, with the years and months that they have a
    target for, and the total."""
    rows = tuple(_rows_of(person, frame, lists[person_list(person)], expects))
    return replace(_table(f"of {person.name}", rows, expects), months=False)


def _rows_of(
    person: Person, frame: Frame, own: DealList, expects: Expecting
) -> Iterator[PeriodRow]:
    for kind, bucket, _ in _periods(frame):
        mine, is_group = frame.owned(bucket, person), kind in ("quarter", "loose")
        if frame.target(bucket.label, person) or (is_group and is_filled(mine)):
            place = Place(own if is_group else None, bucket.label)
            yield row(mine, kind, place, frame, expects, person)
    yield total(own.bucket, Place(own), frame, expects, person)


def row(
    bucket: Bucket,
    kind: Kind,
    place: Place,
    frame: Frame,
    expects: Expecting,
    person: Person | None = None,
    *,
    label: str = "",
) -> PeriodRow:
    """The figures of a bucket; empty ones where it has no deals."""
    sums, learned = frame.sums(bucket), expects.learned(bucket, person)
    is_told = bucket.period is not None or expects.is_by_own
    coming = expects.coming(bucket, person).whole if is_told else EMPTY
    in_wins = _in_wins(bucket, frame, expects, person) if is_told else ""
    target = frame.target(bucket.label, person) if bucket.period else None
    named, hint = name(bucket)
    opened, won = place.of("open"), place.of("won")
    deals = Figure(counting.grouped(sums.deals), opened) if sums.deals else NO_FIGURE
    return PeriodRow(
        label or named,
        scope(
            within=bucket.label if kind != "sum" else "",
            owner=person.id if person and kind != "sum" else "",
        ),
        hint if frame.schema.fiscal_year_starts > 1 else "",
        kind,
        place.page(bucket),
        kind != "year" and frame.is_current(bucket),
        deals,
        figure(sums.open, opened, frame, coverage.number(sums.open)),
        figure(sums.by_stage, opened, frame),
        figure(sums.by_own, opened, frame),
        learned_figure(learned or EMPTY, bucket, opened, frame),
        figure(sums.won, won, frame, coverage.number(sums.won)),
        figure(coming, place.of_both(bucket), frame, in_wins),
        formats.rounded(target) if target else "",
        reached(bucket, target, frame, expects, person),
    )


def _in_wins(bucket: Bucket, frame: Frame, expects: Expecting, person: Person | None) -> str:
    """How many deals are won and expected to be won, for where none has a value."""
    won, more = frame.sums(bucket).won, expects.coming(bucket, person).wins
    if counting.decimal(more) == "0.0":
        return coverage.number(won)
    return f"{counting.decimal(frame.sums(bucket).won_deals + more)} wins"


def learned_figure(sums: Totals, bucket: Bucket, path: str, frame: Frame) -> Figure:
    """What is learned of deals, by when: by the end of their period, or in so many days."""
    found = figure(sums, path, frame)
    return found._replace(until=IN_TIME) if found.text and bucket.period is None else found


def figure(sums: Totals, path: str, frame: Frame, none: str = "") -> Figure:
    """A sum, ``none`` where no deal in it has an amount, and where its deals are. Where it needs
    several lines, each begins with the amount that is added."""
    said = text(sums, frame, none).replace(" + ", " +\N{NO-BREAK SPACE}")
    return Figure(said, path, coverage.share(sums), len(sums.lines) > 1) if said else NO_FIGURE


def reached(
    bucket: Bucket,
    target: Money | None,
    frame: Frame,
    expects: Expecting,
    person: Person | None = None,
) -> Reached:
    """What a period has won and expects of its target."""
    if bucket.period is None:
        return Reached()
    day = bucket.period.counted_on(frame.today)
    whole = share_of(target, expects.coming(bucket, person).whole, frame.schema, day)
    won = share_of(target, frame.sums(bucket).won, frame.schema, day)
    if whole is None or won is None:
        return Reached()
    return Reached(formats.percent(whole), formats.percent(won) if won and won != whole else "")


def share_of(target: Money | None, sums: Totals, schema: Schema, day: dt.date) -> Decimal | None:
    """The fraction that a sum is of a target, both in the journal's currency where there is a
    rate (that of the day), in the target's own elsewhere. None without a target above zero."""
    goal = totals.convert(target, schema, day) if target else None
    if goal is None or goal.amount <= 0:
        return None
    return sums.in_currency(goal.currency) / goal.amount


def other_targets(frame: Frame) -> tuple[OtherTarget, ...]:
    """The targets of periods that are not among those shown, by period."""
    shown = {bucket.label for bucket in (*frame.months, *frame.quarters, *frame.years)}
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
