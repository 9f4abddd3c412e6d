"""A journal as a commit has it, read from git's objects without a checkout; and the working tree
beside it, in which the same is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from site_builder.files.git_objects import Commit, Entry, Repository
from site_builder.files.tree import (
    FILE,
    FOLDER,
    FOLDERS,
    LINK,
    MAX_BYTES,
    OTHER,
    TEMPLATES,
    FolderTree,
    Kind,
    NoFile,
    Tree,
    TreeFile,
    is_usable,
    meant_name,
    visible,
)

_TREE, _SUBMODULE = "040000", "160000"
_KINDS: Mapping[str, Kind] = {"120000": LINK, _SUBMODULE: OTHER, _TREE: FOLDER}


class _Blob(NamedTuple):
    id: str
    size: int


class RevisionTree:
    """The files of a journal in a commit. A link is named, and so is a submodule: neither is
    followed. All is read at once."""

    def __init__(self, repository: Repository, commit: Commit) -> None:
        self._files: list[TreeFile] = []
        self._blobs: dict[str, _Blob] = {}
        for entry in _listed(repository, commit):
            self._add(entry)
        wanted = [blob.id for blob in self._blobs.values() if blob.size <= MAX_BYTES]
        self._data = repository.objects(wanted) if wanted else {}

    def files(self) -> Iterable[TreeFile]:
        return self._files

    def read(self, path: str, most: int) -> bytes:
        if path not in self._blobs:
            raise NoFile(path, OTHER)
        blob = self._blobs[path]
        if blob.size > MAX_BYTES:  # it is only told how large it is
            return b" " * min(blob.size, most)
        return self._data[blob.id][:most]

    def _add(self, entry: Entry) -> None:
        path = "/".join(map(visible, entry.path.split("/")))
        kind = _KINDS.get(entry.mode, FILE)
        if kind is FILE and path.startswith(f"{TEMPLATES}/"):
            if is_usable(path):
                return
        elif kind is FILE:
            self._blobs[path] = _Blob(entry.id, entry.size)
        self._files.append(TreeFile(path, FILE if kind is FOLDER else kind))


class WithoutSubmodules:
    """The working tree with a submodule named where it lies, as it is in a commit, and nothing of
    what is in it."""

    def __init__(self, tree: FolderTree, submodules: Iterable[str]) -> None:
        self._tree = tree
        self._submodules = frozenset("/".join(map(visible, p.split("/"))) for p in submodules)

    def files(self) -> Iterable[TreeFile]:
        found = list(self._tree.files())
        if not self._submodules:
            return found
        kept = [file for file in found if not self._is_within(file.path)]
        ours = [p for p in self._submodules if p.partition("/")[0] in FOLDERS]
        return [*kept, *(TreeFile(path, OTHER) for path in sorted(ours))]

    def read(self, path: str, most: int) -> bytes:
        return self._tree.read(path, most)

    def _is_within(self, path: str) -> bool:
        parts = path.split("/")
        return any("/".join(parts[:at]) in self._submodules for at in range(1, len(parts) + 1))


class WithConfig:
    """A tree with another pipeline.yml."""

    def __init__(self, tree: Tree, path: str, data: bytes) -> None:
        self._tree, self._path, self._data = tree, path, data

    def files(self) -> Iterable[TreeFile]:
        others = [file for file in self._tree.files() if file.path != self._path]
        return [*others, TreeFile(self._path)]

    def read(self, path: str, most: int) -> bytes:
        return self._data[:most] if path == self._path else self._tree.read(path, most)


def _listed(repository: Repository, commit: Commit) -> Iterator[Entry]:
    """What a working tree would list of the commit."""
    inside = repository.inside
    for entry in repository.entries(commit, inside):
        if not meant_name(entry.path):
            continue
        if entry.mode == _TREE and entry.path in (*FOLDERS, TEMPLATES):
            for below in repository.entries(commit, f"{inside}{entry.path}", deep=True):
                if _is_shown(below):
                    yield below._replace(path=f"{entry.path}/{below.path}")
        else:
            yield entry


def _is_shown(entry: Entry) -> bool:
    """Whether an entry is not hidden. Links are never, but for those with which Emacs locks a
    file."""
    *folders, name = entry.path.split("/")
    if any(folder.startswith(".") for folder in folders):
        return False
    is_link = _KINDS.get(entry.mode) is LINK
    return not name.startswith(".") or (is_link and not name.startswith(".#"))
