"""Files of others are what docs/vendored.md says they are."""

from __future__ import annotations

import re
import runpy
from hashlib import sha256

import pytest

from tests.places import ROOT

ROWS = re.findall(
    r"^\| `([^`]+)` \|.*\| `([0-9a-f]{64})` \|$",
    (ROOT / "docs/vendored.md").read_text("utf-8"),
    re.MULTILINE,
)


def test_there_are_some() -> None:
    assert ROWS


@pytest.mark.parametrize(("path", "digest"), ROWS)
def test_a_file_is_as_it_was_published(path: str, digest: str) -> None:
    assert sha256((ROOT / path).read_bytes()).hexdigest() == digest


def test_a_bill_of_materials_names_what_is_shipped() -> None:
    made = runpy.run_path(str(ROOT / ".ci/materials.py"))["vendored"]()
    named = {
        (each["evidence"]["occurrences"][0]["location"], each["hashes"][0]["content"])
        for each in made
    }
    assert named == {row for row in ROWS if not row[0].startswith("tests/")}
