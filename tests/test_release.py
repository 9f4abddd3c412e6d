"""What `make release` leaves in dist/, and what it refuses, with stand-ins for what builds and installs."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.places import ROOT
from tests.repositories import QUIET, Repo

PYTHON = """\
#!/bin/sh
echo "$@" >>"$SEEN"
case "$*" in
  -c*) echo 1.2.3 ;;
  "-m hatchling build -d "*) mkdir -p "$5"; echo "$WHEEL$SOURCE_DATE_EPOCH" >"$5/dealog-1.2.3.whl"
    if [ "$DIFFERS" ]; then echo "$5" >"$5/dealog-1.2.3.tar.gz"; fi ;;
  "-m venv "*) mkdir -p "$4/bin"; cp "$DEALOG" "$4/bin/dealog" ;;
  .ci/materials.py*) echo bill >"$4" ;;
esac
"""
DEALOG = """\
#!/bin/sh
echo dealog "$@" >>"$SEEN"
if [ "$FAILS" ]; then case "$*" in *"$FAILS"*) exit 1 ;; esac; fi
case "$*" in *build) mkdir -p journal/_site; echo site >journal/_site/index.html ;; esac
"""
DATED = "# Changelog\n\n## [1.2.3] - 2026-11-20\n"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A repository of a version that is to be released."""
    made = Repo(tmp_path / "repo")
    made.commit({"CHANGELOG.md": DATED, ".gitignore": "dist\n", ".ci/materials.py": ""})
    shutil.copy(ROOT / ".ci/release", made.folder / ".ci/release")
    made.commit({})
    for name, text in (("python", PYTHON), ("dealog", DEALOG)):
        place = tmp_path / "bin" / name
        place.parent.mkdir(exist_ok=True)
        place.write_text(text)
        place.chmod(0o755)
    return made


def released(repo: Repo, **env: str) -> tuple[int, str, str]:
    """How it ends, what it says, and what it ran."""
    home = repo.folder.parent
    given = {"SEEN": str(home / "seen"), "DEALOG": str(home / "bin/dealog"), "WHEEL": "wheel"}
    done = subprocess.run(
        ["bash", ".ci/release", home / "bin"],
        cwd=repo.folder,
        env={"PATH": os.environ["PATH"], **QUIET, **given, **env},
        capture_output=True,
        text=True,
        check=False,
    )
    seen = home / "seen"
    return done.returncode, done.stderr, seen.read_text() if seen.exists() else ""


def test_it_has_the_wheel_the_bill_and_the_sums_of_both(repo: Repo) -> None:
    code, told, ran = released(repo, TAG="v1.2.3")
    dist = {path.name: path.read_bytes() for path in (repo.folder / "dist").iterdir()}
    assert code == 0 and sorted(dist) == ["SHA256SUMS", "dealog-1.2.3.cdx.json", "dealog-1.2.3.whl"]
    sums = dist.pop("SHA256SUMS").decode()
    told_of = {name: digest for digest, name in re.findall(r"^(\S+)  (\S+)$", sums, re.MULTILINE)}
    assert told_of == {name: hashlib.sha256(data).hexdigest() for name, data in dist.items()}
    assert dist["dealog-1.2.3.whl"].decode() == f"wheel{repo.git('log', '-1', '--format=%ct')}\n"
    assert "dist/ holds what is to be uploaded" in told
    assert re.search(
        r"^-m pip --python \S+ .*--require-hashes -r requirements/run\.txt$", ran, re.MULTILINE
    )
    assert re.search(r"^-m pip .*--no-deps --no-index dist/dealog-1\.2\.3\.whl$", ran, re.MULTILINE)
    used = [line for line in ran.splitlines() if line.startswith("dealog ")]
    assert used == [f"dealog {said}" for said in
                    ("--version", "init journal", "-C journal check", "-C journal build")]  # fmt: skip


@pytest.mark.parametrize("what", ["dirty", "undated", "tag"])
def test_what_is_not_to_be_released_is_refused_unless_it_is_tried(repo: Repo, what: str) -> None:
    env = {"TAG": "v1.2.4"} if what == "tag" else {}
    if what == "dirty":
        (repo.folder / "new.py").write_text("x")
    if what == "undated":
        repo.commit({"CHANGELOG.md": DATED.replace("2026-11-20", "Unreleased")})
    code, told, _ = released(repo, **env)
    wrong = {"dirty": "git status", "undated": "gives 1.2.3 no date", "tag": "the tag is v1.2.4"}
    assert code == 1 and wrong[what] in told
    assert not (repo.folder / "dist").exists()
    assert released(repo, DRAFT="yes", **env)[0] == 0


@pytest.mark.parametrize("fails", ["--version", "init", "check", "build"])
def test_a_wheel_that_does_not_work_is_no_release(repo: Repo, fails: str) -> None:
    assert released(repo, FAILS=fails)[0] == 1
    assert not (repo.folder / "dist/SHA256SUMS").exists()


def test_two_builds_that_differ_are_no_release(repo: Repo) -> None:
    code, told, _ = released(repo, DIFFERS="yes")
    assert (code, "two builds differ" in told) == (1, True)
    assert not (repo.folder / "dist/SHA256SUMS").exists()
