"""The last change of a journal, kept so that it can be taken back."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from site_builder.edit import changes
from site_builder.edit.changes import Change
from site_builder.edit.job import Job
from site_builder.edit.refusals import NotDone
from site_builder.files import whole_files
from site_builder.files.cache import Cache, cache_of
from site_builder.files.lock import Lock, lock, wait_for

_UNDO = "undo"
_FORM = b"2"
"""Another one where edits are kept in another form."""
_BACK, _AGAIN = "Undo ", "Redo "


class Edit(NamedTuple):
    """An edit that was made: what it did in a few words, when in seconds, and its changes."""

    what: str
    when: int
    changes: Sequence[Change]

    @property
    def is_back(self) -> bool:
        """Whether it took back another edit."""
        return self.what.startswith(_BACK)

    @property
    def deed(self) -> str:
        """What was done: by it, or by the edit that it took back or brought again."""
        return self.what.removeprefix(_BACK).removeprefix(_AGAIN)


def make(folder: Path, made: Sequence[Change], what: str) -> bool:
    """Make the changes of an edit, and keep what takes them back; whether that could be kept. Edits
    of a journal wait for each other, and for imports; what a killed one left beside these files is
    removed. Raises Changed, and OSError: where files that were changed could not be put back, that
    is left to ``undo``."""
    held = wait_for(lambda: _locked(folder), lambda: None)
    try:
        changes.refuse_changed(folder, made)
        made = changes.with_modes(folder, made)
        _sweep(folder, made)
        with keeping(folder, made, what) as is_kept:
            changes.make(folder, made)
        return is_kept
    finally:
        held.release()


@contextlib.contextmanager
def keeping(folder: Path, made: Sequence[Change], what: str) -> Iterator[bool]:
    """Keep what takes back some changes while they are made, by whoever holds the journal's lock;
    whether that could be kept. Raises HalfDone where an OSError leaves some of them made."""
    before = last_edit(folder)
    is_kept = _keep(folder, Edit(what, int(time.time()), made))  # first, if killed halfway
    try:
        yield is_kept
    except BaseException as error:
        if _is_back(folder, made):
            _keep(folder, before)
        elif isinstance(error, OSError) and error.strerror:
            how = "`dealog undo` puts back" if is_kept else "`dealog undo` does not know"
            why = f"{error.strerror} ({how} what was changed before that)"
            raise whole_files.HalfDone(error.errno, why, error.filename) from None
        raise
    if not is_kept:
        _drop(folder)  # for what takes back the one before would pass for what takes back this


def _is_back(folder: Path, made: Sequence[Change]) -> bool:
    """Whether all files of an edit that failed are as they were."""
    try:
        return not changes.not_made(folder, [change.undone for change in made])
    except (changes.Changed, OSError):
        return False


def _locked(folder: Path) -> Lock | None:
    root = folder.resolve(strict=True)  # for one that is gone is locked by nobody
    return lock(root)


def _sweep(folder: Path, made: Sequence[Change]) -> None:
    for place in {(folder / change.path).parent for change in made}:
        whole_files.sweep(os.fspath(place))


def last_edit(folder: Path) -> Edit:
    """The last edit, as far as it is known."""
    cache = _cache(folder)
    what, when, rows = (cache.read(_UNDO) if cache is not None else None) or ("", 0, ())
    return Edit(what, when, [Change(*row) for row in rows])


def mark_of(made: Sequence[Change]) -> str:
    """What tells an edit from others."""
    return sha256(repr([(c.path, c.before, c.after) for c in made]).encode()).hexdigest()


def undo(job: Job, mark: str = "") -> Edit:
    """Take back the last edit, where the files are still as it left them; that of a ``mark``
    alone, if one is given. Returns what it was. Raises NotDone."""
    last = last_edit(job.folder)
    if mark and mark_of(last.changes) != mark:
        raise NotDone("Something else was done since: `dealog undo` takes that back first.")
    try:
        made = changes.not_made(job.folder, [change.undone for change in last.changes])
        changes.refuse_changed(job.folder, made)
    except changes.Changed as changed:
        raise NotDone(
            f"{changed.path} is no longer as the last command left it; nothing was taken back."
        ) from None
    if not made:
        raise NotDone("Nothing is known here that could be taken back.")
    job.write(made, _opposite(last.what))
    return last


def _opposite(what: str) -> str:
    """What it is to take back what an edit did; what was taken back is done again."""
    if what.startswith(_BACK):
        return _AGAIN + what.removeprefix(_BACK)
    return _BACK + what.removeprefix(_AGAIN)


def _cache(folder: Path) -> Cache | None:
    """Where edits are kept, whatever versions of dealog and others made them."""
    cache = cache_of(folder)
    return None if cache is None else cache.lasting(_FORM)


def _keep(folder: Path, edit: Edit) -> bool:
    """Keep what takes an edit back; whether that could be done."""
    cache = _cache(folder)
    if cache is None:
        return False
    rows = [(c.path, c.before, c.after, c.mode) for c in edit.changes]
    return cache.write(_UNDO, (edit.what, edit.when, rows))


def _drop(folder: Path) -> None:
    """Keep nothing that takes an edit back."""
    cache = _cache(folder)
    if cache is not None:
        cache.drop(_UNDO)
