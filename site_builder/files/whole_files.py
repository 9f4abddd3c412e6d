"""Files that are there whole or not at all, whenever a process is killed or a disk is full.

A file is written beside its place, under a name that no journal reads, and moved there when
all of it has reached the disk.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

TEMPORARY = ".dealog-tmp"
_FRESH = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_ALL = 0o666
_FEW = 50
_BESIDE = re.compile(rf"\.(.+)\.[0-9]+{re.escape(TEMPORARY)}")
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)


class HalfDone(OSError):
    """The system refused something after a part of it was done, as the text says."""


def write_fresh(
    target: str, data: bytes, *, settled: bool = False, mode: int | None = None
) -> None:
    """Write a file that is not there yet; ``settled`` when it has reached the disk. At no moment
    may anybody read it whom ``mode`` lets not, where one is given. Raises FileExistsError where
    anything is there, a link among it."""
    file = os.open(target, _FRESH, _ALL if mode is None else mode)  # a file object takes longer
    try:
        if mode is not None:
            os.chmod(target, mode)  # for what the process's own mask took away
        write_all(file, data, target)
        if settled:
            _settle(file, target)
    finally:
        os.close(file)


def write_all(file: int, data: bytes, path: str) -> None:
    """Write all of it to an open file, though the system may take it piece by piece. Where it takes
    no more, the error names this path."""
    with _naming(path):
        written = os.write(file, data)
        while written < len(data):
            written += os.write(file, data[written:])


def _settle(file: int, path: str) -> None:
    with _naming(path):
        os.fsync(file)


@contextlib.contextmanager
def _naming(path: str) -> Iterator[None]:
    """Errors of what is done to an open file name its path, which the system does not."""
    try:
        yield
    except OSError as error:
        error.filename = path
        raise


def meant(path: str) -> str:
    """The file that was to be written, by the name of what is written beside its place."""
    folder, slash, name = path.rpartition("/")
    found = _BESIDE.fullmatch(name)
    return f"{folder}{slash}{found[1]}" if found else path


def holds(target: str, data: bytes) -> bool:
    """Whether a file is there that has these bytes."""
    try:
        with open(target, "rb", buffering=0) as file:
            return file.readall() == data
    except FileNotFoundError:
        return False


def beside(target: str) -> str:
    """Where this process writes a file before it is moved to its place."""
    folder, _, name = target.rpartition("/")
    temporary = f".{name}.{os.getpid()}{TEMPORARY}"
    return f"{folder}/{temporary}" if folder else temporary


def replace(target: str, data: bytes, *, settled: bool = False, mode: int | None = None) -> None:
    """Write a file, over what is there if need be, in one step: see ``write_fresh``."""
    temporary = beside(target)
    try:
        write_fresh(temporary, data, settled=settled, mode=mode)
        os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def create(target: str, data: bytes, *, mode: int | None = None) -> None:
    """Write a new file in one step: see ``write_fresh``. Raises FileExistsError where anything is
    there."""
    temporary = beside(target)
    try:
        write_fresh(temporary, data, settled=True, mode=mode)
        place_new(temporary, target)
    finally:
        Path(temporary).unlink(missing_ok=True)


def place_new(temporary: str, target: str) -> None:
    """Move a file to a place where nothing is. Raises FileExistsError where something is."""
    if os.name == "nt":  # where a move never replaces anything
        os.rename(temporary, target)
        return
    try:
        os.link(temporary, target, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), target) from None
        os.rename(temporary, target)
    else:
        os.unlink(temporary)


def settle(paths: Iterable[str]) -> None:
    """Wait until the files have reached the disk."""
    paths = tuple(paths)
    if len(paths) > _FEW and hasattr(os, "sync"):  # for each of thousands it takes minutes
        os.sync()
        return
    for path in paths:
        file = os.open(path, os.O_RDWR)
        try:
            _settle(file, path)
        finally:
            os.close(file)


def sweep(folder: str, *, age: float | None = None) -> None:
    """Remove what killed processes left in a folder, which nobody else writes to now; or, where
    others may, only what was written so many seconds ago."""
    try:
        with os.scandir(folder) as entries:
            left = [e.path for e in entries if e.name[:1] == "." and e.name.endswith(TEMPORARY)]
    except FileNotFoundError:
        return
    for path in left:
        with contextlib.suppress(OSError):
            if age is None or os.stat(path).st_mtime < time.time() - age:
                os.unlink(path)
