"""The last change of a journal, kept so that it can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from site_builder.edit import changes
from site_builder.edit.changes import Change
from site_builder.edit.refusals import NotDone
from site_builder.files.cache import cache_of

_UNDO = "undo"


def make(folder: Path, made: Sequence[Change]) -> None:
    """Make changes, and keep what takes them back. Raises Changed, and OSError."""
    before = kept_for_undo(folder)
    _keep(folder, made)  # first, so that what is killed halfway can be taken back
    try:
        changes.make(folder, made)
    except BaseException:
        _keep(folder, before)
        raise


def kept_for_undo(folder: Path) -> list[Change]:
    """The changes of the last edit, as far as they are known."""
    cache = cache_of(folder)
    return [Change(*row) for row in (cache.read(_UNDO) if cache is not None else None) or ()]


def mark_of(made: Sequence[Change]) -> str:
    """What tells an edit from others."""
    return sha256(repr([(c.path, c.before, c.after) for c in made]).encode()).hexdigest()


def undone(folder: Path, mark: str = "") -> list[Change]:
    """What takes back the last edit, where the files are still as it left them; that of a
    ``mark`` alone, if one is given. Raises NotDone."""
    last = kept_for_undo(folder)
    if mark and mark_of(last) != mark:
        raise NotDone("Something else was done since: `dealog undo` takes that back first.")
    try:
        made = changes.not_made(folder, [change.undone for change in last])
        changes.refuse_changed(folder, made)
    except changes.Changed as changed:
        raise NotDone(
            f"{changed.path} is no longer as the last command left it; nothing was taken back."
        ) from None
    if not made:
        raise NotDone("Nothing is known here that could be taken back.")
    return made


def _keep(folder: Path, made: Sequence[Change]) -> None:
    cache = cache_of(folder)
    if cache is not None:
        cache.write(_UNDO, [(change.path, change.before, change.after) for change in made])
