"""The pipelines of pipeline.yml: stages, steps, measures and the pipeline's own fields."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from site_builder import values
from site_builder.diagnostics import Severity
from site_builder.fields import DEAL_FIELDS, FIELD_TYPES
from site_builder.model import FieldType, Measure, Pipeline, Stage, StageType, Step
from site_builder.reading import Reader
from site_builder.suggest import within
from site_builder.values import Bad
from site_builder.yaml_nodes import Entry, Listing, Mapping, Node, Scalar

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
)
_MEASURES = ("conversion", "response-rate", "time-in-stage", "steps-done", "entered")
_FRACTIONS = ("conversion", "response-rate", "steps-done")

Entries = dict[str, Entry]


class StageReader(Reader):
    """Reads pipelines; ``rungs`` are the journal's, which stages can name."""

    rungs: tuple[str, ...] = ()
    undeclared: list[str]

    def _text(self, name: str, e: Entries) -> str:
        return self.text(name, e[name].value) if name in e else ""

    def _duration(self, name: str, e: Entries) -> dt.timedelta | None:
        return self.typed(name, e[name].value, values.duration) if name in e else None

    def _pipelines(self, e: Entries) -> tuple[Pipeline, ...]:
        written = {
            p.key.text: p
            for p in self.entries("pipelines", e["pipelines"].value if "pipelines" in e else None)
            if self.id(p.key, "pipeline")
        }
        made: dict[str, Pipeline | None] = {}
        pipelines = [self._pipeline(id, written, made, ()) for id in written]
        return tuple(pipeline for pipeline in pipelines if pipeline)

    def _pipeline(
        self, id: str, written: Entries, made: dict[str, Pipeline | None], below: tuple[str, ...]
    ) -> Pipeline | None:
        if id in made:
            return made[id]
        node = written[id].value
        if not isinstance(node, Mapping):
            self._no_stages(id, written)
            return None
        e = self.known(
            f"the pipeline `{id}`", node, ("name", "fields", "stages", "extends", "skip")
        )
        base = self._base(id, e, written, made, below)
        fields = self._fields(e, base)
        self.undeclared = []
        stages = self._stages(e, base, tuple(f.name for f in fields))
        fields += tuple(
            FieldType(name, titled(name), "text") for name in dict.fromkeys(self.undeclared)
        )
        name = self._text("name", e) or titled(id)
        if stages:
            made[id] = Pipeline(id, name, stages, fields)
        else:
            made[id] = None
            if base or not any(self._says(e[n].value) for n in ("stages", "extends") if n in e):
                self._no_stages(id, written)
        return made[id]

    @staticmethod
    def _says(node: Node) -> bool:
        """Whether there is anything in it: if nothing came of that, it has been reported."""
        if isinstance(node, Scalar):
            return bool(node.text.strip())
        return bool(node.items if isinstance(node, Listing) else node.entries)

    def _no_stages(self, id: str, written: Entries) -> None:
        self.problem(
            "missing-field",
            f"The pipeline `{id}` has no stages.",
            f"Write `stages:` below `{id}:`, and each stage as `name: {{}}` below that.",
            written[id].key.span,
        )

    def _base(
        self,
        id: str,
        e: Entries,
        written: Entries,
        made: dict[str, Pipeline | None],
        below: tuple[str, ...],
    ) -> Pipeline | None:
        scalar = self.scalar("extends", e["extends"].value) if "extends" in e else None
        if scalar is None:
            return None
        if scalar.text in (*below, id):
            others = [f"`{other}`" for other in (*below, id) if other != scalar.text]
            by_way = f" by way of {', '.join(others)}" if others else ""
            self.invalid(
                f"`{scalar.text}` extends itself{by_way}.",
                "Let it extend another pipeline, or write its stages out.",
                scalar.span,
            )
            return None
        others = [other for other in written if other != id]
        if not self.one_of(scalar, others, "a pipeline", "unknown-pipeline"):
            return None
        return self._pipeline(scalar.text, written, made, (*below, id))

    def _fields(self, e: Entries, base: Pipeline | None) -> tuple[FieldType, ...]:
        found = {f.name: f for f in base.fields} if base else {}
        for entry in self.entries("fields", e["fields"].value if "fields" in e else None):
            if not self.id(entry.key, "field"):
                continue
            if entry.key.text in DEAL_FIELDS:
                self.invalid(
                    f"`{entry.key.text}` is a field of every deal already.",
                    "Choose another name, or remove the line.",
                    entry.key.span,
                )
            elif (made := self._field(entry)) is not None:
                found[made.name] = made
        return tuple(found.values())

    def _field(self, entry: Entry) -> FieldType | None:
        name, node = entry.key.text, entry.value
        if isinstance(node, Scalar):
            type = self.one_of(node, FIELD_TYPES, "a type of field") if node.text else "text"
            return FieldType(name, titled(name), type) if type else None
        if not isinstance(node, Mapping):
            self.scalar(name, node)
            return None
        e = self.known(f"the field `{name}`", node, ("type", "name", "options"))
        scalar = self.scalar("type", e["type"].value) if "type" in e else None
        type = self.one_of(scalar, FIELD_TYPES, "a type of field") if scalar else "text"
        options = self.texts("options", e["options"].value) if "options" in e else ()
        if type == "choice" and not options:
            self.problem(
                "missing-field",
                f"The choice `{name}` has no options.",
                "Add `options: [one, another]`.",
                entry.key.span,
            )
        return (
            FieldType(name, self._text("name", e) or titled(name), type, options) if type else None
        )

    def _stages(
        self, e: Entries, base: Pipeline | None, fields: tuple[str, ...]
    ) -> tuple[Stage, ...]:
        found = {s.id: s for s in base.stages} if base else {}
        for entry in self.entries("stages", e["stages"].value if "stages" in e else None):
            if self.id(entry.key, "stage"):
                found[entry.key.text] = self._stage(entry, found.get(entry.key.text), fields)
        for item in self.items("skip", e["skip"].value) if "skip" in e else ():
            if found.pop(item.text, None) is None:
                self._skips_nothing(item, tuple(found))
        return tuple(replace(stage, number=n) for n, stage in enumerate(found.values(), 1))

    def _stage(self, entry: Entry, base: Stage | None, fields: tuple[str, ...]) -> Stage:
        id, node = entry.key.text, entry.value
        stage = base or Stage(id, titled(id), 0)
        if isinstance(node, Scalar) and not node.text:
            return stage
        if not isinstance(node, Mapping):
            self.scalar(id, node) if isinstance(node, Listing) else self.invalid(
                f"The stage `{id}` is not a list of fields.",
                "Write `name: …` and so on, indented below it.",
                node.span,
            )
            return stage
        e = self.known(f"the stage `{id}`", node, _STAGE_FIELDS)
        for name in e:
            stage = self._with(stage, name, e[name].value, fields)
        return stage

    def _with(self, stage: Stage, name: str, node: Node, fields: tuple[str, ...]) -> Stage:
        """The stage with one of its fields read."""
        if name in ("name", "role", "goal", "knowledge", "buyer"):
            text = self.text(name, node)
            return replace(stage, **{name: text}) if text else stage  # type: ignore[arg-type]
        if name == "type":
            scalar = self.scalar(name, node)
            type = (
                self.one_of(scalar, [t.value for t in StageType], "a type of stage")
                if scalar
                else None
            )
            return replace(stage, type=StageType(type)) if type else stage
        if name == "probability":
            return replace(stage, probability=self.typed(name, node, values.percent))
        if name == "stale-after":
            return replace(stage, stale_after=self.typed(name, node, values.duration))
        if name == "relationship":
            scalar = self.scalar(name, node)
            return replace(
                stage,
                relationship=(scalar and self.one_of(scalar, self.rungs, "one of the `rungs`"))
                or "",
            )
        if name == "requires":
            known = [*DEAL_FIELDS, *fields]
            return replace(
                stage,
                requires=tuple(i.text for i in self.items(name, node) if self._required(i, known)),
            )
        if name == "steps":
            return replace(stage, steps=self._steps(node))
        return replace(stage, measures=self._measures(node))

    def _skips_nothing(self, item: Scalar, stages: tuple[str, ...]) -> None:
        near = next((s for s in stages if within(item.text, s, 2)), None)
        self.problem(
            "unknown-stage",
            f"`{item.text}` is not a stage of the pipeline that is extended.",
            f"Did you mean `{near}`?" if near else "Remove it: there is nothing to skip.",
            item.span,
            Severity.ERROR if near else Severity.WARNING,
        )

    def _required(self, item: Scalar, known: list[str]) -> bool:
        """Whether a name in `requires` is a field. One that nobody declared is taken as
        text, unless it is a slip of the pen."""
        if item.text in known or item.text in self.undeclared or not self.id(item, "field"):
            return item.text in known or item.text in self.undeclared
        near = next((name for name in known if within(item.text, name, 2)), None)
        self.problem(
            "unknown-field",
            f"`{item.text}` is not declared under `fields` of this pipeline.",
            f"Did you mean `{near}`?"
            if near
            else f"Add `{item.text}: {{type: text}}` there; until then it is taken as text.",
            item.span,
            Severity.ERROR if near else Severity.WARNING,
        )
        if near is None:
            self.undeclared.append(item.text)
        return near is None

    def _steps(self, node: Node) -> tuple[Step, ...]:
        entries = self.entries("steps", node)
        return tuple(self._step(e.key.text, e.value) for e in entries if self.id(e.key, "step"))

    def _step(self, id: str, node: Node) -> Step:
        if not isinstance(node, Mapping):
            return Step(id, self.text(id, node) or titled(id))
        e = self.known(f"the step `{id}`", node, ("name", "required"))
        required = (
            self.typed("required", e["required"].value, values.yes_no) if "required" in e else False
        )
        return Step(id, self._text("name", e) or titled(id), bool(required))

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
        e = self.known("a measure", node, ("measure", "target", "within"))
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
        within = self._duration("within", e)
        return Measure(measure, value, within)


def _target(measure: str, text: str) -> Decimal | dt.timedelta | Bad:
    """The target of a measure: a duration, a fraction or a count."""
    if measure == "time-in-stage":
        return values.duration(text)
    return values.percent(text) if measure in _FRACTIONS else values.number(text)


def titled(id: str) -> str:
    """What an id is called where it has no name: `raw-lead` is `Raw lead`."""
    return id.replace("-", " ").capitalize()
