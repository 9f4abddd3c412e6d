"""The structure page: where deals that come to nothing end, and what they cost until then."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from markupsafe import Markup

from site_builder.insights import structure as facts
from site_builder.insights.loss_trends import FEWEST
from site_builder.insights.structure import Structure, Structures
from site_builder.insights.topics import Topic
from site_builder.journal.deal import Deal
from site_builder.journal.pipeline import Pipeline
from site_builder.markup.charts import Bar, Mark, counted_bars
from site_builder.pages.context import Context
from site_builder.pages.heat import of_hundred_cell
from site_builder.pages.page import NavGroup, page_of_facts
from site_builder.pages.sheet import (
    Cell,
    Row,
    Section,
    Sheet,
    Table,
    groups,
    number,
    numbers,
    percent_from,
    share_text,
    sure,
    too_few,
)
from site_builder.pages.structure_leaks import answer
from site_builder.pages.structure_trend import trend_of
from site_builder.pages.structure_years import (
    FEWEST_DEALS,
    FEWEST_WINS,
    anchor_of,
    by_year,
    efforts,
    ended_by_year,
    in_no_year,
    off_by,
    placed,
    stage_of,
    sunk,
    years_of,
)
from site_builder.problems import counting

_RULE = (
    "A pipeline is ideal where what is lost ends, on average, in the first third of its open "
    "stages, expensive where it ends in the last, and normal between. Where a deal ended is the "
    "last open stage it stood in; what it cost are its notes and days up to then. What a win takes "
    "are its own notes and days, by median, and what was sunk into losses for each win; of fewer "
    f"than {FEWEST_WINS} wins nothing is said. {percent_from(FEWEST_DEALS, 'deals')[:-1]}, "
    "as is how many of 100 ended where; of fewer stand the counts."
)
_COLUMNS = numbers("Lost in", "Deals", "Of 100 begun", "Notes sunk", "Days sunk")


def structure(context: Context, _key: str = "") -> Sheet:
    """The page."""
    found = context.facts(facts.structures)
    schema = context.journal.schema
    shown = [one for one in found.pipelines if one.started]
    by_id = {pipeline.id: pipeline for pipeline in schema.pipelines}
    return Sheet(
        "Structure",
        answer(shown, by_id),
        tuple(made for one in shown for made in _sections(one, by_id[one.id], found)),
        _RULE,
        "No deals yet. Here stands where those that come to nothing end, and what they cost.",
    )


def _sections(one: Structure, pipeline: Pipeline, found: Structures) -> Iterator[Section]:
    yield _section(one, pipeline, found)
    (trend,) = (trend for trend in found.trends if trend.pipeline == one.id)
    yield from trend_of(trend, pipeline, years_of(one, found))


def _section(one: Structure, pipeline: Pipeline, found: Structures) -> Section:
    lost = [
        (anchor_of(one, id), f"Lost in {stage_of(pipeline, id).name}", deals)
        for id, deals in one.lost_deals.items()
    ]
    return Section(
        pipeline.id,
        pipeline.name,
        _class_in_words(one),
        _funnel(one, pipeline),
        (
            _by_stage(one, pipeline),
            *efforts(one, pipeline, found),
            *by_year(one, pipeline, found),
        ),
        rule=in_no_year(one, found),
        made_of=groups(
            [
                *lost,
                *_not_lost(one, pipeline),
                (f"{one.id}-sunk", "Lost in a known stage", placed(one)),
                (f"{one.id}-lost", "Lost, nobody knows where", one.lost_somewhere),
                (f"{one.id}-won", "Won", one.won_deals),
                *ended_by_year(one, pipeline, found),
            ]
        ),
        is_closed=True,
    )


def _class_in_words(one: Structure) -> str:
    known = len(placed(one))
    won = _won_of(one)
    if one.class_ is None or one.centre is None:
        more = FEWEST - known
        few = f"{counting.count(known, 'loss', 'losses')} of known stage: too few to name its shape"
        return f"{few} or a trend, {more} more would do; {won}"
    sure = off_by(one.centre, one.spread, known)
    return f"{one.class_.capitalize()}: centre of loss {one.centre:.2f} {sure}; {won}"


def _won_of(one: Structure) -> str:
    of = counting.count(one.started, "deal")
    if one.started < FEWEST_DEALS:
        return f"{one.won} won of {of} begun: {too_few(one.started, FEWEST_DEALS, 'more')}"
    return f"{share_text(one.effectiveness)} won of {of} begun ({sure(one.effectiveness)})"


def _funnel(one: Structure, pipeline: Pipeline) -> Markup:
    """Of the deals that began, how many were not lost before each stage, and how many in it."""
    left, bars = one.started - len(one.lost_somewhere), []
    for id, lost in one.lost_by_stage.items():
        stage, path = stage_of(pipeline, id), f"#{anchor_of(one, id) if lost else one.id}"
        kept = left - lost
        marks = (
            Mark(
                Decimal(kept),
                "kept",
                f"{counting.grouped(kept)} not lost",
                f"{stage.name}: {counting.grouped(kept)} not lost",
                f"#{_kept(one, id) if kept else one.id}",
            ),
            Mark(
                Decimal(lost),
                "lost",
                f"{counting.grouped(lost)} lost",
                f"{stage.name}: {counting.grouped(lost)} lost",
                path,
            ),
        )
        bars.append(Bar(stage.name, path, marks))
        left = kept
    return counted_bars(f"What is lost on the way: {pipeline.name}", bars)


def _kept(one: Structure, stage: str) -> str:
    """The anchor of what was not lost in a stage, nor before it."""
    return f"{anchor_of(one, stage)}:kept"


def _not_lost(one: Structure, pipeline: Pipeline) -> Iterator[tuple[str, str, tuple[Deal, ...]]]:
    """The deals that were not lost up to each stage."""
    left = (*one.won_deals, *one.open_deals, *one.parked_deals)
    lost = list(one.lost_deals.items())
    for at, (id, _) in enumerate(lost):
        later = [deal for _, deals in lost[at + 1 :] for deal in deals]
        name = f"Not lost up to {stage_of(pipeline, id).name}"
        yield _kept(one, id), name, (*left, *later)


def _by_stage(one: Structure, pipeline: Pipeline) -> Table:
    rows = [
        Row(
            Cell(stage_of(pipeline, id).name),
            (
                number(lost, f"structure.html#{anchor_of(one, id)}"),
                of_hundred_cell(lost, one.started, FEWEST_DEALS),
                number(one.notes_sunk[id], f"structure.html#{anchor_of(one, id)}"),
                number(one.days_sunk[id], f"structure.html#{anchor_of(one, id)}"),
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
            number(lost, f"structure.html#{one.id}-sunk"),
            of_hundred_cell(lost, one.started, FEWEST_DEALS),
            *sunk(one, f"structure.html#{one.id}-sunk"),
        ),
        is_sum=True,
    )


PAGE = page_of_facts(
    "structure",
    structure,
    facts.structures,
    NavGroup.LEARN,
    "Structure",
    lambda _, topics: topics.issuperset((Topic.LOST, Topic.MANY)),
)
