"""Doing what an import has planned."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from site_builder.edit.changes import Change
from site_builder.edit.kept import keeping
from site_builder.exchange.plan import FileWrite, ImportPlan
from site_builder.files import whole_files
from site_builder.files.lock import Lock, lock, wait_for
from site_builder.files.tree import FOLDERS


class ChangedMeanwhileError(Exception):
    """A file is no longer as it was when the plan was made; nothing more was written."""


def apply(
    plan: ImportPlan,
    root: Path,
    waiting: Callable[[], None] = lambda: None,
    what: str = "Import",
) -> bool:
    """Write the plan's files into the journal at ``root``; whether that can be taken back, by what
    was done, in a few words.

    A file that is there is replaced whole, and only if it still holds what the plan was
    made from; a new one is never written over anything, nor through a symbolic link. All
    are written beside their places first, so that a full disk changes nothing. ``waiting``
    is called where another import has to come to its end first. Raises
    ChangedMeanwhileError or OSError.
    """
    held = wait_for(lambda: _locked(root), waiting)
    try:
        _sweep(plan.writes, root)
        if not plan.writes:
            return True
        made = [Change(write.path, write.before, write.data) for write in plan.writes]
        with _prepared(plan.writes, root) as temporaries:
            with keeping(root, made, what) as is_kept:
                for write, temporary in zip(plan.writes, temporaries, strict=True):
                    _place(write, temporary, root)
            return is_kept
    finally:
        held.release()


def _locked(root: Path) -> Lock | None:
    """The lock of a journal; a folder that has gone meanwhile is locked by nobody."""
    try:
        return lock(root.resolve(strict=True))
    except FileNotFoundError:
        raise ChangedMeanwhileError(f"{root} is there no more") from None


def _sweep(writes: Sequence[FileWrite], root: Path) -> None:
    for folder in {root / folder for folder in FOLDERS} | {(root / w.path).parent for w in writes}:
        _refuse_links(root, folder)
        whole_files.sweep(os.fspath(folder))


@contextlib.contextmanager
def _prepared(writes: Sequence[FileWrite], root: Path) -> Iterator[list[str]]:
    """Each file written beside its place. What has not been moved there in the end is removed."""
    made: list[str] = []
    try:
        for write in writes:
            path = root / write.path
            _check(write, path, root)
            path.parent.mkdir(parents=True, exist_ok=True)
            made.append(whole_files.beside(os.fspath(path)))
            mode = None if write.before is None else stat.S_IMODE(path.stat().st_mode)
            whole_files.write_fresh(made[-1], write.data, mode=mode)
        whole_files.settle(made)
        yield made
    finally:
        for temporary in made:
            Path(temporary).unlink(missing_ok=True)


def _check(write: FileWrite, path: Path, root: Path) -> None:
    _refuse_links(root, path)
    if write.before is None and os.path.lexists(path):
        raise ChangedMeanwhileError(f"{path} is there by now")
    if write.before is not None and path.read_bytes() != write.before:
        raise ChangedMeanwhileError(f"{path} has changed meanwhile")


def _place(write: FileWrite, temporary: str, root: Path) -> None:
    path = root / write.path
    _check(write, path, root)
    if write.before is not None:
        os.replace(temporary, path)
        return
    try:
        whole_files.place_new(temporary, os.fspath(path))
    except FileExistsError:
        raise ChangedMeanwhileError(f"{path} is there by now") from None


def _refuse_links(root: Path, path: Path) -> None:
    for part in (path, *path.parents):
        if part == root:
            return
        if part.is_symlink():
            raise ChangedMeanwhileError(f"{part} is a symbolic link by now")
