"""The files of a journal as they were read last, and what follows from them: a file that changes
changes that part of it, however many there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from site_builder.insights import naming
from site_builder.journal import history
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.load.loaded import Loaded
from site_builder.load.loader import Held, journal_of, loaded_with, without_gaps
from site_builder.load.preparing import Prepared
from site_builder.load.reading import ReadFile
from site_builder.load.reload import name_at
from site_builder.problems.problem import Problem

_NOTHING: frozenset[str] = frozenset()
Touched = Sequence[tuple[ReadFile, ReadFile]]
"""Files that changed: what each said and says. One that is not there says nothing."""


class _Subjects(NamedTuple):
    """Deals and contacts that came, or went: those of every file that could be understood, those
    without gaps, and these as they stand today."""

    every: tuple[Deal | Contact, ...]
    whole: tuple[Deal | Contact, ...]
    seen: tuple[Deal | Contact, ...]


class HeldFiles:
    """The files of a journal. ``seen`` is the journal that they make, as it stands today: see
    ``Loaded.seen``."""

    def __init__(self, ready: Prepared, files: Iterable[ReadFile]) -> None:
        self._begun = ready.day.begun
        self.by_path = {file.path: file for file in files}
        self._paths = {name_at(path): path for path in self.by_path}
        self._named_by: dict[str, set[str]] = {}
        self._wrong: set[str] = set()
        self._by_name: set[str] = set()
        for file in self.by_path.values():
            self._note(file)
        subjects = [file.subject for file in self.by_path.values()]
        every = journal_of(ready.schema, subjects) if ready.schema is not None else None
        whole = without_gaps(every) if every is not None else None
        self._every, self._whole = every, whole
        self.seen = history.as_of(whole, self._begun) if whole is not None else None

    @property
    def is_by_name(self) -> bool:
        """Whether any of them names another by what that is called."""
        return bool(self._by_name)

    @property
    def problems(self) -> Iterator[Problem]:
        """What is wrong with each for itself."""
        for path in sorted(self._wrong):
            yield from self.by_path[path].problems

    @property
    def deals(self) -> int:
        """How many deals are shown."""
        return len(self._whole.deals) if self._whole is not None else 0

    @property
    def names(self) -> Iterable[str]:
        """The names of all deals and contacts, ``deals/acme``."""
        return self._paths.keys()

    def take(self, touched: Touched) -> None:
        """Have files say what they say now; one without a digest is there no more."""
        for was, now in touched:
            name = name_at(was.path)
            for named in was.names:
                self._named_by[named].discard(name)
            if not now.digest:
                del self.by_path[now.path]
                self._paths.pop(name, None)
        for _, now in touched:
            self._wrong.discard(now.path)
            self._by_name.discard(now.path)
            if now.digest:
                self.by_path[now.path] = now
                self._paths[name_at(now.path)] = now.path
                self._note(now)
        self._follow(touched)

    def _follow(self, touched: Touched) -> None:
        gone = self._subjects([was for was, _ in touched])
        come = self._subjects([now for _, now in touched])
        self._every = self._every and self._every.with_others(gone.every, come.every)
        self._whole = self._whole and self._whole.with_others(gone.whole, come.whole)
        self.seen = self.seen and self.seen.with_others(gone.seen, come.seen)

    def _subjects(self, files: Iterable[ReadFile]) -> _Subjects:
        every = tuple([file.subject for file in files if file.subject is not None])
        whole = tuple([one for one in every if not one.gaps])
        stand = [history.subject_on(one, self._begun) for one in whole]
        return _Subjects(every, whole, tuple([one for one in stand if one is not None]))

    def _note(self, file: ReadFile) -> None:
        """Remember whom a file names, and what else is asked of all."""
        for name in file.names:
            self._named_by.setdefault(name, set()).add(name_at(file.path))
        self._wrong.update([file.path] if file.problems else ())
        self._by_name.update([file.path] if file.by_name else ())

    def _named_in(self, name: str) -> frozenset[str]:
        path = self._paths.get(name)
        return self.by_path[path].names if path else _NOTHING

    def naming(self, names: Iterable[str]) -> set[str]:
        """Some deals and contacts, with those whose files name them."""
        found = set(names)
        return found.union(*[self._named_by.get(name, ()) for name in found])

    def touched_by(self, names: Iterable[str]) -> set[str]:
        """Those whose pages may show something of some."""
        return naming.touched_by(names, self._named_in, self._named_by)

    def part(self, names: Iterable[str], more: set[str], ready: Prepared) -> Loaded:
        """All that the pages of some deals and contacts are made of, and ``more`` of them."""
        assert ready.schema is not None
        needed = naming.made_of(names, self._named_in, self._named_by) | more
        paths = [self._paths[name] for name in needed if name in self._paths]
        subjects = [self.by_path[path].subject for path in paths]
        journal = without_gaps(journal_of(ready.schema, subjects))
        return Loaded(journal, (), {}, ready.day.date, begun=self._begun)

    def loaded(self, ready: Prepared, known_of_all: tuple[Problem, ...] | None) -> Loaded:
        """All that they say; ``known_of_all`` is what is wrong with them together, where that is
        known."""
        held = Held(self._every, self._whole, self.by_path, _Shown(self.by_path))
        return loaded_with(ready, held, [*ready.problems, *self.problems], known_of_all)


class _Shown:
    """The paths of the files that are shown."""

    def __init__(self, files: dict[str, ReadFile]) -> None:
        self._files = files

    def __contains__(self, path: object) -> bool:
        file = self._files.get(path) if isinstance(path, str) else None
        return file is not None and file.subject is not None and not file.subject.gaps
