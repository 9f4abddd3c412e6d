"""Saved views: the queries that pipeline.yml has by names, and the deals that each means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from site_builder.insights.insights import Insights
from site_builder.insights.standing import Standing
from site_builder.insights.totals import Totals
from site_builder.journal.schema import Schema, View
from site_builder.problems.problem import Problem, Span
from site_builder.query.columns import in_order
from site_builder.query.fields import VIEW, QueryField, fields_of
from site_builder.query.language import Mistake, terms
from site_builder.query.matching import query
from site_builder.query.records import records
from site_builder.query.spans import Calendar
from site_builder.source.yaml_nodes import Report


class Found(NamedTuple):
    """A saved view: how many deals it means, and what these are worth."""

    id: str
    name: str
    query: str
    deals: int
    value: Totals


@dataclass(frozen=True, slots=True)
class Views:
    """The saved views of a journal, in their order."""

    views: tuple[Found, ...]


def views(insights: Insights) -> Views:
    """What each saved view finds."""
    return views_of(deals_by_view(insights), insights)


def views_of(found: Mapping[str, tuple[Standing, ...]], insights: Insights) -> Views:
    """The same by the deals of each."""
    return Views(
        tuple(_found(one, found[one.id], insights) for one in insights.journal.schema.views)
    )


def deals_by_view(insights: Insights) -> Mapping[str, tuple[Standing, ...]]:
    """The deals of each saved view, by pipeline and stage."""
    schema = insights.journal.schema
    if not schema.views:
        return {}
    fields, calendar = fields_of(schema), Calendar(insights.today, schema.fiscal_year_starts)
    asked = {view.id: query(view.query, fields, calendar) for view in schema.views}
    every = tuple(records(insights))
    means = {id: {r.deal.id for r in every if test(r)} for id, test in asked.items()}
    order = tuple(in_order(insights))
    return {id: tuple([o for o in order if o.deal.id in ids]) for id, ids in means.items()}


def sound(schema: Schema, today: dt.date, report: Report) -> Schema:
    """A schema with the views that mean something; what is wrong with others is reported, unless
    parts of pipeline.yml that they may name could not be read."""
    if not schema.views:
        return schema
    report = _no_report if schema.unsure else report
    own = {name: field for name, field in fields_of(schema).items() if name != VIEW}
    calendar = Calendar(today, schema.fiscal_year_starts)
    return replace(schema, views=tuple(_sound(schema, own, calendar, report)))


def _no_report(_problem: Problem) -> None:
    pass


def _sound(
    schema: Schema, fields: Mapping[str, QueryField], calendar: Calendar, report: Report
) -> Iterator[View]:
    for view in schema.views:
        try:
            _refuse_views(view.query, schema)
            query(view.query, fields, calendar)
        except Mistake as mistake:
            report(mistake_in(view.query, view.span, mistake))
        else:
            yield view


def mistake_in(text: str, span: Span, mistake: Mistake) -> Problem:
    """What is wrong with a query that a file has at a place."""
    place = _within(text, span, mistake)
    return Problem("invalid-value", mistake.message, mistake.help, place)


def _within(text: str, span: Span, mistake: Mistake) -> Span:
    """Where the mistake stands, unless quotes or a block have changed the text."""
    around = span.end_column - span.column - len(text)
    if span.line != span.end_line or around not in (0, 2) or mistake.end <= mistake.start:
        return span
    begin = span.column + around // 2
    return span._replace(column=begin + mistake.start, end_column=begin + mistake.end)


def _refuse_views(text: str, schema: Schema) -> None:
    """A view in a view: its query stands there as well."""
    meant = {view.id: view.query for view in schema.views}
    for term in terms(text):
        if term.field == VIEW:
            said = "" if term.is_not or term.words[1:] else meant.get(term.words[0], "")
            help = f"Write its query instead: `{said}`." if said else "Write a query instead."
            what = f"`{text[term.start : term.end]}` is a view in a view."
            raise Mistake(what, help, term.start, term.end)


def _found(view: View, deals: tuple[Standing, ...], insights: Insights) -> Found:
    worth = insights.total([one.worth for one in deals])
    return Found(view.id, view.name, view.query, len(deals), worth)
