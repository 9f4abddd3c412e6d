"""`fields` of a pipeline: what its deals have beside the fields of every deal."""

from __future__ import annotations

from site_builder.journal.field_types import FIELD_TYPES, OTHER_WORDS
from site_builder.journal.fields import DEAL_FIELDS
from site_builder.journal.pipeline import FieldType, Pipeline
from site_builder.parse import mappings
from site_builder.parse.ids import titled
from site_builder.parse.mappings import Entries, entries_of, scalar_of, text_of
from site_builder.parse.reader import Reader
from site_builder.source.yaml_nodes import Entry, Mapping, Node, Scalar

FIELD_FIELDS = ("type", "name", "options")
_PARTS = ("fields", "stages", "skip")


def read_fields(reader: Reader, e: Entries, base: Pipeline | None) -> tuple[FieldType, ...]:
    """The fields that a pipeline declares or inherits; what is wrong is reported."""
    found = {f.name: f for f in base.fields} if base else {}
    entries = entries_of(reader, "fields", e)
    for id, entry in mappings.own(reader, entries, "field"):
        if is_misplaced(reader, entry, "Put fewer blanks before it"):
            break
        if id in DEAL_FIELDS:
            reader.invalid(
                f"`{entry.key.text}` is a field of every deal already.",
                "Choose another name; that field needs no line here.",
                entry.key.span,
            )
        else:
            found[id] = _field(reader, id, entry)
    return tuple(found.values())


def is_misplaced(reader: Reader, entry: Entry, how: str) -> bool:
    """Whether a line of a pipeline stands among other names, which is reported. ``how`` says
    how to put it where it belongs."""
    if entry.key.text not in _PARTS or not _may_be_part(entry.value):
        return False
    message = f"`{entry.key.text}` is indented otherwise than the pipeline it belongs to."
    help = f"{how}, as before `name` of that pipeline."
    reader.invalid(message, help, entry.key.span)
    return True


def _may_be_part(node: Node) -> bool:
    return not isinstance(node, Scalar) or not node.text


def _field(reader: Reader, name: str, entry: Entry) -> FieldType:
    before = reader.errors
    field = _said(reader, name, entry.value)
    if reader.errors > before:  # as a text, so that what deals say in it is no problem too
        return FieldType(name, titled(name), "text")
    if field.type == "choice" and not field.options:
        reader.problem(
            "missing-field",
            f"The choice `{name}` has no options.",
            "Add `options: [one, another]`.",
            entry.key.span,
        )
        return FieldType(name, titled(name), "text")
    return field


def _said(reader: Reader, name: str, node: Node) -> FieldType:
    if isinstance(node, Scalar):
        return FieldType(name, titled(name), _type(reader, node))
    if not isinstance(node, Mapping):
        reader.scalar(name, node)
        return FieldType(name, titled(name), "text")
    e = mappings.known(reader, f"the field `{name}`", node, FIELD_FIELDS)
    scalar = scalar_of(reader, "type", e)
    type = _type(reader, scalar) if scalar else "text"
    options = reader.texts("options", e["options"].value) if "options" in e else ()
    return FieldType(name, text_of(reader, "name", e) or titled(name), type, options)


def _type(reader: Reader, node: Scalar) -> str:
    if not node.text:
        return "text"
    return reader.one_of(node, FIELD_TYPES, "a type of field", words=OTHER_WORDS) or "text"
