"""A site in memory: after files changed it says which pages did, and renders any of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from site_builder.files.memory import Memory
from site_builder.files.tree import Tree
from site_builder.insights.topics import Topics, size_of, topics_of
from site_builder.journal.deal import Deal
from site_builder.journal.recordings import Recordings
from site_builder.load.loaded import Loaded
from site_builder.load.loader import read_files
from site_builder.load.preparing import Prepared
from site_builder.load.reading import Keep, ReadFile, gist_of
from site_builder.load.reload import name_at
from site_builder.pages.context import Context
from site_builder.pages.page import Page
from site_builder.pages.registry import (
    all_pages,
    context_of,
    may_be_whole,
    pages_in,
    pages_of_few,
    site_context,
    whole_page,
)
from site_builder.pages.search_data import is_share, share_of, share_path
from site_builder.problems.problem import Problem
from site_builder.site.held_files import HeldFiles, Touched
from site_builder.site.in_memory import InMemory
from site_builder.site.plan import glance, named_at_page
from site_builder.site.read_again import Listed, ReadAgain, read_again, read_listed_again
from site_builder.site.render import Renderer

_NOTHING: frozenset[str] = frozenset()


class _Since(NamedTuple):
    """The names of the files that changed since pages of the whole journal were made, and those
    with others ``near``, whose files name them."""

    names: set[str]
    near: set[str]


class Site(InMemory):
    """The site of a tree of files as it was when it was last told of changes.

    A page of few deals and contacts is made of these alone, so that it takes no longer in a large
    journal; those of the whole journal are made when one of them is asked for.
    """

    def __init__(
        self,
        tree: Tree,
        clock: Callable[[], dt.date],
        today: dt.date | None = None,
        templates: Path | None = None,
        is_fit: Callable[[Prepared], None] = lambda _ready: None,
        recorded: Callable[[], Recordings | None] = lambda: None,
        memory: Memory | None = None,
    ) -> None:
        """What git has ``recorded`` is asked when all is read; ``memory`` has what is known from
        before. Raises NoJournal where there is no pipeline.yml."""
        super().__init__(tree, clock, today, templates, is_fit)
        self._ask_recorded = recorded
        self._memory = memory or Memory()
        self._whole: Mapping[str, Page] | None = None
        self._of_all: tuple[Problem, ...] | None = None
        self._last_of_all: tuple[Problem, ...] = ()
        self._lacks_of_all = self._lacks_listing = False
        self._context: Context | None = None
        self._before: Context | None = None
        self._since = _Since(set(), set())
        self._read_all(self._prepared(Keep.ALL))

    @property
    def is_rough(self) -> bool:
        """Whether there is anything to be settled."""
        return self._lacks_of_all or self._lacks_listing

    @property
    def paths(self) -> frozenset[str]:
        """The paths of all pages."""
        self._whole_pages()
        return self._known_paths()

    @property
    def problems(self) -> Iterator[Problem]:
        """What is wrong with single files."""
        yield from self._ready.problems
        yield from self._held.problems

    def changed(self, paths: Iterable[str]) -> frozenset[str]:
        """Read files again that may have changed, come or gone; the paths of the pages that may
        say something else now, with those of pages that have come or gone: of such of the whole
        journal as they were when one of them was asked for last."""
        listed = self._ready.problems
        again = read_again(frozenset(paths), self._held, self._listed, self._list_again)
        touched = self._take_over(again)
        return self._anew() if touched is None else self._follow(touched, listed)

    def _follow(self, again: Touched, listed: list[Problem]) -> frozenset[str]:
        """The same of files that were read again; ``listed`` is what was wrong with their names."""
        touched = [(was, now) for was, now in again if was != now]
        if self._are_others_recorded(touched):
            return self._anew()
        pages = self._pages_of(self._take(touched))
        pages |= {share_path(share_of(name_at(was.path))) for was, _ in touched}
        if any(_told_by_rules(was) != _told_by_rules(now) for was, now in touched):
            self._of_all = None
        if self._ready.problems != listed or any(_is_seen_by_all(*pair) for pair in touched):
            self._whole = None
            self._leave_context()
            self._lacks_of_all = False
            pages |= self._whole_paths
        return frozenset(pages)

    def _are_others_recorded(self, touched: Touched) -> bool:
        """Whether the journal records something now of which no file told before, or the other way
        round: by itself, or as one of many."""
        before = self._held.deals
        after = before + sum(_is_deal(now) - _is_deal(was) for was, now in touched)
        if size_of(before) != size_of(after):
            return True
        come = {topic for was, now in touched for topic in _topics(now) - _topics(was)}
        gone = {topic for was, now in touched for topic in _topics(was) - _topics(now)}
        paths = {was.path for was, _ in touched}
        files = self._held.by_path
        rest = [file for path, file in files.items() if path not in paths] if gone else []
        return bool(come - self._known_topics) or any(
            all(topic not in _topics(file) for file in rest) for topic in gone
        )

    def _anew(self) -> frozenset[str]:
        before = self._known_paths()
        self._read_all(self._prepared(Keep.ALL))
        return before | self._known_paths()

    def page(self, path: str, is_rough: bool = False) -> bytes:
        """A page as UTF-8. One of the whole journal may be rough: what is wrong with all files
        together is then as it was told last, and ``settled`` asks anew. Raises KeyError where there
        is none, and TemplateWrong where the journal's own templates can't be rendered."""
        name = named_at_page(path)
        if name in self._few:
            pages = {page.path: page for page in pages_of_few(self._part({name}))}
            return self._renderer.render(pages[path])
        return self._renderer.render(self._whole_page(path, is_rough))

    def settled(self) -> frozenset[str]:
        """List all files, where only some were looked for, and ask what is wrong with all of them
        together, where rough pages were made without; the paths of those that would say something
        else now. Raises what listing does."""
        pages = self._listed_anew() if self._lacks_listing else _NOTHING
        if not self._lacks_of_all:
            return pages
        last, self._lacks_of_all = self._last_of_all, False
        self._loaded()
        if self._of_all == last:
            return pages
        self._leave_context()
        return pages | self._whole_paths

    def _listed_anew(self) -> frozenset[str]:
        """Look for files that came or went and were not told."""
        self._lacks_listing, listed = False, self._ready.problems
        again = read_listed_again(_NOTHING, self._held, self._listed, self._list_again)
        touched = self._take_over(again)
        return self._anew() if touched is None else self._follow(touched, listed)

    def _leave_context(self) -> None:
        """Make pages anew, with what still holds of what was known."""
        if self._context is not None:
            self._before, self._context = self._context, None

    def _whole_page(self, path: str, is_rough: bool) -> Page:
        """A page of the whole journal as it is now; others are made when they are asked for."""
        if self._whole is not None:
            return self._whole[path]
        if not may_be_whole(path):
            raise KeyError(path)
        if not is_rough:
            self.settled()
        context = self._context or self._work_in(is_rough)
        page = whole_page(context, path) if context else self._whole_pages()[path]
        if page is None:
            raise KeyError(path)
        self._whole_paths.add(path)
        return page

    def _work_in(self, is_rough: bool) -> Context | None:
        """What pages are made of now, with all that is known from before."""
        loaded = replace(self._loaded(is_rough), kept_topics=self._known_topics)
        context = context_of(loaded, self._held.seen)
        if context is not None and self._before is not None:
            context.after(self._before, *self._since)
            self._before.let_go()
        self._before, self._since = None, _Since(set(), set())
        self._renderer.say(site_context(loaded))
        self._context = context
        return context

    def _read_all(self, ready: Prepared) -> None:
        self._ready, self._listed, found = ready, Listed.of(ready), ready.listed.found
        self._recorded = self._ask_recorded()
        self._held = HeldFiles(ready, read_files(ready, found))
        self._of_all = self._context = None
        self._lacks_of_all = self._lacks_listing = False
        loaded = self._loaded()
        self._known_topics = loaded.topics
        self._renderer = Renderer(site_context(loaded), self._templates)
        self._assets = dict(self._renderer.assets())
        self._few: dict[str, set[str]] = {}
        for path in self._work_out(loaded).keys() - self._whole_paths:
            self._few.setdefault(named_at_page(path), set()).add(path)

    def _take_over(self, again: ReadAgain | None) -> Touched | None:
        """What files said and say, with what is known of all of them then."""
        if again is None:
            return None
        if again.listed is not self._listed:
            self._listed, self._ready = again.listed, again.listed.ready
            self._lacks_listing = not again.is_sure
        return again.touched

    def _list_again(self) -> Prepared:
        return self._prepared(Keep.ALL, self._ready)

    def _take(self, touched: Touched) -> set[str]:
        """Have files say what they say now; the names of those whose pages that may touch."""
        names, held = {name_at(was.path) for was, _ in touched}, self._held
        wanted = held.touched_by(names)
        held.take(touched)
        self._since.names.update(names)
        self._since.near.update(held.naming(names))
        return wanted | held.touched_by(names)

    def _pages_of(self, names: set[str]) -> set[str]:
        """The paths of the pages of some deals and contacts, and of those that they had."""
        before = set[str]().union(*(self._few.pop(name, ()) for name in names))
        paths = {page.path for page in pages_of_few(self._part(names))}
        now = {path for path in paths if named_at_page(path) in names}
        for path in now:
            self._few.setdefault(named_at_page(path), set()).add(path)
        return before | now

    def _part(self, names: set[str]) -> Loaded:
        """All that the pages of some deals and contacts are made of."""
        shares = {name for name in names if is_share(name)}
        in_shares = {n for n in self._held.names if share_of(n) in shares} if shares else set()
        part = self._held.part(names - shares, in_shares, self._ready)
        return replace(part, recorded=self._recorded, kept_topics=self._known_topics)

    def _whole_pages(self) -> Mapping[str, Page]:
        """All pages, those of the whole journal as it is now."""
        if self._whole is not None:
            return self._whole
        loaded = self._loaded()
        self._renderer.say(site_context(loaded))
        return self._work_out(loaded)

    def _loaded(self, is_rough: bool = False) -> Loaded:
        is_rough = is_rough and self._of_all is None
        known = self._last_of_all if is_rough else self._of_all
        loaded = self._held.loaded(self._ready, known)
        if is_rough:
            self._lacks_of_all = True
        else:
            self._of_all = self._last_of_all = loaded.of_all
        return replace(loaded, recorded=self._recorded, memory=self._memory)

    def _work_out(self, loaded: Loaded) -> Mapping[str, Page]:
        self._context = context_of(loaded, self._held.seen)
        self._before, self._since = None, _Since(set(), set())
        made = pages_in(self._context) if self._context else all_pages(loaded)
        pages = {page.path: page for page in made}
        self._whole = pages
        self._whole_paths = {path for path, page in pages.items() if page.is_whole}
        return pages

    def _known_paths(self) -> frozenset[str]:
        return frozenset(self._whole_paths.union(*self._few.values()))


def _topics(file: ReadFile) -> Topics:
    """What a file records; nothing where it has gaps, and is not shown."""
    subject = file.subject
    return topics_of([subject] if subject is not None and not subject.gaps else [])


def _is_deal(file: ReadFile) -> bool:
    """Whether it is a deal that is shown."""
    return isinstance(file.subject, Deal) and not file.subject.gaps


def _told_by_rules(file: ReadFile) -> object:
    """All of a file that rules of all look at: whether it is there, too, for in one that could not
    be understood what others lack may be meant to be."""
    subject = file.subject
    place = subject.spans.get("company") if subject and subject.company else None
    return bool(file.digest), gist_of(subject), place


def _is_seen_by_all(was: ReadFile, now: ReadFile) -> bool:
    """Whether pages of the whole journal may show what changed, or what is wrong with it."""
    return (
        bool(was.problems or now.problems)
        or glance(was.subject) != glance(now.subject)
        or gist_of(was.subject) != gist_of(now.subject)
    )
