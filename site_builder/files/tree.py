"""Where a journal's bytes come from: a tree of files, path by path.

The loader knows nothing else of the world, so a folder, a revision in git and a dict
in a test are all read alike.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Literal, NamedTuple, Protocol

from site_builder.files.stamps import Stamp, stamp_of

FOLDERS = ("contacts", "deals")
TEMPLATES = "templates"
CONFIG = "pipeline.yml"
MAX_BYTES = 256 * 1024
"""What is larger is no deal or contact."""

Kind = Literal["file", "link", "folder", "other"]
FILE: Kind = "file"
LINK: Kind = "link"
FOLDER: Kind = "folder"
OTHER: Kind = "other"

# A named pipe in a journal must not make a build wait for a writer.
_BESIDES = "O_BINARY O_NONBLOCK O_NOFOLLOW O_NOCTTY"
_READING = os.O_RDONLY | sum(getattr(os, flag, 0) for flag in _BESIDES.split())
_LOOKING = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)
_CAN_STAND = os.open in os.supports_dir_fd and os.scandir in os.supports_fd
"""Whether a file can be opened from an open folder, whatever its path has become meanwhile."""
_LIKE_CONFIG = re.compile(r"pipe-?lines?\.ya?ml(?:\.txt|\.ya?ml)?|pip(?:e?line|leine|eilne)\.ya?ml")
_AT_LINKS = (errno.ELOOP, errno.EMLINK)
_new = tuple.__new__  # makes a named tuple several times as fast as calling its class
_is_junction: Callable[[object], bool] = getattr(os.DirEntry, "is_junction", lambda _entry: False)


def meant_name(name: str) -> str:
    """Which of our names a name at the top of a journal is, or is meant to be, as `contact` and
    `Contacts` are meant to be `contacts`; nothing where it is of something else."""
    low = name.lower()
    if _LIKE_CONFIG.fullmatch(low):
        return CONFIG
    return next((ours for ours in (*FOLDERS, TEMPLATES) if _is_slip_of(ours, low)), "")


def _is_slip_of(ours: str, name: str) -> bool:
    """Whether a name has the letters of ours in another order, or lacks one. More letters may well
    make a folder of its own, as in `contracts`."""
    lacking = (ours[:at] + ours[at + 1 :] for at in range(len(ours)))
    return sorted(ours) == sorted(name) or name in lacking


def own_templates(folder: Path) -> Path | None:
    """The folder of a journal's own templates, if it has one; a link to one is none."""
    own = folder / TEMPLATES
    return own if own.is_dir() and not own.is_symlink() else None


class TreeFile(NamedTuple):
    """A file of a tree: its path with ``/``, and what it is: a plain file, a symbolic link,
    something else that is no file, or a folder that can't be looked into, and then ``fault``
    says why. In ``path`` names are as ``visible`` writes them. A tree that was asked for them
    gives the stamps of plain files."""

    path: str
    kind: Kind = FILE
    fault: str = ""
    stamp: Stamp | None = None


class NoFile(OSError):
    """What stands at a path is no plain file: ``kind`` says what it is."""

    def __init__(self, path: str, kind: Kind) -> None:
        what = "it is a symbolic link" if kind == LINK else "it is no plain file"
        super().__init__(errno.EINVAL, what, path)
        self.kind = kind


class Tree(Protocol):
    """Files of a journal, by paths relative to it."""

    def files(self) -> Iterable[TreeFile]:
        """All files of deals/ and contacts/, pipeline.yml, what can't be used of templates/,
        and what is named nearly as one of these; in any order."""

    def read(self, path: str, most: int) -> bytes:
        """The file's first ``most`` bytes. Raises OSError; NoFile where it is none."""


class MemoryTree:
    """A tree held in memory."""

    def __init__(self, files: Mapping[str, bytes | str]) -> None:
        self._files = {p: t.encode() if isinstance(t, str) else t for p, t in files.items()}

    def files(self) -> Iterable[TreeFile]:
        return [TreeFile(path) for path in self._files]

    def read(self, path: str, most: int) -> bytes:
        return self._files[path][:most]


class FolderTree:
    """The working tree: a folder on disk. Links in it are named but never followed, also
    where a file or folder has become one since it was listed."""

    def __init__(self, root: Path, is_stamped: bool = False) -> None:
        """``is_stamped`` asks for the stamps of files, which takes a call for each."""
        self.root = root
        self._stamp = _stamp if is_stamped else _no_stamp
        self._real: dict[str, str] = {}
        self._standing: tuple[str, int] | None = None

    def __del__(self) -> None:
        self._leave()

    def files(self) -> Iterable[TreeFile]:
        self._leave()
        found: list[TreeFile] = []
        with os.scandir(self.root) as entries:
            ours = [e for e in entries if meant_name(e.name)]
        for entry in ours:
            kind = _kind(entry)
            if kind == FOLDER and entry.name in FOLDERS:
                self._walk(entry.name, found)
            elif kind == FOLDER and entry.name == TEMPLATES:
                found.extend(self._unusable(entry.name))
            else:
                stamp = self._stamp(entry, kind)
                kind = FILE if kind == FOLDER else kind
                found.append(TreeFile(entry.name, kind, stamp=stamp))
        return found

    def _unusable(self, folder: str) -> list[TreeFile]:
        """What can't be used of a folder."""
        inside: list[TreeFile] = []
        self._walk(folder, inside)
        return [file for file in inside if file.kind != FILE or not is_usable(file.path)]

    def read(self, path: str, most: int) -> bytes:
        folder, _, name = self._real.get(path, path).rpartition("/")
        try:
            descriptor = self._open(folder, name)
        except OSError as error:
            raise NoFile(path, LINK) if error.errno in _AT_LINKS else error from None
        try:
            what = os.fstat(descriptor)
            if not stat.S_ISREG(what.st_mode):
                raise NoFile(path, OTHER)
            # One byte more than there should be, of which that there is none says that it is all.
            data = os.read(descriptor, min(what.st_size + 1, most))
            if len(data) == what.st_size:
                return data
            while len(data) < most and (more := os.read(descriptor, most - len(data))):
                data += more
            return data
        finally:
            os.close(descriptor)

    def _open(self, folder: str, name: str) -> int:
        if _CAN_STAND:
            return os.open(name, _READING, dir_fd=self._stand_in(folder))
        place = self._path(f"{folder}/{name}" if folder else name)
        return os.open(place, _READING)

    def _stand_in(self, folder: str) -> int:
        """The open folder at a path, reached without following a link. The last one stays
        open, for the next file is mostly in the same."""
        if self._standing is not None and self._standing[0] == folder:
            return self._standing[1]
        self._leave()
        at = os.open(self.root, os.O_RDONLY)
        for name in folder.split("/") if folder else ():
            try:
                at, above = os.open(name, _LOOKING, dir_fd=at), at
            except OSError:
                os.close(at)
                raise
            os.close(above)
        self._standing = folder, at
        return at

    def _leave(self) -> None:
        if self._standing is not None:
            os.close(self._standing[1])
        self._standing = None

    def _path(self, path: str) -> str:
        """A path on disk, where the system can only be asked whether a link is in the way."""
        place = os.fspath(self.root)
        for name in path.split("/"):
            place = f"{place}/{name}"
            if os.path.islink(place):
                raise NoFile(path, LINK)
        return place

    def _walk(self, top: str, found: list[TreeFile]) -> None:
        waiting = [(top, top)]
        while waiting:
            real, shown = waiting.pop()
            try:
                with os.scandir(self._stand_in(real) if _CAN_STAND else self._path(real)) as all:
                    entries = [(e, _kind(e)) for e in all if _is_shown(e)]
                    listed = [(e.name, kind, self._stamp(e, kind)) for e, kind in entries]
            except OSError as error:
                found.append(TreeFile(shown, FOLDER, error.strerror or "unknown reason"))
                continue
            for name, kind, stamp in listed:
                path = f"{shown}/{name}"
                if not name.isprintable() or real is not shown:
                    path = self._shown(f"{real}/{name}", f"{shown}/{visible(name)}")
                if kind == FOLDER:
                    waiting.append((self._real.get(path, path), path))
                else:
                    found.append(_new(TreeFile, (path, kind, "", stamp)))

    def _shown(self, real: str, shown: str) -> str:
        if real != shown:
            self._real[shown] = real
        return shown


def _is_shown(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is no hidden file or folder. Links are never hidden, but for those
    with which Emacs locks a file."""
    name = entry.name
    return not name.startswith(".") or (_kind(entry) == LINK and not name.startswith(".#"))


def visible(name: str) -> str:
    """A file's name with what can't be seen in it written out: ``\\u202e`` for a character,
    ``\\xf6`` for a byte that is not UTF-8."""
    return "".join(c if c.isprintable() else _written_out(ord(c)) for c in name)


def _written_out(code: int) -> str:
    if 0xDC80 <= code <= 0xDCFF:  # how Python hands over a byte that is not UTF-8
        return f"\\x{code - 0xDC00:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def is_usable(path: str) -> bool:
    """Whether a path can be part of an address: nothing in it is written out, and no
    backslash parts it."""
    return "\\" not in path


def _no_stamp(_entry: os.DirEntry[str], _kind: Kind) -> None:
    """The stamp of a file in a tree that gives none."""


def _stamp(entry: os.DirEntry[str], kind: Kind) -> Stamp | None:
    """The stamp of a plain file; None of anything else, and of what has just gone."""
    try:
        return stamp_of(entry.stat(follow_symlinks=False)) if kind is FILE else None
    except FileNotFoundError:
        return None


def _kind(entry: os.DirEntry[str]) -> Kind:
    if entry.is_file(follow_symlinks=False):
        return FILE
    if entry.is_dir(follow_symlinks=False) and not _is_junction(entry):
        return FOLDER
    return LINK if entry.is_symlink() or _is_junction(entry) else OTHER
