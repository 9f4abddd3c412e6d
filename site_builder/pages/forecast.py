"""The forecast page: what is open, expected, won and targeted, by month, quarter and year.

Three figures stand side by side, for none of them is the truth: the value of the open deals,
that value weighted by their stages' probabilities, and weighted by their owners' own
estimates (the stage's where the owner gave none). Every figure leads to its deals.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from markupsafe import Markup

from site_builder.forecast.outlook import Bucket
from site_builder.insights import totals
from site_builder.markup import formats
from site_builder.pages import coverage, expectation, forecast_chart
from site_builder.pages import forecast_deals as lists
from site_builder.pages import forecast_rows as rows
from site_builder.pages.context import Context
from site_builder.pages.forecast_apart import Apart, apart, asides
from site_builder.pages.forecast_deals import Section
from site_builder.pages.forecast_rows import Frame, OtherTarget, PeriodTable
from site_builder.pages.links import NO_LINK, Link
from site_builder.pages.page import Nav, NavGroup, PageKind, once
from site_builder.problems import counting

_CATEGORIES = (
    ("commit", "Commit"),
    ("best-case", "Best case"),
    ("pipeline", "Pipeline"),
    (None, "No category"),
)
_MOST_OF_PERSON = 25


class CategoryCell(NamedTuple):
    """What is open in a category: the value, and of how many deals; empty texts for none."""

    value: str
    deals: str
    category: str


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """What is open in a period, by category."""

    label: str
    href: str
    cells: tuple[CategoryCell, ...]


@dataclass(frozen=True, slots=True)
class Forecast:
    """What the forecast page shows. ``left_out`` says what is open, but of the category
    omitted and so in no sum; ``undrawn`` what the chart cannot show."""

    answer: tuple[Link, ...]
    left_out: Link
    under: Link
    contents: tuple[Link, ...]
    key: Markup
    chart: Markup
    undrawn: str
    tables: tuple[PeriodTable, ...]
    people: tuple[PeriodTable, ...]
    categories: tuple[str, ...]
    by_category: tuple[CategoryRow, ...]
    apart: tuple[Apart, ...]
    other_targets: tuple[OtherTarget, ...]
    sections: tuple[Section, ...]


def forecast(context: Context) -> Forecast:
    """The forecast of the journal."""
    frame = rows.frame(context.journal, context.today)
    tables, people, others = rows.tables(frame), rows.people(frame), rows.other_targets(frame)
    categories = _by_category(frame)
    return Forecast(
        _answer(frame),
        _left_out(frame),
        _under(frame),
        _contents(tables, bool(categories), bool(people), bool(others)),
        forecast_chart.key(frame),
        forecast_chart.chart(frame),
        forecast_chart.undrawn(frame),
        tables,
        people,
        tuple(name for _, name in _CATEGORIES),
        categories,
        tuple(apart(aside, frame) for aside in asides(frame)),
        others,
        tuple(_sections(frame)),
    )


def _contents(
    tables: tuple[PeriodTable, ...], categories: bool, people: bool, others: bool
) -> tuple[Link, ...]:
    """The sections of the page, in their order."""
    found = [Link(table.name, f"#{table.anchor}") for table in tables]
    found += [Link("By category", "#categories")] * categories
    found += [Link("By person", "#people")] * people
    found += [Link("Other targets", "#other-targets")] * others
    return (*found, Link("The deals", "#deals"))


def _current(frame: Frame) -> Bucket:
    return next(b for b in frame.quarters if b.period and frame.today in b.period)


def _answer(frame: Frame) -> tuple[Link, ...]:
    """What is open in all, and what is expected by the end of the current quarter."""
    whole, look = frame.everything, frame.look
    apart = (look.omitted, look.parked, look.won_undated, look.won_before)
    if not whole.parts and not whole.won and not any(apart):
        return ()
    if not whole.parts:
        return (Link("No open deal counts" if look.omitted else "No deal is open", "#deals"),)
    sums = frame.sums(whole).open
    if not sums.lines:
        count = counting.count(len(whole.parts), "deal")
        return (Link(f"{count} open, none of them with a value", "#deals"),)
    opened = f"{frame.short(sums)} open{coverage.explained(sums)}"
    return (Link(opened, "#deals"), *_expected(frame))


def _expected(frame: Frame) -> Iterator[Link]:
    """What is expected by the end of the current quarter, and what has no day to come."""
    quarter = _current(frame)
    if quarter.period is None:
        return
    end = formats.month(quarter.period.last)
    words = expectation.expected(frame.look, quarter.period, end, frame.schema, frame.total)
    for text, label in words:
        is_now = label == quarter.label
        yield Link(text, lists.deals_of(quarter) if is_now else f"#in-{label}", ", ")


def _left_out(frame: Frame) -> Link:
    """Open deals that their owners have omitted, so that what is open here and on other
    pages can be told apart."""
    omitted = frame.look.omitted
    if not omitted:
        return NO_LINK
    worth = frame.total([part.worth for part in omitted])
    count = counting.count(len(omitted), "more open deal")
    value = coverage.told(worth, frame.schema, write=formats.compact)
    verb = "is" if len(omitted) == 1 else "are"
    return Link(f"{count}{f', {value},' if value else ''} {verb} omitted", "#in-omitted")


def _under(frame: Frame) -> Link:
    """What the current quarter has won and expects, beside its target."""
    quarter = _current(frame)
    sums = frame.sums(quarter)
    coming = totals.add([sums.won, sums.by_own], frame.schema)
    target = frame.target(quarter.label)
    of_target = f" of the {formats.compact(target)} targeted" if target else ""
    won, expected, whole = map(frame.short, (sums.won, sums.by_own, coming))
    lack = coverage.explained(coming, coverage.WEIGHT)
    said = f"{won} won and {expected} expected make {whole}{of_target}{lack}"
    return Link(quarter.label, lists.deals_of(quarter), f": {said}.")


def _by_category(frame: Frame) -> tuple[CategoryRow, ...]:
    """What is open by category, for each quarter and what is in none; empty where no deal
    has a category."""
    if not any(part.deal.category for part in frame.everything.parts):
        return ()
    dated = [bucket for bucket in (*frame.quarters, *frame.look.undated) if bucket.parts]
    found = [_category_row(bucket, f"#in-{bucket.label}", frame) for bucket in dated]
    return (*found, _category_row(frame.everything, "#deals", frame))


def _category_row(bucket: Bucket, href: str, frame: Frame) -> CategoryRow:
    cells = []
    for category, name in _CATEGORIES:
        deals = [part for part in bucket.parts if part.deal.category == category]
        sums = frame.total([part.worth for part in deals])
        text = frame.text(sums, rows.NO_VALUE)
        count = coverage.share(sums) or counting.grouped(len(deals))
        cells.append(CategoryCell(*((text, count) if deals else ("", "")), name))
    return CategoryRow(rows.name(bucket)[0], href, tuple(cells))


def _sections(frame: Frame) -> Iterator[Section]:
    """The deals of all figures: by year, quarter and month, what has no month, what is
    set apart, and by person."""
    yield from (_of_year(year, frame) for year in frame.years if year.parts or year.won)
    for bucket in frame.look.undated:
        if bucket.parts:
            yield _section(f"in-{bucket.label}", 3, bucket, frame)
    for aside in asides(frame):
        yield lists.section(aside.anchor, 3, aside.bucket, frame, hint=aside.why)
    for person in rows.persons(frame):
        mine = replace(rows.owned(frame.everything, person), label=person.name)
        if mine.parts or mine.won:
            yield lists.section(f"of-{person.id}", 3, mine, frame, most=_MOST_OF_PERSON)


def _of_year(year: Bucket, frame: Frame) -> Section:
    """A year's quarters with deals, folded but for the current one, and their months."""
    quarters = (_of_quarter(quarter, frame) for quarter in _within(year, frame.quarters))
    return Section(f"in-{year.label}", 3, *rows.name(year), inside=tuple(quarters))


def _of_quarter(quarter: Bucket, frame: Frame) -> Section:
    now = quarter.period is not None and frame.today in quarter.period
    months = _within(quarter, frame.look.months)
    return Section(
        f"in-{quarter.label}",
        4,
        *rows.name(quarter),
        inside=tuple(_section(f"in-{month.label}", 5, month, frame) for month in months),
        fold="open" if now else "closed",
        count=lists.count(quarter),
    )


def _within(around: Bucket, buckets: Iterable[Bucket]) -> Iterator[Bucket]:
    """The periods with deals that lie in another."""
    for bucket in buckets:
        inside = bucket.period and around.period and bucket.period.first in around.period
        if inside and (bucket.parts or bucket.won):
            yield bucket


def _section(anchor: str, level: int, bucket: Bucket, frame: Frame) -> Section:
    named, hint = rows.name(bucket)
    return lists.section(anchor, level, replace(bucket, label=named), frame, hint=hint)


PAGE = PageKind(
    "forecast",
    view=lambda context, _key: forecast(context),
    keys=once,
    path=lambda _key: "forecast.html",
    nav=Nav(NavGroup.FORECAST, "Forecast", "forecast.html"),
)
