"""A journal as a commit has it is listed and read as the working tree of that commit is."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from pathlib import Path

import pytest

from site_builder.files.git_objects import NoRevision, Repository
from site_builder.files.revision import RevisionTree, WithConfig, WithoutSubmodules
from site_builder.files.tree import FILE, LINK, MAX_BYTES, OTHER, FolderTree, MemoryTree, NoFile
from tests.journals import write_odd
from tests.repositories import Repo

FILES = {
    "pipeline.yml": "journal: A\n",
    "Pipeline.yaml": "x",
    "other.txt": "x",
    "deals/acme.md": "---\n---\n",
    "deals/2026/with blank & ümlaut.md": "x",
    "deals/.hidden.md": "x",
    "deals/.obsidian/acme.md": "x",
    "deals/README.md": "x",
    "deals/notes.txt": "x",
    "contacts/jane-roe.yml": "name: Jane\r\n",
    "contact/lost.md": "x",
    "templates/deal.html": "x",
    "templates/a\\b.html": "x",
    "Deals/acme.md": "x",
}


def revision(folder: Path, name: str = "HEAD") -> RevisionTree:
    repository = Repository(folder)
    return RevisionTree(repository, repository.commit(name))


@pytest.mark.parametrize("inside", ["", "my sales ü"])
def test_a_commit_is_listed_and_read_as_its_working_tree(tmp_path: Path, inside: str) -> None:
    repo, home = Repo(tmp_path), tmp_path / inside
    repo.write({f"{inside}/{path}".lstrip("/"): text for path, text in FILES.items()})
    write_odd(home, b"deals/k\xf6ln\x1b.md", "odd")
    (home / "deals" / "link.md").symlink_to("acme.md")
    (home / "deals" / ".#acme.md").symlink_to("acme.md")
    (home / "contacts" / "away").symlink_to("../deals")
    repo.commit({"top.md": "x"})
    known, tree = FolderTree(home), revision(home)
    assert sorted(tree.files()) == sorted(known.files())
    for file in known.files():
        if file.kind == FILE and file.path.startswith(("deals/", "contacts/", "pipeline.yml")):
            assert tree.read(file.path, MAX_BYTES) == known.read(file.path, MAX_BYTES)
    assert tree.read("deals/acme.md", 3) == b"---"
    with pytest.raises(NoFile):
        tree.read("deals/link.md", MAX_BYTES)


def test_what_is_too_large_is_told_by_its_size_alone(tmp_path: Path) -> None:
    Repo(tmp_path).commit({"deals/a.md": "x" * (MAX_BYTES + 7), "deals/b.md": "x" * MAX_BYTES})
    tree = revision(tmp_path)
    assert len(tree.read("deals/a.md", MAX_BYTES + 1)) == MAX_BYTES + 1
    assert tree.read("deals/b.md", MAX_BYTES + 1) == b"x" * MAX_BYTES


def test_submodules_are_named_and_not_followed_on_both_sides(tmp_path: Path) -> None:
    other, repo = Repo(tmp_path / "other"), Repo(tmp_path / "repo")
    other.commit({"secret.md": "x"})
    repo.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", other.folder, "deals/sub")  # fmt: skip
    repo.commit({"deals/acme.md": "x"})
    tree = WithoutSubmodules(FolderTree(repo.folder), Repository(repo.folder).submodules())
    for files in (revision(repo.folder).files(), tree.files()):
        assert sorted((f.path, f.kind) for f in files) == [("deals/acme.md", FILE), ("deals/sub", OTHER)]  # fmt: skip
    assert tree.read("deals/acme.md", 9) == b"x"


def test_nothing_that_a_repository_names_is_run(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    ran = tmp_path / "ran"
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {ran}\ncat\n")
    trap.chmod(0o755)
    repo.commit({"deals/a.md": "x", ".gitattributes": "* diff=trap filter=trap\n"})
    for name in ("core.fsmonitor", "diff.external", "diff.trap.textconv", "diff.trap.command",
                 "core.pager", "core.sshCommand", "alias.rev-parse", "core.editor"):  # fmt: skip
        repo.git("config", name, str(trap))
    for hook in ("post-checkout", "post-index-change", "reference-transaction"):
        shutil.copy(trap, repo.folder / ".git" / "hooks" / hook)
    repository = Repository(repo.folder)
    base = repository.commit("HEAD")
    assert repository.merge_base(base, base) == base
    assert RevisionTree(repository, base).read("deals/a.md", 9) == b"x"
    assert repository.submodules() == frozenset()
    assert not ran.exists()


@pytest.mark.parametrize(
    "name", ["--help", "-q", "--output=x", "--all", "nowhere", "HEAD:deals", "", " ", "a b", "\x1b"]
)
def test_a_revision_is_never_an_option(tmp_path: Path, name: str) -> None:
    repo = Repo(tmp_path)
    repo.commit({"deals/a.md": "x"})
    with pytest.raises(NoRevision, match="There is no commit"):
        Repository(tmp_path).commit(name)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".git", "deals"]


def test_what_a_clone_has_not_noted_of_a_branch_is_not_taken_for_older(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    made = repo.commit({"deals/a.md": "x"})
    assert Repository(tmp_path).commit("main@{0}").id == made
    with pytest.raises(NoRevision, match=r"does not know what `main@{9 years ago}` was.*rev-list"):
        Repository(tmp_path).commit("main@{9 years ago}")


def test_the_day_of_a_commit_is_that_of_its_own_zone(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    for moment, day in (("2026-11-01T23:30:00-0500", 1), ("2026-11-02T00:30:00+1400", 2)):
        repo.git("-c", "user.name=a", "commit", "-q", "--allow-empty", "-m", "x")
        head = Repository(tmp_path).commit("HEAD")
        data = Repository(tmp_path).objects([head.id])[head.id].decode()
        seconds = int(dt.datetime.fromisoformat(moment[:-2] + ":" + moment[-2:]).timestamp())
        made = "\n".join(
            f"committer M <m@k.example> {seconds} {moment[-5:]}" if x.startswith("committer") else x
            for x in data.split("\n")
        )
        place = tmp_path / "object"
        place.write_text(made)
        id = repo.git("hash-object", "-t", "commit", "-w", place)
        assert Repository(tmp_path).commit(id).day == dt.date(2026, 11, day)


def test_what_git_has_not_is_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NoRevision, match="There is no folder"):
        Repository(tmp_path / "nowhere")
    with pytest.raises(NoRevision, match="in no git repository"):
        Repository(tmp_path)
    repo = Repo(tmp_path / "repo")
    with pytest.raises(NoRevision, match="no working tree"):
        Repository(repo.folder / ".git")
    with pytest.raises(NoRevision, match="no commit yet"):
        Repository(repo.folder).commit("HEAD")
    first = repo.commit({"deals/a.md": "x"})
    repo.commit({"deals/a.md": "y"})
    repo.git("clone", "-q", "--depth", "1", f"file://{repo.folder}", tmp_path / "shallow")
    shallow = Repository(tmp_path / "shallow")
    with pytest.raises(NoRevision, match=r"shallow: `git fetch --unshallow`.*fetch-depth: 0"):
        shallow.commit(first)
    repo.git("checkout", "-q", "--orphan", "other")
    repo.commit({"deals/a.md": "z"})
    one, other = (Repository(repo.folder).commit(name) for name in ("main", "other"))
    with pytest.raises(NoRevision, match="no commit in common"):
        Repository(repo.folder).merge_base(one, other)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NoRevision, match="git can't be run"):
        Repository(repo.folder)


def test_what_a_hook_sets_does_not_lead_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = Repo(tmp_path / "one"), Repo(tmp_path / "other")
    one.commit({"deals/one.md": "x"})
    other.commit({"deals/other.md": "x"})
    monkeypatch.setenv("GIT_DIR", os.fspath(other.folder / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", os.fspath(other.folder / ".git" / "index"))
    assert [file.path for file in revision(one.folder).files()] == ["deals/one.md"]


def test_objects_that_a_partial_clone_lacks_are_not_fetched(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    repo.commit({"deals/a.md": "x"})
    repo.git("config", "uploadpack.allowFilter", "true")
    repo.git("clone", "-q", "--no-checkout", "--filter=blob:none", f"file://{repo.folder}", tmp_path / "part")  # fmt: skip
    with pytest.raises(NoRevision, match="partial"):
        revision(tmp_path / "part")


def test_another_pipeline_yml_stands_in_a_tree() -> None:
    tree = WithConfig(
        MemoryTree({"deals/a.md": "x", "pipeline.yml": "old"}), "pipeline.yml", b"new"
    )
    assert sorted(file.path for file in tree.files()) == ["deals/a.md", "pipeline.yml"]
    assert (tree.read("pipeline.yml", 2), tree.read("deals/a.md", 9)) == (b"ne", b"x")
    assert LINK not in {file.kind for file in tree.files()}
