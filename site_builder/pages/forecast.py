"""The forecast page: what is open, expected, won and targeted, by month, quarter and year.

Three figures stand side by side, for none of them is the truth: the value of the open deals,
that value weighted by their stages' probabilities, and weighted by their owners' own
estimates (the stage's where the owner gave none). Every figure leads to its deals.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from markupsafe import Markup

from site_builder.forecast.outlook import Bucket, Part
from site_builder.insights import totals
from site_builder.insights.won_deals import Won
from site_builder.journal.money import Money
from site_builder.markup import charts, formats
from site_builder.pages import coverage, expectation
from site_builder.pages import forecast_deals as lists
from site_builder.pages import forecast_rows as rows
from site_builder.pages.context import Context
from site_builder.pages.forecast_deals import Section
from site_builder.pages.forecast_rows import Frame, OtherTarget, PeriodTable
from site_builder.pages.links import Link
from site_builder.pages.page import Nav, PageKind, once
from site_builder.problems import counting

_CATEGORIES = (
    ("commit", "Commit"),
    ("best-case", "Best case"),
    ("pipeline", "Pipeline"),
    (None, "No category"),
)
_KEY = (
    ("won", "won"),
    ("expected", "expected: open, weighted by own estimates, the stage’s where there is none"),
    ("open", "the rest of what is open"),
    ("target", "target"),
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
class Apart:
    """Deals that a sum leaves out or cannot weigh: how many, why, and where they are."""

    text: str
    why: str
    href: str


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
        _key(frame),
        _chart(frame),
        _undrawn(frame),
        tables,
        people,
        tuple(name for _, name in _CATEGORIES),
        categories,
        tuple(_apart(aside, frame) for aside in _asides(frame)),
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
        yield Link(text, _deals_of(quarter) if is_now else f"#in-{label}", ", ")


def _deals_of(bucket: Bucket) -> str:
    """Where the deals of a bucket are listed; the table where it has none."""
    return f"#in-{bucket.label}" if bucket.parts or bucket.won else "#quarters"


def _left_out(frame: Frame) -> Link:
    """Open deals that their owners have omitted, so that what is open here and on other
    pages can be told apart."""
    omitted = frame.look.omitted
    worth = frame.total([part.worth for part in omitted])
    count = counting.count(len(omitted), "more open deal")
    value = f", {frame.short(worth)}{coverage.beside(worth)}," if worth.lines else ""
    verb = "is" if len(omitted) == 1 else "are"
    return Link(f"{count}{value} {verb} omitted", "#in-omitted") if omitted else Link("")


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
    return Link(quarter.label, _deals_of(quarter), f": {said}.")


def _chart(frame: Frame) -> Markup:
    """Won, expected and the rest of what is open, by quarter, in the journal's currency."""
    bars = [_bar(bucket, frame) for bucket in frame.quarters]
    name = f"Won, expected, open and targeted by quarter, in {frame.schema.currency}"
    return charts.stacked_bars(name, bars, lambda amount: formats.compact(_home(amount, frame)))


def _key(frame: Frame) -> Markup:
    """What the chart's marks mean; of targets only where there are any."""
    targets = any(frame.target(bucket.label) for bucket in frame.quarters)
    return charts.key([entry for entry in _KEY if targets or entry[0] != "target"])


def _bar(bucket: Bucket, frame: Frame) -> charts.Bar:
    sums = frame.sums(bucket)
    won, expected, opened = (
        totals_.in_currency(frame.schema.currency) for totals_ in (sums.won, sums.by_own, sums.open)
    )
    target = frame.target(bucket.label)
    day = bucket.period.counted_on(frame.today) if bucket.period else frame.today
    goal = totals.convert(target, frame.schema, day) if target else None
    drawn = goal is not None and goal.currency == frame.schema.currency
    href = _deals_of(bucket)
    kinds = (("won", won, "won"), ("expected", expected, "expected"))
    marks = [(kind, amount, f"{word} in {bucket.label}") for kind, amount, word in kinds]
    marks.append(("open", opened - expected, f"more open in {bucket.label}, not expected"))
    return charts.Bar(
        bucket.label,
        _figure(bucket, won, expected, frame),
        href,
        tuple(
            charts.Mark(amount, kind, f"{formats.rounded(_home(amount, frame))} {words}", href)
            for kind, amount, words in marks
        ),
        goal.amount if goal and drawn else None,
        f"Target of {bucket.label}: {formats.rounded(goal)}" if goal and drawn else "",
    )


def _figure(bucket: Bucket, won: Decimal, expected: Decimal, frame: Frame) -> str:
    """What is won and expected in a quarter; where that is nothing, how many deals it has."""
    amounts = ((won, "won"), (expected, "expected"))
    parts = [f"{formats.compact(_home(a, frame))} {word}" for a, word in amounts if a]
    counts = ((len(bucket.won), "won"), (len(bucket.parts), "open"))
    parts = parts or [f"{counting.count(n, 'deal')} {word}" for n, word in counts if n]
    is_over = bucket.period is not None and bucket.period.last < frame.today
    return ", ".join(parts) or ("nothing" if is_over else "nothing yet")


def _home(amount: Decimal, frame: Frame) -> Money:
    return Money(amount, frame.schema.currency)


def _undrawn(frame: Frame) -> str:
    """What no bar can show: currencies without a rate, and deals without a value."""
    whole = frame.sums(frame.everything)
    codes = {m.currency for m in (*whole.open.lines, *whole.won.lines)} - {frame.schema.currency}
    missing = whole.open.missing + whole.won.missing
    said = [f"for want of a rate: amounts in {', '.join(sorted(codes))}"] * bool(codes)
    said += [f"for want of a value: {counting.count(missing, 'deal')}"] * bool(missing)
    return f"Not drawn, {'; '.join(said)}." if said else ""


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


@dataclass(frozen=True, slots=True)
class _Aside:
    """Deals that the sums leave out, or count with nothing."""

    anchor: str
    what: str
    why: str
    parts: tuple[Part, ...] = ()
    won: tuple[Won, ...] = ()

    @property
    def worths(self) -> list[Money | None]:
        return [part.worth for part in self.parts] + [one.worth for one in self.won]

    @property
    def bucket(self) -> Bucket:
        return Bucket(self.what[0].upper() + self.what[1:], None, self.parts, self.won)


def _asides(frame: Frame) -> tuple[_Aside, ...]:
    look, parts = frame.look, frame.everything.parts
    unweighted = tuple(part for part in parts if part.deal.stage.probability is None)
    stages = ", ".join(dict.fromkeys(part.deal.stage.name for part in unweighted))
    valueless = tuple(part for part in parts if part.deal.value is None)
    every = (
        _Aside("in-omitted", "of the category omitted", "in no sum", look.omitted),
        _Aside("in-parked", "parked", "asleep, in no sum", look.parked),
        _Aside(
            "in-unweighted",
            "in a stage without a probability",
            f"{stages}: expected to bring nothing but by the owner’s own estimate",
            unweighted,
        ),
        _Aside("in-valueless", "open without a value", "counted, and worth nothing", valueless),
        _Aside("in-won-undated", "won nobody knows when", "in no sum", (), look.won_undated),
        _Aside(
            "in-won-before",
            f"won before {formats.month(look.first)}",
            "in no sum, for their years are not shown",
            (),
            look.won_before,
        ),
    )
    return tuple(aside for aside in every if aside.parts or aside.won)


def _apart(aside: _Aside, frame: Frame) -> Apart:
    sums = frame.total(aside.worths)
    value = frame.text(sums) + coverage.beside(sums)
    count = counting.count(len(aside.worths), "deal")
    text = f"{count} {aside.what}, {value}" if value else f"{count} {aside.what}"
    return Apart(text, aside.why, f"#{aside.anchor}")


def _sections(frame: Frame) -> Iterator[Section]:
    """The deals of all figures: by year, quarter and month, what has no month, what is
    set apart, and by person."""
    yield from (_of_year(year, frame) for year in frame.years if year.parts or year.won)
    for bucket in frame.look.undated:
        if bucket.parts:
            yield _section(f"in-{bucket.label}", 3, bucket, frame)
    for aside in _asides(frame):
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
    nav=Nav("Forecast", "forecast.html"),
)
