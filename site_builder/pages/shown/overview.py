"""The first page: how many deals are shown, where they stand, and whose expected close is next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from site_builder.journal.deal import Deal
from site_builder.pages.context import Context
from site_builder.pages.page import PageKind, once
from site_builder.pages.sheet import Cell, Column, Row, Section, Sheet, Table, number
from site_builder.pages.shown.board import FIRST, anchor_of, by_stage
from site_builder.pages.shown.lists import in_order
from site_builder.pages.shown.tables import RULE, counted, deals_table, sum_of
from site_builder.problems import counting

_FEW, _NEXT = 25, 5
PATH = "index.html"


def overview(context: Context, _key: str = "") -> Sheet:
    """The page."""
    deals = context.once(in_order)
    return Sheet(
        context.journal.schema.name,
        f"{counted(deals, context)}.",
        tuple(_sections(context, deals)),
        RULE,
        "No deals are shown.",
    )


def _sections(context: Context, deals: Sequence[Deal]) -> Iterator[Section]:
    if deals and "stage" in context.audience.deals:
        yield Section("stages", "By stage", tables=(_stages(context),))
    if "close" in context.audience.deals and (closing := _closing(context, deals)):
        table = deals_table(closing, context, "Deals whose expected close is next")
        yield Section("next", "Next by expected close", tables=(table,))
    if deals:
        table = deals_table(deals[:_FEW], context, "Deals")
        more = f"The first {_FEW} of {counting.grouped(len(deals))}." if len(deals) > _FEW else ""
        yield Section("deals", "Deals", more, tables=(table,))


def _stages(context: Context) -> Table:
    has_worth = "value" in context.audience.deals
    names = [Column("Stage", is_number=False), Column("Deals")]
    rows = []
    for row, (pipeline, stage, deals) in enumerate(context.once(by_stage), 1):
        path = f"{FIRST}#{anchor_of(row)}"
        cells = (number(len(deals), path), *[Cell(sum_of(deals, context))] * has_worth)
        aside = pipeline.name if "pipeline" in context.audience.deals else ""
        rows.append(Row(Cell(stage.name, path, aside), cells))
    return Table("Deals by stage", (*names, *[Column("Value")] * has_worth), tuple(rows))


def _closing(context: Context, deals: Sequence[Deal]) -> list[Deal]:
    """The deals whose expected close is from today on, the first ones: what is won or lost among
    them too, for of stages an audience is shown the names alone."""
    found = [deal for deal in deals if deal.close is not None and deal.close >= context.today]
    return sorted(found, key=lambda deal: str(deal.close))[:_NEXT]


PAGE = PageKind("overview", view=overview, keys=once, path=lambda _key: PATH, is_sheet=True)
