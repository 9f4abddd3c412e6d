"""Files of others are what docs/vendored.md says they are."""

from __future__ import annotations

import json
import re
import runpy
import subprocess
from hashlib import sha256
from pathlib import Path

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


BILL = runpy.run_path(str(ROOT / ".ci/materials.py"))


def test_a_bill_of_materials_has_nothing_of_what_builds() -> None:
    needs = {"root": ["Alpha_X=1", "Builder=1"], "Alpha_X=1": ["Beta=1"], "Builder=1": ["Pack=1"]}
    made = {
        "metadata": {"component": {"bom-ref": "root"}},
        "components": [
            {"name": name, "bom-ref": f"{name}=1"}
            for name in ("Alpha_X", "Beta", "Builder", "Pack")
        ],
        "dependencies": [{"ref": ref, "dependsOn": others} for ref, others in needs.items()],
    }
    told = BILL["shipped"](made, ["alpha-x"])
    assert [one["name"] for one in told["components"]] == ["Alpha_X", "Beta"]
    assert {one["ref"]: one["dependsOn"] for one in told["dependencies"]} == {
        "root": ["Alpha_X=1"],
        "Alpha_X=1": ["Beta=1"],
    }
    assert {"click", "markdown", "pyyaml"} <= {*BILL["needed"]()} and "hatchling" not in BILL[
        "needed"
    ]()


def test_a_bill_of_materials_is_of_the_version_with_what_runs_and_what_is_shipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And with nothing else that is installed there."""
    names = [*BILL["needed"](), "hatchling"]
    told = {
        "metadata": {"component": {"bom-ref": "root", "version": "0"}},
        "components": [{"name": name, "bom-ref": f"{name}=1"} for name in names],
        "dependencies": [{"ref": "root", "dependsOn": ["hatchling=1"]}],
    }
    said = subprocess.CompletedProcess([], 0, json.dumps(told).encode())
    monkeypatch.setattr(subprocess, "run", lambda *_args, **_how: said)
    BILL["main"]("venv", "1.2.3", str(tmp_path / "bill.json"))
    made = json.loads((tmp_path / "bill.json").read_text("utf-8"))
    shipped = [f"{name}=1" for name in BILL["needed"]()]
    shipped += [one["bom-ref"] for one in BILL["vendored"]()]
    assert sorted(one["bom-ref"] for one in made["components"]) == sorted(shipped)
    assert made["dependencies"][0] == {"ref": "root", "dependsOn": sorted(shipped)}
    assert made["metadata"]["component"]["version"] == "1.2.3"


def test_a_bill_of_materials_names_what_is_shipped() -> None:
    made = BILL["vendored"]()
    named = {
        (each["evidence"]["occurrences"][0]["location"], each["hashes"][0]["content"])
        for each in made
    }
    assert named == {row for row in ROWS if not row[0].startswith("tests/")}
