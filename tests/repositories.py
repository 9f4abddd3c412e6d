"""Git repositories made in tests."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

QUIET = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "Maria",
    "GIT_AUTHOR_EMAIL": "maria@kestrel.example",
    "GIT_COMMITTER_NAME": "Maria",
    "GIT_COMMITTER_EMAIL": "maria@kestrel.example",
}


class Repo:
    """A repository in a folder, new unless it is there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        if not (folder / ".git").exists():
            folder.mkdir(parents=True, exist_ok=True)
            self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str | Path, day: str = "2026-11-01") -> str:
        """What git says to something that works."""
        dates = dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), f"{day}T12:00:00+0000")
        done = subprocess.run(
            ["git", "-C", self.folder, *arguments],
            env={**os.environ, **QUIET, **dates},
            capture_output=True,
            check=True,
        )
        return done.stdout.decode("utf-8", "replace").strip()

    def fed(self, *arguments: str, text: str) -> None:
        """Have git read a text."""
        command = ["git", "-C", os.fspath(self.folder), *arguments]
        subprocess.run(command, env={**os.environ, **QUIET}, input=text.encode(), check=True)

    def write(self, files: Mapping[str, str | bytes], removed: Sequence[str] = ()) -> None:
        """Write files into the working tree, and remove others."""
        for path, text in files.items():
            place = self.folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(text.encode() if isinstance(text, str) else text)
        for path in removed:
            (self.folder / path).unlink()

    def commit(
        self,
        files: Mapping[str, str | bytes] | None = None,
        removed: Sequence[str] = (),
        day: str = "2026-11-01",
    ) -> str:
        """Commit all that there is, with some files over it; the commit's id."""
        self.write(files or {}, removed)
        self.git("add", "--all", ".")
        self.git("commit", "-q", "--allow-empty", "-m", "Change", day=day)
        return self.git("rev-parse", "HEAD")
