"""The journal that a command works on, and the day it works on."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from site_builder.cli.exits import Refused
from site_builder.files.cache import Cache, cache_of
from site_builder.files.tree import CONFIG, FolderTree, meant_name
from site_builder.load.findings import Findings
from site_builder.load.look import Look

if TYPE_CHECKING:
    from site_builder.load.loaded import Loaded


def no_journal(folder: Path) -> Refused:
    """The refusal of a folder that is no journal, with what was perhaps meant."""
    name = folder.resolve().name
    return Refused(f"{name}/ is no journal: it has no {CONFIG}. {_what_is_one(folder)}")


def _what_is_one(folder: Path) -> str:
    near = min((path for path in folder.iterdir() if meant_name(path.name) == CONFIG), default=None)
    if near is not None and near.is_symlink():
        link = f"{near.name} is a symbolic link, which is not followed"
        return f"{link}: put the file itself here, as {CONFIG}."
    if near is not None:
        return f"Rename {near.name} to {CONFIG}."
    above = next((up for up in folder.resolve().parents if (up / CONFIG).is_file()), None)
    if above is not None:
        return f"There is one above: `dealog -C {os.path.relpath(above)} …`."
    return "Go to a journal's folder, name it with -C DIR, or begin one with `dealog init`."


def refuse_missing(folder: Path) -> None:
    """Raises Refused where a journal's folder is not there."""
    if not folder.is_dir():
        raise Refused(f"There is no folder {folder}.")


def cache_for(folder: Path, no_cache: bool, *never_in: Path) -> Cache | None:
    """Where what is found in a journal is kept, if anywhere."""
    return None if no_cache else cache_of(folder, *never_in)


def look_at(
    folder: Path, today: dt.date | None, cache: Cache | None, rev: str | None = None
) -> Look:
    """A look at a journal, or at what a revision has of it, of which nothing is kept."""
    if rev is not None:
        from site_builder.cli.revisions import tree_at

        return Look(tree_at(folder, rev), clock, today, None)
    return Look(FolderTree(folder, is_stamped=cache is not None), clock, today, cache)


def loaded_by(load: Callable[[], Loaded], folder: Path) -> Loaded:
    """What a look at a folder loads. Raises Refused where there is no journal."""
    from site_builder.load.preparing import NoJournal

    try:
        return load()
    except NoJournal:
        raise no_journal(folder) from None


def findings_from(folder: Path, today: dt.date | None, no_cache: bool) -> Findings:
    """What a check finds."""
    refuse_missing(folder)
    look = look_at(folder, today, cache_for(folder, no_cache))
    return look.still_found() or loaded_by(look.check, folder).findings


def clock() -> dt.datetime:
    """Now: SOURCE_DATE_EPOCH (seconds, UTC) if it is set, otherwise by the local clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return dt.datetime.now().astimezone()
    try:
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC)
    except (ValueError, OverflowError, OSError):
        raise Refused(
            f"SOURCE_DATE_EPOCH is `{epoch}`, which is no number of seconds since 1970."
        ) from None
