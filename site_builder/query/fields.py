"""The fields that a query can name, and what is known of their values."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from site_builder.insights import staleness
from site_builder.insights.standing import STATES
from site_builder.journal.fields import CATEGORIES
from site_builder.journal.schema import Schema

NONE, ANY = "none", "any"
"""Words that fit where a field is empty, and where it is not."""
VIEW = "view"
"""The field whose values are the queries that pipeline.yml has by names."""


class Sort(StrEnum):
    """How a field's values are compared."""

    ONE = "one"  # one of some ids or words, by id or name
    NAMED = "named"  # a part of an id or of the name that goes with it
    TEXT = "text"  # a part of a text
    DATE = "date"
    NUMBER = "number"  # a money's amount in the journal's currency, a percent's fraction, days


@dataclass(frozen=True, slots=True)
class QueryField:
    """A field: how its values are compared, and the ids that they can be with their names, where
    these are known. ``unit`` says what a number is: ``money``, ``percent``, ``days`` or nothing."""

    name: str
    sort: Sort
    known: Mapping[str, str] | None = None
    unit: str = ""
    was: Mapping[str, str] | None = None
    """Of ids that have been renamed: what each is now, where no other has it."""
    refers: str = ""
    """Whose ids its values are: ``contact``, ``deal``, or nobody's."""
    views: Mapping[str, str] | None = None
    """Of the field that names saved views: the query of each by id."""


_YES_NO = {"yes": "", "no": ""}
_TEXTS = ("title", "source", "channel", "their-win", "our-win")
_DATES = ("close", "created", "next", "wake", "renews", "last", "since", "won", "lost")
_SORTS = {
    "number": (Sort.NUMBER, ""),
    "money": (Sort.NUMBER, "money"),
    "percent": (Sort.NUMBER, "percent"),
    "duration": (Sort.NUMBER, "days"),
    "date": (Sort.DATE, ""),
    "contact": (Sort.NAMED, ""),
    "deal": (Sort.NAMED, ""),
}


def fields_of(schema: Schema) -> dict[str, QueryField]:
    """All fields of a journal's deals that a query can name, those of its pipelines among them."""
    names = own_names(schema)
    found = {names[field.name]: replace(field, name=names[field.name]) for field in _own(schema)}
    found.update({field.name: field for field in _built_in(schema)})
    return found


def own_names(schema: Schema) -> dict[str, str]:
    """What queries call each field of a pipeline: by its name, and by `own-NAME` where that is what
    they ask of all deals, such as `view` and `days`. Where another field has that name, with one
    `own-` more."""
    built_in = {field.name for field in _built_in(schema)}
    names = {field.name for pipeline in schema.pipelines for field in pipeline.fields}
    return {name: _free(name, built_in, names) if name in built_in else name for name in names}


def _free(name: str, built_in: Container[str], own: Container[str]) -> str:
    """A name of no field, with `own-` before it so often that it is one."""
    asked = f"own-{name}"
    return _free(asked, built_in, own) if asked in built_in or asked in own else asked


def _built_in(schema: Schema) -> Iterator[QueryField]:
    for name, refers in (("id", "deal"), ("company", "contact"), ("contact", "contact")):
        yield QueryField(name, Sort.NAMED, refers=refers)
    for name in _TEXTS:
        yield QueryField(name, Sort.TEXT)
    for name in _DATES:
        yield QueryField(name, Sort.DATE)
    for name, unit in {
        "value": "money",
        "expected": "money",
        "probability": "percent",
        "days": "days",
    }.items():
        yield QueryField(name, Sort.NUMBER, unit=unit)
    for name in ("need", "want"):
        yield QueryField(name, Sort.ONE, _YES_NO)
    yield QueryField("tag", Sort.ONE)
    yield QueryField("step", Sort.ONE, _steps(schema))
    yield _of_views(schema)
    for name, known in _vocabularies(schema).items():
        was = _stages_before(schema, known) if name == "stage" else None
        yield QueryField(name, Sort.ONE, known, was=was)
    if schema.lost_reasons:
        yield QueryField("lost-reason", Sort.ONE, {**schema.lost_reasons, "other": ""})
    else:
        yield QueryField("lost-reason", Sort.TEXT)


def _vocabularies(schema: Schema) -> dict[str, dict[str, str]]:
    return {
        "owner": {person.id: person.name for person in schema.team.values()},
        "pipeline": {pipeline.id: pipeline.name for pipeline in schema.pipelines},
        "stage": {stage.id: stage.name for p in schema.pipelines for stage in p.stages},
        "state": dict.fromkeys(STATES, ""),
        "category": dict.fromkeys(CATEGORIES, ""),
        "stale": {**_YES_NO, **dict.fromkeys(staleness.CODES, "")},
        "rung": dict.fromkeys(schema.rungs, ""),
        "level": dict.fromkeys(schema.levels, ""),
    }


def _stages_before(schema: Schema, known: Mapping[str, str]) -> dict[str, str] | None:
    """The stages that had another id before, by that."""
    stages = [stage for pipeline in schema.pipelines for stage in pipeline.stages]
    found = {old: stage.id for stage in reversed(stages) for old in stage.was if old not in known}
    return found or None


def _of_views(schema: Schema) -> QueryField:
    names = {view.id: view.name for view in schema.views}
    return QueryField(VIEW, Sort.ONE, names, views={v.id: v.query for v in schema.views})


def _steps(schema: Schema) -> dict[str, str]:
    return {step.id: step.name for p in schema.pipelines for s in p.stages for step in s.steps}


def _own(schema: Schema) -> Iterator[QueryField]:
    for pipeline in schema.pipelines:
        for field in pipeline.fields:
            if field.type == "choice":
                yield QueryField(field.name, Sort.ONE, dict.fromkeys(field.options, ""))
            elif field.type == "yes/no":
                yield QueryField(field.name, Sort.ONE, _YES_NO)
            elif field.type == "person":
                names = {person.id: person.name for person in schema.team.values()}
                yield QueryField(field.name, Sort.ONE, names)
            else:
                sort, unit = _SORTS.get(field.type, (Sort.TEXT, ""))
                refers = field.type if sort is Sort.NAMED else ""
                yield QueryField(field.name, sort, unit=unit, refers=refers)
