"""What commits did to files, and a mark that changes with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.files.git_history import history, state_of, texts
from site_builder.files.git_objects import Repository
from site_builder.files.tree import MAX_BYTES
from tests.repositories import QUIET, Repo


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    for name, value in QUIET.items():
        monkeypatch.setenv(name, value)
    made = Repo(tmp_path / "journal")
    made.commit({"deals/a.md": "one\n" * 9}, day="2026-10-01")
    return made


def touched(repo: Repo) -> list[tuple[str, str, int, bool]]:
    """Of each commit, the newest first, the files: path, path before, versions before, one now."""
    found = history(Repository(repo.folder), repo.git("rev-parse", "HEAD"))
    return [
        (f.path, f.before, len(list(filter(None, f.old))), bool(f.new))
        for _, files in found
        for f in files
    ]


def test_files_come_go_and_move(repo: Repo) -> None:
    repo.commit({"deals/b.md": "one\n" * 9, "notes.txt": "x"}, ["deals/a.md"], day="2026-10-02")
    repo.commit({}, ["deals/b.md"], day="2026-10-03")
    assert touched(repo) == [
        ("deals/b.md", "deals/b.md", 1, False), ("deals/b.md", "deals/a.md", 1, True), ("deals/a.md", "deals/a.md", 0, True),
    ]  # fmt: skip


def test_who_made_a_commit_is_told_as_it_is_recorded(repo: Repo) -> None:
    (repo.folder / ".mailmap").write_text("Other <other@kestrel.example> <maria@kestrel.example>\n")
    repo.git("config", "log.showSignature", "true")
    repo.git("config", "diff.renames", "copies")
    ((made, _),) = history(Repository(repo.folder), repo.git("rev-parse", "HEAD"))
    assert (made.author, made.address, made.day.isoformat(), made.is_first) == (
        "Maria", "maria@kestrel.example", "2026-10-01", True,
    )  # fmt: skip
    repo.git("commit", "-q", "--allow-empty", "-m", "x", "--author", "\x01:Ann\\0 — é <>")
    repo.commit({"deals/c.md": "x"})
    assert len(touched(repo)) == 2


def test_a_commit_whose_day_is_none_is_told_as_all_others(repo: Repo) -> None:
    repo.commit({"deals/a.md": "two\n"})
    tree, parent = repo.git("rev-parse", "HEAD^{tree}", "HEAD~1").split()
    odd = repo.folder / "odd"
    who = "Ann <ann@kestrel.example>"
    odd.write_text(f"tree {tree}\nparent {parent}\nauthor {who} x\ncommitter {who} x\n\nOdd\n")
    id = repo.git("hash-object", "-t", "commit", "-w", "--literally", odd)
    ((made, _), _first) = history(Repository(repo.folder), id)
    assert (made.id, made.author, made.seconds) == (id, "Ann", 0)


def test_the_state_changes_with_each_commit_and_with_nothing_else(
    repo: Repo, tmp_path: Path
) -> None:
    first = state_of(repo.folder)
    repo.write({"deals/a.md": "two\n"})
    repo.git("branch", "other")
    assert state_of(repo.folder) == first == repo.git("rev-parse", "HEAD")
    repo.commit()
    assert state_of(repo.folder) not in ("", first)
    shallow = tmp_path / "shallow"
    repo.git("clone", "-q", "--depth", "1", f"file://{repo.folder}", shallow)
    cut = state_of(shallow)
    assert cut.startswith(state_of(repo.folder)) and cut != state_of(repo.folder)
    Repo(shallow).git("fetch", "-q", "--unshallow")
    assert state_of(shallow) == state_of(repo.folder)


def test_nothing_has_no_state(tmp_path: Path) -> None:
    assert (
        state_of(tmp_path)
        == state_of(tmp_path / "nowhere")
        == state_of(Repo(tmp_path / "r").folder)
        == ""
    )


def test_what_is_larger_than_a_deal_is_not_read(repo: Repo) -> None:
    repo.commit({"deals/big.md": "x" * (MAX_BYTES + 1)})
    blobs = repo.git("rev-parse", "HEAD:deals/big.md", "HEAD:deals/a.md").split()
    assert texts(Repository(repo.folder), blobs) == {blobs[1]: b"one\n" * 9}
    assert texts(Repository(repo.folder), blobs[:1]) == {}
