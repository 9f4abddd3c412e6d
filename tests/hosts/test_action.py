from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.catalogue import BASE
from tests.commands import run
from tests.places import ROOT
from tests.repositories import Repo
from tests.runners import Runner, load_yaml, needs

pytestmark = needs("bash", "git")
ACTION = load_yaml((ROOT / "action.yml").read_text("utf-8"))
SCRIPTS = {step["name"]: step for step in ACTION["runs"]["steps"] if "run" in step}
REVIEW = SCRIPTS["Check and diff"]["run"]
WRONG = {"deals/acme.md": BASE["deals/acme.md"].replace("lead", "nowhere")}


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path / "runner")


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "repo")
    repo.commit(dict(BASE))
    return repo


def values(**given: str) -> dict[str, str]:
    return {"BASE": "", "STRICT": "false", "GITHUB_EVENT_NAME": "push", **given}


def test_nothing_that_is_given_stands_in_a_script() -> None:
    assert all("${{" not in step["run"] and step["shell"] == "bash" for step in SCRIPTS.values())
    assert SCRIPTS["Check and diff"]["env"].keys() == {"JOURNAL", "BASE", "STRICT"}
    assert "$GITHUB_ACTION_PATH" in SCRIPTS["Install dealog"]["run"]


def test_on_a_push_the_whole_journal_is_checked(runner: Runner, repo: Repo) -> None:
    assert runner.run(REVIEW, repo.folder, values()).returncode == 0
    assert runner.left("summary") == ""
    repo.commit(WRONG)
    assert runner.run(REVIEW, repo.folder, values()).returncode == 1


def test_on_a_pull_request_what_it_changes_is_told(runner: Runner, repo: Repo) -> None:
    repo.commit(WRONG)
    repo.commit({"README.md": "Other\n"})
    asked = values(GITHUB_EVENT_NAME="pull_request")
    assert runner.run(REVIEW, repo.folder, asked).returncode == 0  # which is not its fault
    assert "No change to the pipeline" in runner.left("summary")
    assert runner.left("output") == f"markdown={runner.temp}/pipeline.md\n"


@pytest.mark.parametrize("odd", ["--help", "$(touch stolen)", "x; touch stolen", "-x"])
def test_what_is_given_is_no_option(runner: Runner, repo: Repo, odd: str) -> None:
    assert runner.run(REVIEW, repo.folder, values(BASE=odd)).returncode == 2
    assert runner.run(REVIEW, repo.folder, values(JOURNAL=odd)).returncode == 2
    assert not (repo.folder / "stolen").exists()


def test_the_hook_runs_what_it_says(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (hook,) = load_yaml((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert shlex.split(hook["entry"]) == ["dealog"]
    assert run("-C", journal, *hook["args"], capsys=capsys)[0] == 0
    named = ("pipeline.yml", "deals/a.md", "deals/2026/a.yml", "sales/contacts/b.yaml")
    assert all(re.search(hook["files"], path) for path in named)
    assert not any(re.search(hook["files"], path) for path in ("README.md", "docs/deals.md"))
