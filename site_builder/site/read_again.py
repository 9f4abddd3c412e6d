"""Which files of a site in memory are read again after some changed, came or went, and what they
say then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from site_builder.load.listing import Found, is_plain
from site_builder.load.loader import read_files
from site_builder.load.preparing import Prepared
from site_builder.load.reading import ReadFile
from site_builder.load.relisted import is_there, relisted
from site_builder.load.reload import asking, to_read
from site_builder.site.held_files import HeldFiles, Touched

Prepare = Callable[[], Prepared]
"""Lists all files that there are now."""


class Listed(NamedTuple):
    """What is known of the files of a journal before they are read, and by their paths which there
    are."""

    ready: Prepared
    found: Mapping[str, Found]

    @classmethod
    def of(cls, ready: Prepared) -> Listed:
        return cls(ready, {file.path: file for file in ready.listed.found})


class ReadAgain(NamedTuple):
    """What files said and say, and what is known of all of them now. Where some came or went it
    ``is_sure`` that no others did if all were listed."""

    touched: Touched
    listed: Listed
    is_sure: bool = True


def read_again(
    paths: frozenset[str], held: HeldFiles, listed: Listed, prepare: Prepare
) -> ReadAgain | None:
    """Read files that may have changed, come or gone; None where other files may be touched than
    those that these name. Raises what listing does."""
    files = held.by_path
    if listed.ready.schema is None or held.is_by_name:
        return None
    if paths - files.keys():
        return _come_and_gone(paths, held, listed, prepare)
    again = listed.ready.reading([listed.found[path] for path in sorted(paths)])
    if not all(file.digest for file in again):
        return _come_and_gone(paths, held, listed, prepare)
    if any(file.by_name for file in again):
        return None
    return ReadAgain([(files[file.path], file) for file in again], listed)


def _come_and_gone(
    paths: frozenset[str], held: HeldFiles, listed: Listed, prepare: Prepare
) -> ReadAgain | None:
    """The same where files may have come or gone."""
    few = _relisted(paths, held, listed)
    return few if few is not None else read_listed_again(paths, held, listed, prepare)


def read_listed_again(
    paths: frozenset[str], held: HeldFiles, listed: Listed, prepare: Prepare
) -> ReadAgain | None:
    """The same with all that there are now: of others, those are read again that asked for what has
    come or gone."""
    before, now = listed.ready, Listed.of(prepare())
    ready = now.ready
    if ready.schema is not before.schema or not all(
        is_plain(one.listed) for one in (before, ready)
    ):
        return None
    files = held.by_path
    digests = {path: file.digest for path, file in files.items() if path not in paths}
    read = read_files(ready, to_read(files, ready.listed.found, digests))
    if not all(file.digest and not file.by_name for file in read):
        return None
    gone = [_nothing_at(path) for path in sorted(files.keys() - now.found.keys())]
    return ReadAgain(_touched(files, (*gone, *read)), now)


def _relisted(paths: frozenset[str], held: HeldFiles, listed: Listed) -> ReadAgain | None:
    """The same where it is told which those are, so that no others need be listed before a page is
    shown; None where they have to be."""
    files = held.by_path
    there = {path for path in paths if is_there(listed.ready.tree, path)}
    come, gone = there - files.keys(), sorted((paths & files.keys()) - there)
    ready = relisted(listed.ready, come, gone)
    if ready is None:
        return None
    now = Listed.of(ready)
    again = there | asking(files, come, gone)
    read = ready.reading([now.found[path] for path in sorted(again)])
    if not all(file.digest and not file.by_name for file in read):
        return None
    return ReadAgain(_touched(files, (*map(_nothing_at, gone), *read)), now, is_sure=False)


def _touched(files: Mapping[str, ReadFile], read: Iterable[ReadFile]) -> Touched:
    return [(files.get(file.path, _nothing_at(file.path)), file) for file in read]


def _nothing_at(path: str) -> ReadFile:
    """A file that is not there."""
    return ReadFile(path, b"", ())
