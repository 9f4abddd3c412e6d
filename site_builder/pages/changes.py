"""The page of changes: what happened since a week, a month and a quarter ago, and what that did to
the pipeline's value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from markupsafe import Markup

from site_builder.insights import changes as facts
from site_builder.insights.changes import (
    Change,
    Changes,
    Since,
    Step,
    StepName,
    What,
)
from site_builder.insights.topics import Topic
from site_builder.insights.totals import Totals
from site_builder.insights.ways import SpanName
from site_builder.journal.money import Money
from site_builder.journal.pipeline import Stage
from site_builder.markup import formats
from site_builder.markup.waterfall import Fall, waterfall
from site_builder.pages import changes_recorded
from site_builder.pages.context import Context
from site_builder.pages.coverage import NO_VALUE, amounts, share
from site_builder.pages.deals import OPEN_DEALS
from site_builder.pages.links import Link, deal_path
from site_builder.pages.page import NavGroup, page_of_facts
from site_builder.pages.sentence import Sentence, joined
from site_builder.pages.sheet import (
    SHOWN,
    Cell,
    Column,
    Group,
    Row,
    Section,
    Sheet,
    Table,
    group_of_links,
    number,
)
from site_builder.problems import counting

_AGO: Mapping[SpanName, str] = {"week": "a week", "month": "a month", "quarter": "a quarter"}
_SAID: Mapping[What | StepName, str] = {
    "new": "New",
    "woken": "Woken",
    "reopened": "Reopened",
    "moved-on": "Moved on",
    "moved-back": "Moved back",
    "grown": "Grown",
    "pulled-in": "Pulled in",
    "pushed-out": "Pushed out",
    "shrunk": "Shrunk",
    "sooner": "Close moved up",
    "slipped": "Slipped",
    "gone-silent": "Gone silent",
    "heard-again": "Heard from again",
    "parked": "Parked",
    "won": "Won",
    "lost": "Lost",
}
_BESIDE: tuple[What, ...] = (
    "moved-on", "moved-back", "slipped", "sooner", "gone-silent", "heard-again",
)  # fmt: skip
_TOLD: tuple[What, ...] = ("new", "won", "lost", "moved-on", "slipped", "gone-silent")
_RULE = (
    "Today is compared with the end of a day before, by what the notes say now: what went to and "
    "fro between is not told. Amounts are at today's rates."
)
_DRAWN = " Drawn are those in {} alone."
_EMPTY = "Nothing changed. What is new, moves, is won or lost, slips or goes silent is told here."


def changes(context: Context, _key: str = "") -> Sheet:
    """The page."""
    found = context.facts(facts.changes)
    sections = [_section(one, found, context) for one in found.spans]
    if found.recorded is not None:
        sections.append(changes_recorded.section(found.recorded, context))
    return Sheet(
        "Changes",
        _answer(found.spans[0], context),
        tuple(sections) if context.journal.deals else (),
        _RULE + _drawn_alone(found, context),
        "No deals yet. Here stands what became of them since a week, a month and a quarter ago.",
    )


def _drawn_alone(found: Changes, context: Context) -> str:
    """What the drawings leave out."""
    currency = context.journal.schema.currency
    apart = any(_currencies(one) - {currency} and _drawn(one, currency) for one in found.spans)
    return _DRAWN.format(currency) if apart else ""


def _scope(found: Changes) -> str:
    until = formats.short_day(found.quarter.last)
    return (
        f"Beside all open deals stand those that close by {until}, the end of the quarter, the "
        "overdue among them. A deal is pulled in where its close came to lie there, or it was won "
        "before that, and pushed out where its close lies there no longer."
    )


def _answer(week: Since, context: Context) -> str:
    if not context.journal.deals:
        return ""
    day = formats.near_day(week.since, context.today)
    if week.is_quiet:
        return f"Nothing changed since {day}"
    counts = joined(", ", _counts(week, _TOLD)) or "little"
    return Sentence(f"Since {day}: ", counts, "; ", _from_to(week, context, formats.compact))


def _counts(one: Since, whats: tuple[What, ...]) -> Iterator[Link]:
    for what in whats:
        if count := len(one.happened[what]):
            yield Link(f"{counting.grouped(count)} {_SAID[what].lower()}", _anchor(one, what))


def _from_to(one: Since, context: Context, write: formats.Write = formats.rounded) -> Sentence:
    fall, there = one.open, f"#{one.span}-value"
    schema = context.journal.schema
    is_valued = bool(fall.then.lines or fall.now.lines)

    def said(sums: Totals) -> str:
        if sums.lines or (is_valued and not sums.of):
            return amounts(sums, schema, write)
        return counting.count(sums.of, "deal")

    then, now = said(fall.then), said(fall.now)
    if then == now:
        return Sentence(Link(f"{now} open then and now", there))
    return Sentence(Link(f"{then} open then", there), ", ", Link(f"{now} now", OPEN_DEALS))


def _section(one: Since, found: Changes, context: Context) -> Section:
    day = formats.short_day(one.since)
    title = f"Since {day}, {_AGO[one.span]} ago"
    if one.is_quiet:
        return Section(one.span, title, _from_to(one, context), empty=_EMPTY)
    return Section(
        one.span,
        title,
        _from_to(one, context),
        _drawing(one, context),
        tuple(_tables(one, found, context)),
        _scope(found) if one is found.spans[-1] else "",
        made_of=tuple(_groups(one, context.today)),
        is_closed=one.span != "week",
    )


def _drawn(one: Since, currency: str) -> list[Step]:
    """The steps of all open deals that do something in a currency."""
    return [step for step in one.open.steps if step.value.in_currency(currency)]


def _drawing(one: Since, context: Context) -> Markup | str:
    """The waterfall of all open deals, of what is in the journal's currency."""
    schema = context.journal.schema

    def fall(
        label: str, sums: Totals, href: str, is_level: bool = False, is_won: bool = False
    ) -> Fall:
        money = Money(sums.in_currency(schema.currency), schema.currency)
        said = formats.rounded(money) if is_level else formats.signed(money, formats.rounded)
        return Fall(label, money.amount, said, f"{label}: {said}", href, is_level, is_won)

    steps = [
        fall(_SAID[step.what], step.value, _anchor(one, step.what), is_won=step.what == "won")
        for step in _drawn(one, schema.currency)
    ]
    if not steps:
        return ""
    there = f"#{one.span}-value"
    then = fall(formats.near_day(one.since, context.today), one.open.then, there, is_level=True)
    now = fall("Today", one.open.now, there, is_level=True)
    name = f"The value of all open deals since {formats.short_day(one.since)}"
    only = f", in {schema.currency} alone" if _currencies(one) - {schema.currency} else ""
    return waterfall(name + only, [then, *steps, now])


def _anchor(one: Since, what: str) -> str:
    return f"#{one.span}.{what}"


def _tables(one: Since, found: Changes, context: Context) -> Iterator[Table]:
    yield _balance(one, found, context)
    rows = [
        Row(Cell(_SAID[what]), (number(len(one.happened[what]), f"{PATH}{_anchor(one, what)}"),))
        for what in _BESIDE
        if one.happened[what]
    ]
    if rows:
        columns = (Column("What else happened"), Column("Deals"))
        yield Table(
            f"What else happened since {formats.short_day(one.since)}", columns, tuple(rows)
        )


def _balance(one: Since, found: Changes, context: Context) -> Table:
    schema, falls = context.journal.schema, (one.open, one.closing)
    until = formats.near_day(found.quarter.last, context.today)
    columns = (Column("Value"), Column("Deals"), Column("All open"), Column(f"By {until}"))
    then = formats.near_day(one.since, context.today)

    def level(label: str, sums: tuple[Totals, Totals], id: str = "", path: str = "") -> Row:
        cells = [
            Cell(amounts(each, schema), aside=share(each)) if each.lines or not each.of else _NONE
            for each in sums
        ]
        return Row(Cell(label), (number(sums[0].of, path), *cells), id, is_sum=True)

    def step(all: Step, some: Step) -> Row:
        path = f"{PATH}{_anchor(one, all.what)}"
        deals = all.deals or some.deals
        signed = [Cell(_signed(each.value), aside=share(each.value)) for each in (all, some)]
        return Row(Cell(_SAID[all.what]), (number(len(deals), path), *signed))

    pairs = zip(one.open.steps, one.closing.steps, strict=True)
    rows = [step(*pair) for pair in pairs if any(each.deals for each in pair)]
    return Table(
        f"The value of open deals since {formats.short_day(one.since)}",
        columns,
        (
            level(then, (falls[0].then, falls[1].then), f"{one.span}-value"),
            *rows,
            level("Today", (falls[0].now, falls[1].now), path=OPEN_DEALS),
        ),
        has_sums=len(_currencies(one)) > 1,
    )


def _currencies(one: Since) -> set[str]:
    falls = (one.open, one.closing)
    sums = [
        each for fall in falls for each in (fall.then, fall.now, *[s.value for s in fall.steps])
    ]
    return {line.currency for each in sums for line in each.lines}


def _signed(sums: Totals) -> str:
    return " ".join([formats.signed(line, formats.rounded) for line in sums.lines if line.amount])


def _groups(one: Since, today: dt.date) -> Iterator[Group]:
    """The deals to which each thing happened, and those that make steps alone."""
    for what, some in one.happened.items():
        if some:
            links = [_link(change, today) for change in some[:SHOWN]]
            yield group_of_links(_anchor(one, what)[1:], _SAID[what], len(some), links)
    for step in one.closing.steps:
        if step.deals and step.what in ("pulled-in", "pushed-out"):
            links = [Link(deal.title, deal_path(deal)) for deal in step.deals[:SHOWN]]
            yield group_of_links(
                _anchor(one, step.what)[1:], _SAID[step.what], len(step.deals), links
            )


def _link(change: Change, today: dt.date) -> Link:
    """A deal, and what was and is."""
    said = [_part(part, today) for part in (change.before, change.after)]
    how = " → ".join(part for part in said if part)
    title = formats.isolated(change.deal.title)
    return Link(f"{title}: {how}" if how else title, deal_path(change.deal))


def _part(part: Stage | Money | dt.date | None, today: dt.date) -> str:
    if isinstance(part, Stage):
        return formats.isolated(part.name)
    if isinstance(part, Money):
        return formats.rounded(part)
    return formats.near_day(part, today) if part else ""


_NONE = Cell("", aside=NO_VALUE)
PATH = "changes.html"
PAGE = page_of_facts(
    "changes",
    changes,
    facts.changes,
    NavGroup.TODAY,
    "Changes",
    lambda _, topics: topics.issuperset((Topic.MOVED, Topic.MANY)),
    is_recorded=True,
)
