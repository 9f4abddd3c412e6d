"""`steps` of a stage: what is to be done in it."""

from __future__ import annotations

from site_builder.journal import values
from site_builder.journal.pipeline import Step
from site_builder.parse import mappings
from site_builder.parse.ids import titled
from site_builder.parse.mappings import Entries, text_of
from site_builder.parse.reader import Reader
from site_builder.source.yaml_nodes import Mapping, Node, is_empty

STEP_FIELDS = ("name", "required")


def read_steps(reader: Reader, node: Node) -> tuple[Step, ...]:
    """The steps of a stage; what is wrong is reported and left out."""
    entries = mappings.entries(reader, "steps", node)
    return tuple(
        _step(reader, id, entry.value) for id, entry in mappings.own(reader, entries, "step")
    )


def _step(reader: Reader, id: str, node: Node) -> Step:
    if not isinstance(node, Mapping):
        return Step(id, reader.text(id, node) or titled(id))
    e = mappings.known(reader, f"the step `{id}`", node, STEP_FIELDS)
    is_required = _is_required(reader, e)
    return Step(id, text_of(reader, "name", e) or titled(id), is_required)


def _is_required(reader: Reader, e: Entries) -> bool:
    """Whether the step is; one that says neither is a problem."""
    if "required" not in e:
        return False
    if is_empty(e["required"].value):
        message = "`required` says neither yes nor no."
        reader.invalid(message, "Write `required: yes`.", e["required"].key.span)
        return False
    return reader.typed("required", e["required"].value, values.yes_no) is True
