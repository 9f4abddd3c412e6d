"""A tree of files to a journal and its problems."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from hashlib import sha256
from itertools import islice
from operator import attrgetter
from typing import NamedTuple

from site_builder.checks import OF_ALL, OF_ONE, OF_THE_CLOCK, gist
from site_builder.checks.company_is_person import named_as_companies
from site_builder.files.tree import CONFIG, FILE, MAX_BYTES, Tree, TreeFile
from site_builder.journal import history
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.journal.schema import Schema
from site_builder.load import codec, workers
from site_builder.load.findings import Findings
from site_builder.load.listing import Found, Listed, is_ours, journal_files, not_read
from site_builder.load.today import NO_DAYS, Days, Today, today_of
from site_builder.markup import bounds
from site_builder.parse.parse import parse_contact, parse_deal
from site_builder.parse.pipeline_yml.schema import read_schema
from site_builder.parse.references import Referents
from site_builder.problems.patterns import late
from site_builder.problems.problem import Problem, Span, by_place
from site_builder.source.document import Document, decode, read_document
from site_builder.source.yaml_nodes import Report

_WORTH_A_PROCESS = 1_000
_RUN = 100
Digests = dict[str, bytes]
_RULED = frozenset({"pipelines", "rungs", "kinds", "as-of"})
_FOLLOWING = {
    "team": ("unknown-person",),
    "pipelines": ("unknown-stage", "unknown-pipeline", "unknown-step"),
    "kinds": ("unknown-kind",),
    "rungs": ("unknown-kind",),
    "contacts": ("unknown-contact", "unknown-link", "referral-by-name"),
    "deals": ("unknown-deal", "unknown-link"),
}
_NAME = late(r"^(?:name|title|email): +(.+)$", re.MULTILINE)
_FRONT = 4096


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a tree says. ``journal`` is None where pipeline.yml could not be understood.

    ``sources`` are the texts of the files that problems stand in. ``left_out`` are the paths
    of deals and contacts that could not be understood and so are not in the journal. What is
    dated after ``begun`` does not hold yet: that is today, or tomorrow where it is that already
    for somebody. ``days`` says why. ``digests`` are SHA-256 of the files that were read.
    """

    journal: Journal | None
    problems: tuple[Problem, ...]
    sources: Mapping[str, str]
    today: dt.date
    left_out: tuple[str, ...] = ()
    begun: dt.date | None = None
    days: Days = NO_DAYS
    digests: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def findings(self) -> Findings:
        """What commands tell of it."""
        if self.journal is None:
            return Findings(self.problems, self.sources, self.today)
        return Findings(
            self.problems,
            self.sources,
            self.today,
            len(self.journal.deals),
            len(self.journal.contacts),
            self.journal.schema.repository,
        )

    @property
    def seen(self) -> Journal | None:
        """The journal as it stands today: nothing later is in it."""
        return history.as_of(self.journal, self.begun or self.today) if self.journal else None


class NoJournal(Exception):
    """The tree has no pipeline.yml, so it is no journal."""


def load(
    tree: Tree,
    clock: Callable[[], dt.date],
    today: dt.date | None = None,
    only_check: bool = False,
) -> Loaded:
    """Read, parse and check a whole tree.

    ``today`` is the day that was asked for; without it, `as-of` of pipeline.yml counts,
    then ``clock()``: a day or, so that a `time-zone` can place it, a moment. With ``only_check``
    the problems are all there is to trust: of some deals and contacts the journal has the gist.
    Raises NoJournal where there is no pipeline.yml.
    """
    problems: list[Problem] = []
    files = tuple(tree.files())
    listed = journal_files(files, problems)
    digests: Digests = {}
    schema, _ = _config(tree, files, problems.append, digests)
    if schema and listed.unsure:
        schema = replace(schema, unsure=schema.unsure | listed.unsure)
    days = _days(today, schema)
    day = today_of(days, clock)
    rules = _Rules(day, is_asked=today is not None)
    journal = _journal(tree, listed, schema, rules, problems, digests, only_check)
    if journal is not None:
        if _are_all_read(listed, journal):
            problems.extend(rules.of_all(journal))
        journal = _without_gaps(journal)
    placed = by_place(problems)
    missing = _left_out(journal, placed) if journal else ()
    read = {CONFIG, *(file.path for file in listed.found)}
    sources = dict(_sources(tree, placed, read))
    return Loaded(journal, placed, sources, day.date, missing, day.begun, days, digests)


def _days(asked: dt.date | None, schema: Schema | None) -> Days:
    return Days(asked, schema.as_of, schema.time_zone) if schema else Days(asked)


def _are_all_read(listed: Listed, journal: Journal) -> bool:
    """Whether the notes of all files are there: what a rule misses may stand in one that is
    not."""
    if listed.unsure or any(listed.meant.values()):
        return False
    subjects = tuple(journal.subjects)
    return len(subjects) == len(listed.found) and not [s for s in subjects if s.lacks_notes]


def _left_out(journal: Journal, problems: tuple[Problem, ...]) -> tuple[str, ...]:
    """The files of deals and contacts with a problem, and not in the journal."""
    shown = {subject.path for subject in journal.subjects}
    troubled = {problem.span.path for problem in problems} - shown
    return tuple(sorted(p for p in troubled if is_ours(p)))


@dataclass(frozen=True, slots=True)
class _Rules:
    """Asks the rules about a day. ``is_asked`` says that somebody named it for this once."""

    day: Today
    is_asked: bool

    @property
    def _begun(self) -> dt.date:
        """The last day that has begun: all have for one that was asked for."""
        return dt.date.max if self.is_asked else self.day.begun

    def _are_rungs_to_come(self, journal: Journal) -> bool:
        begun = self._begun
        return bool([note for note in journal.rung_notes if note.date > begun])

    def of_one(self, journal: Journal) -> Iterator[Problem]:
        """What is wrong with single deals and contacts."""
        if journal.schema.unsure & _RULED:
            return
        # That a note is dated after today is told, and all that could follow from it is not.
        held = history.without_later(journal, self._begun)
        for rule in OF_ONE:
            yield from rule(held, self.day.date)
        for clock_rule in OF_THE_CLOCK:
            yield from clock_rule(journal, self.day.date, self._begun)

    def of_all(self, journal: Journal) -> Iterator[Problem]:
        """What is wrong with them together."""
        if journal.schema.unsure & _RULED or self._are_rungs_to_come(journal):
            return
        for rule in OF_ALL:
            yield from rule(journal, self.day.date)


def read_config(tree: Tree, report: Report) -> tuple[Schema | None, str]:
    """The schema of a tree, and the text it was read from.

    Raises NoJournal where there is no pipeline.yml.
    """
    return _config(tree, tree.files(), report, {})


def _config(
    tree: Tree, files: Iterable[TreeFile], report: Report, digests: Digests
) -> tuple[Schema | None, str]:
    config = next((file for file in files if file.path == CONFIG), None)
    if config is None:
        raise NoJournal
    text = _text(tree, CONFIG, report, digests) if config.kind == FILE else None
    return (None, "") if text is None else (read_schema(CONFIG, text, report), text)


def _text(tree: Tree, path: str, report: Report, digests: Digests) -> str | None:
    try:
        data = tree.read(path, MAX_BYTES + 1)
    except OSError as error:
        report(not_read(path, error))
        return None
    digests[path] = sha256(data).digest()
    return decode(path, data, report)


def _journal(
    tree: Tree,
    listed: Listed,
    schema: Schema | None,
    rules: _Rules,
    problems: list[Problem],
    digests: Digests,
    only_check: bool,
) -> Journal | None:
    found = listed.found
    called = cache(partial(_called, tree, found))
    ours = listed.ids("contacts"), listed.ids("deals")
    known = Referents(schema, *ours, rules.day.begun, called) if schema else None
    work = partial(_parse, tree, known, rules)
    if schema is None:
        part = work(found)
        problems.extend(part.problems)
        digests.update(part.digests)
        return None
    encode = codec.encoder(schema)
    parts = workers.gather(
        [found[at : at + _RUN] for at in range(0, len(found), _RUN)],
        work,
        workers.share_of(len(found), _WORTH_A_PROCESS),
        (lambda part: encode(part.gist())) if only_check else encode,
        codec.decoder(schema),
    )
    for part in parts:
        problems.extend(part.problems)
        digests.update(part.digests)
    deals = sorted([d for part in parts for d in part.deals], key=attrgetter("id"))
    contacts = sorted([c for part in parts for c in part.contacts], key=attrgetter("id"))
    journal = Journal(schema, tuple(deals), tuple(contacts))
    return _with_places(journal, found, work) if only_check else journal


def _with_places(
    journal: Journal, found: tuple[Found, ...], parse: Callable[[Sequence[Found]], _Part]
) -> Journal:
    """The journal with all of the few deals and contacts that a rule of all points into: a gist
    lacks most places."""
    named = [named_by[0] for _, named_by in named_as_companies(journal)]
    paths = {subject.path for subject in named if "company" not in subject.spans}
    if not paths:
        return journal
    part = parse([file for file in found if file.path in paths])
    deals = {deal.path: deal for deal in part.deals}
    contacts = {contact.path: contact for contact in part.contacts}
    return Journal(
        journal.schema,
        tuple([deals.get(deal.path, deal) for deal in journal.deals]),
        tuple([contacts.get(contact.path, contact) for contact in journal.contacts]),
    )


def _called(tree: Tree, found: tuple[Found, ...], folder: str) -> Mapping[str, str]:
    """Ids by names and addresses in lower case; nothing for a name that several have."""
    ids: dict[str, str] = {}
    for file in found:
        if file.folder != folder or not file.is_named:
            continue
        text = _text(tree, file.path, lambda _problem: None, {}) or ""
        for match in islice(_NAME.finditer(text[:_FRONT]), 3):
            name = match[1].strip(" '\"").lower()
            ids[name] = "" if ids.get(name, file.id) != file.id else file.id
    return ids


class _Part(NamedTuple):
    """What some of the files say."""

    deals: list[Deal]
    contacts: list[Contact]
    problems: list[Problem]
    digests: Digests

    def gist(self) -> _Part:
        """What matters to the rules of all."""
        deals, contacts = map(gist, self.deals), map(gist, self.contacts)
        return self._replace(deals=[*deals], contacts=[*contacts])


def _sure(schema: Schema, problems: list[Problem]) -> Report:
    """Takes problems, but those that may only follow from one in pipeline.yml."""
    following = {code for part in schema.unsure for code in _FOLLOWING.get(part, ())}
    if not following:
        return problems.append
    return lambda problem: None if problem.code in following else problems.append(problem)


def _parse(tree: Tree, known: Referents | None, rules: _Rules, found: Sequence[Found]) -> _Part:
    """Read, parse and check some files; only read them where there is no schema."""
    part = _Part([], [], [], {})
    report = _sure(known.schema, part.problems) if known else part.problems.append
    for file in found:
        document = _document(tree, file.path, part)
        if document is None or known is None:
            continue
        if file.folder == "contacts":
            contact = parse_contact(document, file.id, known, report)
            if file.is_named:
                part.contacts.append(contact)
        else:
            deal = parse_deal(document, file.id, known, report)
            if deal is not None and file.is_named:
                part.deals.append(deal)
    if known is not None:
        made = Journal(known.schema, tuple(part.deals), tuple(part.contacts))
        part.problems.extend(rules.of_one(made))
    return part


def _without_gaps(journal: Journal) -> Journal:
    deals = tuple([d for d in journal.deals if not d.gaps])
    contacts = tuple([c for c in journal.contacts if not c.gaps])
    if len(deals) == len(journal.deals) and len(contacts) == len(journal.contacts):
        return journal
    return Journal(journal.schema, deals, contacts)


def _document(tree: Tree, path: str, part: _Part) -> Document | None:
    problems = part.problems
    text = _text(tree, path, problems.append, part.digests)
    document = read_document(path, text, problems.append) if text is not None else None
    if document is None:
        return None
    if not bounds.all_within(document.joined, document.texts):
        problems.extend(_over_bounds(document))
    return document


def _over_bounds(document: Document) -> Iterator[Problem]:
    """Texts that are too large or nested to be shown as anything but plain text."""
    texts = [
        (document.summary, document.summary_line),
        *((n.text, n.text_line) for n in document.notes),
    ]
    for text, line in texts:
        excess = bounds.over_bounds(text)
        if excess is not None:
            row = line + excess.row
            yield Problem(
                "too-large",
                f"This text {excess.reason}, so it is shown as it is written.",
                excess.help,
                Span(document.path, row, 1, row, 1),
            )


def _sources(
    tree: Tree, problems: tuple[Problem, ...], read: set[str]
) -> Iterator[tuple[str, str]]:
    """The texts of the files with problems, of those that were read at all: whatever else
    lies in the journal is not shown."""
    for path in sorted({problem.span.path for problem in problems} & read):
        try:
            text = decode(path, tree.read(path, MAX_BYTES + 1), lambda _problem: None)
        except (OSError, KeyError):
            continue
        if text is not None:
            yield path, text
