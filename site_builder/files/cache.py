"""What can be made again, kept between runs in the user's cache folder, apart for each journal.

What is kept is plain: numbers, texts and rows of them, which can run no code. It goes by a
digest of itself and of all that it depends on: dealog, Python, what dealog needs, the machine,
and where the journal lies. So what is damaged, old, or another's is as good as not there. What
is the same for all journals is kept once, for all.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import marshal
import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from site_builder.files import whole_files
from site_builder.files.stamps import stamps_below

_DIGEST = 32
_NAME_LENGTH = 32
_ALL = "all"
_ABANDONED = 600
"""Seconds after which nobody still writes to a file: processes keep things at the same time."""
_OTHERS = 0o077
_READING = os.O_RDONLY | getattr(os, "O_BINARY", 0)


class Cache:
    """What is kept for one journal, by names. Nothing that goes wrong here is an error."""

    def __init__(self, folder: Path, needs: bytes, home: bytes = b"") -> None:
        self.folder = folder
        self._home, self._needs, self._key = home, needs, home + needs

    def lasting(self, form: bytes) -> Cache:
        """The same for what goes by nothing but its own form and where the journal lies."""
        return Cache(self.folder, form, self._home)

    @property
    def of_all(self) -> Cache:
        """What is kept for all journals."""
        return Cache(self.folder.parent / _ALL, self._needs)

    def pieces(self, name: str) -> Pieces:
        """Pieces of bytes that are kept by a name."""
        return Pieces(self, name)

    def place(self, name: str) -> Path:
        """Where to keep something by a name. Raises OSError where nobody can."""
        for folder in (self.folder.parent, self.folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not _is_ours(folder):
                raise PermissionError(errno.EPERM, "not this user's alone", os.fspath(folder))
        whole_files.sweep(os.fspath(self.folder), age=_ABANDONED)
        place = self.folder / name
        with contextlib.suppress(FileNotFoundError):  # of one that was killed and had this number
            os.unlink(whole_files.beside(os.fspath(place)))
        return place

    def read(self, name: str) -> Any:
        """What was kept by this name, or None."""
        try:
            if not (_is_ours(self.folder.parent) and _is_ours(self.folder)):
                return None
            data = (self.folder / name).read_bytes()
            body = memoryview(data)[_DIGEST:]
            is_whole = data[:_DIGEST] == self._digest(body)
            return marshal.loads(body) if is_whole else None  # noqa: S302 - plain values alone
        except (OSError, EOFError, ValueError, TypeError):
            return None

    def write(self, name: str, value: Any) -> bool:
        """Keep numbers, texts and rows of them by a name; whether that could be done."""
        try:
            body = marshal.dumps(value)
            whole_files.replace(os.fspath(self.place(name)), self._digest(body) + body)
        except (OSError, ValueError):
            return False
        return True

    def drop(self, name: str) -> None:
        """Keep nothing by this name any more, as far as that can be done."""
        with contextlib.suppress(OSError):
            if _is_ours(self.folder.parent) and _is_ours(self.folder):
                (self.folder / name).unlink()

    def _digest(self, body: bytes | memoryview) -> bytes:
        digest = hashlib.sha256(self._key)
        digest.update(body)
        return digest.digest()


class Pieces:
    """Pieces of bytes, one behind the other in one file, each to be read when it is needed. Who
    reads one has to know its place, and to see whether it is what it was."""

    def __init__(self, cache: Cache, name: str) -> None:
        self._cache, self._name = cache, name
        self._file: int | None = None

    def write(self, pieces: Iterable[bytes]) -> bool:
        """Keep these alone; whether that could be done."""
        try:
            target = os.fspath(self._cache.place(self._name))
            temporary = whole_files.beside(target)
            with open(temporary, "xb") as file:
                file.writelines(pieces)
            os.replace(temporary, target)
        except OSError:
            return False
        return True

    def add(self, at: int, pieces: Iterable[bytes]) -> bool:
        """Keep more from a place on, behind which nothing is of use; whether that could be done."""
        try:
            with open(self._cache.place(self._name), "r+b") as file:
                if file.seek(0, os.SEEK_END) < at:
                    return False
                file.truncate(at)
                file.seek(at)
                file.writelines(pieces)
        except OSError:
            return False
        return True

    def read(self, at: int, length: int) -> bytes:
        """What stands at a place; less, where there is no more."""
        try:
            if self._file is None:
                self._file = os.open(self._cache.folder / self._name, _READING)
            os.lseek(self._file, at, os.SEEK_SET)
            return os.read(self._file, length)
        except OSError:
            return b""

    def __del__(self) -> None:
        if self._file is not None:
            os.close(self._file)


def cache_of(journal: Path, *never_in: Path) -> Cache | None:
    """What is kept for a journal; None where there is no place for it, or that lies in the journal
    or in one of some other folders."""
    root = folder_of_all()
    try:
        home = journal.resolve(strict=True)
        barred = [home, *(folder.resolve() for folder in never_in)]
        if root is None or any(map(root.resolve().is_relative_to, barred)):
            return None
        name = hashlib.sha256(os.fsencode(home)).hexdigest()[:_NAME_LENGTH]
        return Cache(root / name, _key(), _place_of(home))
    except (OSError, RuntimeError):
        return None


def folder_of_all() -> Path | None:
    """Where everything is kept, for all journals; None where the user has no such place."""
    given = os.environ.get("XDG_CACHE_HOME", "")
    if given and os.path.isabs(given):
        return Path(given, "dealog")
    with contextlib.suppress(RuntimeError):
        return Path.home() / ".cache" / "dealog"
    return None


def clear() -> int:
    """Remove all that is kept, for all journals; how many bytes it took."""
    root = folder_of_all()
    if root is None or not _is_ours(root):
        return 0
    import shutil

    size = sum(size for _, _, size, _ in stamps_below(os.fspath(root)).values())
    shutil.rmtree(root)
    return size


def _is_ours(folder: Path) -> bool:
    """Whether it is a folder, no link to one, to which nobody but this user may write."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    if not stat.S_ISDIR(found.st_mode):
        return False
    return os.name == "nt" or (found.st_uid == os.geteuid() and not found.st_mode & _OTHERS)


def _place_of(home: Path) -> bytes:
    place = home.stat()
    return repr((home, place.st_dev, place.st_ino)).encode()


def _key() -> bytes:
    return repr((_machine(), sys.version, _code(), _needs())).encode()


def _machine() -> tuple[str, str]:
    name = os.uname().nodename if sys.platform != "win32" else os.environ.get("COMPUTERNAME", "")
    id = ""
    with contextlib.suppress(OSError, ValueError):
        id = Path("/etc/machine-id").read_text("ascii").strip()
    return name, id


def _code() -> bytes:
    """Changes with dealog itself, a checkout in which somebody works among it."""
    package = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256(os.fsencode(package))
    for folder in (package, package.parent / "templates"):
        for path, stamp in sorted(stamps_below(os.fspath(folder)).items()):
            if not path.endswith(".pyc"):
                digest.update(repr((path, stamp)).encode())
    return digest.digest()


def _needs() -> list[str]:
    """The packages that are installed, with their versions."""
    found: list[str] = []
    for folder in sys.path:
        with contextlib.suppress(OSError):
            found += [name for name in os.listdir(folder or ".") if name.endswith(".dist-info")]
    return sorted(found)
