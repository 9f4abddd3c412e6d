"""GitLab's Code Quality report: each entry has what GitLab's documentation asks for."""

from __future__ import annotations

import json

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


def test_no_problems_are_an_empty_list() -> None:
    assert json.loads(gitlab(())) == []
