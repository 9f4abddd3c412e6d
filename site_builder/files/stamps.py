"""What tells without reading a file that it is what it was: its times, its size and its inode."""

from __future__ import annotations

import os

Stamp = tuple[int, int, int, int]
"""When a file was last written, when anything of it last changed (both in nanoseconds), its size
in bytes, and its inode."""

_FINE = 50_000_000
_COARSE = 2_000_000_000
_STEP = 1_000_000


def stamp_of(file: os.stat_result) -> Stamp:
    """The stamp of a file by what the system says of it."""
    return file.st_mtime_ns, file.st_ctime_ns, file.st_size, file.st_ino


def is_fresh(stamp: Stamp, moment: int) -> bool:
    """Whether a file that had this stamp at a moment, in nanoseconds, may have been written once
    more after it and have the same stamp still: clocks of file systems go in steps."""
    written, changed, _, _ = stamp
    step = _COARSE if changed % _STEP == 0 else _FINE
    return max(written, changed) >= moment - step


def stamps_below(folder: str) -> dict[str, Stamp]:
    """All but folders under a folder, hidden ones too, by their paths with ``/``. Links are not
    followed. Nothing where there is no such folder."""
    found: dict[str, Stamp] = {}
    waiting = [""]
    while waiting:
        at = waiting.pop()
        try:
            with os.scandir(f"{folder}/{at}" if at else folder) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(f"{at}{entry.name}/")
                    else:
                        found[at + entry.name] = stamp_of(entry.stat(follow_symlinks=False))
        except FileNotFoundError:
            continue
    return found
