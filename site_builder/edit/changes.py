"""Changes of files: made only where nobody changed them meanwhile, and taken back likewise."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from site_builder.files import whole_files


@dataclass(frozen=True, slots=True)
class Change:
    """A file before and after; None where there is none. ``mode`` is who may read and write it, as
    the system has it, where that is known."""

    path: str
    before: bytes | None
    after: bytes | None
    mode: int | None = field(default=None, compare=False)

    @property
    def undone(self) -> Change:
        return Change(self.path, self.after, self.before, self.mode)


class Changed(Exception):
    """A file is not what it was when the change was made; ``path`` says which, and the text what
    to do."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} was changed meanwhile; nothing was written. Try again.")
        self.path = path


def make(root: Path, changes: Sequence[Change]) -> None:
    """Write all changes, or none where one of the files changed meanwhile.

    Raises Changed, and OSError where a file can't be written; files that were written before it
    are then put back, as far as they can be. Files go last, for to remove one takes no room and to
    put it back does.
    """
    refuse_changed(root, changes)
    done: list[Change] = []
    try:
        for change in sorted(changes, key=lambda change: change.after is None):
            _write(root, change)
            done.append(change)
    except BaseException:
        for change in reversed(done):
            with contextlib.suppress(OSError):  # which tells less than what went wrong first
                _write(root, change.undone)
        raise


def with_modes(root: Path, changes: Iterable[Change]) -> list[Change]:
    """The same with what the files that are there let others do. One that comes where one goes is
    that one by another name, and lets them do the same."""
    known = [replace(c, mode=_mode(root / c.path)) if c.before is not None else c for c in changes]
    gone = [change for change in known if change.after is None]
    come = [change for change in known if change.before is None]
    if len(gone) != 1 or len(come) != 1:
        return known
    return [replace(c, mode=gone[0].mode) if c.before is None else c for c in known]


def _mode(place: Path) -> int:
    return stat.S_IMODE(place.stat().st_mode)


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
        whole_files.create(target, change.after, mode=change.mode)
    else:
        whole_files.replace(target, change.after, settled=True, mode=_mode(Path(target)))


def paths_of(changes: Iterable[Change]) -> list[str]:
    """The files that are changed."""
    return [change.path for change in changes]
