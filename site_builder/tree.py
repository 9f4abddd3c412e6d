"""Where a journal's bytes come from: a tree of files, path by path.

The loader knows nothing else of the world, so a folder, a revision in git and a dict
in a test are all read alike.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple, Protocol

FOLDERS = ("contacts", "deals")
TEMPLATES = "templates"
CONFIG = "pipeline.yml"

# A named pipe in a journal must not make a build wait for a writer.
_READING = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
_new = tuple.__new__  # makes a named tuple several times as fast as calling its class


class TreeFile(NamedTuple):
    """A file of a tree: its path with ``/``, and whether it is a symbolic link. ``fault``
    says why a folder can't be looked into; then ``path`` is the folder's."""

    path: str
    is_link: bool = False
    fault: str = ""


class Tree(Protocol):
    """Files of a journal, by paths relative to it."""

    def files(self) -> Iterable[TreeFile]:
        """All files of deals/ and contacts/, pipeline.yml, links below templates/, and what
        is named as one of these but for the case; in any order."""

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
        with os.scandir(self.root) as entries:
            ours = [e for e in entries if e.name.lower() in (CONFIG, TEMPLATES, *FOLDERS)]
        for entry in ours:
            name = entry.name
            if entry.is_symlink():
                found.append(TreeFile(name, is_link=True))
            elif name in FOLDERS and entry.is_dir():
                _walk(entry.path, name, found)
            elif name == TEMPLATES and entry.is_dir():
                inside: list[TreeFile] = []
                _walk(entry.path, name, inside)
                found.extend(file for file in inside if file.is_link)
            else:
                found.append(TreeFile(name))
        return found

    def read(self, path: str, most: int) -> bytes:
        descriptor = os.open(f"{self.root}/{path}", _READING)
        try:
            data = os.read(descriptor, most)
            while len(data) < most and (more := os.read(descriptor, most - len(data))):
                data += more
            return data
        finally:
            os.close(descriptor)


def _walk(folder: str, prefix: str, found: list[TreeFile]) -> None:
    waiting = [(folder, prefix)]
    while waiting:
        folder, prefix = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                visible = [entry for entry in entries if not entry.name.startswith(".")]
        except OSError as error:
            found.append(TreeFile(prefix, fault=error.strerror or "unknown reason"))
            continue
        for entry in visible:
            path = f"{prefix}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                waiting.append((entry.path, path))
            else:
                found.append(_new(TreeFile, (path, entry.is_symlink(), "")))
