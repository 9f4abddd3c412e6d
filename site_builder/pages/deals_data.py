"""All deals for the scripts of the site, as rows: what queries compare, what figures sum up, and
the columns of `dealog list --format csv`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import partial
from typing import NamedTuple

from site_builder.forecast.frame import Frame, frame
from site_builder.insights import totals
from site_builder.insights.insights import Insights
from site_builder.insights.standing import Standing
from site_builder.insights.won_deals import Won
from site_builder.journal import periods
from site_builder.journal.deal import Deal
from site_builder.journal.money import Money
from site_builder.journal.pipeline import Stage
from site_builder.journal.schema import Schema
from site_builder.markup import formats
from site_builder.pages import cards, dues
from site_builder.pages.context import Context
from site_builder.pages.data import Data, Plain, text, trimmed
from site_builder.pages.page import PageKind, once
from site_builder.query.columns import COLUMNS, cells, in_order
from site_builder.query.fields import QueryField, fields_of
from site_builder.query.records import Record, Value, records

PATH = "deals.js"
FIGURES = "worth expects by-stage in won-in won-by won-worth late done due".split()
"""What sums are made of: what a deal counts with, what it is expected to bring and would by its
stage alone, in which part of the forecast it is open and won, whose it was then and with what; how
many days it is stale past what is allowed; how many steps of its stage are done; what is due, by
person, state and kind."""
_IN_CELLS = frozenset(
    "id title company contact owner pipeline stage state value category close next days stale tag "
    "expected view".split()
)
"""Fields of queries that scripts read from other columns."""


class _Forecast(NamedTuple):
    """Where the forecast has the deals: by id, the part in which one is open, and in which it was
    won, and how."""

    opened: Mapping[str, str]
    won: Mapping[str, tuple[str, Won]]


def deals_data(context: Context, _key: str = "") -> Data:
    """The data of all deals, as of today."""
    schema, insights = context.journal.schema, context.insights
    fields = fields_of(schema)
    asked = [name for name in fields if name not in _IN_CELLS]
    made = context.facts(frame)
    columns = (*COLUMNS, *FIGURES, *[f"?{name}" for name in asked])
    value: Mapping[str, Plain] = {
        "today": insights.today.isoformat(),
        "starts": schema.fiscal_year_starts,
        "currency": schema.currency,
        "fields": {field.name: _field(field) for field in fields.values()},
        "contacts": _contacts(context),
        "stages": _stages(schema),
        "periods": _periods(made, schema),
        "views": {view.id: view.query for view in schema.views},
        "csv": len(COLUMNS),
        "columns": columns,
        "rows": tuple(_rows(context, asked, _forecast(made))),
    }
    return Data("deals", value)


def _field(field: QueryField) -> Plain:
    known = "" if field.known is None else dict(field.known)
    return trimmed((str(field.sort), field.unit, known, dict(field.was) if field.was else ""))


def _contacts(context: Context) -> Mapping[str, str]:
    """The names of those whom deals name."""
    journal = context.journal
    ids = sorted({id for deal in journal.deals for id in deal.people})
    return {id: found.name for id in ids if (found := journal.contact(id)) is not None}


def _stages(schema: Schema) -> Mapping[str, Plain]:
    return {
        pipeline.id: {
            stage.id: _stage(stage, pipeline.place_of(stage)) for stage in pipeline.stages
        }
        for pipeline in schema.pipelines
    }


def _stage(stage: Stage, number: int) -> Plain:
    """Its name, type and chance, and what cards say with none of its steps done, with one, two …"""
    return (
        stage.name,
        str(stage.type),
        formats.percent_or_nothing(stage.probability),
        tuple(
            (cards.dots(stage, number, done), cards.progress(stage, number, done))
            for done in range(len(stage.steps) + 1)
        ),
    )


def _periods(made: Frame, schema: Schema) -> Mapping[str, Plain]:
    """The quarter and the year of each month of the forecast."""
    starts = schema.fiscal_year_starts
    firsts = {m.label: m.period.first for m in made.look.months if m.period}
    return {
        label: (periods.quarter_of(day, starts).label, periods.year_of(day, starts).label)
        for label, day in firsts.items()
    }


def _forecast(made: Frame) -> _Forecast:
    look = made.look
    opened = {part.deal.id: bucket.label for bucket in look.buckets for part in bucket.parts}
    opened |= {part.deal.id: "omitted" for part in look.omitted}
    opened |= {part.deal.id: "parked" for part in look.parked}
    won = {one.deal.id: (bucket.label, one) for bucket in look.buckets for one in bucket.won}
    won |= {one.deal.id: ("won-undated", one) for one in look.won_undated}
    won |= {one.deal.id: ("won-before", one) for one in look.won_before}
    return _Forecast(opened, won)


def _rows(context: Context, asked: list[str], found: _Forecast) -> Iterator[Plain]:
    insights = context.insights
    own = {record.deal.id: _asked(record, asked) for record in records(insights)}
    due = _due(context)
    for one in in_order(insights):
        id = one.deal.id
        yield trimmed((*cells(one), *_figures(one, insights, found), due.get(id, ()), *own[id]))


def _figures(one: Standing, insights: Insights, found: _Forecast) -> tuple[Plain, ...]:
    deal = one.deal
    place, won = found.won.get(deal.id, ("", None))
    at_home = partial(totals.convert, schema=insights.journal.schema, day=insights.today)
    brings = (totals.expected(deal), totals.weighted(deal.value, deal.stage.probability))
    return (
        *[_money(money) for money in (one.worth, *(m and at_home(m) for m in brings))],
        found.opened.get(deal.id, ""),
        *((place, won.ended.owner.id, _money(won.worth)) if won else ("", "", "")),
        str(max((reason.late for reason in one.reasons), default=0) or ""),
        one.done,
    )


def _money(money: Money | None) -> Plain:
    return (f"{money.amount:f}", money.currency) if money else ""


def _asked(record: Record, names: list[str]) -> tuple[Plain, ...]:
    """What queries compare of these fields."""
    values = record.values
    return tuple([_said(values[name]) if name in values else "" for name in names])


def _said(found: tuple[Value, ...]) -> Plain:
    """A text, several, or None where no rate makes an amount of it."""
    values = [None if value is None else text(value) for value in found]
    return values[0] if len(values) == 1 else tuple(values)


def _due(context: Context) -> Mapping[str, tuple[str, ...]]:
    """What is due of each deal."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for one in dues.listed(dues.found(context).due):
        if isinstance(one.subject, Deal):
            whose = one.person.id if one.person else dues.NOBODY
            found[one.subject.id].append(f"{whose} {dues.state(one, context.today)} {one.kind}")
    return {id: tuple(every) for id, every in found.items()}


PAGE = PageKind(
    "deals-data", view=deals_data, keys=once, path=lambda _key: PATH, is_file=True, begins=(PATH,)
)
