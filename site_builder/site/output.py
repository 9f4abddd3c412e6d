"""The output folder: changed pages are written atomically, stale ones removed.

A folder that is not there yet appears all at once: it is written beside its place and
moved there in the end.

The folder's manifest lists every page that was written, so that nothing but these is ever
overwritten or removed, and a folder that holds anything else is refused. A page of an earlier
build that is no page any more is removed only if it is still what a build wrote. Pages stand
in the manifest before they are written, so a build that dies midway leaves a folder from
which the next one goes on.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from site_builder.files import whole_files
from site_builder.files.whole_files import TEMPORARY as _TEMPORARY
from site_builder.site.claim import Claim, OutputRefused, claim
from site_builder.site.manifest import (
    MANIFEST,
    Digests,
    Manifest,
    digest_of,
    is_of_audience,
    parsed,
)

_NAMED = 5
ASSETS = "assets"
"""The folder of all that is no page."""
IGNORED = frozenset({".DS_Store", "Thumbs.db"})


@dataclass(frozen=True, slots=True)
class Written:
    """How many pages a build wrote, found unchanged, and removed."""

    changed: int
    unchanged: int
    pruned: int


class Output:
    """A folder of pages: ``claim`` it, ``begin`` once, ``write`` each page, ``finish`` once,
    and ``release`` it, whatever happened."""

    def __init__(self, folder: Path, journal: Path | None = None) -> None:
        """``journal`` is the journal's folder, which the output must not touch."""
        self._folder = folder
        self._journal = journal
        self._root = os.fspath(folder)
        self._old: dict[str, Digests] = {}
        self._new: frozenset[str] = frozenset()
        self._there: frozenset[str] = frozenset()
        self._claim: Claim | None = None
        self._removed = 0
        self._is_of_audience = False
        self._manifest = Manifest(self._root)

    def claim(self, waiting: Callable[[], None] = lambda: None) -> None:
        """Keep other builds away from the folder until ``release``, or the process's end.

        ``waiting`` is called where another has it, whose end is waited for. Raises
        OutputRefused where the folder is not ours to write to.
        """
        self._claim = claim(self._folder, self._journal, waiting)
        self._root = os.fspath(self._claim.root)

    def release(self) -> None:
        """Let others have the folder; where nothing came of it, nothing is left of it."""
        self._manifest.close()
        if self._claim is not None:
            self._claim.release()
        self._claim = None

    def begin(self, paths: Sequence[str], *, is_apart: bool = False) -> None:
        """Claim the folder for these pages, given with ``/`` relative to it.

        Where the readers of others may not be theirs, they are ``is_apart``: of a folder that holds
        any others nothing is left, before anything is written, and no others are written to theirs.
        Raises OutputRefused, before anything is changed, if the folder is not ours to write to,
        and ValueError for paths that cannot be pages.
        """
        _check_paths(paths)
        if self._claim is None:
            self.claim()
        _refuse_within_audience(self._folder)
        self._old = self._read_manifest()
        self._new = frozenset(paths)
        files = frozenset(self._files())
        self._there = files & self._old.keys()
        if not is_apart:
            self._refuse_audience()
        self._refuse_changed(sorted(self._there - self._new))
        self._remove_leftovers(files)
        self._there -= self._remove_other_cases(self._there)
        if is_apart and not self._there <= self._new:
            self._removed = len(self._there - self._new)
            self._remove(self._there)
            self._there = frozenset()
        for folder in sorted(_folders(paths)):
            os.makedirs(self._at(folder), exist_ok=True)
        self._manifest = Manifest(self._root, is_apart=is_apart)
        self._manifest.begin(self._with_digests())

    def write(self, path: str, data: bytes) -> bool:
        """Write a page that ``begin`` was told of; False if it holds these bytes already.

        May be called in any process forked after ``begin``, so the caller counts.
        """
        if path not in self._new:
            raise ValueError(f"unannounced page: {path!r}")
        target = self._at(path)
        if path in self._there and whole_files.holds(target, data):
            return False
        self._manifest.add(path, data)
        if self._claim is not None and self._claim.is_staged:
            whole_files.write_fresh(target, data)
        else:
            whole_files.replace(target, data)
        return True

    def finish(self, changed: int) -> Written:
        """Remove the pages of earlier builds that are gone.

        ``changed`` is how many writes, in all processes, changed a page.
        """
        gone = [path for path in sorted(self._there - self._new) if self._is_ours(path)]
        self._remove(gone)
        self._manifest.finish(self._new)
        if self._claim is not None:
            self._claim.move_to_place()
            self._root = os.fspath(self._folder)
        return Written(changed, len(self._new) - changed, len(gone) + self._removed)

    def _remove(self, paths: Iterable[str]) -> None:
        gone = list(paths)
        for path in gone:
            Path(self._at(path)).unlink()
        self._remove_folders(gone)

    def _at(self, path: str) -> str:
        return f"{self._root}/{path}"

    def _read_manifest(self) -> dict[str, Digests]:
        place = self._folder / MANIFEST
        if place.is_symlink() or not place.is_file():
            return {}
        try:
            data = place.read_bytes()
            pages, self._is_of_audience = parsed(data), is_of_audience(data)
            _check_each(pages)
        except ValueError as error:
            raise OutputRefused(
                f"`{place}` is damaged ({error}), so it does not say what builds wrote: choose "
                f"another folder with `-o`, or move away from `{self._folder}` what is yours, "
                "remove the rest, and build again."
            ) from None
        return pages

    def _with_digests(self) -> dict[str, Digests]:
        """The old pages that are there, as builds wrote them: where an older version did not
        tell, as they are."""
        return {path: self._old[path] or (digest_of(self._at(path)),) for path in self._there}

    def _is_ours(self, path: str) -> bool:
        """Whether an old page is there, and is what a build wrote."""
        try:
            return digest_of(self._at(path)) in self._old[path]
        except FileNotFoundError:
            return False

    def _refuse_audience(self) -> None:
        """Keep the whole journal from those who read what an audience is shown."""
        if self._there and self._is_of_audience:
            raise OutputRefused(
                f"`{self._folder}` holds what an audience is shown, and those who read that may "
                "not be meant to read the whole journal. Choose another folder with `-o`, or "
                "move this away."
            )

    def _refuse_changed(self, gone: Sequence[str]) -> None:
        """Refuse the folder where what is no page any more is not what a build wrote."""
        foreign = list(islice((path for path in gone if not self._is_ours(path)), _NAMED + 1))
        if not foreign:
            return
        if not any(self._old[path] for path in foreign):
            raise OutputRefused(
                f"`{self._folder}` was built by an older dealog, which kept no record of what it "
                f"wrote, and has pages that are gone since: {_listed(foreign)}. Move away what is "
                "yours, remove the rest, and build again."
            )
        raise OutputRefused(
            f"`{self._folder}` holds files in place of pages that are gone, which are not "
            f"known to be what a build wrote: {_listed(foreign)}. Move away what is yours, "
            "remove the rest, and build again."
        )

    def _files(self) -> list[str]:
        """The files in the folder that are ours; refuses it if there is anything else."""
        foreign: list[str] = []
        ours = [path for path in self._walk(foreign) if path != MANIFEST]
        if foreign:
            raise OutputRefused(self._refusal(foreign))
        return ours

    def _walk(self, foreign: list[str]) -> Iterator[str]:
        """Yield our files; note down foreign entries, and stop when there are enough."""
        for path, is_file in _entries(self._root, self._new | {MANIFEST}):
            if is_file and (_page_of(path) == MANIFEST or _page_of(path) in self._old):
                yield path
            else:
                foreign.append(path)
                if len(foreign) > _NAMED:
                    return

    def _refusal(self, foreign: list[str]) -> str:
        sites = sorted(manifest.parent.name for manifest in self._folder.glob(f"*/{MANIFEST}"))
        what = f"sites in folders of their own: {_listed(sites)}"
        if not sites:
            what = f"what no build wrote: {_listed(foreign)}"
        return f"`{self._folder}` holds {what}. Choose another folder with `-o`, or move this away."

    def _remove_leftovers(self, files: frozenset[str]) -> None:
        for path in files:
            if path.endswith(_TEMPORARY):
                Path(self._at(path)).unlink(missing_ok=True)

    def _remove_other_cases(self, ours: frozenset[str]) -> frozenset[str]:
        """Remove pages that are named as new ones but for the case, which on many systems are
        one and the same, before the new ones are written."""
        named = {path.casefold() for path in self._new}
        others = frozenset(path for path in ours - self._new if path.casefold() in named)
        for path in others:
            Path(self._at(path)).unlink(missing_ok=True)
        return others

    def _remove_folders(self, gone: Iterable[str]) -> None:
        for folder in sorted(_folders(gone) - _folders(self._new), reverse=True):
            if os.path.isdir(self._at(folder)) and not os.listdir(self._at(folder)):
                os.rmdir(self._at(folder))


def _refuse_within_audience(folder: Path) -> None:
    """Keep other sites out of the folder of an audience's site: all that is in it is published."""
    for up in folder.resolve().parents:
        place = up / MANIFEST
        if place.is_file() and is_of_audience(place.read_bytes()):
            raise OutputRefused(
                f"`{folder}` lies within `{up}`, which holds what an audience is shown: those who "
                "read that may not be meant to read this. Choose another folder with `-o`."
            )


def _listed(paths: Sequence[str]) -> str:
    names = ", ".join(f"`{path}`" for path in paths[:_NAMED])
    return names + (" and more" if len(paths) > _NAMED else "")


def _check_paths(paths: Sequence[str]) -> None:
    _check_each(paths)
    seen: set[str] = set()
    for path in paths:
        if path.casefold() in seen:
            raise ValueError(f"two pages at one path, ignoring case: {path!r}")
        seen.add(path.casefold())


def _check_each(paths: Iterable[str]) -> None:
    for path in paths:
        parts = path.split("/")
        reserved = path == MANIFEST or path.endswith(_TEMPORARY)
        if reserved or "\\" in path or "\n" in path or not all(part.strip(".") for part in parts):
            raise ValueError(f"not a page path: {path!r}")


def _entries(root: str, files: Container[str], below: str = "") -> Iterator[tuple[str, bool]]:
    """All but folders under ``root``, sorted: its path, and whether it is a plain file. A
    folder in place of one of ``files`` is among them."""
    with os.scandir(f"{root}/{below}") as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        path = below + entry.name
        if entry.is_dir(follow_symlinks=False) and path not in files:
            yield from _entries(root, files, f"{path}/")
        elif entry.name not in IGNORED or entry.is_symlink():
            yield path, entry.is_file(follow_symlinks=False)


def _folders(paths: Iterable[str]) -> set[str]:
    """The folders that the pages stand in, and those around them."""
    found: set[str] = set()
    folders = {path.rpartition("/")[0] for path in paths}
    while folders:
        found |= folders
        folders = {folder.rpartition("/")[0] for folder in folders} - found
    return found - {""}


def _page_of(path: str) -> str:
    """The page that a file belongs to: itself, or that of which it is half-written."""
    if not path.endswith(_TEMPORARY):
        return path
    folder, _, name = path.rpartition("/")
    page = name.removeprefix(".").removesuffix(_TEMPORARY).rpartition(".")[0]
    return f"{folder}/{page}" if folder else page
