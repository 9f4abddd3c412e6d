"""One process at a time: a folder that others wait for while one writes to it.

The system itself lets go of a lock when its process ends, however that ends.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

T = TypeVar("T")
_PAUSE = 0.05
_LOOKING = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)
_MAKING = os.O_CREAT | os.O_RDWR


class Lock:
    """A folder locked by this process, till ``release`` or its end."""

    def __init__(self, descriptor: int, beside: Path | None = None) -> None:
        """``beside`` is the file that is locked for the folder, and goes with the lock."""
        self._descriptor: int | None = descriptor
        self._beside = beside

    def __del__(self) -> None:
        self.release()

    def release(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            if self._beside is not None:
                with contextlib.suppress(OSError):  # the next one has it open already
                    self._beside.unlink()
        self._descriptor = None


def lock(folder: Path) -> Lock | None:
    """Lock a folder that is there; None where another process has it, or it has gone.

    Where a file system knows no locks, the lock keeps nobody out.
    """
    return _lock_file(folder) if sys.platform == "win32" else _lock_folder(folder)


def wait_for(take: Callable[[], T | None], waiting: Callable[[], None]) -> T:
    """Call ``take`` until it gives something; ``waiting`` is called once where that takes time."""
    taken = take()
    if taken is None:
        waiting()
    while taken is None:
        time.sleep(_PAUSE)
        taken = take()
    return taken


def _lock_folder(folder: Path) -> Lock | None:
    try:
        descriptor = os.open(folder, _LOOKING)
    except FileNotFoundError:
        return None
    held = Lock(descriptor)
    return held if _is_free(descriptor) and _is_still(folder, descriptor) else None


def _is_free(descriptor: int) -> bool:
    if sys.platform != "win32":
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a file system without locks
            return True
    return True


def _is_still(folder: Path, descriptor: int) -> bool:
    """Whether the folder of that path is the one that was opened, which may have been moved
    or removed before it could be locked."""
    with contextlib.suppress(FileNotFoundError):
        return os.path.samestat(os.stat(folder, follow_symlinks=False), os.fstat(descriptor))
    return False


def _lock_file(folder: Path) -> Lock | None:
    """Lock a file beside the folder, for an open file in it would hold it in its place. One that
    is left of a killed process is locked anew. Raises OSError where none can be made."""
    place = folder.resolve()
    beside = place.with_name(f".{place.name}.dealog-lock")
    descriptor = os.open(beside, _MAKING)
    if _is_locked_now(descriptor):
        return Lock(descriptor, beside)
    os.close(descriptor)
    return None


def _is_locked_now(descriptor: int) -> bool:
    if sys.platform == "win32":
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
    return True
