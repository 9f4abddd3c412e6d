"""Steps of workflows run here: with bash, in folders of a test, and a `gh` that only remembers."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.repositories import QUIET

GH = """#!/usr/bin/env bash
printf '%s\\0' "$@" >>"$GH_ASKED"; printf '\\n' >>"$GH_ASKED"
exec "$PYTHON_OF_TESTS" -S -E - "$@" <<'END'
import json, os, subprocess, sys
asked = sys.argv[1:]
if asked[0] == "auth":
    sys.exit(0)
address = next(a for a in asked if a.startswith("repos/"))
method = asked[asked.index("--method") + 1] if "--method" in asked else "GET"
answers = json.load(open(os.environ["GH_ANSWERS"]))
answer = answers.get(f"{method} {address}")
if "--input" in asked:
    with open(os.environ["GH_SENT"], "a") as sent:
        body = json.load(open(asked[asked.index("--input") + 1]))
        sent.write(json.dumps([method, address, body]) + "\\n")
if answer is None:
    sys.exit(f"gh: {method} {address}: not found")
if isinstance(answer, dict) and "file" in answer:
    sys.stdout.buffer.write(open(answer["file"], "rb").read())
elif "--jq" in asked:
    jq = ["jq", "--raw-output", asked[asked.index("--jq") + 1]]
    subprocess.run(jq, input=json.dumps(answer).encode(), check=True)
END
"""
"""Answers what the file at GH_ANSWERS says, and writes down what it is asked and sent."""


def load_yaml(text: str) -> Any:  # of any shape
    """YAML as a host reads it."""
    return yaml.load(text, yaml.SafeLoader)  # noqa: TID251 - no journal's


def runs(workflow: Mapping[str, Any]) -> dict[str, str]:
    """The scripts that steps run, by their names."""
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    return {step["name"]: step["run"] for step in steps if "run" in step}


class Runner:
    """A machine that runs steps: with a folder for what they leave, and answers for `gh`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.temp = folder, folder / "temp"
        self.answers: dict[str, object] = {}
        (folder / "bin").mkdir(parents=True)
        self.temp.mkdir()
        gh = folder / "bin/gh"
        gh.write_text(GH)
        gh.chmod(0o755)
        (folder / "bin/dealog").symlink_to(Path(sys.executable).parent / "dealog")

    def run(
        self, script: str, cwd: Path, values: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """What a script did, as GitHub runs one, with these values in its environment."""
        (self.folder / "answers.json").write_text(json.dumps(self.answers))
        (self.folder / "event.json").touch()
        ours = {
            "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
            "PYTHON_OF_TESTS": sys.executable,
            "GH_ASKED": str(self.folder / "asked"),
            "GH_ANSWERS": str(self.folder / "answers.json"),
            "GH_SENT": str(self.folder / "sent"),
            "GITHUB_REPOSITORY": "kestrel/sales",
            "GITHUB_SERVER_URL": str(self.folder / "server"),
            "GITHUB_EVENT_PATH": str(self.folder / "event.json"),
            "GITHUB_OUTPUT": str(self.folder / "output"),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary"),
            "GITHUB_WORKSPACE": str(cwd),
            "RUNNER_TEMP": str(self.temp),
            "HOME": str(self.folder),
            "TMPDIR": str(self.temp),
            "JOURNAL": ".",
            "SOURCE_DATE_EPOCH": "1795564800",  # 2026-11-25
        }
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=cwd,
            env={**os.environ, **QUIET, **ours, **(values or {})},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def left(self, name: str) -> str:
        """What was written to a file of the machine; nothing where it is not there."""
        place = self.folder / name
        return place.read_text() if place.exists() else ""

    @property
    def sent(self) -> list[tuple[str, str, dict[str, str]]]:
        """What `gh` sent: method, address and body."""
        rows = [json.loads(line) for line in self.left("sent").splitlines()]
        return [(method, address, body) for method, address, body in rows]


def needs(*programs: str) -> pytest.MarkDecorator:
    """Skips, but for CI, where one of these is not there."""
    missing = [each for each in programs if shutil.which(each) is None]
    return pytest.mark.skipif(
        bool(missing) and not os.environ.get("CI"), reason=f"needs {', '.join(missing)}"
    )
