"""Changes of files: made only where nobody changed them meanwhile, and taken back likewise."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from site_builder.files import whole_files


@dataclass(frozen=True, slots=True)
class Change:
    """A file before and after; None where there is none."""

    path: str
    before: bytes | None
    after: bytes | None

    @property
    def undone(self) -> Change:
        return Change(self.path, self.after, self.before)


class Changed(Exception):
    """A file is not what it was when the change was made; ``path`` says which, and the text what
    to do."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} was changed meanwhile; nothing was written. Try again.")
        self.path = path


def make(root: Path, changes: Sequence[Change]) -> None:
    """Write all changes, or none where one of the files changed meanwhile.

    Raises Changed, and OSError where a file can't be written; files that were written before it
    are then put back, as far as they can be.
    """
    refuse_changed(root, changes)
    done: list[Change] = []
    try:
        for change in changes:
            _write(root, change)
            done.append(change)
    except BaseException:
        for change in reversed(done):
            with contextlib.suppress(OSError):  # which tells less than what went wrong first
                _write(root, change.undone)
        raise


def refuse_changed(root: Path, changes: Iterable[Change]) -> None:
    """Raises Changed where a file is not what it was when its change was made."""
    for change in changes:
        if _now(root, change.path) != change.before:
            raise Changed(change.path)


def not_made(root: Path, changes: Iterable[Change]) -> list[Change]:
    """The changes whose files are not yet as they would leave them. Raises Changed where a file is
    none any more."""
    return [change for change in changes if _now(root, change.path) != change.after]


def _now(root: Path, path: str) -> bytes | None:
    place = root / path
    inside = place.parents[: path.count("/")]
    if any(folder.is_symlink() for folder in inside):
        raise Changed(path)
    if not os.path.lexists(place):
        return None
    if place.is_symlink() or not stat.S_ISREG(place.stat().st_mode):
        raise Changed(path)
    return place.read_bytes()


def _write(root: Path, change: Change) -> None:
    target = os.fspath(root / change.path)
    if change.after is None:
        os.unlink(target)
    elif change.before is None:
        Path(target).parent.mkdir(parents=True, exist_ok=True)
        whole_files.create(target, change.after)
    else:
        mode = stat.S_IMODE(os.stat(target).st_mode)
        whole_files.replace(target, change.after, settled=True)
        os.chmod(target, mode)


def paths_of(changes: Iterable[Change]) -> list[str]:
    """The files that are changed."""
    return [change.path for change in changes]
