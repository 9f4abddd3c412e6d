"""The structure page: where deals that come to nothing end, and what they cost until then."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from markupsafe import Markup

from site_builder.insights import structure as facts
from site_builder.insights.structure import FEWEST, Structure, Structures
from site_builder.insights.topics import Topic
from site_builder.journal.pipeline import Pipeline, Stage
from site_builder.markup import formats
from site_builder.markup.charts import Bar, Mark, counted_bars
from site_builder.pages.context import Context
from site_builder.pages.page import NavGroup, page_of_facts
from site_builder.pages.sheet import (
    NOTHING,
    Cell,
    Column,
    Row,
    Section,
    Sheet,
    Table,
    groups,
    number,
    numbers,
    share_cell,
    share_text,
    sure,
)
from site_builder.problems import counting

_RULE = (
    "A pipeline is ideal where what is lost ends, on average, in the first third of its open "
    "stages, expensive where it ends in the last, and normal between. Where a deal ended is the "
    "last open stage it stood in; what it cost are its notes and days up to then."
)
_COLUMNS = numbers("Lost in", "Deals", "Of 100 begun", "Notes sunk", "Days sunk")
_YEARS = tuple(
    map(Column, ("Begun in", "Begun", "Won", "Lost", "Open", "Parked", "Centre of loss", "Class"))
)


def structure(context: Context, _key: str = "") -> Sheet:
    """The page."""
    found = context.facts(facts.structures)
    schema = context.journal.schema
    shown = [one for one in found.pipelines if one.started]
    by_id = {pipeline.id: pipeline for pipeline in schema.pipelines}
    return Sheet(
        "Structure",
        _answer(shown, by_id),
        tuple(_section(one, by_id[one.id], found) for one in shown),
        _RULE,
        "No deals yet. Here stands where those that come to nothing end, and what they cost.",
    )


def _answer(shown: list[Structure], by_id: dict[str, Pipeline]) -> str:
    """The largest leak of all pipelines."""
    leaks = [
        (lost, one.lost, _stage(by_id[one.id], id).name)
        for one in shown
        for id, lost in one.lost_by_stage.items()
        if lost
    ]
    if not leaks:
        return "Nothing is lost yet" if shown else ""
    lost, of, name = max(leaks, key=lambda leak: leak[0])
    share = f"{counting.grouped(lost)} of {counting.count(of, 'lost deal')}"
    return f"Most is lost in {formats.isolated(name)}: {share}"


def _section(one: Structure, pipeline: Pipeline, found: Structures) -> Section:
    lost = [
        (_anchor(one, id), f"Lost in {_stage(pipeline, id).name}", deals)
        for id, deals in one.lost_deals.items()
    ]
    return Section(
        pipeline.id,
        pipeline.name,
        _class_in_words(one),
        _funnel(one, pipeline),
        (_by_stage(one, pipeline), *_by_year(one, found)),
        made_of=groups(
            [
                *lost,
                (f"{one.id}-lost", "Lost, nobody knows where", one.lost_somewhere),
                (f"{one.id}-won", "Won", one.won_deals),
            ]
        ),
    )


def _stage(pipeline: Pipeline, id: str) -> Stage:
    found = pipeline.stage(id)
    assert found is not None
    return found


def _anchor(one: Structure, stage: str) -> str:
    return f"{one.id}.{stage}"


def _class_in_words(one: Structure) -> str:
    placed = one.lost - len(one.lost_somewhere)
    of = counting.count(one.started, "deal")
    won = f"{share_text(one.effectiveness)} won of {of} begun ({sure(one.effectiveness)})"
    if one.class_ is None or one.centre is None:
        more = FEWEST - placed
        few = (
            f"{counting.count(placed, 'loss', 'losses')} of known stage: too few to name its shape"
        )
        return f"{few}, {more} more would do; {won}"
    off = f" ± {one.spread:.2f}" if one.spread is not None else ""
    return f"{one.class_.capitalize()}: centre of loss {one.centre:.2f}{off}; {won}"


def _funnel(one: Structure, pipeline: Pipeline) -> Markup:
    """Of the deals that began, how many were not lost before each stage, and how many in it."""
    left, bars = one.started - len(one.lost_somewhere), []
    for id, lost in one.lost_by_stage.items():
        stage, path = _stage(pipeline, id), f"#{_anchor(one, id) if lost else one.id}"
        kept = left - lost
        marks = (
            Mark(Decimal(kept), "kept", f"{kept} not lost", f"{stage.name}: {kept} kept", path),
            Mark(Decimal(lost), "lost", f"{lost} lost", f"{stage.name}: {lost} lost", path),
        )
        bars.append(Bar(stage.name, path, marks))
        left = kept
    return counted_bars(f"What is lost on the way: {pipeline.name}", bars)


def _by_stage(one: Structure, pipeline: Pipeline) -> Table:
    rows = [
        Row(
            Cell(_stage(pipeline, id).name),
            (
                number(lost, f"structure.html#{_anchor(one, id)}"),
                Cell(f"{100 * lost / one.started:.0f}"),
                number(one.notes_sunk[id]),
                number(one.days_sunk[id]),
            ),
        )
        for id, lost in one.lost_by_stage.items()
    ]
    return Table(f"Losses of {pipeline.name} by stage", _COLUMNS, (*rows, _sum(one)))


def _sum(one: Structure) -> Row:
    lost = sum(one.lost_by_stage.values())
    nowhere = len(one.lost_somewhere)
    aside = f"{counting.grouped(lost)} of {counting.grouped(one.lost)}" if nowhere else ""
    return Row(
        Cell("In all", aside=aside),
        (
            number(lost),
            Cell(f"{100 * lost / one.started:.0f}"),
            number(sum(one.notes_sunk.values())),
            number(sum(one.days_sunk.values())),
        ),
        is_sum=True,
    )


def _by_year(one: Structure, found: Structures) -> Iterator[Table]:
    years = [(year, s) for year, every in found.years.items() for s in every if s.id == one.id]
    rows = tuple(_year(year, s) for year, s in years if s.started)
    if len(rows) > 1:
        yield Table(f"{one.id} by year", _YEARS, rows)


def _year(year: str, one: Structure) -> Row:
    class_ = Cell(one.class_.capitalize()) if one.class_ else Cell("", aside="too few")
    centre = NOTHING if one.centre is None else Cell(f"{one.centre:.2f}")
    return Row(
        Cell(year),
        (
            number(one.started),
            share_cell(one.effectiveness),
            number(one.lost),
            number(one.open),
            number(one.parked),
            centre,
            class_,
        ),
    )


PAGE = page_of_facts(
    "structure",
    structure,
    facts.structures,
    NavGroup.LEARN,
    "Structure",
    lambda _, topics: Topic.LOST in topics,
)
