"""A journal in which one file is about to change: what is there, and what would be wrong then."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from site_builder.edit.changes import Change
from site_builder.edit.existing import Existing, existing, unheard
from site_builder.edit.refusals import NotDone, Wrong
from site_builder.edit.splices import Splice, spliced
from site_builder.files.tree import CONFIG, MAX_BYTES, Tree, TreeFile
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.schema import Schema
from site_builder.load.listing import Found
from site_builder.load.preparing import Prepared, prepare
from site_builder.load.reading import Keep
from site_builder.parse.ids import slug
from site_builder.problems.problem import Problem, Severity
from site_builder.problems.suggest import did_you_mean, listed, nearest
from site_builder.source.document import decode

_MOST_NAMED = 8
_ENDING = re.compile(r"\.(?:md|ya?ml)$")
_NOUNS = {"deals": "deal", "contacts": "contact"}
_FORMS = {"deals": "deals/ID", "contacts": "contacts/ID"}
_FIRST = {"deals": "new deal TITLE", "contacts": "new contact NAME"}
"""What begins one."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A deal's or contact's file that is about to change."""

    found: Found
    file: Existing
    subject: Deal | Contact
    problems: tuple[Problem, ...]

    @property
    def deal(self) -> Deal:
        assert isinstance(self.subject, Deal)
        return self.subject


class Overlay:
    """A tree in which some files are other than they are, or gone, where there is None."""

    def __init__(self, tree: Tree, files: Mapping[str, bytes | None]) -> None:
        self._tree, self._changed = tree, files

    def files(self) -> Iterable[TreeFile]:
        found = {file.path: file for file in self._tree.files()}
        for path, data in self._changed.items():
            if data is None:
                found.pop(path, None)
            else:
                found.setdefault(path, TreeFile(path))
        return found.values()

    def read(self, path: str, most: int) -> bytes:
        if path not in self._changed:
            return self._tree.read(path, most)
        data = self._changed[path]
        if data is None:
            raise FileNotFoundError(path)
        return data[:most]


@dataclass(frozen=True, slots=True)
class Desk:
    """Where edits are prepared: a journal as far as it has to be known for them."""

    ready: Prepared
    schema: Schema

    @property
    def today(self) -> dt.date:
        return self.ready.day.date

    def ids(self, folder: str) -> list[str]:
        return [f.id for f in self.ready.listed.found if f.folder == folder and f.is_named]

    def find(self, said: str, folders: Sequence[str] = ("deals",)) -> Found:
        """The deal or contact that is meant by an id, a part of one that no other has, or
        `deals/ID`. Raises NotDone."""
        folder = said.removeprefix("./").partition("/")[0] if "/" in said else ""
        if folder and folder not in folders:
            what = " or ".join(_NOUNS[f] for f in folders)
            raise NotDone(
                f"`{said}` is no {what}. Write its id, or {listed(_FORMS[f] for f in folders)}."
            )
        named = [f for f in self.ready.listed.found if f.is_named and f.folder in folders]
        if folder:
            folders, named = (folder,), [f for f in named if f.folder == folder]
        return _meant(said, _part(said), named, folders)

    def open(self, found: Found) -> Opened:
        """A file with what it says. Raises NotDone where it can't be understood."""
        read = self.ready.reading([found])[0]
        data = self.ready.tree.read(found.path, MAX_BYTES + 1)
        file = existing(found.id, found.path, data, unheard)
        if file is None or read.subject is None or not file.document.whole:
            raise Wrong(
                f"{found.path} can't be changed before it can be read:",
                [p for p in read.problems if p.severity is Severity.ERROR],
                {found.path: decode(found.path, data, unheard) or ""},
            )
        return Opened(found, file, read.subject, read.problems)

    def changed(self, opened: Opened, splices: Iterable[Splice], notes: int = 0) -> Change:
        """The change that splices make, with so many new ``notes``. Raises NotDone where it would
        change what other notes say. What it makes wrong is another matter: see new_problems."""
        file = opened.file
        after = spliced(file.data, splices)
        made = existing(file.id, file.path, after, unheard)
        if made is not None and made.document.whole:
            _refuse_other_notes(file, made, notes)
        return Change(file.path, file.data, after)

    def new_problems(self, opened: Opened, change: Change) -> list[Problem]:
        """What is wrong with a file after a change, and was not before."""
        assert change.after is not None
        before = Counter(map(_what, opened.problems))
        after = self.problems_with(opened.found, change.after)
        return [p for p in after if not _is_among(before, _what(p))]

    def problems_with(self, found: Found, data: bytes) -> tuple[Problem, ...]:
        """What is wrong with a file of these bytes."""
        tree = Overlay(self.ready.tree, {found.path: data})
        return replace(self.ready.reading, tree=tree)([found])[0].problems

    def problems_after(self, changes: Sequence[Change]) -> list[Problem]:
        """What is wrong with files after changes of several, and was in none of them before."""
        before = Counter(_what(p) for p in self._read(self.ready, changes))
        tree = Overlay(self.ready.tree, {change.path: change.after for change in changes})
        ready = self._like(tree)
        return [p for p in self._read(ready, changes) if not _is_among(before, _what(p))]

    def _read(self, ready: Prepared, changes: Sequence[Change]) -> Iterator[Problem]:
        paths = {change.path for change in changes}
        for read in ready.reading([f for f in ready.listed.found if f.path in paths]):
            yield from read.problems

    def _like(self, tree: Tree) -> Prepared:
        """Another tree on the same day."""
        asked = self.ready.days.asked
        return prepare(tree, lambda: self.today, asked, Keep.NOTHING, like=self.ready)

    def with_config(self, data: bytes) -> Prepared:
        """All that is known of the journal beside what its files say, with a pipeline.yml of these
        bytes."""
        tree = Overlay(self.ready.tree, {CONFIG: data})
        return prepare(tree, lambda: self.today, self.ready.days.asked, Keep.NOTHING)

    def problems_of(self, path: str, id: str, data: bytes) -> tuple[Problem, ...]:
        """What would be wrong with a file that is not there yet."""
        tree = Overlay(self.ready.tree, {path: data})
        ready = self._like(tree)
        return ready.reading([Found(path.partition("/")[0], id, path, True)])[0].problems


def is_whole(said: str, found: Found) -> bool:
    """Whether what was said of a deal or contact is its whole id, and not a part of it."""
    return _part(said) == found.id


def _part(said: str) -> str:
    return slug(_ENDING.sub("", said.rpartition("/")[2]))


def _refuse_other_notes(before: Existing, after: Existing, more: int) -> None:
    said, says = Counter(_said(before)), Counter(_said(after))
    if sum((says - said).values()) != more or said - says:
        raise NotDone(
            f"The text can't be put into {before.path} without changing what its other notes "
            "say: look whether a code block or comment in it is left open, or whether the text "
            "has a heading of a note."
        )


def _said(file: Existing) -> list[tuple[object, ...]]:
    return [
        (n.date, n.kind, n.time and n.time.text, n.stage, n.headline, n.heading, n.text.strip())
        for n in file.document.notes
    ]


def _what(problem: Problem) -> tuple[str, str]:
    return problem.code, problem.message


def _is_among(counted: Counter[tuple[str, str]], what: tuple[str, str]) -> bool:
    if counted[what] > 0:
        counted[what] -= 1
        return True
    return False


def _meant(said: str, part: str, named: Sequence[Found], folders: Sequence[str]) -> Found:
    what = " or ".join(_NOUNS[folder] for folder in folders)
    exact = [f for f in named if f.id == part]
    if len(exact) == 1:
        return exact[0]
    for matches in (exact, *_by_part(part, named)):
        if len(matches) == 1:
            return matches[0]
        if matches:
            is_mixed = len({match.folder for match in matches}) > 1
            names = sorted([f"{f.folder}/{f.id}" if is_mixed else f.id for f in matches])
            more = len(names) - _MOST_NAMED
            also = f" and {more} more" if more > 0 else ""
            raise NotDone(f"`{said}` may be {listed(names[:_MOST_NAMED])}{also}: which one?")
    first = f"There are none yet: begin one, as `dealog {_FIRST[folders[0]]}` does."
    help = _nearly(part, frozenset(f.id for f in named)) if named else first
    raise NotDone(f"There is no {what} `{said}`. {help}".rstrip())


def _nearly(part: str, ids: frozenset[str]) -> str:
    """What to ask of an id that there is not: one that is like it, or those with such a word."""
    if nearest(part, ids) is None:
        word = nearest(part, frozenset(word for id in ids for word in id.split("-")))
        some = sorted(id for id in ids if word in id.split("-"))
        if 0 < len(some) <= _MOST_NAMED:
            return f"Did you mean {listed(some, ' or ')}?"
    return did_you_mean(part, ids)


def _by_part(part: str, named: Sequence[Found]) -> Iterable[list[Found]]:
    """Those whose id begins with a part of an id, has a word that does, or has it anywhere."""
    if not part:
        return
    yield [f for f in named if f.id.startswith(part)]
    yield [f for f in named if f"-{part}" in f.id]
    yield [f for f in named if part in f.id]
