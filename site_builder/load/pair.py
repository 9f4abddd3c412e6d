"""Two trees of one journal, before a change and after it, to two journals. What both have is read
once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from site_builder.files.revision import WithConfig
from site_builder.files.tree import CONFIG, MAX_BYTES, Tree
from site_builder.load.last_load import digest_of
from site_builder.load.listing import is_ours, is_plain
from site_builder.load.loaded import Loaded
from site_builder.load.loader import loaded_of, read_files
from site_builder.load.preparing import NoJournal, Prepared, prepare
from site_builder.load.reading import Keep, ReadFile
from site_builder.load.reload import to_read


class Pair(NamedTuple):
    """A journal before a change and after it, both as of the day of the later one, each with all of
    its problems; None where there was none before. ``changed`` are the files of which the bytes are
    not the same, those that came or went among them. ``lent`` says that the pipeline.yml of one
    could not be understood, so that its files are read with that of the other."""

    before: Loaded | None
    after: Loaded
    changed: frozenset[str]
    lent_before: bool = False
    lent_after: bool = False


def load_pair(
    before: Tree, after: Tree, clock: Callable[[], dt.date], today: dt.date | None
) -> Pair:
    """Load both. Raises NoJournal where there is none after the change."""
    later = prepare(after, clock, today, Keep.ALL)
    try:
        earlier = prepare(before, clock, today, Keep.ALL, like=later)
    except NoJournal:
        made = _loaded(later, read_files(later, later.listed.found))
        return Pair(None, made, frozenset(made.digests))
    lent_after = later.schema is None and earlier.schema is not None
    lent_before = earlier.schema is None and later.schema is not None
    if lent_after:
        whole = prepare(_lent(before, after), clock, today, Keep.ALL)
        later = _with_faults(whole, later)
        earlier = prepare(before, clock, today, Keep.ALL, like=later)
    if lent_before:
        whole = prepare(_lent(after, before), clock, today, Keep.ALL, like=later)
        earlier = _with_faults(whole, earlier)
    files = read_files(later, later.listed.found)
    told = _loaded(earlier, _read_before(earlier, later, files)), _loaded(later, files)
    return Pair(*told, _changed(*told), lent_before, lent_after)


def _lent(owner: Tree, other: Tree) -> Tree:
    return WithConfig(other, CONFIG, owner.read(CONFIG, MAX_BYTES + 1))


def _with_faults(whole: Prepared, broken: Prepared) -> Prepared:
    """What can be read with another pipeline.yml, and what is wrong with the own one."""
    faults = [problem for problem in broken.problems if problem.span.path == CONFIG]
    others = [problem for problem in whole.problems if problem.span.path != CONFIG]
    return whole._replace(problems=[*faults, *others], tree=broken.tree, config=broken.config)


def _loaded(ready: Prepared, files: Sequence[ReadFile]) -> Loaded:
    # What each file says is in the journal; the bytes for another run are of no use.
    return replace(loaded_of(ready, files), files=())


def _read_before(
    earlier: Prepared, later: Prepared, files: Sequence[ReadFile]
) -> Sequence[ReadFile]:
    """What the files said before: read again where they, or what they ask of others, changed."""
    found = earlier.listed.found
    is_like = earlier.schema is later.schema and is_plain(later.listed) and is_plain(earlier.listed)
    if not is_like:
        return read_files(earlier, found)
    known = {file.path: file for file in files}
    digests = {file.path: digest_of(earlier.tree, file.path) for file in found}
    again = read_files(earlier, to_read(known, found, digests))
    read = {file.path: file for file in again}
    return [read.get(file.path) or known[file.path] for file in found]


def _changed(before: Loaded, after: Loaded) -> frozenset[str]:
    """The files of which the bytes are not the same; of those that can't be read nobody knows."""
    paths = {*before.digests, *after.digests}
    paths |= {p.span.path for p in (*before.problems, *after.problems) if is_ours(p.span.path)}
    was, now = before.digests, after.digests
    return frozenset(path for path in paths if path not in was or was.get(path) != now.get(path))
