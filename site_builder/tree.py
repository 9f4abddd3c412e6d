"""Where a journal's bytes come from: a tree of files, path by path.

The loader knows nothing else of the world, so a folder, a revision in git and a dict
in a test are all read alike.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

FOLDERS = ("contacts", "deals")
CONFIG = "pipeline.yml"

# A named pipe in a journal must not make a build wait for a writer.
_READING = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)


@dataclass(frozen=True, slots=True)
class TreeFile:
    """A file of a tree: its path with ``/``, and whether it is a symbolic link."""

    path: str
    is_link: bool = False


class Tree(Protocol):
    """Files of a journal, by paths relative to it."""

    def files(self) -> Iterable[TreeFile]:
        """All files of the journal's folders and its pipeline.yml, in any order."""

    def read(self, path: str, most: int) -> bytes:
        """The file's first ``most`` bytes."""


class MemoryTree:
    """A tree held in memory."""

    def __init__(self, files: Mapping[str, bytes | str]) -> None:
        self._files = {p: t.encode() if isinstance(t, str) else t for p, t in files.items()}

    def files(self) -> Iterable[TreeFile]:
        return [TreeFile(path) for path in self._files]

    def read(self, path: str, most: int) -> bytes:
        return self._files[path][:most]


class FolderTree:
    """The working tree: a folder on disk. Links are named but never followed."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def files(self) -> Iterable[TreeFile]:
        found: list[TreeFile] = []
        config = self.root / CONFIG
        if os.path.lexists(config):
            found.append(TreeFile(CONFIG, config.is_symlink()))
        for name in FOLDERS:
            folder = self.root / name
            if folder.is_symlink():
                found.append(TreeFile(name, is_link=True))
            elif folder.is_dir():
                self._walk(str(folder), name, found)
        return found

    def _walk(self, folder: str, prefix: str, found: list[TreeFile]) -> None:
        with os.scandir(folder) as entries:
            for entry in entries:
                path = f"{prefix}/{entry.name}"
                if entry.name.startswith("."):
                    continue
                if entry.is_symlink():
                    found.append(TreeFile(path, is_link=True))
                elif entry.is_dir():
                    self._walk(entry.path, path, found)
                else:
                    found.append(TreeFile(path))

    def read(self, path: str, most: int) -> bytes:
        descriptor = os.open(f"{self.root}/{path}", _READING)
        try:
            data = os.read(descriptor, most)
            while len(data) < most and (more := os.read(descriptor, most - len(data))):
                data += more
            return data
        finally:
            os.close(descriptor)
