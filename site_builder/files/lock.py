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

if sys.platform != "win32":
    import fcntl

T = TypeVar("T")
_PAUSE = 0.05
_LOOKING = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)
_ALONE = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_TEMPORARY", 0)


class Lock:
    """A folder locked by this process, till ``release`` or its end."""

    def __init__(self, descriptor: int | None) -> None:
        self._descriptor = descriptor

    def __del__(self) -> None:
        self.release()

    def release(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
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
    """Lock by a file that goes when nobody has it open. It lies beside the folder, for an open
    file in it would hold it in its place."""
    beside = folder.with_name(f".{folder.name}.dealog-lock")
    try:
        return Lock(os.open(beside, _ALONE))
    except FileExistsError:
        return None
    except PermissionError:  # what is about to go can't be opened either
        return None if beside.exists() else Lock(None)
