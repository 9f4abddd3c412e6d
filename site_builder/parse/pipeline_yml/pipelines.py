"""The pipelines of pipeline.yml, and which of them extend which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import final

from site_builder.journal.pipeline import FieldType, Pipeline, Stage
from site_builder.parse import mappings
from site_builder.parse.ids import titled
from site_builder.parse.mappings import Entries, entries_of, node_of, scalar_of, text_of
from site_builder.parse.pipeline_yml.config import Config
from site_builder.parse.pipeline_yml.head import read_probability_from
from site_builder.parse.pipeline_yml.own_fields import is_misplaced, read_fields
from site_builder.parse.pipeline_yml.stage_ids import Stages, read_stages
from site_builder.parse.pipeline_yml.stages import Requirable
from site_builder.problems.suggest import listed
from site_builder.source.yaml_nodes import Listing, Mapping, Node, Scalar, is_empty

PIPELINE_FIELDS = ("name", "fields", "stages", "extends", "skip", "probability-from")
_MAX_EXTENDED = 30


def read_pipelines(config: Config, e: Entries) -> tuple[Pipeline, ...]:
    """The pipelines that make sense; what is wrong is reported and left out."""
    reader = config.reader
    config.errors_before_pipelines = reader.errors
    entries = entries_of(reader, "pipelines", e)
    written = {
        id: entry
        for id, entry in mappings.own(reader, entries, "pipeline")
        if not is_misplaced(reader, entry, "Put more blanks before it")
    }
    return _Pipelines(config, written).read()


@final
class _Pipelines:
    """Reads pipelines, in whatever order they are written. ``stages`` are those of each as they
    were read, before they are numbered."""

    def __init__(self, config: Config, written: Entries) -> None:
        self.config, self.reader = config, config.reader
        self.written = written
        self.stages: dict[str, Stages] = {}
        self.made: dict[str, Pipeline | None] = {}

    def read(self) -> tuple[Pipeline, ...]:
        pipelines = [self._pipeline(id, ()) for id in self.written]
        return tuple([pipeline for pipeline in pipelines if pipeline])

    def _pipeline(self, id: str, below: tuple[str, ...]) -> Pipeline | None:
        """The pipeline of an id; ``below`` are those that extend it, one another."""
        if id in self.made:
            return self.made[id]
        node = self.written[id].value
        if not isinstance(node, Mapping):
            self._no_stages(id)
            return None
        before = self.reader.errors
        e = mappings.known(self.reader, f"the pipeline `{id}`", node, PIPELINE_FIELDS)
        is_clear = self.reader.errors == before
        base = None
        if is_clear or not _extends(e, id):  # else the line belongs to a pipeline lost in this
            base = self._base(id, e, below)
        self.made[id] = self._with_stages(id, e, base)
        return self.made[id]

    def _with_stages(self, id: str, e: Entries, base: Pipeline | None) -> Pipeline | None:
        declared = read_fields(self.reader, e, base)
        fields = Requirable(tuple(f.name for f in declared))
        stages = read_stages(self.config, e, self.stages[base.id] if base else None, fields)
        texts = [FieldType(n, titled(n), "text") for n in dict.fromkeys(fields.undeclared)]
        name = text_of(self.reader, "name", e) or titled(id)
        self.stages[id] = stages
        if stages:
            numbered, own = tuple(_numbered(stages.values())), (*declared, *texts)
            inherited = base.probability_from if base else None
            probability_from = read_probability_from(self.reader, e) or inherited
            return Pipeline(id, name, numbered, own, probability_from)
        if base or not any(_says(e[n].value) for n in ("stages", "extends") if n in e):
            self._no_stages(id)
        return None

    def _no_stages(self, id: str) -> None:
        if self.config.is_broken:
            return
        help = f"Write `stages:` below `{id}:`, and each stage as `name: {{}}` below that."
        place, node = self.written[id].key.span, self.written[id].value
        skip = node.get("skip") if isinstance(node, Mapping) else None
        if skip is not None:
            help = "Leave one of them out of `skip`, or write `stages:` of its own."
            place = skip.span
        self.reader.problem("missing-field", f"The pipeline `{id}` has no stages.", help, place)

    def _base(self, id: str, e: Entries, below: tuple[str, ...]) -> Pipeline | None:
        """The pipeline that one extends, if it does and can."""
        scalar = scalar_of(self.reader, "extends", e)
        if scalar is None:
            if "extends" in e and not _says(e["extends"].value):
                help = "Write the id of a pipeline behind it, or leave the line out."
                self.reader.invalid("`extends` names no pipeline.", help, e["extends"].key.span)
            return None
        if scalar.text in (*below, id):
            self._extends_itself(scalar, [*below, id])
            return None
        if len(below) == _MAX_EXTENDED:
            self.reader.invalid(
                f"`{id}` is the last of {_MAX_EXTENDED} pipelines that extend one another.",
                "Let them extend one pipeline, or write the stages of this one out.",
                scalar.span,
            )
            return None
        others = [other for other in self.written if other != id]
        if not self.reader.one_of(scalar, others, "a pipeline", "unknown-pipeline"):
            return None
        return self._pipeline(scalar.text, (*below, id))

    def _extends_itself(self, scalar: Scalar, way: list[str]) -> None:
        others = [other for other in way if other != scalar.text]
        by_way = f" by way of {listed(others)}" if others else ""
        self.reader.invalid(
            f"`{scalar.text}` extends itself{by_way}.",
            "Let it extend another pipeline, or write its stages out.",
            scalar.span,
        )


def _says(node: Node) -> bool:
    """Whether there is anything in it: if nothing came of that, it has been reported."""
    if isinstance(node, Scalar):
        return not is_empty(node)
    return bool(node.items if isinstance(node, Listing) else node.entries)


def _extends(e: Entries, id: str) -> bool:
    node = node_of("extends", e)
    return isinstance(node, Scalar) and node.text == id


def _numbered(stages: Iterable[Stage]) -> Iterator[Stage]:
    """The stages with their numbers; retired ones without, and without gates and measures."""
    number = 0
    for stage in stages:
        if stage.retired:
            steps = tuple(replace(step, required=False) for step in stage.steps)
            yield replace(stage, steps=steps, requires=(), measures=(), relationship="")
        else:
            number += 1
            yield replace(stage, number=number)
