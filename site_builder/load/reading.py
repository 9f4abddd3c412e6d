"""Files of a journal to what they say, each for itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from hashlib import sha256
from itertools import islice
from typing import NamedTuple

from site_builder.checks.gist import Row, gist, gist_from, gist_row, is_plain
from site_builder.files.tree import MAX_BYTES, Tree
from site_builder.insights.named import named_in
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.journal.schema import Schema
from site_builder.load.codec import Codec, Plain
from site_builder.load.findings import plain_problem, problem_from
from site_builder.load.listing import Found, not_read
from site_builder.load.rules import Rules
from site_builder.markup import bounds
from site_builder.parse.contact import parse_contact
from site_builder.parse.deal import parse_deal
from site_builder.parse.ids import slug
from site_builder.parse.referents import Referents
from site_builder.problems.patterns import late
from site_builder.problems.problem import Problem, Span
from site_builder.source.document import Document, decode, read_document
from site_builder.source.yaml_nodes import Report

_FOLLOWING = {
    "team": ("unknown-person",),
    "pipelines": ("unknown-stage", "unknown-pipeline", "unknown-step"),
    "kinds": ("unknown-kind",),
    "rungs": ("unknown-kind",),
    "contacts": ("unknown-contact", "unknown-link", "referral-by-name"),
    "deals": ("unknown-deal", "unknown-link"),
}
_NAME = late(r"^(name|title|email): +(.+)$", re.MULTILINE)
_FRONT = 4096
_NOTHING: frozenset[str] = frozenset()


class Keep(IntEnum):
    """What is found of files for the next run: nothing, what tells that they are what they were,
    or all that they say."""

    NOTHING = 0
    DIGESTS = 1
    ALL = 2


class ReadFile(NamedTuple):
    """What one file says. ``subject`` is the deal or contact that it is, if it is one. Without a
    digest it could not be read, where any is found. Where all is kept, ``data`` is the subject
    for the next run, ``names`` is all that it names, and ``sought``, ``wide`` and ``by_name``
    are what it asked of ids."""

    path: str
    digest: bytes
    problems: tuple[Problem, ...]
    subject: Deal | Contact | None = None
    names: frozenset[str] = _NOTHING
    sought: frozenset[str] = _NOTHING
    wide: bool = False
    by_name: bool = False
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class Reading:
    """Reads files, parses and checks each for itself; only reads them without ``known``."""

    tree: Tree
    known: Referents | None
    rules: Rules
    codec: Codec | None = None
    keep: Keep = Keep.NOTHING

    def __call__(self, found: Sequence[Found]) -> list[ReadFile]:
        files = [self._read(file) for file in found]
        if self.known is None:
            return files
        subjects = [file.subject for file in files]
        deals = tuple([one for one in subjects if isinstance(one, Deal)])
        contacts = tuple([one for one in subjects if isinstance(one, Contact)])
        told: dict[str, list[Problem]] = {}
        for problem in self.rules.of_one(Journal(self.known.schema, deals, contacts)):
            told.setdefault(problem.span.path, []).append(problem)
        if not told:
            return files
        return [_with_problems(file, told.get(file.path)) for file in files]

    def _read(self, found: Found) -> ReadFile:
        problems: list[Problem] = []
        data = bytes_of(self.tree, found.path, problems.append)
        if data is None:
            return ReadFile(found.path, b"", tuple(problems))
        digest = sha256(data).digest() if self.keep else b""
        document = _document(found.path, data, problems)
        if document is None or self.known is None:
            return ReadFile(found.path, digest, tuple(problems))
        return self._parsed(found, digest, document, self.known, problems)

    def _parsed(
        self,
        found: Found,
        digest: bytes,
        document: Document,
        known: Referents,
        problems: list[Problem],
    ) -> ReadFile:
        asked, report = known.asked, _sure(known.schema, problems)
        asked.start()
        parse = parse_contact if found.folder == "contacts" else parse_deal
        made = parse(document, found.id, known, report)
        subject = made if found.is_named else None
        if self.keep is not Keep.ALL or self.codec is None:
            return ReadFile(found.path, digest, tuple(problems), subject)
        return ReadFile(
            found.path,
            digest,
            tuple(problems),
            subject,
            frozenset(named_in(made)) if made is not None else _NOTHING,
            frozenset(asked.sought.union(_role_words(made))),
            asked.wide,
            asked.by_name,
            self.codec.encode(subject),
        )


def encoder(codec: Codec) -> Callable[[list[ReadFile]], bytes]:
    """Takes what was read to another process."""

    def row(file: ReadFile) -> Row:
        problems = tuple(map(plain_problem, file.problems))
        return file.path, file.digest, problems, file.data or file.subject, file[4:8]

    return lambda files: codec.encode(tuple(map(row, files)))


def decoder(codec: Codec) -> Callable[[bytes], list[ReadFile]]:
    """Undoes what an encoder did."""

    def file(row: Row) -> ReadFile:
        path, digest, told, made, (names, sought, wide, by_name) = row
        problems, data = tuple(map(problem_from, told)), made if isinstance(made, bytes) else b""
        subject = codec.decode(data) if data else made
        return ReadFile(path, digest, problems, subject, names, sought, wide, by_name, data)

    return lambda data: list(map(file, codec.decode(data)))


def brief(files: list[ReadFile]) -> list[ReadFile]:
    """The same files where only problems are asked for: of deals and contacts there is the gist.
    All else that was read is let go, so that a large journal takes less memory, and thereby less
    time."""
    return [ReadFile(*file[:3], gist(file.subject) if file.subject else None) for file in files]


def brief_encoder(codec: Codec) -> Callable[[list[ReadFile]], bytes]:
    """Takes what is left of files in brief to another process."""

    def row(file: ReadFile) -> Row:
        problems, made = tuple(map(plain_problem, file.problems)), gist_of(file.subject)
        all = file.path, file.digest, problems, made
        return Plain(all) if made is None or is_plain(made) else all

    return lambda files: codec.encode(tuple(map(row, files)))


def brief_decoder(codec: Codec, schema: Schema) -> Callable[[bytes], list[ReadFile]]:
    """Undoes what such an encoder did; ``schema`` is that of the journal."""

    def file(row: Row) -> ReadFile:
        path, digest, told, made = row
        subject = None if made is None else gist_from(made, schema)
        return ReadFile(path, digest, tuple(map(problem_from, told)), subject)

    return lambda data: list(map(file, codec.decode(data)))


def gist_of(subject: Deal | Contact | None) -> Row | None:
    """All of it that rules of all look at."""
    return None if subject is None else gist_row(subject)


def bytes_of(tree: Tree, path: str, report: Report) -> bytes | None:
    """What is read of a file; None where it can't be read, which is reported."""
    try:
        return tree.read(path, MAX_BYTES + 1)
    except OSError as error:
        report(not_read(path, error))
        return None


def ids_by_name(tree: Tree, found: tuple[Found, ...], folder: str) -> Mapping[str, str]:
    """Ids by names and addresses in lower case; nothing for a name that several have."""
    ids: dict[str, str] = {}
    for file in found:
        for _, said in _said_of(tree, file, folder):
            name = said.lower()
            ids[name] = "" if ids.get(name, file.id) != file.id else file.id
    return ids


def names_of(tree: Tree, found: tuple[Found, ...], folder: str) -> Iterator[str]:
    """The names of deals or contacts, and not their addresses."""
    for file in found:
        yield from (said for field, said in _said_of(tree, file, folder) if field != "email")


def _said_of(tree: Tree, file: Found, folder: str) -> Iterator[tuple[str, str]]:
    """What a file of a folder is called, and by which field; of others nothing."""
    if file.folder != folder or not file.is_named:
        return
    data = bytes_of(tree, file.path, _unheard)
    text = (decode(file.path, data, _unheard) if data is not None else None) or ""
    for match in islice(_NAME.finditer(text[:_FRONT]), 3):
        yield match[1], match[2].strip(" '\"")


def _unheard(problem: Problem) -> None:
    """Hears what is told elsewhere."""


def _with_problems(file: ReadFile, more: list[Problem] | None) -> ReadFile:
    return file._replace(problems=(*file.problems, *more)) if more else file


def _role_words(subject: Deal | Contact | None) -> Iterator[str]:
    """What roles might name as contacts, by a word or as a whole: what was asked of one is not
    asked again."""
    for participant in subject.contacts if isinstance(subject, Deal) else ():
        yield from (word.strip(",;") for word in participant.role.split())
        yield slug(participant.role)


def _sure(schema: Schema, problems: list[Problem]) -> Report:
    """Takes problems, but those that may only follow from one in pipeline.yml."""
    following = {code for part in schema.unsure for code in _FOLLOWING.get(part, ())}
    if not following:
        return problems.append
    return lambda problem: None if problem.code in following else problems.append(problem)


def _document(path: str, data: bytes, problems: list[Problem]) -> Document | None:
    text = decode(path, data, problems.append)
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
