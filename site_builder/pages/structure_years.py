"""Parts of the page of structure: what is told of the years in which deals began."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from site_builder.insights.loss_trends import FEWEST
from site_builder.insights.share import Share
from site_builder.insights.structure import Structure, Structures
from site_builder.journal.deal import Deal
from site_builder.journal.pipeline import Pipeline, Stage
from site_builder.markup import formats
from site_builder.pages.heat import between, share_heat
from site_builder.pages.sheet import (
    NOTHING,
    Cell,
    Row,
    Table,
    number,
    numbers,
    out_of,
    share_or_few,
    texts,
    too_few,
)
from site_builder.problems import counting

FEWEST_WINS = 5
"""Of fewer wins it is not told what one takes."""
_HARDLY, _LARGE = 0.1, 10
"""Efforts below the one are not told exactly, those from the other on without decimals."""
FEWEST_DEALS = 5
"""Of fewer losses it is not told where most is lost, nor of fewer deals what share is won."""
YEARS = 6
"""Of more years a table is folded."""
_EFFORT = numbers(
    "Begun in", "Won", "Notes each", "Days each", "Notes sunk per win", "Days sunk per win"
)
_YEARS = (
    *numbers("Begun in", "Begun", "Won", "Lost", "Notes sunk", "Days sunk", "Open", "Parked"),
    *numbers("Centre of loss"),
    *texts("Class"),
)


def efforts(one: Structure, pipeline: Pipeline, found: Structures) -> Iterator[Table]:
    """What a win takes, of all and by year."""
    years = [(year, made) for year, made in years_of(one, found) if made.won]
    is_told = any(made.won >= FEWEST_WINS for _, made in years)
    rows = [_effort(year, made, f":{year}") for year, made in years] if is_told else []
    if one.won:
        every = _effort("Any year", one)._replace(is_sum=is_told)
        closed = _fold(rows, "What a win takes, of")
        yield Table(f"What a win takes: {pipeline.name}", _EFFORT, (*rows, every), closed=closed)


def _effort(label: str, one: Structure, part: str = "") -> Row:
    won = number(one.won, f"structure.html#{one.id}-won{part}")
    if one.won < FEWEST_WINS or one.notes_to_win is None:
        few = Cell("", aside=too_few(one.won, FEWEST_WINS))
        return Row(Cell(label), (won, few, NOTHING, NOTHING, NOTHING))
    days = NOTHING if one.days_to_win is None else Cell(f"{one.days_to_win:g}")
    sunk = [sum(costs.values()) / one.won for costs in (one.notes_sunk, one.days_sunk)]
    return Row(Cell(label), (won, Cell(f"{one.notes_to_win:g}"), days, *map(_per_win, sunk)))


def _per_win(cost: float) -> Cell:
    """An effort for each win: small ones with a decimal, and none that is hardly any as nothing."""
    if 0 < cost < _HARDLY:
        return Cell(f"under {_HARDLY}")
    return number(round(cost)) if cost >= _LARGE else Cell(f"{round(cost, 1):g}")


def by_year(one: Structure, pipeline: Pipeline, found: Structures) -> Iterator[Table]:
    """Of 100 that began in a year where they ended, and the outcomes of each year."""
    years = years_of(one, found)
    if years:
        yield _where_by_year(one, pipeline, years)
        yield Table(
            f"Outcomes by year: {pipeline.name}",
            _YEARS,
            tuple(_year(year, made) for year, made in years),
            closed=_fold(years, "Outcomes of"),
        )


def _fold(years: Sequence[object], what: str) -> str:
    """What stands for a table of many years until it is opened."""
    return f"{what} {counting.count(len(years), 'year')}" if len(years) > YEARS else ""


def _where_by_year(one: Structure, pipeline: Pipeline, years: list[tuple[str, Structure]]) -> Table:
    """Of 100 that began in a year, how many ended in which stage, and what was sunk in it."""
    stages = list(one.lost_by_stage)
    rows = tuple(
        Row(
            Cell(year, aside=_of_begun(made)),
            tuple(_lost_in(id, year, made) for id in stages),
        )
        for year, made in years
    )
    heads = ("Of 100 begun in, lost in", *(stage_of(pipeline, id).name for id in stages))
    return Table(
        f"Losses of {pipeline.name} by year and stage", numbers(*heads), rows, is_heat=True
    )


def _of_begun(one: Structure) -> str:
    """How many began; of few what would do to say how many of 100 ended where."""
    of, count = f"of {counting.grouped(one.started)}", one.started
    return f"{of}: {too_few(count, FEWEST_DEALS, 'more')}" if count < FEWEST_DEALS else of


def _lost_in(stage: str, year: str, one: Structure) -> Cell:
    """How many of 100 that began in a year were lost in a stage, how sure that is, and their
    notes and days; of few how many of them."""
    path = f"structure.html#{anchor_of(one, stage)}.{year}"
    lost = one.lost_by_stage.get(stage, 0)
    sunk = _sunk(stage, one) if lost else ""
    if one.started < FEWEST_DEALS:
        return Cell(out_of(lost, one.started), path if lost else "", sunk)
    cell = share_heat(lost, one.started, path)
    return cell._replace(aside="; ".join(filter(None, (between(lost, one.started), sunk))))


def _sunk(stage: str, one: Structure) -> str:
    """The notes and days that went into what was lost in a stage."""
    notes = counting.count(one.notes_sunk[stage], "note")
    return f"{notes}, {formats.days(one.days_sunk[stage])}"


def _year(year: str, one: Structure) -> Row:
    anchor = f"structure.html#{one.id}"
    few = Cell("", aside=too_few(len(placed(one)), FEWEST))
    class_ = Cell(one.class_.capitalize()) if one.class_ else few
    centre = NOTHING
    if one.centre is not None:
        centre = Cell(f"{one.centre:.2f} {off_by(one.centre, one.spread, len(placed(one)))}")
    return Row(
        Cell(year),
        (
            number(one.started, f"{anchor}-begun:{year}"),
            share_or_few(one.effectiveness, FEWEST_DEALS, f"{anchor}-won:{year}" * bool(one.won)),
            number(one.lost, f"{anchor}-lost:{year}"),
            *sunk(one, f"{anchor}-{_anchor_of_sunk(one)}:{year}"),
            number(one.open, f"{anchor}-open:{year}"),
            number(one.parked, f"{anchor}-parked:{year}"),
            centre,
            class_,
        ),
    )


def ended_by_year(
    one: Structure, pipeline: Pipeline, found: Structures
) -> Iterator[tuple[str, str, tuple[Deal, ...]]]:
    """The deals of each year by where they ended."""
    for year, made in years_of(one, found):
        for id, deals in made.lost_deals.items():
            yield (
                f"{anchor_of(one, id)}.{year}",
                f"Begun in {year}, lost in {stage_of(pipeline, id).name}",
                deals,
            )
        lost = (*placed(made), *made.lost_somewhere)
        ended = (*made.won_deals, *lost, *made.open_deals, *made.parked_deals)
        yield f"{one.id}-begun:{year}", f"Begun in {year}", ended
        if made.lost_somewhere:
            yield f"{one.id}-sunk:{year}", f"Begun in {year}, lost in a known stage", placed(made)
        yield f"{one.id}-lost:{year}", f"Begun in {year}, lost", lost
        yield f"{one.id}-won:{year}", f"Begun in {year}, won", made.won_deals
        yield f"{one.id}-open:{year}", f"Begun in {year}, open", made.open_deals
        yield f"{one.id}-parked:{year}", f"Begun in {year}, parked", made.parked_deals


def placed(one: Structure) -> tuple[Deal, ...]:
    """The deals that were lost in a known stage: those that notes and days were sunk into."""
    return tuple(deal for deals in one.lost_deals.values() for deal in deals)


def _anchor_of_sunk(one: Structure) -> str:
    """The anchor of these among all that were lost; the same where all stages are known."""
    return "sunk" if one.lost_somewhere else "lost"


def years_of(one: Structure, found: Structures) -> list[tuple[str, Structure]]:
    """The same of each year in which deals began, where there are several."""
    years = [(year, s) for year, every in found.years.items() for s in every if s.id == one.id]
    begun = [(year, s) for year, s in years if s.started]
    return begun if len(begun) > 1 else []


def in_no_year(one: Structure, found: Structures) -> str:
    """How many deals the years leave out, in a sentence; nothing where they have all."""
    years = years_of(one, found)
    rest = one.started - sum(made.started for _, made in years)
    if not (years and rest):
        return ""
    are = "is" if rest == 1 else "are"
    return f"{counting.count(rest, 'deal')} began nobody knows when, and {are} in no year."


def sunk(one: Structure, path: str) -> tuple[Cell, Cell]:
    """The notes and the days of all that was lost in a known stage, leading to these deals."""
    notes, days = (sum(costs.values()) for costs in (one.notes_sunk, one.days_sunk))
    return number(notes, path), number(days, path)


def off_by(centre: float, spread: float | None, losses: int) -> str:
    """By how much a centre of losses may be off, or between what it lies where that leaves the
    scale. Where all lie in one stage, between what it may be: so many may end elsewhere as Wilson's
    interval leaves room for, in the worst case all in the first stage or all in the last."""
    if spread and spread <= min(centre, 1 - centre):
        return f"± {spread:.2f}"
    if spread:
        return f"({max(centre - spread, 0):.2f} to {min(centre + spread, 1):.2f})"
    sure = Share(losses, losses).interval
    elsewhere = 1 - sure[0] if sure else 1.0
    low, high = centre * (1 - elsewhere), centre + (1 - centre) * elsewhere
    return f"({low:.2f} to {high:.2f})"


def stage_of(pipeline: Pipeline, id: str) -> Stage:
    """The stage of a pipeline with an id."""
    found = pipeline.stage(id)
    assert found is not None
    return found


def anchor_of(one: Structure, stage: str) -> str:
    """The anchor of what was lost in a stage."""
    return f"{one.id}.{stage}"
