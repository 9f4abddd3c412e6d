"""The repairs of a journal that are safe: what the help of a problem says to type, where that is
one thing, loses nothing and leaves nothing new that is wrong."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from site_builder.checks import CODES_OF_RULES
from site_builder.edit.changes import Change
from site_builder.edit.desk import Overlay
from site_builder.edit.existing import existing, unheard
from site_builder.edit.newer import Agreed, Past, agreed, filled, stands_since
from site_builder.edit.refusals import NotDone
from site_builder.edit.splices import spliced
from site_builder.edit.sure import Names, is_sure
from site_builder.edit.typed import Typed, typed
from site_builder.files.tree import CONFIG, MAX_BYTES, Tree
from site_builder.load.listing import Found
from site_builder.load.loaded import Loaded
from site_builder.load.loader import load
from site_builder.load.preparing import Prepared, prepare
from site_builder.load.reading import Keep, ReadFile
from site_builder.problems.codes import REPAIRED
from site_builder.problems.patterns import late
from site_builder.problems.problem import Problem
from site_builder.source.document import decode

_ROUNDS = 4
_MOST_TRIES = 60
_MOST_OF_CONFIG = 20
_MOST_NEW = 3
_LINE = late(r"\bline [0-9]+")
_FIELD = late("[Tt]he note of [0-9-]+ sets `([a-z-]+)`|`([a-z-]+)` is `")
_MISMATCHES = ("stage-mismatch", "field-mismatch")


class Repair(NamedTuple):
    """A repair that was made: in which line, of which problem, and what stood there before and
    stands there now."""

    path: str
    line: int
    code: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Repaired:
    """The changes that repair a journal, what they repair, and how it then is."""

    changes: tuple[Change, ...]
    repairs: tuple[Repair, ...]
    loaded: Loaded


def repaired(
    tree: Tree, clock: Callable[[], dt.date], today: dt.date | None, past: Past
) -> Repaired:
    """A journal with all safe repairs made, as changes that are not written yet.

    ``past`` gives what a file was before, where that is known. Raises NoJournal.
    """
    bench = _Bench(tree, clock, today, past)
    before = bench.load()
    loaded = bench.config_repaired(before)
    for _ in range(_ROUNDS):
        made = len(bench.repairs)
        bench.repair_files(loaded)
        loaded = bench.load() if len(bench.repairs) > made else loaded
        loaded = bench.without_new(before, loaded)
        if len(bench.repairs) == made:
            break
    changes = [Change(path, bench.found[path], now) for path, now in bench.files.items()]
    order = sorted(bench.repairs, key=lambda repair: repair[:2])
    return Repaired(tuple(sorted(changes, key=lambda c: c.path)), tuple(order), loaded)


class _Try(NamedTuple):
    """A repair that may be made: of which problem, the file's bytes after it, and what it does."""

    problem: Problem
    data: bytes
    repair: Repair


@dataclass
class _Bench:
    """A journal that is being repaired: files as they were found, and those that are other now."""

    tree: Tree
    clock: Callable[[], dt.date]
    today: dt.date | None
    past: Past
    found: dict[str, bytes] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    repairs: list[Repair] = field(default_factory=list)
    refused: set[tuple[str, str, str]] = field(default_factory=set)

    def now(self, other: Mapping[str, bytes] | None = None) -> Overlay:
        """The journal, perhaps with some files yet other."""
        return Overlay(self.tree, {**self.found, **self.files, **(other or {})})

    def load(self, other: Mapping[str, bytes] | None = None) -> Loaded:
        return load(self.now(other), self.clock, self.today)

    def read(self, path: str) -> bytes:
        """A file as it is now; what is read is not read again, so that it is one and the same."""
        if path not in self.found:
            self.found[path] = self.tree.read(path, MAX_BYTES + 1)
        return self.files.get(path, self.found[path])

    def keep(self, path: str, data: bytes, repairs: Iterable[Repair]) -> None:
        self.files[path] = data
        self.repairs += repairs

    def drop(self, path: str) -> None:
        """Let go what was made of a file, for good."""
        del self.files[path]
        self.refused.add((path, "", ""))
        self.repairs = [repair for repair in self.repairs if repair.path != path]

    def config_repaired(self, loaded: Loaded) -> Loaded:
        """The journal after the repairs of pipeline.yml, each of which all files have to bear."""
        for _ in range(_MOST_OF_CONFIG):
            problems = [p for p in loaded.problems if p.span.path == CONFIG]
            tries = self.tries(problems, Names(self._prepared(), loaded.problems), None)
            for one in tries:
                after = self.load({CONFIG: one.data})
                if _is_better(loaded.problems, after.problems, [one.problem], is_hidden=False):
                    self.keep(CONFIG, one.data, [one.repair])
                    loaded = after
                    break
                self.refused.add(_key(one.problem))
            else:
                break
        return loaded

    def _prepared(self) -> Prepared:
        return prepare(self.now(), self.clock, self.today, Keep.NOTHING)

    def repair_files(self, loaded: Loaded) -> None:
        """Repair what can be repaired in each file for itself."""
        ready = self._prepared()
        if ready.schema is None:
            return
        names = Names(ready, loaded.problems)
        troubled = {problem.span.path for problem in loaded.problems}
        for found in ready.listed.found:
            if found.path in troubled and (found.path, "", "") not in self.refused:
                _File(self, ready, found, names).repair()

    def without_new(self, before: Loaded, now: Loaded) -> Loaded:
        """The journal without the repairs of notes and front matter, where those made something
        wrong that only all files together tell."""
        of_two = {repair.path for repair in self.repairs if repair.code in _MISMATCHES}
        for paths in (_brought(before, now) & of_two, of_two):
            if not paths or not _brought(before, now):
                continue
            for path in sorted(paths & self.files.keys()):
                self.drop(path)
            now = self.load()
        return now

    def tries(
        self, problems: Sequence[Problem], names: Names, file: _File | None
    ) -> Iterator[_Try]:
        """The repairs that may be made of some problems of one file, one at a time."""
        for problem in problems:
            if problem.code not in REPAIRED or _key(problem) in self.refused:
                continue
            one = file.agreed(problem) if file and problem.code in _MISMATCHES else None
            one = one or _one(problem, self.read(problem.span.path), names)
            if one is not None:
                yield one


class _File:
    """A file of a journal that is being repaired."""

    def __init__(self, bench: _Bench, ready: Prepared, found: Found, names: Names) -> None:
        self.bench, self.found, self.names = bench, found, names
        self.ready, self.tries_left = ready, _MOST_TRIES

    def repair(self) -> None:
        """Make all repairs at once, or else one after another."""
        read = self._read(self._data)
        if not self._all_at_once(read):
            made: ReadFile | None = read
            while made is not None:
                made = self._one_by_one(made)

    @property
    def _data(self) -> bytes:
        return self.bench.read(self.found.path)

    def _read(self, data: bytes) -> ReadFile:
        tree = self.bench.now({self.found.path: data})
        return replace(self.ready.reading, tree=tree)([self.found])[0]

    def _all_at_once(self, read: ReadFile) -> bool:
        data = self._data
        chosen: list[tuple[Problem, Typed]] = []
        end = 0
        for problem, one in _typed_of(read.problems, data, self.names):
            if _key(problem) not in self.bench.refused and one.splice.line > end:
                chosen.append((problem, one))
                end = max(one.splice.end_line, problem.span.line)
        if len(chosen) < 2:
            return False
        after = spliced(data, [one.splice for _, one in chosen])
        now = self._read(after)
        if not self._is_better(read, now, [problem for problem, _ in chosen]):
            return False
        self.bench.keep(self.found.path, after, [_told(p, one) for p, one in chosen])
        return True

    def _one_by_one(self, read: ReadFile) -> ReadFile | None:
        """The file after the first repair that leaves nothing else wrong; None where none does."""
        for one in self.bench.tries(read.problems, self.names, self):
            if not self.tries_left:
                return None
            self.tries_left -= 1
            now = self._read(one.data)
            if self._is_better(read, now, [one.problem]):
                self.bench.keep(self.found.path, one.data, [one.repair])
                return now
            if (further := self._led_on(read, now, one)) is not None:
                return further
            self.bench.refused.add(_key(one.problem))
        return None

    def _led_on(self, read: ReadFile, now: ReadFile, first: _Try) -> ReadFile | None:
        """The file after a repair that alone leaves something new that is wrong, and one of that;
        None where there is none such."""
        new = [p for p in now.problems if _key(p) not in set(map(_key, read.problems))]
        for problem, one in _typed_of(new[:_MOST_NEW], first.data, self.names):
            data = spliced(first.data, [one.splice])
            then = self._read(data)
            if self._is_better(read, then, [first.problem]):
                told = [first.repair, _told(problem, one)]
                self.bench.keep(self.found.path, data, told)
                return then
        return None

    def _is_better(self, before: ReadFile, after: ReadFile, of: Sequence[Problem]) -> bool:
        is_hidden = before.subject is None and after.subject is not None
        return _is_better(before.problems, after.problems, of, is_hidden)

    def agreed(self, problem: Problem) -> _Try | None:
        """A repair in which front matter or notes follow what was changed alone."""
        file = existing(self.found.id, self.found.path, self._data, unheard)
        subject = self._read(self._data).subject
        name = _field_of(problem)
        if file is None or subject is None or not name:
            return None
        try:
            if problem.message.startswith("The note of"):
                made = filled(file, name, subject)
            else:
                versions = stands_since(file, self.bench.past, self.ready.day.date)
                made = agreed(file, name, versions, lambda d: self._read(d).subject, self._who)
        except NotDone:
            return None
        return made and _Try(problem, made.data, _said(problem, made))

    def _who(self, address: str) -> str:
        return self.ready.schema.person_at(address) if self.ready.schema else ""


def _one(problem: Problem, data: bytes, names: Names) -> _Try | None:
    for _, one in _typed_of([problem], data, names):
        return _Try(problem, spliced(data, [one.splice]), _told(problem, one))
    return None


def _typed_of(
    problems: Iterable[Problem], data: bytes, names: Names
) -> Iterator[tuple[Problem, Typed]]:
    """What is surely to be typed of some problems of one file."""
    text: str | None = None
    for problem in problems:
        if problem.code in REPAIRED and problem.code not in _MISMATCHES:
            text = decode(problem.span.path, data, unheard) if text is None else text
            one = typed(problem, (text or "").split("\n"))
            if one is not None and text and is_sure(problem, one, names):
                yield problem, one


def _told(problem: Problem, one: Typed) -> Repair:
    return Repair(problem.span.path, problem.span.line, problem.code, one.before, one.after)


def _said(problem: Problem, made: Agreed) -> Repair:
    return Repair(problem.span.path, problem.span.line, problem.code, "", made.written)


def _field_of(problem: Problem) -> str:
    match = _FIELD.match(problem.message)
    return (match[1] or match[2]) if match else ""


def _key(problem: Problem) -> tuple[str, str, str]:
    return problem.span.path, problem.code, _LINE.sub("line", problem.message)


def _is_better(
    before: Sequence[Problem], after: Sequence[Problem], of: Sequence[Problem], is_hidden: bool
) -> bool:
    """Whether some problems are gone, and none has come but what they hid: what rules say of a
    deal that could not be judged, and all but slips of YAML where nothing of it could be read."""
    was, now = Counter(map(_key, before)), Counter(map(_key, after))
    if any(now[key] > was[key] - count for key, count in Counter(map(_key, of)).items()):
        return False
    is_of_rules = any(problem.code in CODES_OF_RULES for problem in of)
    for _, code, _ in now - was:
        is_revealed = code in CODES_OF_RULES and not is_of_rules
        if not is_revealed and not (is_hidden and code != "yaml-syntax"):
            return False
    return True


def _brought(before: Loaded, now: Loaded) -> set[str]:
    """The files with problems that only all files together have, and had not before."""
    was, there = Counter(map(_key, before.of_all)), Counter(map(_key, now.of_all))
    return {path for path, _, _ in there - was}
