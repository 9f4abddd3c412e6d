"""The forecast page: what is won, expected, open and targeted, by month, quarter and year.

Figures stand side by side, for none of them is the truth: the value of the open deals, and that
value weighted by their stages' probabilities, by their owners' own estimates (the stage's where
the owner gave none), and by what was learned. What is expected is by the one that counts. Every
figure leads to its deals.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from markupsafe import Markup

from site_builder.forecast.expecting import Expecting
from site_builder.forecast.frame import Frame, frame, is_filled
from site_builder.forecast.outlook import OVERDUE, UNDATED
from site_builder.insights.insights import Insights
from site_builder.insights.topics import Topic
from site_builder.journal.periods import day_after
from site_builder.markup import formats
from site_builder.pages import coverage, forecast_chart, windows
from site_builder.pages import forecast_people as beside
from site_builder.pages import forecast_rows as rows
from site_builder.pages.context import Context
from site_builder.pages.first_deal import has_no_deals
from site_builder.pages.forecast_apart import asides, counted
from site_builder.pages.forecast_each import first_page
from site_builder.pages.forecast_landing import expecting
from site_builder.pages.forecast_lists import ALL, CATEGORIES, Lists, lists
from site_builder.pages.forecast_people import CategoryRow, PersonRow
from site_builder.pages.forecast_period import in_words
from site_builder.pages.forecast_rows import OtherTarget, PeriodRow, PeriodTable
from site_builder.pages.forecast_sure import Lands, lands
from site_builder.pages.forecast_words import short
from site_builder.pages.links import FORECAST, NO_LINK, Link
from site_builder.pages.page import Nav, NavGroup, PageKind, once
from site_builder.pages.scopes import scope
from site_builder.pages.sheet import Cell, Row, Section, Sheet, Table, numbers, texts
from site_builder.problems import counting

if TYPE_CHECKING:
    from site_builder.forecast.figures import Forecast as Figures


_LOOSE = {OVERDUE: "past its close date", UNDATED: "without a close date"}


class Apart(NamedTuple):
    """Deals that a sum leaves out or cannot weigh: how many, why, and where they are."""

    id: str
    what: str
    text: str
    why: str
    path: str


@dataclass(frozen=True, slots=True)
class Forecast:
    """What the forecast page shows. ``answer`` is what the current quarter has won and expects;
    ``opened`` what is open in all; ``left_out`` says what is open, but of the category omitted
    and so in no sum; ``lands`` where the quarter will land; ``undrawn`` what the chart cannot show.
    ``each`` leads to what is said of each deal. ``no_deals`` says that the journal has none,
    ``foot`` of how many it is."""

    answer: Link
    opened: tuple[Link, ...]
    left_out: Link
    lands: Lands
    chart: Markup
    undrawn: str
    table: PeriodTable
    apart: tuple[Apart, ...]
    quarter: str
    people: tuple[PersonRow, ...]
    categories: tuple[str, ...]
    category_scopes: tuple[str, ...]
    by_category: tuple[CategoryRow, ...]
    other_targets: tuple[OtherTarget, ...]
    each: str
    no_deals: bool
    foot: str

    @property
    def is_empty(self) -> bool:
        """Whether there is no deal to show."""
        return not self.opened


def forecast(context: Context) -> Forecast:
    """The forecast of the journal."""
    made, found, expects = context.facts(frame), context.once(lists), context.once(expecting)
    where = lands(context)
    return Forecast(
        _answer(made, found, expects),
        (*_next(made, expects), *_opened(made, found)),
        _left_out(made, found),
        where,
        forecast_chart.chart(made, found, expects, where.ranges),
        forecast_chart.undrawn(made),
        rows.table(made, found, expects),
        tuple(
            Apart(one.id, one.what, counted(one, made), one.why, found[one.id].path())
            for one in asides(made)
        ),
        made.current.label,
        beside.people(made, found, expects),
        tuple(name for _, name in CATEGORIES),
        tuple(scope(category=category or "none") for category, _ in CATEGORIES),
        beside.by_category(made, found),
        rows.other_targets(made),
        first_page(context),
        has_no_deals(context),
        windows.deals(context),
    )


def _answer(frame: Frame, lists: Lists, expects: Expecting) -> Link:
    """What the current quarter has won and expects, beside its target."""
    quarter = frame.current
    path = lists[quarter.label].path() if is_filled(quarter) else ""
    return Link(quarter.label, path, f": {in_words(quarter, frame, expects)}.")


def _next(frame: Frame, expects: Expecting) -> Iterator[Link]:
    """On the last day of a quarter, what the next one is expected to bring."""
    period = frame.current.period
    if period is None or period.last != frame.today or not frame.everything.parts:
        return
    for quarter in frame.quarters:
        if quarter.period and quarter.period.first == day_after(frame.today):
            yield Link(f"{quarter.label}: {in_words(quarter, frame, expects)}. ")


def _opened(frame: Frame, lists: Lists) -> tuple[Link, ...]:
    """What is open in all, and how much of it has no day to come; nothing where there is no deal
    to show."""
    whole, look = frame.everything, frame.look
    if not is_filled(whole) and not asides(frame):
        return ()
    if not whole.parts:
        return (Link("No open deal counts" if look.omitted else "No deal is open"),)
    sums, path = frame.sums(whole).open, lists[ALL].place("open")
    if not sums.lines:
        count = counting.count(len(whole.parts), "deal")
        return (Link(f"{count} open, none of them with a value", path),)
    opened = f"{short(sums, frame)} open{coverage.explained(sums)}"
    return (Link(opened, path), *_loose(frame, lists))


def _loose(frame: Frame, lists: Lists) -> Iterator[Link]:
    """How much of it is past its close date, or has none."""
    whole = frame.sums(frame.everything).open
    for bucket in frame.loose:
        sums, said = frame.sums(bucket).open, _LOOSE.get(bucket.label)
        if said and sums.lines:
            part = "all" if sums.counted == whole.counted else short(sums, frame)
            yield Link(f"{part} of it {said}", lists[bucket.label].place("open"), ", ")


def _left_out(frame: Frame, lists: Lists) -> Link:
    """Open deals that their owners have omitted, so that what is open here and on other
    pages can be told apart."""
    omitted = frame.look.omitted
    if not omitted:
        return NO_LINK
    worth = frame.total([part.worth for part in omitted])
    count = counting.count(len(omitted), "more open deal")
    value = coverage.told(worth, frame.schema, write=formats.compact)
    verb = "is" if len(omitted) == 1 else "are"
    words = f"{count}{f', {value},' if value else ''} {verb} omitted"
    return Link(words, lists["omitted"].path())


def _facts(insights: Insights) -> Figures:
    from site_builder.forecast.figures import forecast as figures

    return figures(insights)


def _sheet(context: Context, _key: str) -> Sheet:
    """The same for a terminal: the periods, what each person has, and what no sum counts."""
    made = forecast(context)
    opened = "".join(link.lead + link.text for link in made.opened)
    answer = f"{made.answer.text}{made.answer.lead} {opened}"
    apart = tuple(Row(Cell(one.text), (Cell(one.why),)) for one in made.apart)
    tables = (
        _table("By quarter", made.table.rows),
        _table(f"By person, {made.quarter}", _named(made.people, "quarter")),
        _table("By person, in all", _named(made.people, "whole")),
        Table("Apart", texts("Apart", "Why"), apart),
    )
    found = tuple(
        Section(table.label, table.label, tables=(table,)) for table in tables if table.rows
    )
    left = f"{made.left_out.text}." if made.left_out.text else ""
    return Sheet("Forecast", answer, () if made.is_empty else found, left, foot=made.foot)


def _named(people: Sequence[PersonRow], which: Literal["quarter", "whole"]) -> list[PeriodRow]:
    """The rows of persons, of the quarter or of all, by their names; the last is of the team."""
    found = [(one.name, one.quarter if which == "quarter" else one.whole) for one in people]
    last = len(found) - 1
    return [
        replace(row, label=name, kind="sum" if at == last else "loose")
        for at, (name, row) in enumerate(found)
    ]


def _table(label: str, found: Sequence[PeriodRow]) -> Table:
    columns = numbers(
        "",
        "Deals",
        "Open",
        "By stage",
        "Own",
        "Learned",
        "Won",
        "Won + expected",
        "Target",
        "Of target",
    )
    return Table(label, columns, tuple(_row(one) for one in found if not one.is_empty))


def _row(one: PeriodRow) -> Row:
    figures = (one.deals, one.open, one.by_stage, one.own, one.learned, one.won, one.coming)
    cells = [
        Cell(
            figure.text.replace("\N{NO-BREAK SPACE}", " "),
            aside=", ".join(filter(None, (figure.of, figure.until))),
        )
        for figure in figures
    ]
    ends = (Cell(one.target), Cell(one.reached.share))
    is_sum = one.kind in ("sum", "year")
    depth = int(one.kind == "month")
    return Row(Cell(one.label), (*cells, *ends), depth=depth, is_sum=is_sum)


PAGE = PageKind(
    "forecast",
    view=lambda context, _key: forecast(context),
    keys=once,
    path=lambda _key: FORECAST,
    nav=Nav(
        NavGroup.FORECAST,
        "Forecast",
        FORECAST,
        shows=lambda _, topics: not topics.isdisjoint((Topic.OPEN, Topic.WON)),
    ),
    facts=_facts,
    sheet=_sheet,
)
