"""Deals that were asked for: as rows for a spreadsheet, and as JSON."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator

from site_builder.exchange.facts import VERSION, Json, plain, standing
from site_builder.insights.insights import Insights, Standing
from site_builder.journal.deal import Deal
from site_builder.journal.history import created_on
from site_builder.query.matching import Query
from site_builder.query.records import records

COLUMNS = (
    "id title company contacts owner pipeline stage state value currency probability category "
    "close next next-text days stale tags"
).split()
_RUNS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


def listed(insights: Insights, meant: Query) -> tuple[Standing, ...]:
    """The deals that a query means: by pipeline and stage, in each stage as on its board."""
    ids = {record.deal.id for record in records(insights) if meant(record)}
    return tuple(one for one in _in_order(insights) if one.deal.id in ids)


def _in_order(insights: Insights) -> Iterator[Standing]:
    for pipeline in insights.journal.schema.pipelines:
        for stage in insights.stages_of(pipeline):
            yield from insights.by_stage.get((pipeline.id, stage.id), ())


def as_facts(today: dt.date, query: str, found: Iterable[Standing]) -> dict[str, Json]:
    """What was asked and the deals that it means, in values that JSON has."""
    deals: list[Json] = [_deal(one) for one in found]
    return {"version": VERSION, "today": today.isoformat(), "query": query, "deals": deals}


def _deal(one: Standing) -> Json:
    deal, stands = one.deal, standing(one)
    assert isinstance(stands, dict)
    return {
        **stands,
        "title": deal.title,
        "company": deal.company or None,
        "contacts": [{"id": each.contact, "role": each.role} for each in deal.contacts],
        "state": one.state,
        "probability": plain(deal.probability),
        "category": deal.category,
        "created": plain(created_on(deal)),
        "tags": list(deal.tags),
    }


def as_csv(found: Iterable[Standing]) -> str:
    """A row a deal, for a spreadsheet, in which no cell is run as a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in found:
        writer.writerow(map(_harmless, _row(one)))
    return text.getvalue()


def _row(one: Standing) -> Iterator[str]:
    deal, value = one.deal, one.value
    yield from (deal.id, deal.title, deal.company)
    yield ", ".join(each.contact for each in deal.contacts)
    yield from (one.owner.id, deal.pipeline.id, deal.stage.id, one.state)
    yield from (f"{value.amount:f}", value.currency) if value else ("", "")
    yield from (_text(deal.probability), deal.category or "", _text(deal.close))
    yield from _next(deal)
    yield from (_text(one.days), ", ".join(reason.code for reason in one.reasons))
    yield ", ".join(deal.tags)


def _next(deal: Deal) -> tuple[str, str]:
    return (deal.next.date.isoformat(), deal.next.text) if deal.next else ("", "")


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet shows and does not run. A number stays one."""
    is_number = cell[:1] == "-" and cell[1:].replace(".", "", 1).isdigit()
    return f"'{cell}" if cell.startswith(_RUNS) and not is_number else cell
