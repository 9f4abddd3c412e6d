"""The folder that a build may write to, and no other build at the same time.

It is locked, or the place beside it where it is not there yet. No link is followed to it.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from site_builder.files.lock import Lock, lock, wait_for
from site_builder.files.tree import CONFIG, FOLDERS, TEMPLATES
from site_builder.files.whole_files import TEMPORARY

_SOURCES = frozenset({*FOLDERS, TEMPLATES, ".git"})


class OutputRefused(Exception):
    """The output folder cannot be used; the text says why and what to do."""


@dataclass(slots=True)
class Claim:
    """A folder kept from other builds. ``root`` is where to write until it is whole: a place
    beside the folder where that is not there yet. ``made`` are folders that were made for it,
    the innermost first."""

    folder: Path
    root: Path
    lock: Lock
    made: tuple[Path, ...] = ()

    @property
    def is_staged(self) -> bool:
        return self.root != self.folder

    def move_to_place(self) -> None:
        """Have the folder appear, all at once."""
        if self.is_staged:
            os.rename(self.root, self.folder)
            self.root = self.folder

    def release(self) -> None:
        """Let others have the folder; of one that never appeared, nothing is left."""
        if self.is_staged:
            _remove(self.root, ignore_errors=True)
            for folder in self.made:
                with contextlib.suppress(OSError):  # others may use it by now
                    folder.rmdir()
        self.lock.release()


def claim(folder: Path, journal: Path | None, waiting: Callable[[], None]) -> Claim:
    """Keep other builds away from a folder. ``journal`` is the journal's, which must not be
    touched; ``waiting`` is called where another build has the folder, whose end is waited for.

    Raises OutputRefused where the folder is none to write to.
    """
    _refuse_links(folder, journal)
    _refuse_sources(folder, journal)
    made: list[Path] = []

    def take() -> Claim | None:
        return _claim_whole(folder) if os.path.lexists(folder) else _claim_beside(folder, made)

    return wait_for(take, waiting)


def _claim_whole(folder: Path) -> Claim | None:
    if not folder.is_dir():
        raise OutputRefused(f"`{folder}` is not a folder: choose another with `-o`.")
    held = lock(folder)
    return Claim(folder, folder, held) if held is not None else None


def _claim_beside(folder: Path, made: list[Path]) -> Claim | None:
    place = folder.with_name(f".{folder.name}{TEMPORARY}")
    if place.is_symlink() or (place.exists() and not place.is_dir()):
        raise OutputRefused(f"`{place}` is in the way: remove it.")
    made.extend(up for up in place.parents if not up.exists())
    place.mkdir(parents=True, exist_ok=True)
    held = lock(place)
    if held is None:
        return None
    _empty(place)
    if os.path.lexists(folder):  # by a build that ended just now
        place.rmdir()
        return None
    return Claim(folder, place, held, tuple(made))


def _remove(folder: str | Path, *, ignore_errors: bool = False) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=ignore_errors)


def _empty(folder: Path) -> None:
    """Remove what a build that died left in a folder; the folder itself is locked."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                _remove(entry.path)
            else:
                os.unlink(entry.path)


def _refuse_links(folder: Path, journal: Path | None) -> None:
    """Refuse a folder that is a link, or that is reached through one in the journal: who may
    change a journal's files does not choose where a build writes."""
    place = folder.absolute()
    home = journal.resolve() if journal is not None else None
    for path in (place, *place.parents):
        is_ours = path == place or (home is not None and path.parent.resolve().is_relative_to(home))
        if is_ours and path.is_symlink():
            raise OutputRefused(
                f"`{folder}` is reached through the symbolic link `{path.name}`, which is not "
                "followed: name the folder that it stands for with `-o`."
            )


def _refuse_sources(folder: Path, journal: Path | None) -> None:
    """Refuse a folder in which pages would stand among a journal's own files."""
    place = folder.resolve()
    homes = [up for up in place.parents if (up / CONFIG).is_file()]
    if journal is not None:
        homes.append(journal.resolve())
        if homes[-1].is_relative_to(place):
            raise OutputRefused(f"`{folder}` holds the journal itself: choose a folder inside it.")
    for home in homes:
        if place.is_relative_to(home) and place.relative_to(home).parts[0].casefold() in _SOURCES:
            message = f"`{folder}` lies among the journal's files: choose another with `-o`."
            raise OutputRefused(message)
