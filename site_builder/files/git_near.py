"""Whether a folder can lie in a repository of git: found without git, in no time."""

from __future__ import annotations

from pathlib import Path


def is_in_repository(folder: Path) -> bool:
    """Whether there is something of git in the folder or above it, so that git is worth asking."""
    try:
        home = folder.resolve()
        return any((place / ".git").exists() for place in (home, *home.parents))
    except (OSError, RuntimeError):  # RuntimeError: links that lead round in a circle
        return False
