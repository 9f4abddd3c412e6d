"""What of git a journal's edits need: who works here, one commit of some files alone, what a file
was before, texts merged line by line, and the repository's own settings.

A commit is made as its user's git makes one, with their hooks and filters; to read runs nothing
that a repository names, and fetches nothing.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from site_builder.files.git_objects import ALONE, alone

_MOST_VERSIONS = 100
_MOST_CONFLICTS = 127
_SECRET = re.compile(r"(?<=^http://)[^/@]*@|(?<=^https://)[^/@]*@")
"""Who asks, in an address of the web: a token, or a name with a password."""
_UNSIGNED = ("-c", "log.showSignature=false")


class Version(NamedTuple):
    """A file as a commit left it: the day of its author, whose address, and the file's bytes."""

    date: dt.date
    email: str
    data: bytes


class Past(NamedTuple):
    """What git's history has of a file: how many ``commits`` changed it, the ``paths`` that it had
    from the top of the repository, and the ``remote`` that this was cloned from, if any."""

    commits: int
    paths: tuple[str, ...]
    remote: str


class NoCommit(Exception):
    """git did not commit; the text is what it said."""


def email(folder: Path) -> str:
    """The address that commits made in a folder carry; nothing where git knows of none."""
    try:
        return _read(folder, "config", "--get", "user.email").strip()
    except NoCommit:
        return ""


def commit(folder: Path, paths: Sequence[str], message: str) -> str:
    """Commit some files and nothing else, whatever else is staged; the commit's short name.

    Paths are relative to the folder; one that is gone and that git never knew is passed over.
    Raises NoCommit.
    """
    known = _git(folder, "ls-files", "-z", "--", *map(_literally, paths)).split("\0")
    those = [_literally(p) for p in paths if p in known or os.path.lexists(folder / p)]
    if not those:
        raise NoCommit("there is nothing to commit")
    _git(folder, "add", "--all", "--", *those)
    _git(folder, "commit", "--quiet", "--only", "-m", message, "--", *those)
    return _git(folder, "rev-parse", "--short", "HEAD").strip()


def is_merging(folder: Path) -> bool:
    """Whether a merge or the like is going on, in which git commits no files alone."""
    try:
        places = _read(
            folder, "rev-parse", "--git-path", "MERGE_HEAD", "--git-path", "CHERRY_PICK_HEAD"
        )
    except NoCommit:
        return False
    return any((folder / place).exists() for place in places.splitlines())


def versions(folder: Path, path: str) -> Iterator[Version]:
    """What a file was with each commit that changed it, newest first; nothing where git knows
    nothing of it. Not beyond a rename, and no more than a hundred."""
    form = ("--format=%H %as %ae", f"--max-count={_MOST_VERSIONS}")
    try:
        told = _read(folder, *_UNSIGNED, "log", *form, "--", path)
        for line in told.splitlines():
            commit, day, address = (*line.split(" ", 2), "", "")[:3]
            data = _read_bytes(folder, "cat-file", "blob", f"{commit}:./{path}")
            if (date := _day(day)) is not None:
                yield Version(date, address, data)
    except NoCommit:
        return


def past_of(folder: Path, path: str) -> Past | None:
    """What the history has of a file, under all the names it had; None where git has none."""
    form = ("--follow", "--name-only", "-z", "--format=%x00")
    try:
        told = _read(folder, *_UNSIGNED, "log", *form, "--", path)
    except NoCommit:
        return None
    names = [name.strip("\n") for name in told.split("\0")]
    paths = tuple(dict.fromkeys(filter(None, names)))
    commits = sum(1 for name in names if name)
    remote = _SECRET.sub("", setting(folder, "remote.origin.url"))
    return Past(commits, paths, remote) if paths else None


def _day(text: str) -> dt.date | None:
    """The day of a commit; None where it is beyond all calendars, or no day."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def merge_lines(
    ours: bytes, base: bytes, theirs: bytes, labels: Sequence[str], size: int
) -> tuple[bytes, int]:
    """Two texts merged line by line, and how many conflicts are marked in the result, in marks of
    some ``size`` with ``labels`` for ours, the base and theirs. Raises NoCommit."""
    with tempfile.TemporaryDirectory() as folder:
        places = [os.path.join(folder, name) for name in ("ours", "base", "theirs")]
        for place, data in zip(places, (ours, base, theirs), strict=True):
            Path(place).write_bytes(data)
        named = [word for label in labels for word in ("-L", label)]
        done = _done("merge-file", "-p", f"--marker-size={size}", *named, *places)
    if not 0 <= done.returncode <= _MOST_CONFLICTS:
        raise NoCommit(done.stderr.decode("utf-8", "replace").strip() or "git merge-file failed")
    return done.stdout, done.returncode


def top_of(folder: Path) -> Path | None:
    """The top folder of the repository that a folder lies in; None where it lies in none."""
    try:
        return Path(_read(folder, "rev-parse", "--show-toplevel").rstrip("\n"))
    except NoCommit:
        return None


def setting(folder: Path, name: str) -> str:
    """What a repository's own configuration says of a name; nothing where it says nothing."""
    try:
        return _read(folder, "config", "--local", "--get", name).rstrip("\n")
    except NoCommit:
        return ""


def set_setting(folder: Path, name: str, value: str) -> None:
    """Set a name in a repository's own configuration. Raises NoCommit."""
    _git(folder, "config", "--local", name, value)


def drop_section(folder: Path, name: str) -> None:
    """Remove a section of a repository's own configuration. Raises NoCommit."""
    _git(folder, "config", "--local", "--remove-section", name)


def _literally(path: str) -> str:
    return f":(literal){path}"


def _git(folder: Path, *arguments: str) -> str:
    return _run(folder, *arguments).decode("utf-8", "replace")


def _read(folder: Path, *arguments: str) -> str:
    return _read_bytes(folder, *arguments).decode("utf-8", "replace")


def _read_bytes(folder: Path, *arguments: str) -> bytes:
    return _run(folder, *ALONE, *arguments, env=alone(os.environ))


def _run(folder: Path, *arguments: str, env: Mapping[str, str] | None = None) -> bytes:
    done = _done("-C", os.fspath(folder), *arguments, env=env)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip() or f"git ended with {done.returncode}"
        raise NoCommit(said)
    return done.stdout


def _done(
    *arguments: str, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", *arguments], capture_output=True, check=False, env=env)
    except OSError as error:
        raise NoCommit(f"git can't be run: {error.strerror}") from None
