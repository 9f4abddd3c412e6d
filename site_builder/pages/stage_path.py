"""A deal's way: the stages it has been in and those ahead, and the steps of each."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from site_builder.journal import history
from site_builder.journal.deal import Deal
from site_builder.journal.history import Visit
from site_builder.journal.note import NO_FIELDS, Note
from site_builder.journal.pipeline import Pipeline, Stage, StageType
from site_builder.markup import formats
from site_builder.markup.prose import Writer
from site_builder.pages.facts import Fact
from site_builder.pages.links import Link, board_page, stage_page
from site_builder.pages.note_paths import from_own_page


class Stay(NamedTuple):
    """A stay in a stage: since which day and for how long, and what is remarked of it; ``href``
    leads to the note by which it began."""

    day: str
    days: str
    remarks: tuple[str, ...]
    href: str


class Stop(NamedTuple):
    """A stage on the way, with the deal's stays in it, the oldest first. ``state`` is ``past``,
    ``here``, ``skipped`` or ``ahead``; ``said`` is what else than dates is to be said of it."""

    name: str
    state: str
    said: str
    stays: tuple[Stay, ...]


class StepLine(NamedTuple):
    """A step of a stage; ``day`` and ``href`` tell of the note that ticked it."""

    name: str
    done: bool
    required: bool
    day: str
    href: str
    text: str


class Tick(NamedTuple):
    """When a step was ticked first, where, and what was written behind it."""

    date: dt.date
    href: str
    text: str


class StageSteps(NamedTuple):
    """The steps of one stage, ``done`` as ``3/5``. ``here``: the deal stands in it; then
    ``about`` says what the stage is for."""

    stage: str
    done: str
    here: bool
    about: tuple[Fact, ...]
    steps: tuple[StepLine, ...]


class Outline(NamedTuple):
    """A stage whose steps a deal's page shows: ``always``, or if one of ``ids`` is done.
    ``undone`` is what it shows of the stage with no step done."""

    stage: Stage
    ids: frozenset[str]
    always: bool
    undone: StageSteps


class AtStage(NamedTuple):
    """What all deals that stand in a stage have in common. ``number`` is its place among the
    stages on the way to winning, from 1, or 0 where it is none of them; ``place`` says it:
    ``Stage 3 of 7``."""

    pipeline: Link
    stage: Link
    number: int
    place: str
    outlines: tuple[Outline, ...]


def at_stage(pipeline: Pipeline, stage: Stage) -> AtStage:
    """The place of a stage of a pipeline."""
    number, way = pipeline.place_of(stage), pipeline.way
    return AtStage(
        Link(pipeline.name, f"../{board_page(pipeline.id)}"),
        Link(stage.name, f"../{stage_page(pipeline.id, stage.id)}"),
        number,
        f"Stage {number} of {len(way)}" if number else "",
        _outlines(pipeline, stage),
    )


def _at(here: Stage, pipeline: Pipeline) -> int:
    return [stage.id for stage in pipeline.stages].index(here.id)


def _outlines(pipeline: Pipeline, here: Stage) -> tuple[Outline, ...]:
    """The stage itself, if there is something to say of it, then others that have steps."""
    until = _at(here, pipeline)
    found = [
        Outline(
            stage,
            _telling(stage, pipeline),
            stage is here or (at < until and not stage.retired),
            _undone(stage, _about(stage) if stage is here else (), stage is here),
        )
        for at, stage in enumerate(pipeline.stages)
        if stage.steps or (stage is here and _about(stage))
    ]
    found.sort(key=lambda outline: outline.stage is not here)
    return tuple(found)


def _telling(stage: Stage, pipeline: Pipeline) -> frozenset[str]:
    """The steps that tell of work on a stage, once done: of a retired one those that no
    stage of today has."""
    ids = frozenset(step.id for step in stage.steps)
    if not stage.retired:
        return ids
    return ids - {step.id for other in pipeline.present for step in other.steps}


def _undone(stage: Stage, about: tuple[Fact, ...], here: bool) -> StageSteps:
    lines = tuple(StepLine(step.name, False, step.required, "", "", "") for step in stage.steps)
    return StageSteps(stage.name, f"0/{len(lines)}" if lines else "", here, about, lines)


def _about(stage: Stage) -> tuple[Fact, ...]:
    """What a stage is for: our goal, how the customer shows it, what they should learn."""
    every = (("Goal", stage.goal), ("They show", stage.buyer), ("They learn", stage.knowledge))
    return tuple(Fact(label, text) for label, text in every if text)


def stops(deal: Deal, today: dt.date) -> tuple[Stop, ...]:
    """The stages on the deal's way in the pipeline's order, and others that it has been in; each
    once, however often it was there."""
    stays = _stays(deal, today)
    way = {stage.id for stage in deal.pipeline.way}
    shown = [s for s in deal.pipeline.stages if s.id in way or s.id in stays or s is deal.stage]
    reached = [n for n, s in enumerate(shown) if s.id in way and (s.id in stays or s is deal.stage)]
    furthest = max(reached, default=-1)
    return tuple(
        [_stop(stage, deal, stays.get(stage.id, ()), n < furthest) for n, stage in enumerate(shown)]
    )


def _stop(stage: Stage, deal: Deal, stays: tuple[Stay, ...], is_before: bool) -> Stop:
    state = "past" if stays else "skipped" if is_before else "ahead"
    if stage is deal.stage:
        state = "here"
    return Stop(stage.name, state, _said(state, deal, len(stays)), stays)


def _said(state: str, deal: Deal, times: int) -> str:
    if state == "skipped":
        return state
    if state == "ahead":
        return state if deal.stage.is_open else "not reached"
    return f"{times} times" if times > 1 else ""


def _stays(deal: Deal, today: dt.date) -> dict[str, tuple[Stay, ...]]:
    """The deal's stays in stages, by the stage's id, the oldest first."""
    ended: StageType | None = None
    found: dict[str, tuple[Stay, ...]] = {}
    for visit in history.stage_path(deal):
        now = history.ended_by(visit.stage.type, ended)
        stay = _stay(deal, visit, ended is not None and now is None, today)
        found[visit.stage.id] = (*found.get(visit.stage.id, ()), stay)
        ended = now
    return found


def _stay(deal: Deal, visit: Visit, reopened: bool, today: dt.date) -> Stay:
    days = visit.days(today)
    note = visit.note
    began = formats.short_day(visit.entered) if visit.entered else ""
    return Stay(
        f"since {began}" if visit.left is None and began else began,
        "" if days is None else formats.days(days),
        _remarks(note, reopened) if reopened or (note and note.fields is not NO_FIELDS) else (),
        from_own_page(deal, note) if note is not None else "",
    )


def _remarks(note: Note | None, reopened: bool) -> tuple[str, ...]:
    remarks = ["reopened"] if reopened else []
    if note is not None:
        asked = {"customer": "the customer asked", "us": "we asked"}
        remarks += [asked[note.fields.asked_by]] if note.fields.asked_by else []
        remarks += [f"gate passed: {note.fields.override}"] if note.fields.override else []
    return tuple(remarks)


def stages(deal: Deal, here: AtStage, writer: Writer) -> tuple[StageSteps, ...]:
    """The steps of the stage the deal stands in, then those of the others it has been near:
    the earlier ones, and later ones with a step done."""
    done: dict[str, Tick] = {}
    for note in deal.notes:
        for mark in note.steps:
            if mark.step.id not in done:
                href = from_own_page(deal, note)
                done[mark.step.id] = Tick(note.date, href, writer.line(mark.text))
    found = []
    for outline in here.outlines:
        if not outline.ids.isdisjoint(done):
            found.append(_steps(outline, done))
        elif outline.always:
            found.append(outline.undone)
    return tuple(found)


def _steps(outline: Outline, done: dict[str, Tick]) -> StageSteps:
    stage, _, here, about, undone = outline.undone
    lines = list(undone)
    for number, step in enumerate(outline.stage.steps):
        if step.id in done:
            date, href, text = done[step.id]
            day = formats.short_day(date)
            lines[number] = StepLine(step.name, True, step.required, day, href, text)
    count = sum([line.done for line in lines])
    return StageSteps(stage, f"{count}/{len(lines)}", here, about, tuple(lines))
