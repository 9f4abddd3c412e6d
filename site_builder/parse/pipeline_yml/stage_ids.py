"""The stages of one pipeline together: what they inherit, skip, and were called before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from site_builder.journal.pipeline import Stage
from site_builder.parse import mappings
from site_builder.parse.ids import slug
from site_builder.parse.mappings import Entries, entries_of
from site_builder.parse.pipeline_yml.config import Config
from site_builder.parse.pipeline_yml.stages import Requirable, read_stage
from site_builder.parse.reader import Reader
from site_builder.problems.patterns import late
from site_builder.problems.problem import Severity
from site_builder.problems.suggest import listed
from site_builder.source import yaml_nodes
from site_builder.source.yaml_nodes import Entry, Scalar

_LONG_ID = 4
_NUMBER = late("[0-9]+")
Stages = dict[str, Stage]


def read_stages(
    config: Config, e: Entries, inherited: Mapping[str, Stage] | None, fields: Requirable
) -> Stages:
    """The stages of a pipeline by id, in order. ``inherited`` are those of the one that it
    extends, if it does; what is wrong is reported and left out."""
    reader = config.reader
    found = dict(inherited or {})
    before = {old: stage.id for stage in found.values() for old in stage.was}
    entries = entries_of(reader, "stages", e)
    for id, entry in mappings.own(reader, entries, "stage"):
        if id in before and id not in found:
            _renamed_again(reader, entry.key, before[id])
        else:
            if inherited is not None and id not in found:
                _like_another(reader, entry.key, [found[one] for one in inherited], before)
            found[id] = read_stage(config, id, entry.value, found.get(id), fields)
    for item in reader.items("skip", e["skip"].value) if "skip" in e else ():
        if found.pop(item.text, None) is None and not config.is_broken:
            _skips_nothing(reader, item, found if inherited is None else inherited, before)
    return found | _with_was(reader, entries, found)


def _like_another(
    reader: Reader, id: Scalar, inherited: Sequence[Stage], before: Mapping[str, str]
) -> None:
    """Warn of a new stage whose id is nearly one that an inherited stage has or had, or is its
    name."""
    named = {slug(stage.name): stage.id for stage in inherited}
    if (now := named.get(id.text) or _nearly(reader, id.text, inherited, before)) is None:
        return
    reader.problem(
        "stage-like-inherited",
        f"`{id.text}` is added as a stage of its own, beside the inherited `{now}`.",
        f"Write `{now}:` to change that one, or choose another id for a new stage.",
        id.span,
        Severity.WARNING,
    )


def _nearly(
    reader: Reader, id: str, inherited: Sequence[Stage], before: Mapping[str, str]
) -> str | None:
    near = reader.slip_of(id, [*(stage.id for stage in inherited), *before])
    if not near or min(len(near), len(id)) < _LONG_ID:
        return None
    is_numbered = _NUMBER.sub("", near) == _NUMBER.sub("", id)
    return None if is_numbered else before.get(near, near)


def _renamed_again(reader: Reader, id: Scalar, now: str) -> None:
    reader.invalid(
        f"`{id.text}` is an id that the stage `{now}` had before.",
        f"Write `{now}:` to change that stage, or choose another id for a new one.",
        id.span,
    )


def _with_was(reader: Reader, entries: Iterable[Entry], found: Stages) -> Stages:
    """The stages that say which ids they had before, which no other stage has or had."""
    written = {
        entry.key.text: node
        for entry in entries
        if isinstance(entry.value, yaml_nodes.Mapping)
        and entry.key.text in found
        and (node := entry.value.get("was"))
    }
    taken = {id: id for id in found}
    inherited = (stage for stage in found.values() if stage.id not in written)
    taken |= {old: stage.id for stage in inherited for old in stage.was}
    made = {}
    for id, node in written.items():
        ids = []
        for item in reader.items("was", node):
            if _is_free(reader, item, id, taken):
                taken[item.text] = id
                ids.append(item.text)
        made[id] = replace(found[id], was=tuple(ids))
    return made


def _is_free(reader: Reader, item: Scalar, id: str, taken: Mapping[str, str]) -> bool:
    """Whether a stage alone had an id."""
    if item.text not in taken:
        return reader.id(item, "stage")
    other = taken[item.text]
    if item.text == id:
        what, help = "the id of this stage today", "Leave it out: `was` has those of before."
    elif other == id:
        what, help = "in this `was` twice", "Remove one."
    elif item.text == other:
        what, help = "a stage of its own", "Leave it out here, or give that stage another id."
    else:
        what, help = f"what `{other}` was, too", "Leave it out of one of the two stages."
    reader.invalid(f"`{item.text}` is {what}.", help, item.span)
    return False


def _skips_nothing(
    reader: Reader, item: Scalar, stages: Iterable[str], before: Mapping[str, str]
) -> None:
    near = before.get(item.text) or reader.slip_of(item.text, [*stages, *before])
    near = before.get(near, near)
    reader.problem(
        "unknown-stage",
        f"`{item.text}` is not a stage of the pipeline that is extended.",
        f"Did you mean `{near}`?" if near else f"It has these: {listed([*stages][:40])}.",
        item.span,
        Severity.ERROR if near else Severity.WARNING,
    )
