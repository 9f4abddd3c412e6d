"""The files that editors read beside a journal: which there are, and what each says.

What is made from pipeline.yml is renewed when that has changed; what is not is only ever begun.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from importlib.resources import files

from site_builder.editors import obsidian
from site_builder.editors.front_matter import front_matter_of
from site_builder.editors.json_types import Names
from site_builder.editors.pipeline_yml import pipeline_schema
from site_builder.editors.shapes import Shape
from site_builder.editors.snippets import snippets_of
from site_builder.editors.subjects import contact_schema, deal_schema
from site_builder.exchange.facts import Json

FOLDER = ".dealog"
"""Where a journal's schemas are: hidden, so that no editor takes them for the journal's own."""
SCHEMAS: Mapping[str, Callable[[Names], Shape]] = {
    "pipeline": pipeline_schema,
    "deal": deal_schema,
    "contact": contact_schema,
}
"""The schemas that there are, by what they are of."""
SNIPPETS, FRONT_MATTER = ".vscode/dealog.code-snippets", "frontmatter.json"
OBSIDIAN_TYPES = ".obsidian/types.json"
_BEGUN = {
    ".editorconfig": "editorconfig",
    ".vscode/settings.json": "vscode-settings.json",
    ".vscode/extensions.json": "vscode-extensions.json",
}


def schema_name(of: str) -> str:
    """The file that a schema is written to."""
    return f"{of}.schema.json"


def schemas(names: Names) -> dict[str, bytes]:
    """The schemas of a journal, by the names of their files."""
    return {schema_name(of): as_bytes(make(names)) for of, make in SCHEMAS.items()}


def begun() -> dict[str, bytes]:
    """What a journal begins with, and its people change as they like: path -> content."""
    ours = {path: _read(name) for path, name in _BEGUN.items()}
    return {**ours, ".obsidian/app.json": as_bytes(obsidian.APP)}


def made_of(names: Names) -> dict[str, bytes]:
    """All that is made from pipeline.yml, and made again when that has changed."""
    made = {f"{FOLDER}/{name}": data for name, data in schemas(names).items()}
    return {
        **made,
        SNIPPETS: as_bytes(snippets_of(names.schema)),
        FRONT_MATTER: as_bytes(front_matter_of(names)),
        OBSIDIAN_TYPES: as_bytes(obsidian.types_of(names.schema)),
    }


def as_bytes(shape: Json) -> bytes:
    """JSON as it is written to a file."""
    return (json.dumps(shape, indent=2, ensure_ascii=False) + "\n").encode()


def _read(name: str) -> bytes:
    return files(__package__).joinpath(name).read_bytes()


def renewed(ours: bytes, there: bytes) -> bytes | None:
    """What a file of ours becomes where one is already: what else somebody put into it stays.
    None where that can't be read as JSON."""
    try:
        theirs = json.loads(there)
    except ValueError:
        return None
    made = json.loads(ours)
    return as_bytes(_united(made, theirs)) if isinstance(theirs, dict) else None


def _united(ours: Json, theirs: Json) -> Json:
    """Ours, and what of theirs ours has nothing for: by name, in a list of what has names."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        both = {key: _united(ours.get(key, value), value) for key, value in theirs.items()}
        return {**both, **{key: value for key, value in ours.items() if key not in both}}
    if isinstance(ours, list) and isinstance(theirs, list):
        taken = {_name(one) for one in ours}
        return [*ours, *(one for one in theirs if _name(one) not in taken and _name(one))]
    return ours


def _name(one: Json) -> Json:
    return one.get("name") or one.get("title") if isinstance(one, dict) else None
