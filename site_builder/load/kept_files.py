"""What each file of a journal said the last time, kept for the next."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from site_builder.files.cache import Pieces
from site_builder.insights.topics import topics_of
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.load.codec import Codec
from site_builder.load.findings import plain_problem
from site_builder.load.reading import ReadFile

_TOKEN = 16
_MOST_WASTE = 0.5
_NOTHING: frozenset[str] = frozenset()
PlainProblems = tuple[tuple[Any, ...], ...]


class KeptFile(NamedTuple):
    """What was kept of a file: all of a ReadFile but the deal or contact, which is read when it is
    needed. It is ``shown`` where views see it. ``place`` is where its data stands, how long it is,
    and what tells that it is not damaged."""

    digest: bytes
    problems: PlainProblems
    names: frozenset[str]
    sought: frozenset[str]
    wide: bool
    by_name: bool
    made: bool
    shown: bool
    lacks_notes: bool
    topics: frozenset[str]
    place: tuple[int, int, int]


class Damaged(Exception):
    """What was kept is not what it was."""


class KeptFiles:
    """What was kept of all files, by path."""

    def __init__(self, pieces: Pieces, token: bytes, end: int, files: dict[str, KeptFile]) -> None:
        self._pieces, self._token, self._end = pieces, token, end
        self.files: Mapping[str, KeptFile] = files

    def subject(self, path: str, codec: Codec) -> Deal | Contact | None:
        """The deal or contact of a file. Raises Damaged."""
        if not self.files[path].made:
            return None
        at, length, check = self.files[path].place
        data = self._pieces.read(at, length)
        if zlib.crc32(data, zlib.crc32(self._token)) != check:
            raise Damaged
        made = codec.decode(data)
        assert made is None or isinstance(made, Deal | Contact)
        return made

    def plain(self) -> tuple[Any, ...]:
        """The same in plain values."""
        return self._token, self._end, {path: tuple(file) for path, file in self.files.items()}

    def with_changes(self, read: Sequence[ReadFile], gone: Iterable[str]) -> KeptFiles | None:
        """These with some read anew and others gone; None where that can't be kept."""
        files = dict(self.files)
        for path in gone:
            del files[path]
        end = self._end
        for file in read:
            files[file.path], end = _kept(file, end, self._token)
        used = sum(file.place[1] for file in files.values())
        if used < end * _MOST_WASTE or not self._pieces.add(self._end, [f.data for f in read]):
            return None
        return KeptFiles(self._pieces, self._token, end, files)


def keep_files(pieces: Pieces, read: Sequence[ReadFile]) -> KeptFiles | None:
    """Keep all files; None where that could not be done."""
    token, end = os.urandom(_TOKEN), 0
    files: dict[str, KeptFile] = {}
    for file in read:
        files[file.path], end = _kept(file, end, token)
    if not pieces.write(file.data for file in read):
        return None
    return KeptFiles(pieces, token, end, files)


def kept_files(pieces: Pieces, plain: tuple[Any, ...]) -> KeptFiles:
    """What ``plain`` gave."""
    token, end, rows = plain
    return KeptFiles(pieces, token, end, {path: KeptFile(*row) for path, row in rows.items()})


def _kept(file: ReadFile, at: int, token: bytes) -> tuple[KeptFile, int]:
    subject, length = file.subject, len(file.data)
    made = KeptFile(
        file.digest,
        tuple(map(plain_problem, file.problems)),
        file.names,
        file.sought,
        file.wide,
        file.by_name,
        subject is not None,
        subject is not None and not subject.gaps,
        subject is not None and subject.lacks_notes,
        frozenset(map(str, topics_of([subject]))) if subject and not subject.gaps else _NOTHING,
        (at, length, zlib.crc32(file.data, zlib.crc32(token))),
    )
    return made, at + length
