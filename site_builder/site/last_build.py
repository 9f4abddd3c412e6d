"""What was built into a folder the last time, and whether it is still there."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from site_builder.files.cache import Cache
from site_builder.files.stamps import Stamp, is_fresh, stamps_below
from site_builder.site.for_hosts import FOR_HOSTS
from site_builder.site.manifest import MANIFEST
from site_builder.site.output import ASSETS, IGNORED

_CUT = 16

Shown = Mapping[str, bytes]
"""The digests of what pages of the whole journal show, by their paths."""


class LastBuild(NamedTuple):
    """What was kept of the last build into a folder: the state of the journal that it was made
    of, and of its own templates; the stamps of all files in the folder, with the digests of those
    whose stamps can't be trusted yet; what the pages of the whole journal show; and the state of
    what git had recorded."""

    state: bytes
    templates: bytes
    stamps: Mapping[str, Stamp]
    fresh: Mapping[str, bytes]
    shown: Shown
    recorded: str = ""

    @property
    def assets(self) -> frozenset[str]:
        """The paths of all files that are no pages."""
        return frozenset(p for p in self.stamps if p.startswith(f"{ASSETS}/") or p in FOR_HOSTS)

    @property
    def pages(self) -> frozenset[str]:
        """The paths of the pages."""
        return frozenset(self.stamps.keys() - self.assets - {MANIFEST})

    def is_there(self, folder: Path) -> bool:
        """Whether the folder holds what was built, and nothing else."""
        return self.stamps == _stamps(folder) and all(
            _digest(folder / path) == digest for path, digest in self.fresh.items()
        )


def keep(
    cache: Cache, folder: Path, state: bytes, templates: bytes, shown: Shown, recorded: str = ""
) -> None:
    """Keep for the next run what has just been built into a folder."""
    moment = time.time_ns()
    stamps = _stamps(folder)
    fresh = [path for path, stamp in stamps.items() if is_fresh(stamp, moment)]
    digests = {path: _digest(folder / path) for path in fresh}
    there = {path: digest for path, digest in shown.items() if path in stamps}
    cache.write(kept_as(folder), (state, templates, stamps, digests, there, recorded))


def kept(cache: Cache, folder: Path) -> LastBuild | None:
    """What was kept of the last build into a folder."""
    row: Any = cache.read(kept_as(folder))
    return None if row is None else LastBuild(*row)


def digest_of_templates(folder: Path | None) -> bytes:
    """Changes with anything in a journal's own folder of templates."""
    digest = sha256()
    for at, folders, names in os.walk(folder) if folder else ():
        folders.sort()
        for name in sorted(names):
            place = Path(at, name)
            is_file = place.is_file() and not place.is_symlink()
            said = _digest(place) if is_file else b""
            digest.update(repr((os.fspath(place), is_file, said)).encode("utf-8", "replace"))
    return digest.digest()


def _stamps(folder: Path) -> dict[str, Stamp]:
    found = stamps_below(os.fspath(folder))
    for path in [path for path in found if path.rpartition("/")[2] in IGNORED]:
        if not (folder / path).is_symlink():
            del found[path]
    return found


def _digest(place: Path) -> bytes:
    try:
        return sha256(place.read_bytes()).digest()
    except OSError:
        return b""


def kept_as(folder: Path) -> str:
    """What the site in a folder is kept by."""
    return f"site-{sha256(os.fsencode(folder.resolve())).hexdigest()[:_CUT]}"
