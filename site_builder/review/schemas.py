"""What a change does to pipeline.yml: to stages, people, and all else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from typing import NamedTuple

from site_builder.journal.pipeline import Pipeline, Stage
from site_builder.journal.schema import Schema
from site_builder.review.sides import stage_now

_BY_THEMSELVES = ("pipelines", "team", "unsure")


class SchemaChange(NamedTuple):
    """A part of pipeline.yml that is not what it was: `stage acquisition/demo`, `rates`."""

    part: str
    what: str


def schema_changes(before: Schema, after: Schema) -> Iterator[SchemaChange]:
    """All parts that came, went or changed."""
    if before is after:
        return
    yield from _by_ids("person ", before.team, after.team)
    was = {pipeline.id: pipeline for pipeline in before.pipelines}
    now = {pipeline.id: pipeline for pipeline in after.pipelines}
    for id in dict.fromkeys([*now, *was]):
        if id in was and id in now:
            yield from _of_pipeline(was[id], now[id])
        else:
            yield SchemaChange(f"pipeline {id}", "added" if id in now else "removed")
    for field in fields(Schema):
        name = field.name
        if name not in _BY_THEMSELVES and getattr(before, name) != getattr(after, name):
            yield SchemaChange(name.replace("_", "-"), "changed")


def _of_pipeline(before: Pipeline, after: Pipeline) -> Iterator[SchemaChange]:
    was = {stage_now(stage, after): _numberless(stage) for stage in before.stages}
    now = {stage.id: _numberless(stage) for stage in after.stages}
    yield from _by_ids(f"stage {after.id}/", was, now)
    if [id for id in was if id in now] != [id for id in now if id in was]:
        yield SchemaChange(f"order {after.id}", "changed")
    if replace(before, stages=()) != replace(after, stages=()):
        yield SchemaChange(f"pipeline {after.id}", "changed")


def _numberless(stage: Stage) -> Stage:
    """All that a stage says but for its number, which follows from the others."""
    return replace(stage, number=0)


def _by_ids(
    begin: str, was: Mapping[str, object], now: Mapping[str, object]
) -> Iterator[SchemaChange]:
    for id in dict.fromkeys([*now, *was]):
        if was.get(id) != now.get(id):
            what = "changed" if id in was and id in now else "added" if id in now else "removed"
            yield SchemaChange(f"{begin}{id}", what)
