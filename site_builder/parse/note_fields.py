"""The fields of notes, typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from site_builder.journal.fields import (
    COMPANY_STATE_FIELDS,
    KIND_FIELDS,
    NOTE_FIELDS,
    SOURCE_ID,
    STATE_FIELDS,
    Known,
    attribute,
)
from site_builder.journal.kinds import Kind, KindRole
from site_builder.journal.note import NO_FIELDS, NoteFields
from site_builder.journal.pipeline import Stage, StageType
from site_builder.parse.ids import slug
from site_builder.parse.reading import Reading
from site_builder.parse.typed_values import value_of
from site_builder.problems import field_names
from site_builder.problems.problem import Span
from site_builder.problems.suggest import listed, nearest
from site_builder.source.note_drafts import NoteDraft, NoteField, Token
from site_builder.source.yaml_nodes import Scalar
from site_builder.source.yaml_notes import NOTE_KEYS


def note_fields(
    reading: Reading, draft: NoteDraft, kind: Kind, stage: Stage | None
) -> tuple[NoteFields, Mapping[str, Span]]:
    """What the fields of a note say, and where each stands; what is wrong is left out."""
    found: dict[str, Any] = {}
    spans: dict[str, Span] = {}
    for field in draft.fields:
        name = field.name.text
        if name == SOURCE_ID:
            found["source_id"] = field.value.text
        elif name.startswith("x-"):
            reading.own_fields += 1
        else:
            _note_field(reading, field, kind, stage, found, spans, draft.has_any_kind)
    return (NoteFields(**found) if found else NO_FIELDS), spans


def _note_field(
    reading: Reading,
    field: NoteField,
    kind: Kind,
    stage: Stage | None,
    found: dict[str, Any],
    spans: dict[str, Span],
    any_kind: bool = False,
) -> None:
    name, allowed = field.name.text, reading.fields_of(kind)
    if any_kind and name not in allowed and name in reading.kind.settable:
        return
    if name not in allowed:
        _misplaced(reading, field, kind, allowed)
        # The field that was probably meant, so that nothing follows from the slip.
        meant = "" if name in NOTE_FIELDS else nearest(name, allowed)
        is_state = meant in STATE_FIELDS or meant in COMPANY_STATE_FIELDS
        if meant and meant not in spans and (not is_state or meant in reading.spans):
            token = Token(meant, field.name.span)
            _note_field(reading, field._replace(name=token), kind, stage, found, spans)
    elif name == "lost-reason" and stage and stage.type is not StageType.LOST:
        _nothing_lost(reading, field, stage)
    elif name in spans:
        reading.problem(
            "duplicate-key",
            f"`{name}` is given twice in this note.",
            "Keep one of the two lines.",
            field.name.span,
        )
    else:
        spans[name] = field.value.span
        _note_value(reading, field, allowed[name], found)


def _nothing_lost(reading: Reading, field: NoteField, stage: Stage) -> None:
    reading.problem(
        "unknown-field",
        f"`{field.name.text}` is no field of notes into `{stage.id}`, where nothing is lost.",
        "Put it below the note with which the deal was lost.",
        field.name.span,
    )


def _note_value(reading: Reading, field: NoteField, known: Known, found: dict[str, Any]) -> None:
    name, token = field.name.text, field.value
    if not token.text:
        reading.invalid(
            f"`{name}::` has no value.",
            "Write one behind it, or remove the line.",
            field.name.span,
        )
        return
    value = value_of(reading, name, known, Scalar(token.text, token.span))
    if value is not None:
        found[attribute(name)] = value


def _misplaced(
    reading: Reading, field: NoteField, kind: Kind, allowed: Mapping[str, Known]
) -> None:
    name = field.name.text
    kinds = [id for id, group in KIND_FIELDS.items() if name in group]
    if kinds == [KindRole.STAGE.value] and not reading.kind.has_stages:
        help = "It belongs to `stage` notes, which stand in files of deals."
    elif kinds:
        help = f"It belongs to notes of kind {listed(kinds, ' or ')}."
    elif name in STATE_FIELDS:
        help = "It belongs to notes of deals."
    elif name in COMPANY_STATE_FIELDS:
        help = "It belongs to notes in a company's own file, which has `type: company`."
    elif reading.is_markdown:
        help = reading.reader.guess(name, allowed) or "Put a blank line above it to make it text."
    else:
        near = nearest(name, allowed)
        help = f"Did you mean `{near}`?" if near else _keys_there_are(name, allowed)
    reading.problem(
        "unknown-field",
        f"`{name}` is not a field of `{kind.id}` notes{reading.kind.of_notes}.",
        help,
        field.name.span,
    )


def _keys_there_are(name: str, allowed: Mapping[str, Known]) -> str:
    keys = field_names.choice([*NOTE_KEYS, *allowed])
    return f"{keys.removesuffix('.')}; write {field_names.kept(name, slug(name))}."
