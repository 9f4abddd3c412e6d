"""The journal that a command works on, and the day it works on."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING

from site_builder.cli.exits import Refused
from site_builder.files.cache import Cache, cache_of
from site_builder.files.tree import CONFIG, FolderTree, meant_name
from site_builder.load import last_load
from site_builder.load.findings import Findings

if TYPE_CHECKING:
    from site_builder.load.loader import Loaded


def no_journal(folder: Path) -> Refused:
    above = next((up for up in folder.resolve().parents if (up / CONFIG).is_file()), None)
    help = "Go to a journal's folder, name it with -C DIR, or begin one with `dealog init`."
    if above is not None:
        help = f"There is one above: `dealog -C {os.path.relpath(above)} …`"
    names = sorted(path.name for path in folder.iterdir() if meant_name(path.name) == CONFIG)
    if names:
        help = f"Rename {names[0]} to {CONFIG}."
        if (folder / names[0]).is_symlink():
            help = (
                f"{names[0]} is a symbolic link, which is not followed: put the file itself here, "
            )
            help += f"as {CONFIG}."
    return Refused(f"{folder.resolve().name}/ is no journal: it has no {CONFIG}. {help}")


def refuse_missing(folder: Path) -> None:
    """Raises Refused where a journal's folder is not there."""
    if not folder.is_dir():
        raise Refused(f"There is no folder {folder}.")


def cache_for(folder: Path, no_cache: bool, *never_in: Path) -> Cache | None:
    """Where what is found in a journal is kept, if anywhere."""
    return None if no_cache else cache_of(folder, *never_in)


class Reading:
    """One look at a journal: what the last look found, if that still holds, or a new one."""

    def __init__(self, folder: Path, asked: dt.date | None, cache: Cache | None) -> None:
        self._tree = FolderTree(folder)
        self._asked, self._cache = asked, cache
        self._listing = last_load.listing_of(self._tree)
        self.last = last_load.kept(cache) if cache else None

    def still_found(self) -> Findings | None:
        """What a load would find, if that is what the last one found."""
        if self.last is None:
            return None
        return last_load.still_found(self.last, self._listing, self._tree, self._asked, clock)

    def load(self, only_check: bool = False) -> Loaded:
        """Load the journal, and keep what was found."""
        from site_builder.load.loader import NoJournal, load

        try:
            loaded = load(self._tree, clock, self._asked, only_check)
        except NoJournal:
            raise no_journal(self._tree.root) from None
        if self._cache and self._listing.whole:
            self.last = last_load.of(loaded, self._listing)
            last_load.keep(self._cache, self.last)
        return loaded


def findings_from(folder: Path, today: dt.date | None, no_cache: bool) -> Findings:
    """What a check finds."""
    refuse_missing(folder)
    reading = Reading(folder, today, cache_for(folder, no_cache))
    return reading.still_found() or reading.load(only_check=True).findings


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
