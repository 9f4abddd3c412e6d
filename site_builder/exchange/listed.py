"""Deals that were asked for: as rows for a spreadsheet, and as JSON."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable

from site_builder.exchange.facts import VERSION, Json, plain, standing
from site_builder.insights.insights import Insights
from site_builder.insights.standing import Standing
from site_builder.journal.history import created_on
from site_builder.query.columns import COLUMNS, Cell, cells, in_order
from site_builder.query.matching import Query
from site_builder.query.records import records

_RUNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""What a spreadsheet takes for the beginning of a formula."""


def listed(insights: Insights, meant: Query) -> tuple[Standing, ...]:
    """The deals that a query means: by pipeline and stage, in each stage as on its board."""
    ids = {record.deal.id for record in records(insights) if meant(record)}
    return tuple(one for one in in_order(insights) if one.deal.id in ids)


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
        writer.writerow(map(_written, cells(one)))
    return text.getvalue()


def _written(cell: Cell) -> str:
    return harmless(cell if isinstance(cell, str) else ", ".join(cell))


def harmless(cell: str) -> str:
    """A cell that a spreadsheet shows and does not run. A number stays one."""
    is_number = cell[:1] == "-" and cell[1:].replace(".", "", 1).isdigit()
    return f"'{cell}" if cell.startswith(_RUNS) and not is_number else cell
