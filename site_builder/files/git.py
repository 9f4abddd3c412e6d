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

    Paths are relative to the folder. Raises NoCommit.
    """
    _git(folder, "add", "--all", "--", *map(_literally, paths))
    _git(folder, "commit", "--quiet", "--only", "-m", message, "--", *map(_literally, paths))
    return _git(folder, "rev-parse", "--short", "HEAD").strip()


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
