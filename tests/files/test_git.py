from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from site_builder.files import git


def run(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", folder, *arguments], capture_output=True, check=True)
    return done.stdout.decode()


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")
    run(tmp_path, "init", "-q")
    run(tmp_path, "config", "user.email", "maria@kestrel.example")
    run(tmp_path, "config", "user.name", "Maria")
    return tmp_path


def test_one_file_is_committed_and_what_else_is_staged_stays_so(repository: Path) -> None:
    for name in ("a", "b", "-c", ":(glob)*"):
        (repository / name).write_text(name)
    run(repository, "add", "b")
    short = git.commit(repository, ["a", "-c", ":(glob)*"], "-m: a and more")
    assert run(repository, "log", "--format=%h %s") == f"{short} -m: a and more\n"
    names = run(repository, "show", "--name-only", "--format=", "-z").split("\0")
    assert sorted(filter(None, names)) == ["-c", ":(glob)*", "a"]
    assert run(repository, "status", "--porcelain") == "A  b\n"


def test_a_file_that_is_gone_is_committed_as_gone(repository: Path) -> None:
    (repository / "a").write_text("a")
    git.commit(repository, ["a"], "one")
    (repository / "a").unlink()
    git.commit(repository, ["a"], "two")
    assert run(repository, "status", "--porcelain") == ""


def test_git_says_what_it_can_t_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(git.NoCommit, match="not a git repository"):
        git.commit(tmp_path, ["a"], "one")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(git.NoCommit, match="git can't be run"):
        git.commit(tmp_path, ["a"], "one")
    assert git.email(tmp_path) == ""


def test_the_address_that_commits_carry(repository: Path) -> None:
    assert git.email(repository) == "maria@kestrel.example"
