"""Front Matter CMS: the fields of deals and contacts, as it shows and validates them.

It holds a value to one type of JSON, as YAML reads it. So what may be a number or a text (money,
a percentage, a phone) and what may be ``yes`` or ``true`` is left out: it stays in the file, and
nothing false is said of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from site_builder.editors.json_types import Names
from site_builder.editors.shapes import Shape
from site_builder.editors.subjects import own_field
from site_builder.editors.words import CONTACT_WORDS, DEAL_WORDS
from site_builder.exchange.facts import Json
from site_builder.journal.fields import (
    CONTACT_FIELDS,
    CONTACT_REQUIRED,
    DEAL_FIELDS,
    DEAL_REQUIRED,
    Known,
)
from site_builder.parse.ids import titled

SCHEMA = "https://frontmatter.codes/frontmatter.schema.json"
KINDS: Mapping[str, str] = {
    "text": "string",
    "number": "number",
    "money": "",
    "percent": "",
    "date": "datetime",
    "duration": "string",
    "yes/no": "",
    "choice": "choice",
    "person": "choice",
    "contact": "string",
    "deal": "string",
    "url": "string",
    "email": "string",
    "phone": "",
    "interval": "string",
    "source": "string",
    "participant": "string",
    "pipeline": "choice",
    "stage": "choice",
    "level": "choice",
    "lost-reason": "choice",
    "dated-text": "string",
    "date-or-text": "string",
    "money-or-text": "",
}
"""What fields of each type are there; nothing where it has no such."""


def front_matter_of(names: Names) -> Shape:
    """Its configuration, frontmatter.json."""
    deal = [*_fields(DEAL_FIELDS, DEAL_WORDS, DEAL_REQUIRED, names), *_own_fields(names)]
    contact = list(_fields(CONTACT_FIELDS, CONTACT_WORDS, CONTACT_REQUIRED, names))
    return {
        "$schema": SCHEMA,
        "frontMatter.content.autoUpdateDate": False,
        "frontMatter.content.pageFolders": [
            {"title": "Deals", "path": "[[workspace]]/deals", "contentTypes": ["deal"]},
            {"title": "Contacts", "path": "[[workspace]]/contacts", "contentTypes": ["person"]},
        ],
        # By `type` it tells companies from people.
        "frontMatter.taxonomy.contentTypes": [
            _content_type("deal", deal),
            _content_type("person", contact),
            _content_type("company", contact),
        ],
        "frontMatter.taxonomy.dateFormat": "yyyy-MM-dd",
        "frontMatter.taxonomy.seoContentLengh": -1,
        "frontMatter.taxonomy.seoDescriptionLength": -1,
        "frontMatter.taxonomy.seoTitleLength": -1,
        "frontMatter.templates.prefix": "",
    }


def _content_type(name: str, fields: Iterable[Shape]) -> Shape:
    return {"name": name, "fileType": "md", "pageBundle": False, "fields": [*fields]}


def _fields(
    known: Mapping[str, Known], words: Mapping[str, str], required: Iterable[str], names: Names
) -> Iterator[Shape]:
    for name, field in known.items():
        shape = _field(name, titled(name), field, names)
        if shape:
            more: Shape = {"required": True} if name in required else {}
            yield {**shape, "description": words[name], **more}


def _own_fields(names: Names) -> Iterator[Shape]:
    for field in names.schema.own_fields.values():
        shape = _field(field.name, field.label, own_field(field), names)
        if shape:
            yield shape


def _field(name: str, title: str, known: Known, names: Names) -> Shape:
    """A field; nothing where it has none of that type."""
    kind = "list" if known.is_list else KINDS[known.type]
    shape: Shape = {"title": title, "name": name, "type": kind}
    if kind != "choice":
        return shape if kind else {}
    choices = _choices(known, names)
    return {**shape, "choices": choices} if choices else {**shape, "type": "string"}


def _choices(known: Known, names: Names) -> list[Json]:
    schema = names.schema
    stages = {s.id: s.name for p in schema.pipelines for s in p.present}
    choices: Mapping[str, Mapping[str, str]] = {
        "choice": {option: option for option in known.options},
        "person": names.team,
        "pipeline": names.pipelines,
        "stage": stages,
        "level": {level: titled(level) for level in schema.levels},
        "lost-reason": schema.reasons_of_loss,
    }
    return [{"id": id, "title": title} for id, title in choices[known.type].items()]
