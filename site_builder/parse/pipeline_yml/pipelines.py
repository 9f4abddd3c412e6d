"""The pipelines of pipeline.yml: their stages, what they extend and the fields of their deals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from site_builder.journal.fields import DEAL_FIELDS, FIELD_TYPES
from site_builder.journal.pipeline import FieldType, Pipeline, Stage
from site_builder.parse.mappings import Entries, value_of
from site_builder.parse.pipeline_yml.stages import StageReader, titled
from site_builder.problems import field_names
from site_builder.problems.patterns import late
from site_builder.problems.problem import Severity
from site_builder.problems.suggest import listed
from site_builder.source.yaml_nodes import Entry, Listing, Mapping, Node, Report, Scalar, is_empty

_PIPELINE_FIELDS = ("name", "fields", "stages", "extends", "skip")
_FIELD_FIELDS = ("type", "name", "options")
_MAX_EXTENDED = 30
_LONG_ID = 4
_NUMBER = late("[0-9]+")
_PARTS = ("fields", "stages", "skip")


class PipelineReader(StageReader):
    """Reads pipelines, in whatever order they are written. ``written`` has their stages as
    they were read, by the ids of both."""

    def __init__(self, report: Report) -> None:
        super().__init__(report)
        self.written: dict[str, dict[str, Stage]] = {}

    def _pipelines(self, e: Entries) -> tuple[Pipeline, ...]:
        self.errors_before = self.errors
        entries = self.entries_of("pipelines", e)
        written = {
            id: entry
            for id, entry in self.own(entries, "pipeline")
            if not self._is_misplaced(entry, "Put more blanks before it")
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
        before = self.errors
        e = self.known(f"the pipeline `{id}`", node, _PIPELINE_FIELDS)
        is_clear = self.errors == before
        base = None
        if is_clear or not _extends(e, id):  # else the line belongs to a pipeline lost in this
            base = self._base(id, e, written, made, below)
        fields = self._fields(e, base)
        self.undeclared = []
        stages = self._stages(e, base, tuple(f.name for f in fields))
        fields += tuple(
            FieldType(name, titled(name), "text") for name in dict.fromkeys(self.undeclared)
        )
        name = self._text("name", e) or titled(id)
        self.written[id] = stages
        if stages:
            made[id] = Pipeline(id, name, tuple(_numbered(stages.values())), fields)
        else:
            made[id] = None
            if base or not any(self._says(e[n].value) for n in ("stages", "extends") if n in e):
                self._no_stages(id, written)
        return made[id]

    @staticmethod
    def _says(node: Node) -> bool:
        """Whether there is anything in it: if nothing came of that, it has been reported."""
        if isinstance(node, Scalar):
            return not is_empty(node)
        return bool(node.items if isinstance(node, Listing) else node.entries)

    def _no_stages(self, id: str, written: Entries) -> None:
        if self.is_broken:
            return
        help = f"Write `stages:` below `{id}:`, and each stage as `name: {{}}` below that."
        place, node = written[id].key.span, written[id].value
        skip = node.get("skip") if isinstance(node, Mapping) else None
        if skip is not None:
            help = "Leave one of them out of `skip`, or write `stages:` of its own."
            place = skip.span
        self.problem("missing-field", f"The pipeline `{id}` has no stages.", help, place)

    def _base(
        self,
        id: str,
        e: Entries,
        written: Entries,
        made: dict[str, Pipeline | None],
        below: tuple[str, ...],
    ) -> Pipeline | None:
        scalar = self.scalar_of("extends", e)
        if scalar is None:
            if "extends" in e and not self._says(e["extends"].value):
                help = "Write the id of a pipeline behind it, or leave the line out."
                self.invalid("`extends` names no pipeline.", help, e["extends"].key.span)
            return None
        if scalar.text in (*below, id):
            others = [other for other in (*below, id) if other != scalar.text]
            by_way = f" by way of {listed(others)}" if others else ""
            self.invalid(
                f"`{scalar.text}` extends itself{by_way}.",
                "Let it extend another pipeline, or write its stages out.",
                scalar.span,
            )
            return None
        if len(below) == _MAX_EXTENDED:
            self.invalid(
                f"`{id}` is the last of {_MAX_EXTENDED} pipelines that extend one another.",
                "Let them extend one pipeline, or write the stages of this one out.",
                scalar.span,
            )
            return None
        others = [other for other in written if other != id]
        if not self.one_of(scalar, others, "a pipeline", "unknown-pipeline"):
            return None
        return self._pipeline(scalar.text, written, made, (*below, id))

    def _fields(self, e: Entries, base: Pipeline | None) -> tuple[FieldType, ...]:
        found = {f.name: f for f in base.fields} if base else {}
        entries = self.entries_of("fields", e)
        for id, entry in self.own(entries, "field"):
            if self._is_misplaced(entry, "Put fewer blanks before it"):
                break
            if id in DEAL_FIELDS:
                self.invalid(
                    f"`{entry.key.text}` is a field of every deal already.",
                    "Choose another name; that field needs no line here.",
                    entry.key.span,
                )
            else:
                found[id] = self._field(id, entry)
        return tuple(found.values())

    def _is_misplaced(self, entry: Entry, how: str) -> bool:
        """Whether a line of a pipeline stands among other names, which is reported."""
        if entry.key.text not in _PARTS or not self._may_be_part(entry.value):
            return False
        message = f"`{entry.key.text}` is indented otherwise than the pipeline it belongs to."
        help = f"{how}, as before `name` of that pipeline."
        self.invalid(message, help, entry.key.span)
        return True

    @staticmethod
    def _may_be_part(node: Node) -> bool:
        return not isinstance(node, Scalar) or not node.text

    def _field(self, name: str, entry: Entry) -> FieldType:
        node = entry.value
        type, title = "text", ""
        options: tuple[str, ...] = ()
        before = self.errors
        if isinstance(node, Scalar):
            type = self._field_type(node)
        elif isinstance(node, Mapping):
            e = self.known(f"the field `{name}`", node, _FIELD_FIELDS)
            scalar = self.scalar_of("type", e)
            type = self._field_type(scalar) if scalar else "text"
            options = self.texts("options", e["options"].value) if "options" in e else ()
            title = self._text("name", e)
        else:
            self.scalar(name, node)
        if self.errors > before:  # as a text, so that what deals say in it is no problem too
            return FieldType(name, titled(name), "text")
        if type == "choice" and not options:
            self.problem(
                "missing-field",
                f"The choice `{name}` has no options.",
                "Add `options: [one, another]`.",
                entry.key.span,
            )
            return FieldType(name, titled(name), "text")
        return FieldType(name, title or titled(name), type, options)

    def _field_type(self, node: Scalar) -> str:
        if not node.text:
            return "text"
        words = field_names.TYPES_OF_FIELDS
        return self.one_of(node, FIELD_TYPES, "a type of field", words=words) or "text"

    def _stages(
        self, e: Entries, base: Pipeline | None, fields: tuple[str, ...]
    ) -> dict[str, Stage]:
        found = dict(self.written[base.id]) if base else {}
        before = {old: stage.id for stage in found.values() for old in stage.was}
        entries = self.entries_of("stages", e)
        for id, entry in self.own(entries, "stage"):
            if id in before and id not in found:
                self._renamed_again(entry.key, before[id])
            else:
                if base and id not in found:
                    self._like_another(entry.key, {id: id for id in found} | before)
                found[id] = self._stage(id, entry.value, found.get(id), fields)
        for item in self.items("skip", e["skip"].value) if "skip" in e else ():
            if found.pop(item.text, None) is None and not self.is_broken:
                inherited = self.written[base.id] if base else found
                self._skips_nothing(item, inherited, before)
        return found | self._with_was(entries, found)

    def _like_another(self, id: Scalar, inherited: dict[str, str]) -> None:
        """Warn of a new stage whose id is nearly one that an inherited stage has or had."""
        near = self.slip_of(id.text, inherited)
        if (
            not near
            or min(len(near), len(id.text)) < _LONG_ID
            or _NUMBER.sub("", near) == _NUMBER.sub("", id.text)
        ):
            return
        now = inherited[near]
        self.problem(
            "stage-like-inherited",
            f"`{id.text}` is added as a stage of its own, beside the inherited `{now}`.",
            f"Write `{now}:` to change that one, or choose another id for a new stage.",
            id.span,
            Severity.WARNING,
        )

    def _renamed_again(self, id: Scalar, now: str) -> None:
        self.invalid(
            f"`{id.text}` is an id that the stage `{now}` had before.",
            f"Write `{now}:` to change that stage, or choose another id for a new one.",
            id.span,
        )

    def _with_was(self, entries: Iterable[Entry], found: dict[str, Stage]) -> dict[str, Stage]:
        """The stages that say which ids they had before, which no other stage has or had."""
        written = {
            entry.key.text: node
            for entry in entries
            if isinstance(entry.value, Mapping)
            and entry.key.text in found
            and (node := entry.value.get("was"))
        }
        taken = {id: id for id in found}
        inherited = (stage for stage in found.values() if stage.id not in written)
        taken |= {old: stage.id for stage in inherited for old in stage.was}
        made = {}
        for id, node in written.items():
            ids = []
            for item in self.items("was", node):
                if self._is_free(item, id, taken):
                    taken[item.text] = id
                    ids.append(item.text)
            made[id] = replace(found[id], was=tuple(ids))
        return made

    def _is_free(self, item: Scalar, id: str, taken: dict[str, str]) -> bool:
        """Whether a stage alone had an id."""
        if item.text not in taken:
            return self.id(item, "stage")
        other = taken[item.text]
        if item.text == id:
            what, help = "the id of this stage today", "Leave it out: `was` has those of before."
        elif other == id:
            what, help = "in this `was` twice", "Remove one."
        elif item.text == other:
            what, help = (
                "a stage of its own",
                "Leave it out here, or give that stage another id.",
            )
        else:
            what, help = f"what `{other}` was, too", "Leave it out of one of the two stages."
        self.invalid(f"`{item.text}` is {what}.", help, item.span)
        return False

    def _skips_nothing(self, item: Scalar, stages: Iterable[str], before: dict[str, str]) -> None:
        near = before.get(item.text) or self.slip_of(item.text, [*stages, *before])
        near = before.get(near, near)
        self.problem(
            "unknown-stage",
            f"`{item.text}` is not a stage of the pipeline that is extended.",
            f"Did you mean `{near}`?" if near else f"It has these: {listed([*stages][:40])}.",
            item.span,
            Severity.ERROR if near else Severity.WARNING,
        )


def _extends(e: Entries, id: str) -> bool:
    node = value_of(e, "extends")
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
