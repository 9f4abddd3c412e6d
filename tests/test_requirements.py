"""What is installed: the locks agree with pyproject.toml, and name no address."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement

from tests.places import ROOT
from tests.runners import load_yaml

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
RUN = [Requirement(text) for text in PROJECT["project"]["dependencies"]]
DEV = [Requirement(text) for text in PROJECT["project"]["optional-dependencies"]["dev"]]
RELEASE = [Requirement(text) for text in PROJECT["dependency-groups"]["release"]]
BUILD = [Requirement(text) for text in PROJECT["build-system"]["requires"]]


def locked(name: str) -> dict[str, set[str]]:
    """The versions of a lock by package; a package has two where Pythons differ."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    found: dict[str, set[str]] = {}
    for package, version in re.findall(r"^([a-z0-9-]+)==([^ \\]+)", text, re.MULTILINE):
        found.setdefault(package, set()).add(version)
    return found


def name_of(requirement: Requirement) -> str:
    return requirement.name.lower()


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("dev", RUN + DEV + BUILD),
        ("lowest", RUN + DEV + BUILD),
        ("run", RUN + BUILD),
        ("release", RUN + RELEASE),
    ],
)
def test_a_lock_has_everything_within_its_range(name: str, wanted: list[Requirement]) -> None:
    versions = locked(name)
    for requirement in wanted:
        found = versions[name_of(requirement)]
        assert found and all(requirement.specifier.contains(v) for v in found), requirement


def test_the_lowest_are_the_lowest_that_are_allowed() -> None:
    versions = locked("lowest")
    for requirement in RUN + DEV + BUILD:
        (bound,) = requirement.specifier
        assert bound.operator == ">=", "an upper bound keeps users from mending what is unsafe"
        (version,) = versions[name_of(requirement)]
        assert requirement.specifier.contains(version)
        parts, lowest = bound.version.split("."), version.split(".")
        assert lowest[: len(parts)] == parts, f"{requirement}: run `make lock`"


@pytest.mark.parametrize("name", ["dev", "lowest", "run", "release"])
def test_every_package_of_a_lock_has_hashes_and_no_address(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    assert "://" not in text and "index" not in text
    for package in re.split(r"^(?=[a-z0-9-]+==)", text, flags=re.MULTILINE)[1:]:
        assert "--hash=sha256:" in package, package


def test_building_is_bound_alike_everywhere() -> None:
    group = set(PROJECT["dependency-groups"]["build"])
    assert set(PROJECT["build-system"]["requires"]) <= group <= {str(r) for r in DEV}


def test_what_nobody_could_be_asked_about_is_not_taken_for_safe() -> None:
    """Without it an audit passes where the index knows of no vulnerabilities at all."""
    (audit,) = [
        line for line in (ROOT / "Makefile").read_text("utf-8").splitlines() if "pip-audit" in line
    ]
    assert " --strict " in audit


def test_ci_runs_all_that_is_promised_of_it() -> None:
    """The lowest and the newest that dealog works with, what is known to be unsafe, and what takes
    long; none of them in a job or step that may fail."""
    made = load_yaml((ROOT / ".github/workflows/ci.yml").read_text("utf-8"))
    run, may_fail = set[str](), []
    for job in made["jobs"].values():
        matrix = job.get("strategy", {}).get("matrix", {})
        targets = [*matrix.get("target", ()), *(row["target"] for row in matrix.get("include", ()))]
        may_fail += [one for one in (job, *job["steps"]) if "continue-on-error" in one]
        for command in (step.get("run", "") for step in job["steps"]):
            for target in targets or [""]:
                run |= {*command.replace("${{ matrix.target }}", target).split()[1:]}
    assert {".ci/run", "format", "lint", "types", "layers", "test-lowest", "test-newest"} <= run
    assert {"audit", "soak", "mutants", "coverage"} <= run and may_fail == []
    assert made[True]["schedule"]  # which is how YAML reads `on`


def test_actions_are_pinned_by_commit() -> None:
    used = [
        line.strip()
        for file in (ROOT / ".github").rglob("*.yml")
        for line in file.read_text("utf-8").splitlines()
        if "uses:" in line
    ]
    assert used
    for line in used:
        assert re.fullmatch(r"- uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line


def test_what_is_attested_and_uploaded_is_what_the_same_job_built() -> None:
    """A tag is checked out, built, attested and uploaded in one row, with nothing between or from
    elsewhere, and no step that may fail or be skipped."""
    (job,) = load_yaml((ROOT / ".github/workflows/release.yml").read_text("utf-8"))["jobs"].values()
    said = [
        (
            step["uses"].partition("@")[0] if "uses" in step else step["run"],
            {*step} - {"uses", "run"},
        )
        for step in job["steps"]
    ]
    assert said == [
        ("actions/checkout", {"with"}),
        ("actions/setup-python", {"with"}),
        ("make release PYTHON=python", {"env"}),
        ("actions/attest-build-provenance", {"with"}),
        ("actions/upload-artifact", {"with"}),
    ]
    checkout, python, build, attest, upload = job["steps"]
    assert checkout["with"] == {"fetch-depth": 0, "persist-credentials": False}
    assert python["with"].keys() == {"python-version"}  # and so nothing of a cache
    assert build["env"] == {"TAG": "${{ github.ref_name }}"}
    assert attest["with"] == {"subject-path": "dist/*"}
    assert upload["with"] == {"name": "dist", "path": "dist/", "if-no-files-found": "error"}
