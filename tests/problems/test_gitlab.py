"""GitLab's Code Quality report: each entry has what GitLab's documentation asks for, in the types in
which GitLab reads it."""

from __future__ import annotations

import json

import pytest

from site_builder.problems.gitlab import gitlab
from tests.problems.odd_problems import ODD, PROBLEMS

SEVERITIES = {"info", "minor", "major", "critical", "blocker"}


def test_every_entry_has_what_is_asked_for() -> None:
    text = gitlab(PROBLEMS, lambda path: f"sales/{path}")
    assert text.isascii() and "\x1b" not in text
    found = json.loads(text)
    assert [set(entry) for entry in found] == [
        {"description", "check_name", "fingerprint", "severity", "location"}
    ] * len(PROBLEMS)
    assert len({entry["fingerprint"] for entry in found}) == len(PROBLEMS)
    assert {entry["severity"] for entry in found} == {"major", "minor"} <= SEVERITIES
    first = found[0]
    assert first["description"] == f"{ODD} {ODD}"
    assert first["location"] == {"path": "sales/deals/a b#ü%?.md", "lines": {"begin": 3, "end": 3}}
    assert not any(entry["location"]["path"].startswith("./") for entry in found)


ENTRY = {
    "type": "object",
    "required": ["description", "check_name", "fingerprint", "severity", "location"],
    "properties": {
        "description": {"type": "string", "minLength": 1},
        "check_name": {"type": "string", "minLength": 1},
        "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32,64}$"},
        "severity": {"enum": sorted(SEVERITIES)},
        "location": {
            "type": "object",
            "required": ["path", "lines"],
            "properties": {
                "path": {"type": "string", "minLength": 1},
                "lines": {
                    "type": "object",
                    "required": ["begin"],
                    "properties": {"begin": {"type": "integer", "minimum": 1}},
                },
            },
        },
    },
}
"""What GitLab's reader of these reports lets through, and what its documentation says of values."""


def test_entries_are_of_the_types_that_gitlab_reads() -> None:
    schemas = pytest.importorskip("jsonschema")
    found = json.loads(gitlab(PROBLEMS))
    assert found
    schemas.validate(found, {"type": "array", "items": ENTRY})
    spoiled = {**found[0], "location": {"path": "a", "lines": {"begin": "3"}}}
    with pytest.raises(schemas.ValidationError):
        schemas.validate([spoiled], {"type": "array", "items": ENTRY})


def test_no_problems_are_an_empty_list() -> None:
    assert json.loads(gitlab(())) == []
