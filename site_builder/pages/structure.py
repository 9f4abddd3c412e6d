"""The structure page: where deals that come to nothing end, and what they cost until then."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from markupsafe import Markup

from site_builder.insights import structure as facts
from site_builder.insights.structure import FEWEST, Structure, Structures
from site_builder.insights.topics import Topic
from site_builder.journal.deal import Deal
from site_builder.journal.pipeline import Pipeline, Stage
from site_builder.markup import formats
from site_builder.markup.charts import Bar, Mark, counted_bars
from site_builder.pages import windows
from site_builder.pages.context import Context
from site_builder.pages.heat import of_hundred, share_heat
from site_builder.pages.page import NavGroup, page_of_facts
from site_builder.pages.sheet import (
    NOTHING,
    Cell,
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
    texts,
    too_few,
)
from site_builder.problems import counting

FEWEST_WINS = 5
"""Of fewer wins it is not told what one takes."""
_RULE = (
    "A pipeline is ideal where what is lost ends, on average, in the first third of its open "
    "stages, expensive where it ends in the last, and normal between. Where a deal ended is the "
    "last open stage it stood in; what it cost are its notes and days up to then. What a win takes "
    "are its own notes and days, by median, and what was sunk into losses for each win; of fewer "
    f"than {FEWEST_WINS} wins nothing is said."
)
_COLUMNS = numbers("Lost in", "Deals", "Of 100 begun", "Notes sunk", "Days sunk")
_EFFORT = numbers(
    "Begun in", "Won", "Notes each", "Days each", "Notes sunk per win", "Days sunk per win"
)
_YEARS = (
    *numbers("Begun in", "Begun", "Won", "Lost", "Notes sunk", "Days sunk", "Open", "Parked"),
    *numbers("Centre of loss"),
    *texts("Class"),
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
        f"{_RULE} {windows.deals(context)}",
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
        (
            _by_stage(one, pipeline),
            *_efforts(one, pipeline, found),
            *_by_year(one, pipeline, found),
        ),
        made_of=groups(
            [
                *lost,
                (f"{one.id}-lost", "Lost, nobody knows where", one.lost_somewhere),
                (f"{one.id}-won", "Won", one.won_deals),
                *_by_year_ended(one, pipeline, found),
            ]
        ),
        is_closed=True,
    )


def _years(one: Structure, found: Structures) -> list[tuple[str, Structure]]:
    """The same of each year in which deals began, where there are several."""
    years = [(year, s) for year, every in found.years.items() for s in every if s.id == one.id]
    begun = [(year, s) for year, s in years if s.started]
    return begun if len(begun) > 1 else []


def _by_year_ended(
    one: Structure, pipeline: Pipeline, found: Structures
) -> Iterator[tuple[str, str, tuple[Deal, ...]]]:
    for year, made in _years(one, found):
        for id, deals in made.lost_deals.items():
            yield (
                f"{_anchor(one, id)}.{year}",
                f"Begun in {year}, lost in {_stage(pipeline, id).name}",
                deals,
            )
        yield f"{one.id}-won:{year}", f"Begun in {year}, won", made.won_deals


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
            Mark(
                Decimal(kept),
                "kept",
                f"{counting.grouped(kept)} not lost",
                f"{stage.name}: {kept} kept",
                path,
            ),
            Mark(
                Decimal(lost),
                "lost",
                f"{counting.grouped(lost)} lost",
                f"{stage.name}: {lost} lost",
                path,
            ),
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
                Cell(of_hundred(lost, one.started)),
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
            Cell(of_hundred(lost, one.started)),
            *_sunk(one),
        ),
        is_sum=True,
    )


def _sunk(one: Structure) -> tuple[Cell, Cell]:
    """The notes and the days of all that was lost in a known stage."""
    notes, days = (sum(costs.values()) for costs in (one.notes_sunk, one.days_sunk))
    return number(notes), number(days)


def _efforts(one: Structure, pipeline: Pipeline, found: Structures) -> Iterator[Table]:
    """What a win takes, of all and by year."""
    years = [(year, made) for year, made in _years(one, found) if made.won]
    is_told = any(made.won >= FEWEST_WINS for _, made in years)
    rows = [_effort(year, made) for year, made in years] if is_told else []
    if one.won:
        every = _effort("Any year", one, f"structure.html#{one.id}-won")._replace(is_sum=is_told)
        yield Table(f"What a win takes: {pipeline.name}", _EFFORT, (*rows, every))


def _effort(label: str, one: Structure, path: str = "") -> Row:
    won = number(one.won, path)
    if one.won < FEWEST_WINS or one.notes_to_win is None:
        few = Cell("", aside=too_few(one.won, FEWEST_WINS))
        return Row(Cell(label), (won, few, NOTHING, NOTHING, NOTHING))
    days = NOTHING if one.days_to_win is None else Cell(f"{one.days_to_win:g}")
    sunk = [sum(costs.values()) / one.won for costs in (one.notes_sunk, one.days_sunk)]
    cells = [number(round(cost)) for cost in sunk]
    return Row(Cell(label), (won, Cell(f"{one.notes_to_win:g}"), days, *cells))


def _by_year(one: Structure, pipeline: Pipeline, found: Structures) -> Iterator[Table]:
    years = _years(one, found)
    if years:
        yield _where_by_year(one, pipeline, years)
        yield Table(
            f"Outcomes by year: {pipeline.name}",
            _YEARS,
            tuple(_year(year, made, one.id) for year, made in years),
        )


def _where_by_year(one: Structure, pipeline: Pipeline, years: list[tuple[str, Structure]]) -> Table:
    """Of 100 that began in a year, how many ended in which stage."""
    stages = list(one.lost_by_stage)
    rows = tuple(
        Row(
            Cell(year, aside=f"of {counting.grouped(made.started)}"),
            tuple(
                share_heat(
                    made.lost_by_stage.get(id, 0),
                    made.started,
                    f"structure.html#{_anchor(one, id)}.{year}",
                )
                for id in stages
            ),
        )
        for year, made in years
    )
    heads = ("Of 100 begun in, lost in", *(_stage(pipeline, id).name for id in stages))
    return Table(
        f"Losses of {pipeline.name} by year and stage", numbers(*heads), rows, is_heat=True
    )


def _year(year: str, one: Structure, id: str) -> Row:
    class_ = Cell(one.class_.capitalize()) if one.class_ else Cell("", aside="too few")
    off = f"± {one.spread:.2f}" if one.spread is not None else ""
    centre = NOTHING if one.centre is None else Cell(f"{one.centre:.2f} {off}".rstrip())
    return Row(
        Cell(year),
        (
            number(one.started),
            share_cell(one.effectiveness, f"structure.html#{id}-won:{year}" * bool(one.won)),
            number(one.lost),
            *_sunk(one),
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
