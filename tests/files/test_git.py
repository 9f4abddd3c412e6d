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


def test_what_a_file_was(repository: Path) -> None:
    for text, day in (("one\n", "2026-11-01"), ("two\r\n", "2026-11-03")):
        (repository / "a b.md").write_bytes(text.encode())
        git.commit(repository, ["a b.md"], text)
        run(repository, "commit", "-q", "--amend", "--no-edit", "--date", f"{day}T12:00:00")
    found = list(git.versions(repository, "a b.md"))
    assert [(str(one.date), one.email, one.data) for one in found] == [
        ("2026-11-03", "maria@kestrel.example", b"two\r\n"),
        ("2026-11-01", "maria@kestrel.example", b"one\n"),
    ]
    inside = repository / "sales"
    inside.mkdir()
    (inside / "c").write_text("c")
    git.commit(inside, ["c"], "c")
    assert [one.data for one in git.versions(inside, "c")] == [b"c"]


def test_of_what_nothing_is_known_there_are_no_versions(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (repository / "a").write_text("a")
    assert list(git.versions(repository, "a")) == []
    monkeypatch.setenv("PATH", "")
    assert list(git.versions(repository, "a")) == []
