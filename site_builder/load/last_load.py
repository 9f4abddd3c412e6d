"""What was found in a journal the last time, and whether that still holds.

A file is taken for what it was by its stamp. One that has another, or that may have been written
twice with the same one, is read and compared by its digest, also where it could not be read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from site_builder.files.cache import Cache
from site_builder.files.stamps import Stamp, is_fresh
from site_builder.files.tree import MAX_BYTES, Tree, TreeFile
from site_builder.load import findings
from site_builder.load.findings import Findings
from site_builder.load.today import Days, Today, today_of

NAME = "journal"


class Listing(NamedTuple):
    """The files of a folder at a ``moment``, in nanoseconds: the stamps of plain ones, and what
    else there is."""

    moment: int
    stamps: Mapping[str, Stamp]
    others: tuple[TreeFile, ...]


class LastLoad(NamedTuple):
    """What was kept of the last load of a journal. ``digests`` are of the files that were read;
    ``fresh`` are those whose stamps can't be trusted yet."""

    listing: Listing
    fresh: tuple[str, ...]
    days: Days
    today: Today
    digests: Mapping[str, bytes]
    found: Findings

    @property
    def state(self) -> bytes:
        """Changes with anything that a load depends on."""
        names = sorted(self.listing.stamps)
        said = names, [self.digests.get(name) for name in names], self.listing.others
        return sha256(repr((said, self.days, self.today)).encode("utf-8", "replace")).digest()


def listing_of(files: Sequence[TreeFile], moment: int) -> Listing | None:
    """The files of a tree that gives stamps, as they were found from a moment on; None where two
    names can't be told apart."""
    stamps = {file.path: file.stamp for file in files if file.stamp is not None}
    others = tuple(sorted(file for file in files if file.path not in stamps))
    return Listing(moment, stamps, others) if len(stamps) + len(others) == len(files) else None


def digest_of(tree: Tree, path: str) -> bytes:
    """The digest of what is read of a file; nothing where it can't be read."""
    try:
        return sha256(tree.read(path, MAX_BYTES + 1)).digest()
    except OSError:
        return b""


def unlike(
    last: LastLoad, now: Listing, tree: Tree, matters: Callable[[str], bool]
) -> list[str] | None:
    """The files of the same names that are not what they were; None where there are others. One
    that matters and has no digest could not be read."""
    before = last.listing
    if now.others != before.others or now.stamps.keys() != before.stamps.keys():
        return None
    doubtful = set(last.fresh)
    if now.stamps != before.stamps:
        doubtful.update(p for p, stamp in now.stamps.items() if before.stamps[p] != stamp)
    read = [path for path in sorted(doubtful) if path in last.digests or matters(path)]
    return [path for path in read if digest_of(tree, path) != last.digests.get(path, b"")]


def still_found(
    last: LastLoad,
    now: Listing,
    tree: Tree,
    asked: dt.date | None,
    clock: Callable[[], dt.date],
    matters: Callable[[str], bool],
) -> Findings | None:
    """What a load would find, if that is what the last one found."""
    days = last.days._replace(asked=asked)
    if days != last.days or today_of(days, clock) != last.today:
        return None
    return last.found if unlike(last, now, tree, matters) == [] else None


def fresh_in(listing: Listing) -> tuple[str, ...]:
    """The files whose stamps can't be trusted yet."""
    stamps, moment = listing.stamps, listing.moment
    return tuple([path for path, stamp in stamps.items() if is_fresh(stamp, moment)])


def digests_now(
    last: LastLoad, now: Listing, tree: Tree, matters: Callable[[str], bool]
) -> dict[str, bytes]:
    """The digests of the files that matter; those of files that are what they were are known."""
    before, known, fresh = last.listing.stamps, last.digests, frozenset(last.fresh)
    return {
        path: known[path]
        if path in known and path not in fresh and before.get(path) == stamp
        else digest_of(tree, path)
        for path, stamp in now.stamps.items()
        if matters(path)
    }


def keep(cache: Cache, last: LastLoad) -> None:
    """Keep it for the next run."""
    listing, days = last.listing, last.days
    row = (
        (listing.moment, dict(listing.stamps), [tuple(file) for file in listing.others]),
        list(last.fresh),
        (*map(_ordinal, days[:2]), days.time_zone),
        tuple(map(_ordinal, last.today)),
        dict(last.digests),
        findings.plain(last.found),
    )
    cache.write(NAME, row)


def kept(cache: Cache) -> LastLoad | None:
    """What was kept last."""
    row: Any = cache.read(NAME)
    if row is None:
        return None
    (moment, stamps, others), fresh, (asked, as_of, zone), today, digests, found = row
    return LastLoad(
        Listing(moment, stamps, tuple(TreeFile(*file) for file in others)),
        tuple(fresh),
        Days(_date(asked), _date(as_of), zone),
        Today(*map(dt.date.fromordinal, today)),
        digests,
        findings.from_plain(found),
    )


def _ordinal(day: dt.date | None) -> int:
    return day.toordinal() if day else 0


def _date(ordinal: int) -> dt.date | None:
    return dt.date.fromordinal(ordinal) if ordinal else None
