"""What commits of git hold: only read, from its objects.

git alone runs, and nothing that a repository could make it run: no hook, filter, pager, or
program that compares. No name of a file, branch or revision can become an option. Nothing is
fetched.
"""

from __future__ import annotations

import datetime as dt
import os
import subprocess
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

HERE = "HEAD"
"""The commit that the working tree began with."""
_QUIET = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}")
ALONE = (*_QUIET, "--no-replace-objects", "--literal-pathspecs")
"""Options with which git only reads, and what paths name is a file and no pattern."""
# What a hook sets would have git look elsewhere than in the folder that is asked for.
_ELSEWHERE = frozenset(
    "GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_PREFIX GIT_COMMON_DIR GIT_NAMESPACE "
    "GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES".split()
)
# Older versions of git do not know the first. By the second they speak to nobody, whatever a
# repository allows for a protocol of its own, as it may where only `protocol.allow` is set.
_SETTINGS = {
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}
_DEPTH = "`git fetch --unshallow` brings it (on GitHub: `fetch-depth: 0` of actions/checkout)"


class NoRevision(Exception):
    """What was asked of git can't be had; the text says why, and what to do."""


class UnknownRevision(NoRevision):
    """There is no commit of a name: ``names`` are those that branches and tags have."""

    def __init__(self, revision: str, names: Sequence[str], help: str) -> None:
        super().__init__(f"{no_commit(revision)} {help}")
        self.revision, self.names = revision, names


def no_commit(revision: str) -> str:
    """The sentence that says so."""
    return f"There is no commit `{revision}` here."


class Commit(NamedTuple):
    """A commit: its id, and the day on which it was made, where that was done."""

    id: str
    day: dt.date

    @property
    def short(self) -> str:
        """As much of the id as people tell each other."""
        return self.id[:10]


class Entry(NamedTuple):
    """Something in a tree of git: its mode, id, size in bytes (0 where it has none), and path."""

    mode: str
    id: str
    size: int
    path: str


class Repository:
    """What git holds of a folder in a repository. Raises NoRevision where it is in none."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        if not folder.is_dir():
            raise NoRevision(f"There is no folder {folder}.")
        told = self.asked("rev-parse", "--is-inside-work-tree", "--show-prefix")
        is_inside, _, prefix = told.partition(b"\n")
        if is_inside != b"true":
            raise NoRevision("This is no working tree of git: go to where files are checked out.")
        self.inside = os.fsdecode(prefix.removesuffix(b"\n"))
        """The way from the top of the repository to the folder, with a slash at its end."""

    @property
    def state(self) -> str:
        """Changes with the commit that the working tree began with, and with how much of what was
        before is here. Raises NoRevision where there is no commit."""
        told = self.asked("rev-parse", HERE, "--is-shallow-repository", "--git-path", "shallow")
        id, is_shallow, place = told.decode("utf-8", "replace").split("\n")[:3]
        if is_shallow != "true":
            return id
        return f"{id} {sha256((self._folder / place).read_bytes()).hexdigest()}"

    def is_before(self, one: str, other: str) -> bool:
        """Whether a commit, which may be gone, is one of those up to another."""
        return not self._run("merge-base", "--is-ancestor", one, other).returncode

    def commit(self, revision: str) -> Commit:
        """The commit that a branch, tag, id or other revision means. Raises NoRevision."""
        id = self._meant(f"{revision}^{{commit}}")
        if not id:
            raise self._unknown(revision)
        if "@{" in revision and self._is_before_the_log(revision):
            raise NoRevision(f"This clone does not know what `{revision}` was. {_LOGGED}")
        return self._commit(id)

    def merge_base(self, one: Commit, other: Commit) -> Commit:
        """The last commit that two have in common. Raises NoRevision."""
        id = self._id("merge-base", one.id, other.id)
        if not id:
            which = f"{one.short} and {other.short} have no commit in common"
            if self.is_shallow:
                raise NoRevision(f"{which} here: {_DEPTH}.")
            alone = f"`dealog diff {one.short} {other.short}` compares them all the same."
            raise NoRevision(f"{which}. {alone}")
        return self._commit(id)

    def entries(self, commit: Commit, path: str = "", deep: bool = False) -> list[Entry]:
        """What a folder of the repository had in a commit, in it alone or, if ``deep``, below it
        too; nothing where it was not there. Paths are relative to the folder."""
        tree = self._tree(commit, path)
        if not tree:
            return []
        told = self.asked("ls-tree", "-z", "-l", *(["-r"] if deep else []), "--full-tree", tree)
        return [_entry(row) for row in told.split(b"\0") if row]

    def objects(self, ids: Sequence[str]) -> dict[str, bytes]:
        """What objects hold, by their ids. Raises NoRevision where one is not here."""
        wanted = list(dict.fromkeys(ids))
        told = self.asked("cat-file", "--batch", input="".join(f"{id}\n" for id in wanted))
        found: dict[str, bytes] = {}
        at = 0
        for id in wanted:
            end = told.index(b"\n", at)
            head = told[at:end].split(b" ")
            if len(head) != 3:
                raise NoRevision(f"git has not all that it needs here ({id}). {_PARTIAL}")
            at = end + 1 + int(head[2]) + 1
            found[id] = told[end + 1 : at - 1]
        return found

    def submodules(self) -> frozenset[str]:
        """Where other repositories lie in the folder, by the index."""
        told = self.asked("ls-files", "-z", "--stage")
        rows = (row.partition(b"\t") for row in told.split(b"\0") if row.startswith(_SUBMODULE))
        return frozenset(os.fsdecode(path) for _, _, path in rows)

    def _commit(self, id: str) -> Commit:
        return Commit(id, _day(self.objects([id])[id]))

    def _tree(self, commit: Commit, path: str) -> str:
        if not path.strip("/"):
            return f"{commit.id}^{{tree}}"
        id = self._meant(f"{commit.id}:{path.rstrip('/')}")
        is_tree = id and self._run("cat-file", "-t", id).stdout.strip() == b"tree"
        return id if is_tree else ""

    def _unknown(self, revision: str) -> NoRevision:
        if not self._run("rev-list", "-n", "1", "--all").stdout.strip() and self._is_unborn:
            return NoRevision(
                "This repository has no commit yet, so there is nothing to compare with."
            )
        if self.is_shallow:
            text = f"There is no commit `{revision}` here, and the clone is shallow: {_DEPTH}."
            return NoRevision(text)
        told = self.asked("for-each-ref", f"--count={_MOST_NAMES}", "--format=%(refname:short)")
        names = told.decode("utf-8", "replace").splitlines()
        return UnknownRevision(revision, [HERE, *names], _BRANCHES)

    @property
    def _is_unborn(self) -> bool:
        return not self._meant(HERE)

    @property
    def is_shallow(self) -> bool:
        """Whether a part of the history is not here."""
        return self._run("rev-parse", "--is-shallow-repository").stdout.strip() == b"true"

    def _meant(self, revision: str) -> str:
        """The id of the object that a revision means; nothing where it means none."""
        return self._id("rev-parse", "--verify", "--quiet", "--end-of-options", revision)

    def _is_before_the_log(self, revision: str) -> bool:
        """Whether git would take the oldest that this clone noted for what was before that."""
        done = self._run("rev-parse", "--verify", "--end-of-options", revision)
        return b"only goes back to" in done.stderr

    def _id(self, *arguments: str) -> str:
        """The id that git answers with; nothing where it has none."""
        done = self._run(*arguments)
        return "" if done.returncode else done.stdout.strip().decode("ascii", "replace")

    def asked(self, *arguments: str, input: str = "") -> bytes:
        """What git says to something. Raises NoRevision."""
        done = self._run(*arguments, input=input)
        if done.returncode:
            raise NoRevision(_refused(done.stderr.decode("utf-8", "replace")))
        return done.stdout

    def _run(self, *arguments: str, input: str = "") -> subprocess.CompletedProcess[bytes]:
        command = ["git", *ALONE, "-C", os.fspath(self._folder), *arguments]
        try:
            return subprocess.run(
                command,
                input=input.encode("ascii"),
                capture_output=True,
                check=False,
                env=alone(os.environ),
            )
        except OSError as error:
            raise NoRevision(f"git can't be run: {error.strerror}.") from None


_MOST_NAMES = 1_000
_BRANCHES = (
    "`git branch --all` lists branches; of one that only the server has, `git fetch` brings it."
)
_LOGGED = (
    "Name a commit: `git rev-list -1 --before='1 week ago' main` prints the last one before a day."
)
_PARTIAL = "The clone is partial: clone it once more, without `--filter`."
_SUBMODULE = b"160000 "


def _entry(row: bytes) -> Entry:
    head, _, path = row.partition(b"\t")
    mode, _, id, size = head.decode("ascii").split()
    return Entry(mode, id, int(size) if size.isdigit() else 0, os.fsdecode(path))


def _day(commit: bytes) -> dt.date:
    """The day of a commit, as its object has it: in seconds, and how far east of UTC."""
    head = commit.partition(b"\n\n")[0].split(b"\n")
    line = next((line for line in head if line.startswith(b"committer ")), b"")
    try:
        seconds, zone = (int(part) for part in line.split(b" ")[-2:])
        east = (abs(zone) // 100 * 60 + abs(zone) % 100) * (1 if zone > 0 else -1)
        moment = dt.datetime.fromtimestamp(seconds, dt.UTC) + dt.timedelta(minutes=east)
        return moment.date()
    except (ValueError, OverflowError, OSError):
        return dt.date.min


def _refused(said: str) -> str:
    """What git said, in the words of what was asked."""
    if "not a git repository" in said:
        return (
            "This folder is in no git repository, so that there is nothing to compare with. "
            "`git init` begins one."
        )
    if "dubious ownership" in said:
        return (
            "git trusts this repository only with its owner: `git config --global --add "
            "safe.directory FOLDER` says that you do."
        )
    if "missing" in said or "promisor" in said or "could not fetch" in said:
        return f"git has not all that it needs here. {_PARTIAL}"
    return f"git: {said.strip() or 'it ended without a word'}"


def alone(given: Mapping[str, str]) -> dict[str, str]:
    """The environment in which git looks where it is told, fetches nothing and asks nobody."""
    kept = {name: value for name, value in given.items() if name not in _ELSEWHERE}
    return {**kept, **_SETTINGS, "LC_ALL": "C"}
