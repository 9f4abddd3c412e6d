"""Pieces of JSON Schemas (draft-07, which every editor's tool reads) for values in YAML.

To dealog a value is its text; YAML's own types have to be let in where they may be such a text:
``48000`` is a number there, ``true`` no text. ``patternErrorMessage`` and ``enumDescriptions``
are what the YAML language server shows; validators pass them over.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from site_builder.exchange.facts import Json

Shape = dict[str, Json]
ID = "[a-z0-9]+(?:-[a-z0-9]+)*"
_BLANK = r"^\s*$"
_INTEGER = re.compile(r"[-+]?[0-9]+")
_DECIMAL = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_TRUTHS: Mapping[str, bool] = {
    word: word.lower() == "true" for word in "true True TRUE false False FALSE".split()
}

SOMETHING: Shape = {"$ref": "#/definitions/something"}
NOTHING: Shape = {"$ref": "#/definitions/nothing"}
BASE: Shape = {
    "something": {
        "anyOf": [
            {"type": "string", "pattern": r"\S", "patternErrorMessage": "Something has to be here"},
            {"type": "number"},
            # Said so, a server does not propose `true` for every text.
            {"not": {"type": ["string", "number", "null", "array", "object"]}},
        ]
    },
    "nothing": {
        "anyOf": [
            {"not": {"type": ["string", "number", "boolean", "array", "object"]}},
            {"type": "string", "pattern": _BLANK},
        ]
    },
}


def text(pattern: str, looks: str) -> Shape:
    """A text that is whole of a pattern; ``looks`` says how one looks."""
    told: Shape = {"patternErrorMessage": looks, "errorMessage": looks}
    return {"type": "string", "pattern": f"^(?:{pattern})$", **told}


def one_of(words: Mapping[str, str] | Iterable[str]) -> Shape:
    """One of some words, with what each is called where that is said."""
    named = words if isinstance(words, Mapping) else {}
    forms = [(form, named.get(word, "")) for word in words for form in _forms(word)]
    if not forms:
        return {"not": {}}
    shape: Shape = {"enum": [form for form, _ in forms]}
    if any(name for _, name in forms):
        shape["enumDescriptions"] = [name for _, name in forms]
    return shape


def _forms(word: str) -> list[Json]:
    """A word, and what YAML takes it for where it is not in quotes."""
    if word in _TRUTHS:
        return [word, _TRUTHS[word]]
    if _INTEGER.fullmatch(word):
        return [word, int(word)]
    return [word, float(word)] if _DECIMAL.fullmatch(word) else [word]


def proposed(words: Collection[str]) -> list[Shape]:
    """One of some words, for what may be something else as well; nothing where there are none."""
    return [one_of(words)] if words else []


def maybe(*shapes: Shape) -> Shape:
    """What is of one of some shapes, or left empty."""
    return {"anyOf": [*shapes, NOTHING]}


def many(*shapes: Shape) -> Shape:
    """A list whose values are of one of some shapes or left empty, or no list yet."""
    return maybe({"type": "array", "items": maybe(*shapes)})


def mapping(fields: Mapping[str, Shape], required: Iterable[str] = ()) -> Shape:
    """A mapping of these names, beside which there may be names that begin with `x-`."""
    shape: Shape = {
        "type": "object",
        "properties": {**fields},
        "patternProperties": {"^x-": {}},
        "additionalProperties": False,
    }
    return {**shape, "required": [*required]} if required else shape


def by_id(value: Shape, *not_these: str) -> Shape:
    """A mapping from ids of the journal's own, or nothing yet."""
    id: Shape = {"pattern": f"^{ID}$", "maxLength": 100}
    if not_these:
        id["not"] = {"enum": [*sorted(not_these)]}
    return maybe({"type": "object", "propertyNames": id, "additionalProperties": value})


def has(fields: Mapping[str, Json]) -> Shape:
    """What has all of these fields, each of its shape."""
    return {"properties": {**fields}, "required": [*fields]}


def said_by(shape: Shape, description: str) -> Shape:
    """A shape with words on it."""
    return {"description": description, **shape} if description else shape
