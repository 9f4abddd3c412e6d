"""What of git a journal's edits need: who works here, and one commit of some files alone."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path


class NoCommit(Exception):
    """git did not commit; the text is what it said."""


def email(folder: Path) -> str:
    """The address that commits made in a folder carry; nothing where git knows of none."""
    try:
        return _git(folder, "config", "--get", "user.email").strip()
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
        places = _git(
            folder, "rev-parse", "--git-path", "MERGE_HEAD", "--git-path", "CHERRY_PICK_HEAD"
        )
    except NoCommit:
        return False
    return any((folder / place).exists() for place in places.splitlines())


def _literally(path: str) -> str:
    return f":(literal){path}"


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", os.fspath(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except OSError as error:
        raise NoCommit(f"git can't be run: {error.strerror}") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip() or f"git ended with {done.returncode}"
        raise NoCommit(said)
    return done.stdout.decode("utf-8", "replace")
