"""What a hostile repository's settings and names would have git run: nothing of it is."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from site_builder.files import git
from site_builder.files.git_objects import ALONE, NoRevision, Repository, alone
from site_builder.files.revision import RevisionTree
from tests.commands import run
from tests.places import ROOT
from tests.repositories import QUIET, Repo

# What springs each trap, for one who lets it: so the test can fail.
TRAPS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "core.fsmonitor": (("core.fsmonitor",), "status"),
    "diff.external": (("diff.external",), "diff HEAD~ -- a.txt"),
    "textconv": (("diff.trap.textconv",), "diff HEAD~ -- a.txt"),
    "diff driver": (("diff.trap.command",), "diff HEAD~ -- a.txt"),
    "filter": (("filter.trap.clean",), "add a.txt"),
    "process filter": (("filter.trap.process",), "add a.txt"),
    "alias": (("alias.trap",), "trap"),
    "core.editor": (("core.editor",), "commit --amend --allow-empty"),
    "core.pager": (("core.pager",), "-p log"),
    "pager.log": (("pager.log", "core.pager"), "-p log"),
    "signature": (("gpg.program",), "-c log.showSignature=true log"),
    "hooks": (("core.hooksPath",), "commit --allow-empty -m x"),
    "fetched by a program": (("remote.origin.url",), "show HEAD:lost.txt"),
    "fetched over ssh": (("core.sshCommand",), "show HEAD:lost.txt"),
}
HOOKS = (
    "pre-commit", "post-checkout", "post-index-change", "reference-transaction", "fsmonitor-watchman",
    "prepare-commit-msg", "post-commit", "pre-auto-gc",
)  # fmt: skip
_SIGNED = """\
tree {tree}
parent {parent}
author Maria <maria@kestrel.example> 1793534400 +0000
committer Maria <maria@kestrel.example> 1793534400 +0000
gpgsig -----BEGIN PGP SIGNATURE-----
 iQ==
 -----END PGP SIGNATURE-----

Signed
"""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with a signed commit, one whose file is lost, and attributes that name programs."""
    repo = Repo(tmp_path_factory.mktemp("traps") / "repo")
    attributes = "* diff=trap filter=trap merge=trap\n"
    repo.commit({"a.txt": "one\n", "lost.txt": "lost\n", ".gitattributes": attributes})
    repo.commit({"a.txt": "two\n"})
    tree = repo.git("rev-parse", "HEAD~^{tree}")
    commit = repo.folder / ".git/commit"
    commit.write_text(_SIGNED.format(tree=tree, parent=repo.git("rev-parse", "HEAD")))
    repo.git("update-ref", "HEAD", repo.git("hash-object", "-t", "commit", "-w", commit))
    lost = repo.git("rev-parse", "HEAD:lost.txt")
    (repo.folder / ".git/objects" / lost[:2] / lost[2:]).unlink()
    (repo.folder / "a.txt").write_text("three\n")
    return repo.folder


class Trapped:
    """A repository one of whose settings would run a program that leaves a file."""

    def __init__(self, folder: Path, template: Path, settings: tuple[str, ...]) -> None:
        self.folder, self._ran, trap = folder / "repo", folder / "ran", folder / "trap"
        subprocess.run(["cp", "-r", template, self.folder], check=True)
        trap.write_text(f"#!/bin/sh\ntouch '{self._ran}'\nexit 1\n")
        trap.chmod(0o755)
        hooks = folder / "hooks"
        hooks.mkdir()
        for hook in HOOKS:
            (hooks / hook).symlink_to(trap)
        say = Repo(self.folder).git
        for name in settings:
            value = str(hooks if name == "core.hooksPath" else trap)
            value = f"ext::{trap} %S" if name == "remote.origin.url" else value
            say("config", name, f"!{value}" if name.startswith("alias.") else value)
        say("config", "protocol.ext.allow", "always")
        say("config", "extensions.partialClone", "origin")
        say("config", "core.repositoryFormatVersion", "1")
        say("config", "remote.origin.promisor", "true")
        if "core.sshCommand" in settings:
            say("config", "remote.origin.url", "ssh://evil.example/x")
        if "gpg.program" in settings:
            say("config", "log.showSignature", "true")

    def sprung(self) -> bool:
        """Whether it ran since it was last asked."""
        ran = self._ran.exists()
        self._ran.unlink(missing_ok=True)
        return ran


@pytest.mark.parametrize("name", TRAPS)
def test_to_read_runs_nothing_that_a_repository_names(
    name: str, tmp_path: Path, template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, springs = TRAPS[name]
    clean(monkeypatch)
    trapped = Trapped(tmp_path, template, settings)
    assert not trapped.sprung()
    _read_all(trapped.folder, monkeypatch)
    assert not trapped.sprung()
    on_a_terminal("git", "-C", trapped.folder, *springs.split())
    assert trapped.sprung()


READING = """\
import pathlib, sys
from site_builder.files import git
from site_builder.files.git_objects import Repository
folder = pathlib.Path(sys.argv[1])
assert len(list(git.versions(folder, "a.txt"))) == 3 and git.past_of(folder, "a.txt")
repository = Repository(folder)
assert repository.entries(repository.commit("HEAD"), deep=True)
"""


@pytest.mark.parametrize("name", ["core.pager", "pager.log"])
def test_to_read_starts_no_pager_where_there_is_a_terminal(
    name: str, tmp_path: Path, template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clean(monkeypatch)
    trapped = Trapped(tmp_path, template, TRAPS[name][0])
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    code, said = on_a_terminal(sys.executable, "-c", READING, trapped.folder)
    assert not trapped.sprung()
    assert code == 0, said
    on_a_terminal("git", "-C", trapped.folder, "log")
    assert trapped.sprung()


@pytest.mark.parametrize("name", ["hooks", "core.fsmonitor", "fetched by a program"])
def test_whatever_is_asked_of_git_to_read_runs_no_hook_and_no_monitor_and_fetches_nothing(
    name: str, tmp_path: Path, template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where a command were asked that would: by its options, and not by which ones are."""
    settings, springs = TRAPS[name]
    clean(monkeypatch)
    trapped = Trapped(tmp_path, template, settings)
    command = ["git", *ALONE, "-C", str(trapped.folder), *springs.split()]
    subprocess.run(command, env=alone(os.environ), capture_output=True, check=False)
    assert not trapped.sprung()
    on_a_terminal("git", "-C", trapped.folder, *springs.split())
    assert trapped.sprung()


@pytest.mark.parametrize("setting", ["GIT_NO_LAZY_FETCH", "GIT_ALLOW_PROTOCOL"])
@pytest.mark.parametrize("name", ["fetched by a program", "fetched over ssh"])
def test_nothing_is_fetched_by_a_git_of_any_age(
    name: str, setting: str, tmp_path: Path, template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Older ones do not know the first of two settings: each is enough without the other."""
    settings, springs = TRAPS[name]
    clean(monkeypatch)
    trapped = Trapped(tmp_path, template, settings)
    env = alone(os.environ)
    del env[setting]
    command = ["git", *ALONE, "-C", str(trapped.folder), *springs.split()]
    subprocess.run(command, env=env, capture_output=True, check=False)
    assert not trapped.sprung()


READ_ONLY = {
    "rev-parse", "merge-base", "ls-tree", "cat-file", "ls-files", "for-each-ref", "rev-list", "log", "config",
    "merge-file",
}  # fmt: skip


def test_only_commands_of_git_s_own_are_run_that_read(
    tmp_path: Path, template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No alias and none that opens an editor, for there is none of either that is called so; each
    with the options that keep the rest out."""
    clean(monkeypatch)
    trapped = Trapped(tmp_path, template, ())
    usual, asked = subprocess.run, list[tuple[str, bool]]()

    def watched(command: list[str], **how: Any) -> subprocess.CompletedProcess[bytes]:
        words = [str(word) for word in command[1:]]
        is_alone = words[: len(ALONE)] == [*ALONE] or words[2 : 2 + len(ALONE)] == [*ALONE]
        while words[0].startswith("-"):
            words = words[2:] if words[0] in ("-c", "-C") else words[1:]
        asked.append((words[0], is_alone))
        return usual(command, **how)

    monkeypatch.setattr(subprocess, "run", watched)
    _read_all(trapped.folder, monkeypatch)
    assert len(asked) > 20 and {word for word, _ in asked} <= READ_ONLY
    assert {word for word, is_alone in asked if not is_alone} <= {"merge-file"}
    own = usual(["git", "--list-cmds=builtins"], capture_output=True, check=True).stdout.decode()
    assert set(own.split()) >= READ_ONLY


def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have git do what the repository says, whoever runs the tests."""
    for setting, value in {**QUIET, "GIT_EDITOR": "", "GIT_PAGER": "", "LC_ALL": "C"}.items():
        monkeypatch.setenv(setting, value) if value else monkeypatch.delenv(setting, False)
    monkeypatch.setenv("TERM", "xterm")


def on_a_terminal(*command: str | Path) -> tuple[int, str]:
    """How a command ends that is run on a terminal, and what it says there."""
    pty = pytest.importorskip("pty", reason="no terminals can be made here")
    mine, theirs = pty.openpty()
    how = {"stdin": theirs, "stdout": theirs, "stderr": theirs, "start_new_session": True}
    said = b""
    with subprocess.Popen(command, **how) as running:
        os.close(theirs)
        with contextlib.suppress(OSError):  # which is how a terminal ends that nobody has open
            while part := os.read(mine, 65_536):
                said += part
    os.close(mine)
    return running.returncode, said.decode("utf-8", "replace")


def _read_all(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All that is read of a repository, with what is lost too."""
    repository = Repository(folder)
    now, before = repository.commit("HEAD"), repository.commit("HEAD~")
    assert repository.merge_base(now, before) == before
    tree = RevisionTree(repository, now)
    assert len(list(tree.files())) == 0 and repository.submodules() == frozenset()
    ids = [entry.id for entry in repository.entries(now, deep=True)]
    with pytest.raises(NoRevision):
        repository.objects(ids)
    assert [version.data for version in git.versions(folder, "a.txt")] == [
        b"one\n", b"two\n", b"one\n",
    ]  # fmt: skip
    assert list(git.versions(folder, "lost.txt")) == []
    past = git.past_of(folder, "a.txt")
    assert past is not None and past.paths == ("a.txt",)
    assert git.email(folder) == "" and not git.is_merging(folder)
    assert git.top_of(folder) == folder and git.setting(folder, "merge.dealog.driver") == ""
    monkeypatch.chdir(folder)
    assert git.merge_lines(b"a\n", b"b\n", b"b\n", ("x", "-y", "--z"), 7) == (b"a\n", 0)


NAMES = (
    "--output=x",
    "-c",
    "$(touch x)",
    ":(exclude)a",
    ":!a",
    "--",
    "-",
    "`touch x`",
    "a|touch x",
    "*",
)
BRANCHES = ("--output=x", "-q", "--upload-pack=x", "$(x)", "a;x", "`x`", "--all", "-", "|x")


def test_no_name_of_a_file_is_an_option_or_a_pattern(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.commit({f"deals/{name}.md": name for name in NAMES})
    repo.commit({"deals/zz.md": "Nothing of the others changes"})
    for name in NAMES:
        (version,) = git.versions(tmp_path, f"deals/{name}.md")
        assert version.data == name.encode()
        (version,) = git.versions(tmp_path / "deals", f"{name}.md")
        assert version.data == name.encode()
    repository = Repository(tmp_path)
    tree = RevisionTree(repository, repository.commit("HEAD"))
    assert {file.path for file in tree.files()} == {f"deals/{name}.md" for name in (*NAMES, "zz")}
    assert sorted(os.listdir(tmp_path)) == [".git", "deals"]


def test_what_was_committed_is_read_and_not_what_is_put_in_its_place(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.commit({"a.txt": "one\n", "b.txt": "two\n"})
    one, other = (repo.git("rev-parse", f"HEAD:{name}.txt") for name in "ab")
    repo.git("replace", one, other)
    assert repo.git("show", "HEAD:a.txt") == "two"
    assert Repository(tmp_path).objects([one]) == {one: b"one\n"}
    assert [version.data for version in git.versions(tmp_path, "a.txt")] == [b"one\n"]


@pytest.mark.parametrize("name", BRANCHES)
def test_no_name_of_a_branch_is_an_option(
    name: str, journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = Repo(journal)
    id = repo.commit()
    place = journal / ".git/refs/heads" / name
    place.write_text(f"{id}\n")
    assert Repository(journal).commit(name).id == id
    said = run("-C", journal, "check", f"--base={name}", capsys=capsys)
    assert said[0] in (0, 1, 2), said
    assert run("-C", journal, "list", f"--rev={name}", capsys=capsys)[0] in (0, 2)
    assert run("-C", journal, "diff", f"refs/heads/{name}", capsys=capsys)[0] in (0, 2)
    assert sorted(os.listdir(journal)) == [".git", "contacts", "deals", "pipeline.yml"]


@pytest.mark.parametrize("seconds", ["99999999999999", "253402300800", "-1", "0"])
def test_a_day_that_is_none_is_passed_over(tmp_path: Path, seconds: str) -> None:
    repo = Repo(tmp_path)
    repo.commit({"a.txt": "one\n"})
    tree = repo.git("rev-parse", "HEAD^{tree}")
    made = tmp_path / ".git/commit"
    person = f"Maria <maria@kestrel.example> {seconds} +0000"
    made.write_text(f"tree {tree}\nauthor {person}\ncommitter {person}\n\nOdd\n")
    repo.git(
        "update-ref", "HEAD", repo.git("hash-object", "-t", "commit", "-w", "--literally", made)
    )
    assert all(isinstance(one.date, dt.date) for one in git.versions(tmp_path, "a.txt"))
    Repository(tmp_path).commit("HEAD")
