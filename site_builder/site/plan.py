"""Which pages of a site have to be rendered after some files changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from site_builder.insights import naming
from site_builder.journal.deal import Deal
from site_builder.journal.kinds import KindRole
from site_builder.journal.note import DatedText, Note, StepMark
from site_builder.journal.note_spans import NOWHERE, Places
from site_builder.load.findings import Findings
from site_builder.load.loaded import Loaded
from site_builder.load.loader import without_gaps
from site_builder.load.reload import Reloaded, Subject, Told, name_at
from site_builder.pages.note_body import with_step_names
from site_builder.pages.page import Page
from site_builder.pages.registry import (
    all_pages,
    pages_of_few,
    problems_page,
    recorded_pages,
    site_context,
)
from site_builder.pages.search_data import share_of

_NO_PLACES = Places(NOWHERE)
_NOTHING: frozenset[str] = frozenset()
_MOST = 0.2


class SaidByAll(NamedTuple):
    """What all pages of the whole journal say, and what all others do."""

    whole: str
    few: str


class SiteBefore(NamedTuple):
    """What a site was: the paths of its ``pages``, what all of them said, and what was found; and
    the deals and contacts of which git has ``recorded`` something else since."""

    pages: frozenset[str]
    said: SaidByAll
    found: Findings
    recorded: frozenset[str] = frozenset()


class Plan(NamedTuple):
    """The pages to render, the paths of all that there are, and what they say of the journal."""

    render: tuple[Page, ...]
    paths: frozenset[str]
    loaded: Loaded


def said_by_all(loaded: Loaded) -> SaidByAll:
    """What all pages of a site say."""
    context = site_context(loaded)
    return SaidByAll(repr(context), repr(context.of_few))


class Planning:
    """Plans what to render of a site after a reload."""

    def __init__(self, again: Reloaded, told: Told, before: SiteBefore) -> None:
        self._again, self._told, self._before = again, told, before
        self._touched = again.touched
        self._paths = {name_at(path): path for path in again.paths}

    def plan(self) -> Plan:
        """What to render."""
        if said_by_all(self._loaded(())).few != self._before.said.few:
            return self._of_all()
        changed = {name_at(path) for path, _, _ in self._touched}
        wanted = naming.touched_by(changed, self._named_in, self._named_by)
        needed = naming.made_of(wanted, self._named_in, self._named_by)
        shares = set(map(share_of, changed))
        needed |= {name for name in self._paths if share_of(name) in shares}
        wanted |= shares
        anew = self._before.recorded & self._paths.keys()
        wanted |= anew
        needed |= naming.made_of(set(anew), self._named_in, self._named_by)
        few = self._loaded([self._paths[name] for name in needed if name in self._paths])
        if len(needed) > len(self._paths) * _MOST or self._is_whole_touched(few):
            return self._of_whole(wanted)
        pages = tuple(page for page in pages_of_few(few) if named_at_page(page.path) in wanted)
        others = {path for path in self._before.pages if named_at_page(path) not in wanted}
        paths = frozenset(others.union(page.path for page in pages))
        wrong = (problems_page(few, paths),) if self._is_otherwise_wrong() else ()
        recorded = recorded_pages(self._loaded(self._again.paths)) if anew else ()
        return Plan((*wrong, *recorded, *pages), paths, few)

    def _of_whole(self, wanted: set[str]) -> Plan:
        loaded = self._loaded(self._again.paths)
        pages = all_pages(loaded)
        render = tuple(p for p in pages if p.is_whole or named_at_page(p.path) in wanted)
        return Plan(render, frozenset(page.path for page in pages), loaded)

    def _of_all(self) -> Plan:
        loaded = self._loaded(self._again.paths)
        pages = all_pages(loaded)
        return Plan(pages, frozenset(page.path for page in pages), loaded)

    def _loaded(self, paths: Iterable[str]) -> Loaded:
        journal = without_gaps(self._again.journal(paths))
        return replace(self._told.loaded, journal=journal)

    def _is_whole_touched(self, few: Loaded) -> bool:
        """Whether anything changed that pages of the whole journal look at, but for problems."""
        if said_by_all(few).whole != self._before.said.whole:
            return True
        return any(glance(was) != glance(now) for _, was, now in self._touched)

    def _is_otherwise_wrong(self) -> bool:
        now, before = self._told.loaded, self._before.found
        return now.problems != before.problems or now.sources != before.sources

    def _named_in(self, name: str) -> frozenset[str]:
        """All that the file of a deal or contact names, or named before."""
        path = self._paths.get(name, "")
        names = self._named_at(path) if path else _NOTHING
        return names | self._named_before.get(name, _NOTHING)

    def _named_at(self, path: str) -> frozenset[str]:
        again = self._again
        return again.read[path].names if path in again.read else again.before.files[path].names

    @cached_property
    def _named_before(self) -> Mapping[str, frozenset[str]]:
        kept, touched = self._again.before.files, (path for path, _, _ in self._touched)
        return {name_at(path): kept[path].names for path in touched if path in kept}

    @cached_property
    def _named_by(self) -> Mapping[str, list[str]]:
        """The deals and contacts whose files name one, or did before."""
        found: dict[str, list[str]] = {}
        for name, path in self._paths.items():
            for other in self._named_at(path):
                found.setdefault(other, []).append(name)
        for name, names in self._named_before.items():
            for other in names:
                found.setdefault(other, []).append(name)
        return found


def named_at_page(path: str) -> str:
    """The deal or contact whose page, or further page, is at a path: ids hold no dots."""
    return path.partition(".")[0]


def glance(subject: Subject | None) -> Subject | None:
    """All of a deal or contact that pages of the whole journal look at."""
    if subject is None:
        return None
    notes = tuple(map(_glance_of_note, subject.notes))
    plain = replace(subject, summary="", summary_line=0, spans={}, notes=notes)
    if isinstance(plain, Deal):
        return replace(plain, next=plain.next and _nowhere(plain.next))
    return replace(plain, milestones=tuple(map(_nowhere, plain.milestones)))


def _nowhere(dated: DatedText) -> DatedText:
    return replace(dated, span=NOWHERE)


def _glance_of_note(note: Note) -> Note:
    """A note without its text; ladders tell what a rung's says that has no headline."""
    is_told = note.kind.role is KindRole.RUNG and not note.headline
    return replace(
        note,
        text=with_step_names(note) if is_told else "",
        text_line=0,
        places=_NO_PLACES,
        field_spans=dict.fromkeys(note.field_spans, NOWHERE),
        steps=tuple([StepMark(mark.step, "", NOWHERE) for mark in note.steps]),
    )
