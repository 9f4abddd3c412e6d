"""Snippets: what is typed over and over, with the journal's own kinds, stages and people."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.editors.shapes import Shape
from site_builder.journal.kinds import KindRole
from site_builder.journal.pipeline import StageType
from site_builder.journal.schema import Schema

_TODAY = "${CURRENT_YEAR}-${CURRENT_MONTH}-${CURRENT_DATE}"
_FIRST_KINDS = ("meeting", "call", "email", "note")
_SPECIAL = (KindRole.STAGE, KindRole.CHANGE, KindRole.RUNG)


def snippets_of(schema: Schema) -> Shape:
    """The snippets of a journal, as VS Code and many other editors read them."""
    return {
        "A note": _markdown("note", "A note of a deal or contact", *_note(schema)),
        "A stage note": _markdown("stage", "The deal enters a stage", *_stage(schema)),
        "A deal": _markdown("deal", "A new deal", *_deal(schema)),
        "A contact": _markdown("contact", "A new contact", *_contact()),
        "A note (YAML)": _snippet("yaml", "note", "A note of a .yml file", *_yaml_note(schema)),
    }


def _markdown(prefix: str, what: str, *lines: str) -> Shape:
    return _snippet("markdown", prefix, what, *lines)


def _snippet(language: str, prefix: str, what: str, *lines: str) -> Shape:
    return {"scope": language, "prefix": prefix, "description": what, "body": [*lines]}


def _choice(place: int, words: Iterable[str], otherwise: str) -> str:
    """A place where one of some words is chosen; where there is none, one to type in."""
    known = list(words)
    return f"${{{place}|{','.join(known)}|}}" if known else f"${{{place}:{otherwise}}}"


def _kinds(schema: Schema) -> list[str]:
    known = [id for id, kind in schema.kinds.items() if kind.role not in _SPECIAL]
    return list(dict.fromkeys([*(id for id in _FIRST_KINDS if id in known), *known]))


def _stages(schema: Schema) -> list[str]:
    return list(dict.fromkeys(s.id for p in schema.pipelines for s in p.present))


def _note(schema: Schema) -> list[str]:
    heading = f"## {_TODAY} {_choice(1, _kinds(schema), 'note')} — ${{2:What it came to}}"
    return [heading, "", "$0"]


def _stage(schema: Schema) -> list[str]:
    return [f"## {_TODAY} stage {_choice(1, _stages(schema), 'ID')}", "", "$0"]


def _deal(schema: Schema) -> list[str]:
    several = len(schema.pipelines) > 1
    ids = [pipeline.id for pipeline in schema.pipelines]
    opening = [
        stage.id
        for pipeline in schema.pipelines
        for stage in pipeline.present
        if stage.type is StageType.OPEN
    ]
    return [
        "---",
        "title: ${1:Title}",
        f"owner: {_choice(2, schema.team, 'owner')}",
        *([f"pipeline: {_choice(3, ids, 'pipeline')}"] if several else []),
        f"stage: {_choice(4, dict.fromkeys(opening), 'stage')}",
        f"next: {_TODAY} ${{5:What is next}}",
        "---",
        "",
        "$0",
    ]


def _contact() -> list[str]:
    return ["---", "name: ${1:Name}", "type: ${2|person,company|}", "role: $3", "email: $4",
            "---", "", "$0"]  # fmt: skip


def _yaml_note(schema: Schema) -> list[str]:
    return [
        f"- date: {_TODAY}",
        f"  kind: {_choice(1, _kinds(schema), 'note')}",
        "  headline: ${2:What it came to}",
        "$0",
    ]
