"""The structure of each pipeline: where deals that come to nothing end, and what they cost.

A pipeline in which they end late is ``expensive``, one in which they end early is ``ideal``, and
``normal`` is what lies between. Where a deal ended is the last open stage that it stood in before
it was lost; what it cost are its notes and its days up to then.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import Literal, NamedTuple

from site_builder.insights.closings import last_open_stage
from site_builder.insights.insights import Insights
from site_builder.insights.loss_trends import FEWEST, Began, Trend, spread, trend
from site_builder.insights.share import Share
from site_builder.journal import history
from site_builder.journal.deal import Deal
from site_builder.journal.history import Outcome
from site_builder.journal.periods import year_of
from site_builder.journal.pipeline import Pipeline, Stage

IDEAL, EXPENSIVE = 1 / 3, 2 / 3
"""Where the mean place of the losses is below the first or above the second, the pipeline is so."""

Class = Literal["ideal", "normal", "expensive"]


class Loss(NamedTuple):
    """A lost deal: the last open stage before, None where nothing says which; its notes and its
    days up to then, None where the days are not known."""

    deal: Deal
    stage: Stage | None
    notes: int
    days: int | None


class Win(NamedTuple):
    """A won deal, its notes and its days up to then."""

    deal: Deal
    notes: int
    days: int | None


@dataclass(frozen=True)
class Structure:
    """The deals of a pipeline that began, by what has become of them.

    ``centre`` is the mean place of the losses, from 0 in the first open stage to 1 in the last.
    ``spread`` is by how much that may be off, 19 times of 20. ``effectiveness`` is the share of
    what began that was won. Notes and days to a win are the median of the won deals.
    """

    id: str
    started: int
    won: int
    lost: int
    open: int
    parked: int
    lost_by_stage: Mapping[str, int]
    notes_sunk: Mapping[str, int]
    days_sunk: Mapping[str, int]
    centre: float | None
    class_: Class | None
    spread: float | None
    effectiveness: Share
    notes_to_win: float | None
    days_to_win: float | None
    won_deals: tuple[Deal, ...]
    open_deals: tuple[Deal, ...]
    parked_deals: tuple[Deal, ...]
    lost_deals: Mapping[str, tuple[Deal, ...]]
    lost_somewhere: tuple[Deal, ...]


@dataclass(frozen=True, slots=True)
class Structures:
    """The structure of each pipeline, of all its deals and of those that began in a year, and
    where the losses of each moved to. Deals of which nobody knows when they began are in no
    year."""

    pipelines: tuple[Structure, ...]
    years: Mapping[str, tuple[Structure, ...]]
    trends: tuple[Trend, ...]


def structures(insights: Insights) -> Structures:
    """The structure of every pipeline."""
    journal = insights.journal
    pipelines = journal.schema.pipelines
    by_year: dict[str, list[Deal]] = {}
    for deal in journal.deals:
        began = history.created_on(deal)
        if began is not None:
            year = year_of(began, journal.schema.fiscal_year_starts).label
            by_year.setdefault(year, []).append(deal)
    every = tuple(_structures(pipelines, journal.deals, insights))
    years = {
        year: tuple(_structures(pipelines, by_year[year], insights)) for year in sorted(by_year)
    }
    return Structures(every, years, tuple(_trends(pipelines, years)))


def _trends(
    pipelines: Sequence[Pipeline], years: Mapping[str, Sequence[Structure]]
) -> Iterator[Trend]:
    for at, pipeline in enumerate(pipelines):
        of_each = {year: found[at] for year, found in years.items() if found[at].started}
        yield trend(pipeline.id, [_began(year, pipeline, one) for year, one in of_each.items()])


def _began(year: str, pipeline: Pipeline, one: Structure) -> Began:
    where = _place_by_stage(pipeline)
    places = [
        where[stage] for stage, n in one.lost_by_stage.items() if stage in where for _ in range(n)
    ]
    return Began(year, one.started, one.open + one.parked, places)


def _structures(
    pipelines: Iterable[Pipeline], deals: Sequence[Deal], insights: Insights
) -> Iterator[Structure]:
    for pipeline in pipelines:
        yield structure(pipeline, [d for d in deals if d.pipeline.id == pipeline.id], insights)


def structure(pipeline: Pipeline, deals: Sequence[Deal], insights: Insights) -> Structure:
    """The structure that these deals of a pipeline show."""
    ended = {deal.id: insights.standings[deal.id].outcome for deal in deals}
    wins = [_win(deal, how) for deal in deals if (how := ended[deal.id]) and how.is_won]
    losses = [_loss(deal, how) for deal in deals if (how := ended[deal.id]) and not how.is_won]
    rest = [deal for deal in deals if ended[deal.id] is None]
    opened = tuple(deal for deal in rest if deal.stage.is_open)
    by_stage = _by_stage(pipeline, losses)
    places = _places(pipeline, losses)
    centre = fmean(places) if places else None
    return Structure(
        id=pipeline.id,
        started=len(deals),
        won=len(wins),
        lost=len(losses),
        open=len(opened),
        parked=len(rest) - len(opened),
        lost_by_stage={id: len(lost) for id, lost in by_stage.items()},
        notes_sunk={id: sum(loss.notes for loss in lost) for id, lost in by_stage.items()},
        days_sunk={id: sum(loss.days or 0 for loss in lost) for id, lost in by_stage.items()},
        centre=centre,
        class_=_class(centre, len(places)),
        spread=spread(places),
        effectiveness=Share(len(wins), len(deals)),
        notes_to_win=median([win.notes for win in wins]) if wins else None,
        days_to_win=_median([win.days for win in wins]),
        won_deals=tuple(win.deal for win in wins),
        open_deals=opened,
        parked_deals=tuple(deal for deal in rest if not deal.stage.is_open),
        lost_deals={id: tuple(loss.deal for loss in lost) for id, lost in by_stage.items()},
        lost_somewhere=tuple(loss.deal for loss in losses if loss.stage is None),
    )


def _by_stage(pipeline: Pipeline, losses: Iterable[Loss]) -> dict[str, list[Loss]]:
    """The losses by the open stages in which they ended, in the order of the pipeline; retired
    ones only where there are such."""
    found: dict[str, list[Loss]] = {s.id: [] for s in pipeline.stages if s.is_open}
    for loss in losses:
        if loss.stage is not None:
            found[loss.stage.id].append(loss)
    return {s.id: found[s.id] for s in pipeline.stages if found.get(s.id) or _is_there(s)}


def _is_there(stage: Stage) -> bool:
    return stage.is_open and not stage.retired


def _places(pipeline: Pipeline, losses: Iterable[Loss]) -> list[float]:
    """Where the losses ended; those in a retired stage have no place."""
    where = _place_by_stage(pipeline)
    return [where[loss.stage.id] for loss in losses if loss.stage and loss.stage.id in where]


def _place_by_stage(pipeline: Pipeline) -> dict[str, float]:
    """The places of the open stages, from 0 of the first to 1 of the last."""
    order = [stage.id for stage in pipeline.stages if _is_there(stage)]
    return {id: at / max(1, len(order) - 1) for at, id in enumerate(order)}


def _class(centre: float | None, losses: int) -> Class | None:
    if centre is None or losses < FEWEST:
        return None
    return "ideal" if centre < IDEAL else "expensive" if centre > EXPENSIVE else "normal"


def _loss(deal: Deal, how: Outcome) -> Loss:
    stage = last_open_stage(history.stage_path(deal))
    return Loss(deal, stage, *_cost(deal, how.day))


def _win(deal: Deal, how: Outcome) -> Win:
    return Win(deal, *_cost(deal, how.day))


def _cost(deal: Deal, day: dt.date | None) -> tuple[int, int | None]:
    """A deal's notes and days up to a day; without one all its notes, and no days."""
    if day is None:
        return len(deal.notes), None
    began = history.created_on(deal)
    notes = sum(note.date <= day for note in deal.notes)
    return notes, max(0, (day - began).days) if began else None


def _median(counts: Iterable[int | None]) -> float | None:
    known = [count for count in counts if count is not None]
    return median(known) if known else None
