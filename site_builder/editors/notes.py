"""The notes of a `.yml` file in JSON Schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from site_builder.editors.json_types import Names, described, somebody
from site_builder.editors.shapes import (
    NOTHING,
    SOMETHING,
    Shape,
    has,
    mapping,
    maybe,
    one_of,
    said_by,
)
from site_builder.editors.shapes import text as text_of
from site_builder.editors.words import NOTE_WORDS
from site_builder.exchange.facts import Json
from site_builder.journal.fields import KIND_FIELDS, NOTE_FIELDS, Known
from site_builder.journal.kinds import KindRole
from site_builder.journal.pipeline import Pipeline, StageType, ids_of
from site_builder.parse.reading import FileKind
from site_builder.source.heading_words import DIRECTIONS
from site_builder.source.yaml_notes import NOTE_KEYS

_STAGE = KindRole.STAGE.value
_SAID: Shape = {"not": NOTHING}
_TIME = text_of("(?:[01][0-9]|2[0-3]):[0-5][0-9]", "As 09:10")


def notes_of(file: FileKind, names: Names) -> Shape:
    """The notes that files of deals, or of contacts, can have."""
    kinds = {
        id: "" if kind.role is not KindRole.RUNG else "A rung of the ladder"
        for id, kind in names.schema.kinds.items()
        if file.has_stages or kind.role is not KindRole.STAGE
    }
    shapes = {**_keys(names, kinds), **_fields(file, names)}
    worded = {name: said_by(shape, NOTE_WORDS[name]) for name, shape in shapes.items()}
    rules = [*_one_direction(), *_of_kinds(file), *_of_rungs(file, names)]
    note: Shape = {**mapping(worded, ("date", "kind")), "allOf": [*rules]}
    return maybe({"type": "array", "items": note})


def stages_in_notes(pipeline: Pipeline) -> Shape:
    """What holds for the notes of deals in a pipeline: which stages they can enter."""
    ids = ids_of(pipeline.stages)
    called = {id: _called(pipeline, id, now) for id, now in ids.items()}
    stages = {stage.id: stage for stage in pipeline.stages}
    others = [id for id, now in ids.items() if stages[now].type is not StageType.LOST]
    of_lost = _where({"stage": {"enum": [*others]}}, {"properties": {"lost-reason": False}})
    then: Shape = {"properties": {"stage": one_of(called)}, "allOf": [of_lost]}
    return {"items": {"if": has({"kind": {"const": _STAGE}}), "then": then}}


def _called(pipeline: Pipeline, id: str, now: str) -> str:
    stage = pipeline.stage(now)
    name = stage.name if stage else now
    return name if id == now else f"{name}, as it was called before"


def _keys(names: Names, kinds: Mapping[str, str]) -> dict[str, Shape]:
    date, person = Known("date"), Known("person")
    team = {**names.team, **names.contacts}
    parties = somebody(team)
    each = maybe(*parties, {"type": "array", "items": maybe(*parties)})
    ours: dict[str, Shape] = {
        "date": described(date, names, needed=True),
        "time": maybe(_TIME),
        "kind": one_of(kinds),
        **dict.fromkeys(DIRECTIONS, each),
        "by": described(person, names),
        "headline": maybe(SOMETHING),
        "text": maybe(SOMETHING),
        "stage": maybe(SOMETHING),
    }
    return {key: ours[key] for key in NOTE_KEYS}


def _fields(file: FileKind, names: Names) -> dict[str, Shape]:
    """Fields of notes are never left empty."""
    return {
        name: described(known, names, needed=True)
        for name, known in NOTE_FIELDS.items()
        if name in file.settable
    }


def _where(fields: Mapping[str, Json], then: Shape) -> Shape:
    return {"if": has(fields), "then": then}


def _one_direction() -> Iterator[Shape]:
    """No two of `to`, `from` and `with`."""
    names = list(DIRECTIONS)
    for at, first in enumerate(names):
        rest: Shape = dict.fromkeys(names[at + 1 :], NOTHING)
        if rest:
            yield _where({first: _SAID}, {"properties": rest})


def _of_kinds(file: FileKind) -> Iterator[Shape]:
    """What only notes of some kinds can say."""
    for fields, kinds in _groups(file).items():
        none: Shape = dict.fromkeys(fields, False)
        yield {"if": has({"kind": {"enum": [*kinds]}}), "else": {"properties": none}}
    yield {
        "if": has({"kind": {"const": _STAGE}}),
        "then": has({"stage": SOMETHING}),
        "else": {"properties": {"stage": NOTHING}},
    }


def _groups(file: FileKind) -> dict[tuple[str, ...], tuple[str, ...]]:
    """The fields that the same kinds of notes have, with these kinds."""
    kinds_of = {
        name: tuple(kind for kind, fields in KIND_FIELDS.items() if name in fields)
        for fields in KIND_FIELDS.values()
        for name in fields
        if name in file.settable
    }
    return {
        tuple(name for name, those in kinds_of.items() if those == kinds): kinds
        for kinds in dict.fromkeys(kinds_of.values())
    }


def _of_rungs(file: FileKind, names: Names) -> Iterator[Shape]:
    """A rung is reached by somebody: `from` or `to` them, never `with`."""
    rungs = names.schema.rungs
    if not rungs:
        return
    then: Shape = {"properties": {"with": NOTHING}}
    if file.has_stages:
        then["anyOf"] = [has({"from": _SAID}), has({"to": _SAID})]
    yield _where({"kind": {"enum": [*rungs]}}, then)
