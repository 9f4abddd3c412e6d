"""A tree of files to a journal and its problems."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import NamedTuple

from site_builder.checks.company_is_person import named_as_companies
from site_builder.files.tree import CONFIG, MAX_BYTES, Tree, TreeFile
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.journal.schema import Schema
from site_builder.load import workers
from site_builder.load.listing import Found, Listed, is_ours, is_plain
from site_builder.load.loaded import Loaded
from site_builder.load.preparing import Prepared, prepare
from site_builder.load.reading import (
    Keep,
    ReadFile,
    brief,
    brief_decoder,
    brief_encoder,
    decoder,
    encoder,
)
from site_builder.problems.problem import Problem, by_place
from site_builder.source.document import decode

_WORTH_A_PROCESS = 1_000
_RUN = 100


def load(
    tree: Tree,
    clock: Callable[[], dt.date],
    today: dt.date | None = None,
    only_check: bool = False,
    keep: Keep = Keep.NOTHING,
    files: Sequence[TreeFile] | None = None,
) -> Loaded:
    """Read, parse and check a whole tree.

    ``today`` is the day that was asked for; without it, `as-of` of pipeline.yml counts,
    then ``clock()``: a day or, so that a `time-zone` can place it, a moment. With ``only_check``
    the problems are all there is to trust: of deals and contacts the journal has the gist.
    ``keep`` says what is found for the next run. ``files`` are those of the tree, where they have
    been listed. Raises NoJournal where there is no pipeline.yml.
    """
    ready = prepare(tree, clock, today, keep, files)
    return loaded_of(ready, read_files(ready, ready.listed.found, only_check), only_check)


def loaded_of(
    ready: Prepared,
    files: Sequence[ReadFile],
    only_check: bool = False,
) -> Loaded:
    """All that the files of a tree say: see ``load``."""
    digests = {file.path: file.digest for file in files if file.digest}
    if ready.config:
        digests[CONFIG] = ready.config
    problems = [*ready.problems, *(problem for file in files for problem in file.problems)]
    every = journal_of(ready.schema, [f.subject for f in files]) if ready.schema else None
    if every is not None and only_check:
        every = _with_places(every, ready)
    whole = without_gaps(every) if every is not None else None
    shown = {subject.path for subject in whole.subjects} if whole else set[str]()
    read = {file.path for file in ready.listed.found}
    made = loaded_with(ready, Held(every, whole, read, shown), problems)
    is_kept = ready.reading.keep is Keep.ALL and is_plain(ready.listed)
    return replace(made, digests=digests, files=tuple(files) if is_kept else ())


class Held(NamedTuple):
    """The journal of ``every`` file that could be understood, and ``whole``, without those with
    gaps; the paths of all files that were ``read``, and of what is ``shown`` of them."""

    every: Journal | None
    whole: Journal | None
    read: Container[str]
    shown: Container[str]


def loaded_with(
    ready: Prepared,
    held: Held,
    problems: Iterable[Problem],
    known_of_all: tuple[Problem, ...] | None = None,
) -> Loaded:
    """All that files say of which a journal was made, with the problems of each for itself, but for
    what is found for the next run: see ``loaded_of``. ``known_of_all`` is what is wrong with them
    together, where that is known."""
    of_all: tuple[Problem, ...] = known_of_all or ()
    if held.every is not None and known_of_all is None:
        are_all_read = _are_all_read(ready.listed, held.every)
        of_all = tuple(ready.rules.of_all(held.every, are_all_read))
    placed = by_place([*problems, *of_all])
    return Loaded(
        held.whole,
        placed,
        sources_of(ready, placed, held.read),
        ready.day.date,
        () if held.whole is None else left_out(held.shown, placed),
        ready.day.begun,
        ready.days,
        of_all=of_all,
    )


def read_files(ready: Prepared, found: Sequence[Found], only_check: bool = False) -> list[ReadFile]:
    """What some files say, read in as many processes as are worth it."""
    reading, codec, schema = ready.reading, ready.reading.codec, ready.schema
    if codec is None or schema is None:
        return reading(found)
    runs = [found[at : at + _RUN] for at in range(0, len(found), _RUN)]
    shares = workers.share_of(len(found), _WORTH_A_PROCESS)
    if only_check:
        encode, decode = brief_encoder(codec), brief_decoder(codec, schema)
        parts = workers.gather(runs, reading, shares, encode, decode, brief)
    else:
        parts = workers.gather(runs, reading, shares, encoder(codec), decoder(codec))
    return [file for part in parts for file in part]


def journal_of(schema: Schema, subjects: Iterable[Deal | Contact | None]) -> Journal:
    """A journal of these, sorted by id; those with gaps are in it."""
    deals: list[Deal] = []
    contacts: list[Contact] = []
    for one in subjects:
        if isinstance(one, Deal):
            deals.append(one)
        elif one is not None:
            contacts.append(one)
    by_id = attrgetter("id")
    return Journal(schema, tuple(sorted(deals, key=by_id)), tuple(sorted(contacts, key=by_id)))


def without_gaps(journal: Journal) -> Journal:
    """What views see of it."""
    deals = tuple([d for d in journal.deals if not d.gaps])
    contacts = tuple([c for c in journal.contacts if not c.gaps])
    if len(deals) == len(journal.deals) and len(contacts) == len(journal.contacts):
        return journal
    return Journal(journal.schema, deals, contacts)


def left_out(shown: Container[str], problems: tuple[Problem, ...]) -> tuple[str, ...]:
    """The files of deals and contacts with a problem, and not among those that are shown."""
    troubled = {problem.span.path for problem in problems}
    return tuple(sorted(p for p in troubled if p not in shown and is_ours(p)))


def sources_of(
    ready: Prepared, problems: tuple[Problem, ...], read: Container[str]
) -> dict[str, str]:
    """The texts of the files with problems, of those that were read at all: whatever else
    lies in the journal is not shown."""
    return dict(_sources(ready.tree, problems, read))


def _are_all_read(listed: Listed, journal: Journal) -> bool:
    """Whether the notes of all files are there."""
    if not is_plain(listed):
        return False
    subjects = tuple(journal.subjects)
    return len(subjects) == len(listed.found) and not [s for s in subjects if s.lacks_notes]


def _with_places(journal: Journal, ready: Prepared) -> Journal:
    """The journal with all of the few deals and contacts that a rule of all points into: a gist
    lacks most places."""
    named = [named_by[0] for _, named_by in named_as_companies(journal)]
    paths = {subject.path for subject in named if "company" not in subject.spans}
    if not paths:
        return journal
    whole = ready.reading([file for file in ready.listed.found if file.path in paths])
    subjects = {file.path: file.subject for file in whole}
    return journal_of(journal.schema, [subjects.get(s.path, s) for s in journal.subjects])


def _sources(
    tree: Tree, problems: tuple[Problem, ...], read: Container[str]
) -> Iterator[tuple[str, str]]:
    for path in sorted({problem.span.path for problem in problems}):
        if path != CONFIG and path not in read:
            continue
        try:
            text = decode(path, tree.read(path, MAX_BYTES + 1), lambda _problem: None)
        except (OSError, KeyError):
            continue
        if text is not None:
            yield path, text
