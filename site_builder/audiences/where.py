"""Which deals the query of an audience means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from site_builder.insights.insights import Insights
from site_builder.journal.audience import Audience
from site_builder.journal.deal import Deal
from site_builder.journal.schema import Schema
from site_builder.problems.problem import Problem
from site_builder.query.fields import fields_of
from site_builder.query.language import Mistake
from site_builder.query.matching import Query, query
from site_builder.query.records import records
from site_builder.query.saved import mistake_in
from site_builder.query.spans import Calendar


def meant(insights: Insights, audience: Audience) -> tuple[Deal, ...]:
    """The deals of a journal that an audience is shown anything of, judged by all that they are.
    Raises Mistake where its query can't be understood."""
    if not audience.deals:
        return ()
    asked = _query(audience, insights.journal.schema, insights.today)
    return tuple([record.deal for record in records(insights) if asked(record)])


def misunderstood(schema: Schema, today: dt.date) -> Iterator[Problem]:
    """The queries of audiences that can't be understood, each at its place."""
    for audience in schema.audiences.values():
        problem = mistake_of(audience, schema, today)
        if problem is not None:
            yield problem


def mistake_of(audience: Audience, schema: Schema, today: dt.date) -> Problem | None:
    """What can't be understood of the query of an audience, if anything."""
    try:
        _query(audience, schema, today)
    except Mistake as mistake:
        return mistake_in(audience.where, audience.where_span, mistake)
    return None


def _query(audience: Audience, schema: Schema, today: dt.date) -> Query:
    return query(audience.where, fields_of(schema), Calendar(today, schema.fiscal_year_starts))
