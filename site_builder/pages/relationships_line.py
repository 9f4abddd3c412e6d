"""Deals and the line: which rung the main contact of each has reached, beside the one that its
stage expects, drawn and as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from site_builder.insights.relationships import Line, OfDeal
from site_builder.journal.deal import Deal
from site_builder.journal.pipeline import Pipeline, Stage
from site_builder.markup import formats
from site_builder.markup.stairs import MOST, Kind, Spot, Stair, stairs
from site_builder.markup.stairs import SHOWN as CELL
from site_builder.markup.stairs import Cell as Landing
from site_builder.pages.context import Context
from site_builder.pages.links import deal_path, subject_link
from site_builder.pages.note_paths import note_path
from site_builder.pages.sheet import (
    SHOWN,
    Cell,
    Column,
    Group,
    Row,
    Section,
    Table,
    groups,
    linked,
    texts,
)
from site_builder.problems import counting

NO_RUNG = "none noted"
_WORDS: dict[Line | None, str] = {
    "below": "below the line",
    "on": "on the line",
    "above": "above the line",
    None: "without a line",
}
_LINES: tuple[Line | None, ...] = ("below", "on", "above", None)
COLUMNS = (*texts("Deal", "Stage", "Expected", "Reached"), Column("Value"))


def line_of(pipeline: Pipeline, deals: Sequence[OfDeal], context: Context) -> Section:
    """The open deals of a pipeline by stage and rung, and the line."""
    anchor = f":{pipeline.id}"
    counts = [(len(of_line(deals, line)), _WORDS[line]) for line in _LINES]
    return Section(
        anchor,
        pipeline.name,
        ", ".join(f"{counting.grouped(count)} {words}" for count, words in counts if count),
        _drawn(pipeline, deals, context),
        (_all(pipeline, deals),),
        made_of=groups(
            (f"{anchor}.{line or 'none'}", _WORDS[line].capitalize(), _ids(deals, line))
            for line in _LINES
        )
        + _grouped(pipeline, deals, context),
    )


def _ids(deals: Iterable[OfDeal], line: Line | None) -> list[Deal]:
    return [one.id for one in of_line(deals, line)]


def _by_place(deals: Iterable[OfDeal]) -> dict[tuple[str, str | None], list[OfDeal]]:
    """The deals by their stage and the rung that they have reached."""
    found: dict[tuple[str, str | None], list[OfDeal]] = {}
    for one in deals:
        found.setdefault((one.stage.id, one.reached), []).append(one)
    return found


def _stages(pipeline: Pipeline, deals: Iterable[OfDeal]) -> list[Stage]:
    there = {one.stage.id for one in deals}
    return [s for s in pipeline.stages if s.is_open and (not s.retired or s.id in there)]


def _drawn(pipeline: Pipeline, deals: Sequence[OfDeal], context: Context) -> str:
    rungs, places = context.journal.schema.rungs, _by_place(deals)
    row = [
        Stair(
            stage.name,
            rungs.index(stage.relationship) + 1 if stage.relationship else None,
            tuple(
                _landing(pipeline, stage, rung, places.get((stage.id, rung), []), context)
                for rung in (None, *rungs)
            ),
        )
        for stage in _stages(pipeline, deals)
    ]
    return stairs(f"Rungs reached by stage: {pipeline.name}", (NO_RUNG, *rungs), row)


def _landing(
    pipeline: Pipeline, stage: Stage, rung: str | None, deals: Sequence[OfDeal], context: Context
) -> Landing:
    kind: Kind = (deals[0].line if deals else None) or "none"
    spots = tuple([_spot(one, stage, context) for one in deals[:CELL]])
    return Landing(kind, len(deals), spots, f"#{_place_anchor(pipeline, stage, rung)}")


def _spot(one: OfDeal, stage: Stage, context: Context) -> Spot:
    said = f"{one.id.title}: {stage.name}, {_reached_words(one)}, {_WORDS[one.line]}"
    return Spot(context.cards[one.id.id].title, said, deal_path(one.id))


def _place_anchor(pipeline: Pipeline, stage: Stage, rung: str | None) -> str:
    return f":{pipeline.id}.{stage.id}.{rung or ''}"


def _grouped(pipeline: Pipeline, deals: Sequence[OfDeal], context: Context) -> tuple[Group, ...]:
    """What stands in each place, where the drawing does not show it all."""
    most = 0 if len(deals) > MOST else CELL
    places = {place: those for place, those in _by_place(deals).items() if len(those) > most}
    return groups(
        (
            _place_anchor(pipeline, stage, rung),
            f"{stage.name}, {rung or NO_RUNG}",
            [one.id for one in places.get((stage.id, rung), [])],
        )
        for stage in _stages(pipeline, deals)
        for rung in (None, *context.journal.schema.rungs)
    )


def _reached_words(one: OfDeal) -> str:
    return one.reached or (NO_RUNG if one.id.main_contact else "no main contact")


def _all(pipeline: Pipeline, deals: Sequence[OfDeal]) -> Table:
    """All deals of the drawing, those below the line first."""
    every = [one for line in _LINES for one in of_line(deals, line)]
    rows = tuple(Row(linked(subject_link(one.id)), cells(one)) for one in every[:SHOWN])
    return Table(f"Deals of {pipeline.name} and their rungs", COLUMNS, rows, is_below=True)


def cells(one: OfDeal) -> tuple[Cell, ...]:
    """Its stage, the rung that this expects, the one reached, and its value."""
    value = formats.money(one.value) if one.value else ""
    return Cell(one.stage.name), Cell(one.expected or "–"), _reached(one), Cell(value)


def _reached(one: OfDeal) -> Cell:
    """The rung that the main contact has reached, since when, and whose it is."""
    who = one.contact.name if one.contact else ""
    if one.by is None:
        return Cell(_reached_words(one), aside=who)
    day = formats.short_day(one.by.date)
    path = note_path(one.by.subject, one.by.note)
    return Cell(one.by.rung, path, f"{who}, {day}" if who else day)


def of_line(deals: Iterable[OfDeal], line: Line | None) -> list[OfDeal]:
    """Those of the deals that stand so."""
    return [one for one in deals if one.line == line]
