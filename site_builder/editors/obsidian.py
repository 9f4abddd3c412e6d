"""Obsidian: of which type the properties of deals and contacts are there."""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.editors.shapes import Shape
from site_builder.editors.subjects import own_field
from site_builder.journal.fields import CONTACT_FIELDS, DEAL_FIELDS, Known
from site_builder.journal.schema import Schema

KINDS: Mapping[str, str] = {"number": "number", "date": "date", "yes/no": "checkbox"}
"""Its types, for those that are no text there. An amount is a text, for it may have a code."""
APP: Shape = {
    "alwaysUpdateLinks": True,
    "newLinkFormat": "shortest",
    "useMarkdownLinks": False,
    "userIgnoreFilters": ["_site/"],
}
"""Links are `[[id]]`, and follow a file that is renamed."""


def types_of(schema: Schema) -> Shape:
    """The types of all properties, .obsidian/types.json."""
    own = {name: own_field(field) for name, field in schema.own_fields.items()}
    types: Shape = {"aliases": "aliases", "tags": "tags"}
    for name, known in {**own, **CONTACT_FIELDS, **DEAL_FIELDS}.items():
        types.setdefault(name, _type(known))
    return {"types": types}


def _type(known: Known) -> str:
    return "multitext" if known.is_list else KINDS.get(known.type, "text")
