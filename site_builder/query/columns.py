"""Deals that were asked for as rows, the same in the terminal and on the site."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.insights.insights import Insights
from site_builder.insights.standing import Standing
from site_builder.journal.deal import Deal

Cell = str | tuple[str, ...]
COLUMNS = (
    "id title company contacts owner pipeline stage state value currency probability category "
    "close next next-text days stale tags"
).split()


def in_order(insights: Insights) -> Iterator[Standing]:
    """All deals: by pipeline and stage, in each stage as on its board."""
    for pipeline in insights.journal.schema.pipelines:
        for stage in insights.stages_of(pipeline):
            yield from insights.by_stage.get((pipeline.id, stage.id), ())


def cells(one: Standing) -> tuple[Cell, ...]:
    """What stands of a deal in each of the columns: a text, or several."""
    deal, value = one.deal, one.value
    return (
        *(deal.id, deal.title, deal.company),
        tuple([each.contact for each in deal.contacts]),
        *(one.owner.id, deal.pipeline.id, deal.stage.id, one.state),
        *((f"{value.amount:f}", value.currency) if value else ("", "")),
        *(_text(deal.probability), deal.category or "", _text(deal.close)),
        *_next(deal),
        _text(one.days),
        tuple([reason.code for reason in one.reasons]),
        tuple(deal.tags),
    )


def _next(deal: Deal) -> tuple[str, str]:
    return (deal.next.date.isoformat(), deal.next.text) if deal.next else ("", "")


def _text(value: object) -> str:
    return "" if value is None else str(value)
