"""The stages of pipeline.yml: their steps, measures and rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from site_builder.journal import values
from site_builder.journal.fields import DEAL_FIELDS, attribute
from site_builder.journal.pipeline import Measure, Stage, StageType, Step
from site_builder.journal.values import Bad
from site_builder.parse.mappings import Entries, MappingReader, value_of
from site_builder.parse.reader import MAX_GUESSES, slug
from site_builder.problems import field_names
from site_builder.problems.problem import Severity, Span
from site_builder.problems.suggest import within
from site_builder.source.yaml_nodes import Listing, Mapping, Node, Report, Scalar, is_empty

_STAGE_FIELDS = (
    "name",
    "type",
    "probability",
    "role",
    "goal",
    "measures",
    "knowledge",
    "buyer",
    "steps",
    "requires",
    "relationship",
    "stale-after",
    "was",
    "retired",
)
_STEP_FIELDS = ("name", "required")
_MEASURE_FIELDS = ("measure", "target", "within")
_TEXTS = ("name", "role", "goal", "knowledge", "buyer")
_TYPED = {"probability": values.percent, "stale-after": values.duration}
_MEASURES = ("conversion", "response-rate", "time-in-stage", "steps-done", "entered")
_FRACTIONS = ("conversion", "response-rate", "steps-done")


class StageReader(MappingReader):
    """Reads stages; ``rungs`` are the journal's, which stages can name. ``unsure`` are the
    parts of pipeline.yml that could not be read whole, of which more may be meant to be there.
    Where pipelines are ``is_broken``, what else they lack may follow from that."""

    rungs: tuple[str, ...] = ()
    undeclared: list[str]
    errors_before = 0

    def __init__(self, report: Report) -> None:
        super().__init__(report)
        self.unsure: set[str] = set()
        self.named_roles: dict[str, Span] = {}
        """The roles that stages and people have, and where they are first named."""

    @property
    def is_broken(self) -> bool:
        return "pipelines" in self.unsure or self.errors > self.errors_before

    def _name_role(self, node: Node) -> None:
        if isinstance(node, Scalar) and node.text.strip():
            self.named_roles.setdefault(node.text.strip(), node.span)

    def _strange_roles(self, declared: Iterable[str]) -> None:
        """Warn of roles beside those that are declared, once each."""
        for role, span in self.named_roles.items():
            if role not in declared:
                id = slug(role)
                near = id if id in declared else self.slip_of(id, declared)
                self.problem(
                    "unknown-role",
                    f"`{role}` is not among the `roles` of this journal.",
                    f"Did you mean `{near}`?"
                    if near
                    else f"Add `{id}: {titled(id)}` to `roles`, or name one that is there.",
                    span,
                    Severity.WARNING,
                )

    def _text(self, name: str, e: Entries) -> str:
        return self.text(name, e[name].value) if name in e else ""

    def _stage(self, id: str, node: Node, base: Stage | None, fields: tuple[str, ...]) -> Stage:
        stage = base or Stage(id, titled(id), 0)
        if isinstance(node, Scalar) and not node.text:
            return stage
        if not isinstance(node, Mapping):
            self._no_stage(id, node)
            return stage
        e = self.known(f"the stage `{id}`", node, _STAGE_FIELDS)
        for name in e:
            stage = self._with(stage, name, e[name].value, fields)
            self._look_again(name, e[name].value, stage)
        return stage

    def _no_stage(self, id: str, node: Node) -> None:
        if isinstance(node, Listing):
            self.scalar(id, node)
            return
        message = f"The stage `{id}` is not a list of fields."
        help = f"Write `{id}: {{name: …}}`, or `name: …` and so on, indented below it."
        if id in _STAGE_FIELDS:
            message = f"`{id}` stands where the id of a stage does."
            help = f"Put more blanks before `{id}`, so that it belongs to the stage above it."
        self.invalid(message, help, node.span)

    def _with(self, stage: Stage, name: str, node: Node, fields: tuple[str, ...]) -> Stage:
        """The stage with one of its fields read; `was` takes all stages to be known."""
        # Which attribute a name stands for, and so of which type it is, mypy can't know.
        if name in _TEXTS:
            text = self.text(name, node)
            return replace(stage, **{name: text}) if text else stage  # type: ignore[arg-type]
        if name in _TYPED:
            value = self.typed(name, node, _TYPED[name])
            return replace(stage, **{attribute(name): value})  # type: ignore[arg-type]
        if name == "type":
            return replace(stage, type=self._type(node) or stage.type)
        if name == "retired":
            return replace(stage, retired=self.typed(name, node, values.yes_no) is True)
        if name == "relationship":
            return replace(stage, relationship=self._rung(node))
        if name == "requires":
            return replace(stage, requires=self._requires(node, fields))
        if name == "steps":
            return replace(stage, steps=self._steps(node))
        return stage if name == "was" else replace(stage, measures=self._measures(node))

    def _look_again(self, name: str, node: Node, stage: Stage) -> None:
        """Note which role a stage has, and warn of a probability that may mean another."""
        if name == "role":
            self._name_role(node)
        elif name == "probability" and stage.probability is not None and isinstance(node, Scalar):
            self.clear_percent(node, stage.probability, is_probability=True)

    def _type(self, node: Node) -> StageType | None:
        scalar = self.scalar("type", node)
        if is_empty(node):
            help = "Write `open`, `won`, `lost` or `parked` behind it."
            self.invalid("`type` says nothing.", help, node.span)
        known = [t.value for t in StageType]
        meant = field_names.TYPES_OF_STAGES
        type = self.one_of(scalar, known, "a type of stage", words=meant) if scalar else None
        return StageType(type) if type else None

    def _rung(self, node: Node) -> str:
        scalar = self.scalar("relationship", node)
        if "rungs" in self.unsure:
            return ""
        return (scalar and self.one_of(scalar, self.rungs, "one of the `rungs`")) or ""

    def _requires(self, node: Node, fields: tuple[str, ...]) -> tuple[str, ...]:
        known = [*DEAL_FIELDS, *fields]
        items = self.items("requires", node)
        return tuple(item.text for item in items if self._required(item, known))

    def _required(self, item: Scalar, known: list[str]) -> bool:
        """Whether a name in `requires` is a field. One that nobody declared is taken as
        text, unless it is a slip of the pen."""
        if item.text in known or item.text in self.undeclared or not self.id(item, "field"):
            return item.text in known or item.text in self.undeclared
        if self.is_broken:
            return False
        near = self.slip_of(item.text, known)
        self.problem(
            "unknown-field",
            f"`{item.text}` is not declared under `fields` of this pipeline.",
            f"Did you mean `{near}`?"
            if near
            else f"Add `{item.text}: {{type: text}}` there; until then it is taken as text.",
            item.span,
            Severity.ERROR if near else Severity.WARNING,
        )
        if not near:
            self.undeclared.append(item.text)
        return not near

    def slip_of(self, word: str, known: Iterable[str]) -> str:
        """The known word that this is within two letters of; nothing if there is none, or in
        a file in which guessing has taken long enough."""
        self.guesses += 1
        if self.guesses > MAX_GUESSES:
            return ""
        return next((name for name in known if within(word.lower(), name, 2)), "")

    def _steps(self, node: Node) -> tuple[Step, ...]:
        entries = self.entries("steps", node)
        return tuple(self._step(id, entry.value) for id, entry in self.own(entries, "step"))

    def _step(self, id: str, node: Node) -> Step:
        if not isinstance(node, Mapping):
            return Step(id, self.text(id, node) or titled(id))
        e = self.known(f"the step `{id}`", node, _STEP_FIELDS)
        required = self._yes_no("required", e)
        return Step(id, self._text("name", e) or titled(id), required)

    def _yes_no(self, name: str, e: Entries) -> bool:
        """Whether a field says yes; one that is there and says nothing is a problem."""
        node = value_of(e, name)
        if node is not None and is_empty(node):
            self.invalid(
                f"`{name}` says neither yes nor no.", f"Write `{name}: yes`.", e[name].key.span
            )
            return False
        return self.typed_of(name, e, values.yes_no) is True

    def _measures(self, node: Node) -> tuple[Measure, ...]:
        if not isinstance(node, Listing):
            list(self.items("measures", node))
            return ()
        found = []
        for item in node.items:
            if not isinstance(item, Mapping):
                self.invalid(
                    "This measure is not a list of fields.",
                    "Write `{measure: conversion, target: 50%, within: 30d}`.",
                    item.span,
                )
            elif (measure := self._measure(item)) is not None:
                found.append(measure)
        return tuple(found)

    def _measure(self, node: Mapping) -> Measure | None:
        e = self.known("a measure", node, _MEASURE_FIELDS)
        for name in ("measure", "target"):
            if name not in e:
                self.problem(
                    "missing-field",
                    f"This measure has no `{name}`.",
                    "Write `{measure: conversion, target: 50%, within: 30d}`.",
                    node.span,
                )
                return None
        scalar = self.scalar("measure", e["measure"].value)
        measure = self.one_of(scalar, _MEASURES, "a measure") if scalar else None
        if measure is None:
            return None
        scalar = self.scalar("target", e["target"].value)
        value = _target(measure, scalar.text) if scalar else None
        if scalar is None or value is None or isinstance(value, Bad):
            if scalar is not None and isinstance(value, Bad):
                self.invalid(value.message, value.help, scalar.span)
            return None
        if measure in _FRACTIONS and isinstance(value, Decimal):
            self.clear_percent(scalar, value, is_probability=False)
        within = self.typed_of("within", e, values.duration)
        return Measure(measure, value, within)


def _target(measure: str, text: str) -> Decimal | dt.timedelta | Bad:
    """The target of a measure: a duration, a fraction or a count."""
    if measure == "time-in-stage":
        return values.duration(text)
    return values.percent(text) if measure in _FRACTIONS else values.number(text)


def titled(id: str) -> str:
    """What an id is called where it has no name: `raw-lead` is `Raw lead`."""
    return id.replace("-", " ").capitalize()
