"""A journal read again: the files that changed are, and those that others' names touch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from site_builder.files.tree import FOLDERS
from site_builder.insights.topics import Topics, size_of, topics_of
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.load.findings import Findings, problem_from
from site_builder.load.kept_files import KeptFile, PlainProblems
from site_builder.load.listing import Found, is_plain
from site_builder.load.loaded import Loaded
from site_builder.load.loader import journal_of, left_out, read_files, sources_of
from site_builder.load.preparing import Prepared
from site_builder.load.reading import ReadFile, gist_of
from site_builder.problems.problem import Problem, by_place

Subject = Deal | Contact


class Before(NamedTuple):
    """What was known of the files before, and how to get at a deal or contact of one. ``of_all``
    is what was wrong with them together."""

    files: Mapping[str, KeptFile]
    subject: Callable[[str], Subject | None]
    of_all: PlainProblems


@dataclass(frozen=True)
class Reloaded:
    """A journal of which some files were ``read`` and others are ``gone``, and the rest is as it
    was ``before``."""

    ready: Prepared
    before: Before
    read: Mapping[str, ReadFile]
    gone: frozenset[str]

    @property
    def paths(self) -> list[str]:
        """The files of all deals and contacts."""
        return [file.path for file in self.ready.listed.found]

    @property
    def are_as_before(self) -> bool:
        """Whether there are the same files, whatever they say."""
        return not self.gone and self.read.keys() <= self.before.files.keys()

    @property
    def touched(self) -> list[tuple[str, Subject | None, Subject | None]]:
        """The files of deals and contacts that are not what they were: what each was and is."""
        paths = sorted({*self.read, *self.gone})
        pairs = [(path, self.was(path), self.subject(path)) for path in paths]
        return [row for row in pairs if row[1] != row[2]]

    def was(self, path: str) -> Subject | None:
        """The deal or contact that a file held before."""
        return self.before.subject(path) if path in self.before.files else None

    def subject(self, path: str) -> Subject | None:
        """The deal or contact that a file holds."""
        if path in self.gone:
            return None
        return self.read[path].subject if path in self.read else self.before.subject(path)

    def journal(self, paths: Iterable[str]) -> Journal:
        """The journal of these files alone; those with gaps are in it."""
        assert self.ready.schema is not None
        return journal_of(self.ready.schema, map(self.subject, paths))


def reload(ready: Prepared, before: Before, digests: Mapping[str, bytes]) -> Reloaded | None:
    """Read what changed. ``digests`` are those that the files have now. None where everything
    has to be read: nobody knows which files are deals or contacts."""
    if ready.schema is None or not is_plain(ready.listed):
        return None
    read = read_files(ready, to_read(before.files, ready.listed.found, digests))
    gone = before.files.keys() - {file.path for file in ready.listed.found}
    return Reloaded(ready, before, {file.path: file for file in read}, frozenset(gone))


class Known(Protocol):
    """What is known of a file: its digest, and what it asked of ids and names."""

    @property
    def digest(self) -> bytes: ...
    @property
    def names(self) -> frozenset[str]: ...
    @property
    def sought(self) -> frozenset[str]: ...
    @property
    def wide(self) -> bool: ...
    @property
    def by_name(self) -> bool: ...


def to_read(
    known: Mapping[str, Known], found: Sequence[Found], digests: Mapping[str, bytes]
) -> list[Found]:
    """Which files say something else than is known, or may do so because of others. ``digests``
    are those that the files have."""
    files = {file.path: file for file in found}
    changed = {path for path in files if _is_changed(known.get(path), digests.get(path))}
    come, gone = files.keys() - known.keys(), known.keys() - files.keys()
    again = asking(known, come, gone) if changed or gone else set()
    return [files[path] for path in sorted(changed | again)]


def asking(known: Mapping[str, Known], come: Iterable[str], gone: Iterable[str]) -> set[str]:
    """The files that asked something of ids or names which may be told otherwise where some files
    have come and others are gone."""
    old, new = _names(gone), _names(come)
    come_names, went = new - old, old - new
    is_other = bool(come_names or went)
    ids = frozenset(name.partition("/")[2] for name in come_names | went)
    gone = frozenset(gone)
    return {
        path
        for path, file in known.items()
        if path not in gone
        and (
            file.by_name
            or (is_other and file.wide)
            or not ids.isdisjoint(file.sought)
            or not went.isdisjoint(file.names)
        )
    }


class Told(NamedTuple):
    """What there is to say of a journal that was read again. ``loaded`` has nothing of the
    journal."""

    loaded: Loaded
    findings: Findings


def told(again: Reloaded) -> Told:
    """What there is to say of a journal that was read again."""
    ready = again.ready
    kept = {p: f for p, f in again.before.files.items() if p not in again.gone}
    problems = list(ready.problems)
    for path, file in kept.items():
        if file.problems and path not in again.read:
            problems.extend(map(problem_from, file.problems))
    for read in again.read.values():
        problems.extend(read.problems)
    of_all = _of_all(again)
    placed = by_place([*problems, *of_all])
    shown = {path for path, file in kept.items() if file.shown and path not in again.read}
    shown |= {p for p, f in again.read.items() if f.subject and not f.subject.gaps}
    deals = sum(path.startswith("deals/") for path in shown)
    made = Loaded(
        None,
        placed,
        sources_of(ready, placed, frozenset(again.paths)),
        ready.day.date,
        left_out(shown, placed),
        ready.day.begun,
        ready.days,
        of_all=of_all,
        kept_topics=_topics([f for p, f in kept.items() if p not in again.read], again)
        | size_of(deals),
    )
    schema = ready.schema
    counts = deals, len(shown) - deals, schema.repository if schema else None
    return Told(made, Findings(placed, made.sources, made.today, *counts))


def _topics(kept: Iterable[KeptFile], again: Reloaded) -> Topics:
    """What the journal records, from what is kept of each file and from those that were read."""
    read = [file.subject for file in again.read.values()]
    told = topics_of(subject for subject in read if subject and not subject.gaps)
    return told.union(topic for file in kept for topic in file.topics)


def _is_changed(before: Known | None, digest: bytes | None) -> bool:
    return before is None or not digest or before.digest != digest


def _names(paths: Iterable[str]) -> frozenset[str]:
    """The names of deals and contacts, by the paths of their files."""
    return frozenset(name_at(path) for path in paths)


def name_at(path: str) -> str:
    """The name of the deal or contact that a file holds: ``deals/acme``."""
    folder = path.partition("/")[0]
    assert folder in FOLDERS
    return f"{folder}/{path.rpartition('/')[2].rpartition('.')[0]}"


def _of_all(again: Reloaded) -> tuple[Problem, ...]:
    """What is wrong with all files together: as before, where nothing that matters changed. A file
    that came or went matters though nothing is in it: what others lack may be meant to be."""
    if again.are_as_before and all(_told(was) == _told(now) for _, was, now in again.touched):
        return tuple(map(problem_from, again.before.of_all))
    journal = again.journal(again.paths)
    subjects = journal.subjects
    are_all_read = len(subjects) == len(again.paths) and not any(s.lacks_notes for s in subjects)
    return tuple(again.ready.rules.of_all(journal, are_all_read))


def _told(subject: Subject | None) -> object:
    """All of a deal or contact that rules of all look at."""
    place = subject.spans.get("company") if subject and subject.company else None
    return gist_of(subject), place
