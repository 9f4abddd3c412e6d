"""The stages of pipeline.yml: what each field of one says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple, final

from site_builder.journal import values
from site_builder.journal.fields import DEAL_FIELDS
from site_builder.journal.pipeline import Stage, StageType
from site_builder.parse import mappings
from site_builder.parse.amounts import warn_of_percent
from site_builder.parse.ids import titled
from site_builder.parse.pipeline_yml.config import Config
from site_builder.parse.pipeline_yml.measures import read_measures
from site_builder.parse.pipeline_yml.steps import read_steps
from site_builder.problems import field_names
from site_builder.problems.problem import Severity
from site_builder.source import yaml_nodes
from site_builder.source.yaml_nodes import Listing, Node, Scalar, is_empty


@final
class Requirable:
    """The fields that stages of one pipeline can require: those that are ``declared``, and those
    ``undeclared`` ones that stages require all the same."""

    def __init__(self, declared: tuple[str, ...]) -> None:
        self.declared = declared
        self.undeclared: list[str] = []


class _Said(NamedTuple):
    """What stands behind the name of a field of a stage."""

    config: Config
    name: str
    node: Node
    fields: Requirable

    @property
    def text(self) -> str:
        return self.config.reader.text(self.name, self.node)


def read_stage(
    config: Config, id: str, node: Node, base: Stage | None, fields: Requirable
) -> Stage:
    """The stage of an id, which changes the one that it inherits, if any; what is wrong is
    reported and left out. `was` is read when all stages are known."""
    stage = base or Stage(id, titled(id), 0)
    if isinstance(node, Scalar) and not node.text:
        return stage
    if not isinstance(node, yaml_nodes.Mapping):
        _no_stage(config, id, node)
        return stage
    e = mappings.known(config.reader, f"the stage `{id}`", node, STAGE_FIELDS)
    for name, entry in e.items():
        stage = _FIELDS[name](stage, _Said(config, name, entry.value, fields))
    return stage


def _no_stage(config: Config, id: str, node: Listing | Scalar) -> None:
    message = f"The stage `{id}` is not a list of fields."
    help = f"Write `{id}: {{name: …}}`, or `name: …` and so on, indented below it."
    if id in STAGE_FIELDS:
        message = f"`{id}` stands where the id of a stage does."
        help = f"Put more blanks before `{id}`, so that it belongs to the stage above it."
    config.reader.invalid(message, help, node.span)


def _type(said: _Said) -> StageType | None:
    reader = said.config.reader
    scalar = reader.scalar("type", said.node)
    if is_empty(said.node):
        help = "Write `open`, `won`, `lost` or `parked` behind it."
        reader.invalid("`type` says nothing.", help, said.node.span)
    known = [t.value for t in StageType]
    meant = field_names.TYPES_OF_STAGES
    type = reader.one_of(scalar, known, "a type of stage", words=meant) if scalar else None
    return StageType(type) if type else None


def _probability(said: _Said) -> Decimal | None:
    reader = said.config.reader
    percent = reader.typed(said.name, said.node, values.percent)
    if percent is not None and isinstance(said.node, Scalar):
        warn_of_percent(reader, said.node, percent, is_probability=True)
    return percent


def _role(said: _Said) -> str:
    text = said.text
    said.config.name_role(said.node)
    return text


def _rung(said: _Said) -> str:
    config = said.config
    scalar = config.reader.scalar("relationship", said.node)
    if "rungs" in config.unsure:
        return ""
    return (scalar and config.reader.one_of(scalar, config.rungs, "one of the `rungs`")) or ""


def _requires(said: _Said) -> tuple[str, ...]:
    items = said.config.reader.items("requires", said.node)
    return tuple(item.text for item in items if _is_field(said.config, item, said.fields))


def _is_field(config: Config, item: Scalar, fields: Requirable) -> bool:
    """Whether a name in `requires` is a field. One that nobody declared is taken as
    text, unless it is a slip of the pen."""
    known = [*DEAL_FIELDS, *fields.declared]
    if item.text in known or item.text in fields.undeclared:
        return True
    if not config.reader.id(item, "field") or config.is_broken:
        return False
    near = config.reader.slip_of(item.text, known)
    config.reader.problem(
        "unknown-field",
        f"`{item.text}` is not declared under `fields` of this pipeline.",
        f"Did you mean `{near}`?"
        if near
        else f"Add `{item.text}: {{type: text}}` there; until then it is taken as text.",
        item.span,
        Severity.ERROR if near else Severity.WARNING,
    )
    if not near:
        fields.undeclared.append(item.text)
    return not near


_FIELDS: Mapping[str, Callable[[Stage, _Said], Stage]] = {
    "name": lambda stage, said: replace(stage, name=said.text or stage.name),
    "type": lambda stage, said: replace(stage, type=_type(said) or stage.type),
    "probability": lambda stage, said: replace(stage, probability=_probability(said)),
    "role": lambda stage, said: replace(stage, role=_role(said) or stage.role),
    "goal": lambda stage, said: replace(stage, goal=said.text or stage.goal),
    "measures": lambda stage, said: replace(
        stage, measures=read_measures(said.config.reader, said.node)
    ),
    "knowledge": lambda stage, said: replace(stage, knowledge=said.text or stage.knowledge),
    "buyer": lambda stage, said: replace(stage, buyer=said.text or stage.buyer),
    "steps": lambda stage, said: replace(stage, steps=read_steps(said.config.reader, said.node)),
    "requires": lambda stage, said: replace(stage, requires=_requires(said)),
    "relationship": lambda stage, said: replace(stage, relationship=_rung(said)),
    "stale-after": lambda stage, said: replace(
        stage, stale_after=said.config.reader.typed(said.name, said.node, values.duration)
    ),
    "was": lambda stage, _said: stage,
    "retired": lambda stage, said: replace(
        stage, retired=said.config.reader.typed(said.name, said.node, values.yes_no) is True
    ),
}
"""How each field changes the stage that it belongs to."""
STAGE_FIELDS = tuple(_FIELDS)
