"""The JSON Schemas of deals and contacts: of `.yml` files, and of the front matter of `.md`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from site_builder.editors.json_types import Names, described, stages_of, whole
from site_builder.editors.notes import notes_of, stages_in_notes
from site_builder.editors.shapes import (
    NOTHING,
    SOMETHING,
    Shape,
    has,
    mapping,
    maybe,
    one_of,
    said_by,
)
from site_builder.editors.words import CONTACT_WORDS, DEAL_WORDS
from site_builder.exchange.facts import Json
from site_builder.journal.fields import (
    CONTACT_FIELDS,
    CONTACT_REQUIRED,
    DEAL_FIELDS,
    DEAL_REQUIRED,
    Known,
)
from site_builder.journal.pipeline import FieldType, Pipeline, StageType
from site_builder.parse.reading import CONTACT_FILE, DEAL_FILE


def deal_schema(names: Names) -> Shape:
    """The schema of deals."""
    pipelines = names.schema.pipelines
    required = (*DEAL_REQUIRED, *(("pipeline",) if len(pipelines) > 1 else ()))
    fields = _fields(DEAL_FIELDS, DEAL_WORDS, required, names)
    own = names.schema.own_fields
    labels = {name: said_by({}, field.label) for name, field in own.items()}
    shape = mapping({**fields, **labels, **_text(), "notes": notes_of(DEAL_FILE, names)}, required)
    rules: list[Json] = [*_by_pipeline(pipelines, own, names)]
    return whole(f"A deal of {names.schema.name}", {**shape, "allOf": rules})


def contact_schema(names: Names) -> Shape:
    """The schema of contacts."""
    fields = _fields(CONTACT_FIELDS, CONTACT_WORDS, CONTACT_REQUIRED, names)
    notes = notes_of(CONTACT_FILE, names)
    shape = mapping({**fields, **_text(), "notes": notes}, CONTACT_REQUIRED)
    is_company = has({"type": {"const": "company"}})
    no_level: Shape = {
        "properties": {"level": NOTHING, "notes": {"items": {"properties": {"level": False}}}}
    }
    title = f"A contact of {names.schema.name}"
    return whole(title, {**shape, "if": is_company, "else": no_level})


def own_field(field: FieldType) -> Known:
    """A field of a pipeline's own as those of all deals are declared."""
    return Known(field.type, options=field.options)


def _fields(
    known: Mapping[str, Known], words: Mapping[str, str], required: Iterable[str], names: Names
) -> dict[str, Shape]:
    needed = set(required)
    return {
        name: said_by(described(field, names, needed=name in needed), words[name])
        for name, field in known.items()
    }


def _text() -> dict[str, Shape]:
    return {"summary": said_by(maybe(SOMETHING), "What there is to know, in Markdown")}


def _by_pipeline(
    pipelines: tuple[Pipeline, ...], own: Iterable[str], names: Names
) -> Iterator[Shape]:
    """What holds for the deals of each pipeline."""
    for pipeline in pipelines:
        holds = _of_pipeline(pipeline, own, names)
        is_in = has({"pipeline": one_of([pipeline.id])})
        yield {"if": is_in, "then": holds} if len(pipelines) > 1 else holds


def _of_pipeline(pipeline: Pipeline, own: Iterable[str], names: Names) -> Shape:
    declared = {field.name: field for field in pipeline.fields}
    fields: Shape = {
        name: said_by(described(own_field(declared[name]), names), declared[name].label)
        if name in declared
        else False
        for name in own
    }
    at = said_by(stages_of(pipeline), DEAL_WORDS["stage"])
    holds: Shape = {"properties": {"stage": at, **fields, "notes": stages_in_notes(pipeline)}}
    lost = [stage.id for stage in pipeline.present if stage.type is StageType.LOST]
    return {**holds, **_with_reason(lost)} if lost else holds


def _with_reason(lost: Iterable[str]) -> Shape:
    """Who stands in one of these stages says why it was lost."""
    return {"if": has({"stage": one_of(lost)}), "then": has({"lost-reason": {"not": NOTHING}})}
