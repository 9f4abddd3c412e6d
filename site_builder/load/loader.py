"""A tree of files to a journal and its problems."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from hashlib import sha256
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from site_builder.checks.company_is_person import named_as_companies
from site_builder.files.memory import Memory
from site_builder.files.tree import CONFIG, FILE, MAX_BYTES, Tree, TreeFile
from site_builder.insights.topics import Topic, size_of, topics_of
from site_builder.journal import history
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.journal.recordings import Recordings
from site_builder.journal.schema import Schema
from site_builder.load import workers
from site_builder.load.codec import Codec
from site_builder.load.findings import Findings
from site_builder.load.listing import Found, Listed, is_ours, is_plain, journal_files
from site_builder.load.reading import (
    Keep,
    ReadFile,
    Reading,
    brief,
    brief_decoder,
    brief_encoder,
    bytes_of,
    decoder,
    encoder,
    ids_by_name,
)
from site_builder.load.rules import Rules
from site_builder.load.today import NO_DAYS, Days, Today, today_of
from site_builder.parse.asked import Asked, Ids
from site_builder.parse.pipeline_yml.schema import read_schema
from site_builder.parse.referents import Referents
from site_builder.problems.problem import Problem, by_place
from site_builder.source.document import decode
from site_builder.source.yaml_nodes import Report

if TYPE_CHECKING:
    from site_builder.files.git_objects import Commit

_WORTH_A_PROCESS = 1_000
_RUN = 100


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a tree says. ``journal`` is None where pipeline.yml could not be understood.

    ``sources`` are the texts of the files that problems stand in. ``left_out`` are the paths
    of deals and contacts that could not be understood and so are not in the journal. What is
    dated after ``begun`` does not hold yet: that is today, or tomorrow where it is that already
    for somebody. ``days`` says why. ``digests`` are SHA-256 of the files that were read. What
    each of these says is in ``files`` where it was to be kept, and in ``of_all`` what is wrong
    with them together. ``recorded`` is what git has recorded of it, where somebody asked, and
    ``revision`` the commit that it was read from, where it was read from one. ``memory`` has what
    is known from before of what follows from it.
    """

    journal: Journal | None
    problems: tuple[Problem, ...]
    sources: Mapping[str, str]
    today: dt.date
    left_out: tuple[str, ...] = ()
    begun: dt.date | None = None
    days: Days = NO_DAYS
    digests: Mapping[str, bytes] = field(default_factory=dict)
    files: tuple[ReadFile, ...] = ()
    of_all: tuple[Problem, ...] = ()
    kept_topics: frozenset[Topic] | None = None
    recorded: Recordings | None = None
    revision: Commit | None = None
    memory: Memory = field(default_factory=Memory, compare=False)

    @property
    def topics(self) -> frozenset[Topic]:
        """What the journal records: of the whole, where only a part of it is here."""
        if self.kept_topics is not None:
            return self.kept_topics
        if self.journal is None:
            return frozenset()
        return topics_of(self.journal.subjects) | size_of(len(self.journal.deals))

    @property
    def findings(self) -> Findings:
        """What commands tell of it."""
        if self.journal is None:
            return Findings(self.problems, self.sources, self.today)
        deals, contacts = len(self.journal.deals), len(self.journal.contacts)
        repository = self.journal.schema.repository
        return Findings(self.problems, self.sources, self.today, deals, contacts, repository)

    @property
    def seen(self) -> Journal | None:
        """The journal as it stands today: nothing later is in it."""
        return history.as_of(self.journal, self.begun or self.today) if self.journal else None


class NoJournal(Exception):
    """The tree has no pipeline.yml, so it is no journal."""


class Prepared(NamedTuple):
    """All that is known before deals and contacts are read: which there are, and what their names
    have for ``problems``; the schema; the day; and what reads them."""

    tree: Tree
    listed: Listed
    problems: list[Problem]
    schema: Schema | None
    days: Days
    day: Today
    rules: Rules
    reading: Reading
    config: bytes


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


def prepare(
    tree: Tree,
    clock: Callable[[], dt.date],
    today: dt.date | None,
    keep: Keep,
    files: Sequence[TreeFile] | None = None,
    like: Prepared | None = None,
) -> Prepared:
    """All that has to be known before deals and contacts are read: see ``load``. It is the same day
    as for another journal that this one is ``like``, and where both have the same pipeline.yml they
    have one schema."""
    problems: list[Problem] = []
    files = tuple(tree.files()) if files is None else files
    listed = journal_files(files, problems)
    schema, config = _config(tree, files, problems.append)
    if schema and listed.unsure:
        schema = replace(schema, unsure=schema.unsure | listed.unsure)
    days = Days(today, schema.as_of, schema.time_zone) if schema else Days(today)
    day = like.day if like is not None else today_of(days, clock)
    if schema and schema.views:
        from site_builder.query.saved import sound

        schema = sound(schema, day.date, problems.append)
    if like is not None and schema == like.schema:
        schema = like.schema
    if schema and schema.audiences and not schema.unsure:
        from site_builder.audiences.where import misunderstood

        problems += misunderstood(schema, day.date)
    rules = Rules(day, is_asked=today is not None)
    codec = Codec(schema) if schema else None
    known = referents(tree, listed, schema, day) if schema else None
    reading = Reading(tree, known, rules, codec, keep)
    digest = sha256(config).digest() if keep and config is not None else b""
    return Prepared(tree, listed, problems, schema, days, day, rules, reading, digest)


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


def referents(tree: Tree, listed: Listed, schema: Schema, day: Today) -> Referents:
    """What files can refer to, of those that are listed."""
    asked, names = Asked(), cache(partial(ids_by_name, tree, listed.found))

    def called(folder: str) -> Mapping[str, str]:
        asked.by_name = True
        return names(folder)

    contacts, deals = Ids(listed.ids("contacts"), asked), Ids(listed.ids("deals"), asked)
    return Referents(schema, contacts, deals, day.begun, called, asked)


def read_config(tree: Tree, report: Report) -> tuple[Schema | None, str]:
    """The schema of a tree, and the text it was read from.

    Raises NoJournal where there is no pipeline.yml.
    """
    schema, data = _config(tree, tree.files(), report)
    text = decode(CONFIG, data, lambda _problem: None) if data is not None else None
    return schema, text or ""


def _config(
    tree: Tree, files: Iterable[TreeFile], report: Report
) -> tuple[Schema | None, bytes | None]:
    config = next((file for file in files if file.path == CONFIG), None)
    if config is None:
        raise NoJournal
    data = bytes_of(tree, CONFIG, report) if config.kind == FILE else None
    text = decode(CONFIG, data, report) if data is not None else None
    return (None if text is None else read_schema(CONFIG, text, report)), data


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
