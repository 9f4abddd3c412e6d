"""What `check` and the schemas say of the same files, side by side."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple, Protocol

import pytest
import yaml

from site_builder.editors.files import SCHEMAS
from site_builder.editors.json_types import Names
from site_builder.exchange.facts import Json
from site_builder.files.tree import MemoryTree
from site_builder.load.loaded import Loaded
from site_builder.load.loader import load
from site_builder.problems.problem import Problem, Severity

TODAY = dt.date(2026, 11, 20)
_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_INTEGER = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS: Mapping[str, Json] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


class Refusal(Protocol):
    """One thing that is wrong by a schema, and where."""

    message: str
    absolute_path: Iterable[object]


class Validator(Protocol):
    """Judges values by a schema."""

    def iter_errors(self, value: Json) -> Iterator[Refusal]: ...


def validator_of(schema: Json) -> Validator:
    """What judges by a schema, which is a good one itself."""
    return _validator_of(json.dumps(schema))


@cache
def _validator_of(schema: str) -> Validator:
    """Made once of the same schema, for to judge a schema takes longer than to judge by it."""
    draft7 = pytest.importorskip("jsonschema").Draft7Validator
    read = json.loads(schema)
    draft7.check_schema(read)
    made: Validator = draft7(read)
    return made


class Verdict(NamedTuple):
    """What is wrong with a file's fields: by its schema, and the errors of `check`."""

    path: str
    refused: tuple[str, ...]
    errors: tuple[Problem, ...]

    @property
    def codes(self) -> set[str]:
        return {error.code for error in self.errors}


def loaded(files: Mapping[str, str]) -> Loaded:
    return load(MemoryTree(files), lambda: TODAY)


def validators(files: Mapping[str, str]) -> dict[str, Validator]:
    """The schemas of a healthy journal, by the name or folder of what they are of."""
    journal = loaded(files).journal
    assert journal is not None
    contacts = {contact.id: contact.name for contact in journal.contacts}
    names = Names(journal.schema, contacts, {deal.id: deal.title for deal in journal.deals})
    made = {of: validator_of(make(names)) for of, make in SCHEMAS.items()}
    return {f"{of}s" if of != "pipeline" else "pipeline.yml": one for of, one in made.items()}


def verdicts(
    files: Mapping[str, str], by: Mapping[str, Validator], only: str = ""
) -> Iterator[Verdict]:
    """What is said of each file, or only of one, whose fields YAML can read."""
    problems = loaded(files).problems
    for path, text in files.items():
        validator = by.get(path.partition("/")[0])
        if validator is None or path.endswith("README.md") or only not in ("", path):
            continue
        front = _front(path, text)
        if front is None:
            continue
        value, rows = front
        refused = [
            f"{'/'.join(map(str, error.absolute_path))}: {error.message[:100]}"
            for error in validator.iter_errors(value)
        ]
        errors = [
            p
            for p in problems
            if p.span.path == path and p.severity is Severity.ERROR and p.span.line <= rows
        ]
        yield Verdict(path, tuple(refused), tuple(errors))


def _front(path: str, text: str) -> tuple[Json, int] | None:
    """The fields of a file as YAML 1.2 reads them, and the last line of them."""
    whole = _FRONT.match(text) if path.endswith(".md") else None
    if path.endswith(".md") and whole is None:
        return None
    written = whole[1] if whole else text.removeprefix("\ufeff")
    try:
        node = yaml.compose(written, yaml.SafeLoader)
    except yaml.YAMLError:
        return None
    rows = (whole[0] if whole else text).count("\n") + 1
    return None if node is None else (_plain(node), rows)


def _plain(node: yaml.Node) -> Json:
    """A node by YAML 1.2's core schema, as editors read it."""
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    text = str(node.value)
    if isinstance(node, yaml.ScalarNode) and node.style:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text
