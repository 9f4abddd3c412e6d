"""A part of the page of structure: whether what is lost ends later or earlier, year by year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from site_builder.insights.loss_trends import (
    FEWEST,
    FEWEST_OF_YEAR,
    UNENDED,
    Trend,
    YearOfLosses,
    compared,
)
from site_builder.insights.structure import Structure
from site_builder.journal.deal import Deal
from site_builder.journal.pipeline import Pipeline
from site_builder.markup.places import Place, places
from site_builder.pages.sheet import Cell, Row, Section, Table, groups, number, numbers, texts
from site_builder.pages.structure_years import off_by, stage_of
from site_builder.problems import counting

_RULE = (
    f"Compared are years in which {FEWEST_OF_YEAR} or more began that were lost, and of which no "
    f"more than {UNENDED:.0%} is open or parked: of younger ones only what ended early has ended. "
    "Losses move where chance alone would set the years as much apart less than once in 20 times "
    "(Mantel's test: the squared correlation of year and place, times one less than there are "
    "losses, is above 3.84)."
)
_COLUMNS = (
    *numbers("Begun in", "Lost in a stage there is today", "Mean place"),
    *texts("Compared"),
)


def trend_of(
    one: Trend, pipeline: Pipeline, made: Sequence[tuple[str, Structure]]
) -> Iterator[Section]:
    """The years side by side, where anything was lost in two of them and there are enough losses
    for a trend, were all years compared."""
    years = [year for year in one.years if year.losses]
    own = {year: _placed(found, pipeline) for year, found in made}
    anchors = {year: _anchor(year, found, len(own[year])) for year, found in made}
    if len(years) > 1 and sum(year.losses for year in years) >= FEWEST:
        yield Section(
            f":trend:{pipeline.id}",
            f"Centre of loss by year: {pipeline.name}",
            in_words(one),
            _drawn(years, pipeline, anchors),
            (_table(years, pipeline, anchors),),
            _RULE,
            groups(
                (anchors[year], f"Begun in {year}, lost in a stage there is today", deals)
                for year, deals in own.items()
                if anchors[year].startswith(":")
            ),
            is_closed=True,
        )


def _placed(one: Structure, pipeline: Pipeline) -> tuple[Deal, ...]:
    """What was lost in a stage that there still is."""
    found = one.lost_deals.items()
    return tuple(deal for id, of in found if not stage_of(pipeline, id).retired for deal in of)


def _anchor(year: str, one: Structure, placed: int) -> str:
    """The anchor of these: that of all lost ones, where none is left out."""
    return f"{one.id}-lost:{year}" if placed == one.lost else f":trend:{one.id}:{year}"


def in_words(one: Trend) -> str:
    """``moved towards the end: 0.31 of 2023, 0.52 of 2025``."""
    years = list(compared(one))
    if one.direction is None:
        return f"too few to tell a trend: {_missing(one)}"
    if not any(year.spread for year in years) and len({year.centre for year in years}) == 1:
        return "no trend: all that was lost ended in one stage"
    ends = ", ".join(f"{_centre(year)} of {year.year}" for year in (years[0], years[-1]))
    if one.direction == "none":
        return f"no trend that chance would not explain: {ends}"
    where = "the end" if one.direction == "later" else "the beginning"
    return f"moved towards {where}: {ends}"


def _missing(one: Trend) -> str:
    """What would have to be there."""
    count = len(list(compared(one)))
    if count < 2:
        have = "no year" if not count else "1 year"
        return f"{have} can be compared, two would do"
    losses = counting.count(one.losses, "loss", "losses")
    return f"{losses} in years that can be compared, {FEWEST - one.losses} more would do"


def _centre(one: YearOfLosses) -> str:
    assert one.centre is not None
    return f"{one.centre:.2f} {off_by(one.centre, one.spread, one.losses)}"


def _why_not(one: YearOfLosses) -> str:
    """Why a year is not compared."""
    if not one.over:
        unended, started = map(counting.grouped, (one.unended, one.started))
        return f"no, {unended} of {started} have not ended"
    more = FEWEST_OF_YEAR - one.losses
    return "" if one.compared else f"no, too few; {more} more would do"


def _drawn(years: list[YearOfLosses], pipeline: Pipeline, anchors: dict[str, str]) -> Markup:
    open_stages = [stage for stage in pipeline.stages if stage.is_open and not stage.retired]
    ends = (open_stages[0].name, open_stages[-1].name)
    rows = [_place(year, anchors[year.year]) for year in years]
    return places(f"Where losses ended: {pipeline.name}", ends, rows, len(open_stages) - 1)


def _place(one: YearOfLosses, anchor: str) -> Place:
    losses = counting.count(one.losses, "loss", "losses")
    assert one.centre is not None
    return Place(
        one.year,
        f"#{anchor}",
        one.centre,
        one.spread or 0.0,
        f"{_centre(one)}, {losses}",
        f"{one.year}: {losses}, {_centre(one)}",
        _why_not(one).replace("no, ", "; not compared, "),
        not one.compared,
    )


def _table(years: list[YearOfLosses], pipeline: Pipeline, anchors: dict[str, str]) -> Table:
    rows = [
        Row(
            Cell(one.year),
            (
                number(one.losses, f"structure.html#{anchors[one.year]}"),
                Cell(_centre(one)),
                Cell(_why_not(one) or "yes"),
            ),
        )
        for one in years
    ]
    label = f"Centre of loss by year: {pipeline.name}"
    return Table(label, _COLUMNS, tuple(rows), is_below=True)
