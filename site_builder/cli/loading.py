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
    from site_builder.load.loader import Loaded


def no_journal(folder: Path) -> Refused:
    above = next((up for up in folder.resolve().parents if (up / CONFIG).is_file()), None)
    names = sorted(path.name for path in folder.iterdir() if meant_name(path.name) == CONFIG)
    if names and (folder / names[0]).is_symlink():
        help = f"{names[0]} is a symbolic link, which is not followed: put the file itself here, "
        help += f"as {CONFIG}."
    elif names:
        help = f"Rename {names[0]} to {CONFIG}."
    elif above is not None:
        help = f"There is one above: `dealog -C {os.path.relpath(above)} …`"
    else:
        help = "Go to a journal's folder, name it with -C DIR, or begin one with `dealog init`."
    return Refused(f"{folder.resolve().name}/ is no journal: it has no {CONFIG}. {help}")


def refuse_missing(folder: Path) -> None:
    """Raises Refused where a journal's folder is not there."""
    if not folder.is_dir():
        raise Refused(f"There is no folder {folder}.")


def cache_for(folder: Path, no_cache: bool, *never_in: Path) -> Cache | None:
    """Where what is found in a journal is kept, if anywhere."""
    return None if no_cache else cache_of(folder, *never_in)


def look_at(folder: Path, today: dt.date | None, cache: Cache | None) -> Look:
    """A look at a journal."""
    return Look(FolderTree(folder, is_stamped=cache is not None), clock, today, cache)


def loaded_by(load: Callable[[], Loaded], folder: Path) -> Loaded:
    """What a look at a folder loads. Raises Refused where there is no journal."""
    from site_builder.load.loader import NoJournal

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
