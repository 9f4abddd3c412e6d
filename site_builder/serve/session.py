"""The site that is served, as it is now: pages made when they are asked for, changes told to all
who wait for them."""

from __future__ import annotations

import contextlib
import datetime as dt
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from site_builder.audiences.where import mistake_of
from site_builder.edit.desk import Desk
from site_builder.edit.refusals import NotDone
from site_builder.files.cache import cache_of
from site_builder.files.memory import Memory
from site_builder.files.tree import CONFIG, TEMPLATES, FolderTree, own_templates
from site_builder.load.preparing import NoJournal, Prepared
from site_builder.load.reload import name_at
from site_builder.problems.problem import Problem, Severity, Span, by_place
from site_builder.review.recorded import recorded
from site_builder.site.live import Site
from site_builder.site.part import PartSite
from site_builder.site.template_errors import TemplateWrong

_Pages = frozenset[str] | None
"""The paths of pages that changed; None for all."""
_MOST_KEPT = 200
_FEW = 20
_LATER = 0.3
"""After how many seconds a rough page is settled: once it is shown."""
MOST_SHOWN = 3
"""How many errors a banner names; more are counted."""
_SOMETHING = "Something is wrong: `dealog check` and `dealog build` say what."


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since a version: the paths of pages, or all where they are too many or nobody
    knows, and what is wrong now."""

    version: int
    pages: _Pages
    wrong: tuple[str, ...]


class Session:
    """A journal's site while it is served. All of it may be used by several threads."""

    def __init__(
        self,
        folder: Path,
        clock: Callable[[], dt.date],
        today: dt.date | None = None,
        audience: str = "",
    ) -> None:
        """``audience`` names the one whose site it is, if it is one's. Raises NoJournal where there
        is no journal, and Broken where its pipeline.yml can't be understood."""
        self._folder, self._clock, self._today = folder, clock, today
        self._audience = audience
        self._memory = Memory(partial(cache_of, folder))
        self._lock = threading.RLock()
        self._told = threading.Condition()
        self._version = 0
        self._last: deque[_Pages] = deque(maxlen=_MOST_KEPT)
        self._shown: dict[str, bytes] = {}
        self._site = self._new_site()
        self._is_behind = False
        self._wrong = self._told_of_site()

    @property
    def version(self) -> int:
        """A number that grows with each change."""
        return self._version

    @property
    def wrong(self) -> tuple[str, ...]:
        """What is wrong: a line an error."""
        return self._wrong

    @property
    def banner(self) -> tuple[str, ...]:
        """What pages say of that. Those of an audience say that something is, and no more: lines
        name files and values that it may not be shown."""
        return (_SOMETHING,) if self._wrong and self._audience else self._wrong

    def page(self, path: str, is_soon: bool = False) -> bytes | None:
        """A page or other file of the site; the last good one where it can't be made now. None
        where there never was one, or for an audience where there is none any more, which it may
        not be to see. One that is wanted ``is_soon`` may be rough, and is told to have changed
        where it was."""
        data = self._page(path, is_soon)
        if is_soon and self._site.is_rough:
            timer = threading.Timer(_LATER, self._settle)
            timer.daemon = True
            timer.start()
        return data

    def _settle(self) -> None:
        with self._lock:
            try:
                pages: _Pages = self._site.settled()
            except _UNSETTLED:
                self._all_anew()
                pages = None
            else:
                self._wrong = self._told_of_site() if pages else self._wrong
        if pages is None or pages:
            self._tell(pages)

    def _page(self, path: str, is_rough: bool) -> bytes | None:
        self._follow_day()
        with self._lock:
            try:
                data = self._site.asset(path)
                made = self._site.page(path, is_rough) if data is None else data
            except KeyError:
                # An audience is shown no more what a page once had.
                return self._shown.get(path) if self._wrong and not self._audience else None
            except TemplateWrong as wrong:
                self._wrong = (str(wrong),)
                return self._shown.get(path)
            except _UNSETTLED:
                self._all_anew()
                return self._shown.get(path)
            self._shown[path] = made
            return made

    @contextlib.contextmanager
    def desk(self) -> Iterator[Desk]:
        """Where edits of the journal are prepared, while nothing else happens to it. Raises NotDone
        where its pipeline.yml can't be understood now."""
        with self._lock:
            ready = self._site.ready
            if self._is_behind or ready.schema is None:
                raise NotDone(f"{CONFIG} can't be understood: see `dealog check`.")
            yield Desk(ready, ready.schema)

    def changed(self, paths: Iterable[str]) -> None:
        """Look at files again, and tell all who wait what changed."""
        with self._lock:
            pages = self._changed(frozenset(paths))
        self._tell(pages)

    def since(self, version: int, seconds: float) -> Changes:
        """What changed since a version, waiting so long for a change; nothing if there is none."""
        with self._told:
            self._told.wait_for(lambda: self._version != version, seconds)
        self._follow_day()
        with self._told:
            return Changes(self._version, self._pages_since(version), self.banner)

    def _pages_since(self, version: int) -> _Pages:
        missed, kept = self._version - version, len(self._last)
        if not 0 <= missed <= kept:
            return None
        later = list(self._last)[kept - missed :]
        known = [pages for pages in later if pages is not None]
        return frozenset[str]().union(*known) if len(known) == len(later) else None

    def _follow_day(self) -> None:
        """Show the day that has begun, and tell all who wait."""
        with self._lock:
            if self._site.is_of_today:
                return
            before = self._site
            self._all_anew()
        if self._site is not before:
            self._tell(None)

    def _changed(self, paths: frozenset[str]) -> _Pages:
        is_of_all = any(
            path == CONFIG or path.endswith("/") or path.startswith(f"{TEMPLATES}/")
            for path in paths
        )
        if is_of_all or not self._site.is_of_today:
            self._all_anew()
            return None
        self._keep_good(paths)
        try:
            pages = self._site.changed(paths)
        except _UNSETTLED:  # what is just being replaced, or is not yet told
            self._all_anew()
            return None
        self._wrong = self._told_of_site()
        return pages

    def _keep_good(self, paths: frozenset[str]) -> None:
        """Make the pages of a few files before they change: the last good ones, if they break."""
        for path in sorted(paths)[:_FEW]:
            page = f"{name_at(path)}.html"
            with contextlib.suppress(KeyError, TemplateWrong):
                self._shown[page] = self._site.page(page)

    def _all_anew(self) -> None:
        """Load the journal anew. Where that can't be, the site stays as it was."""
        self._is_behind = True
        try:
            self._site = self._new_site()
        except NoJournal:
            self._wrong = (f"{CONFIG} is gone.",)
        except Broken as broken:
            self._wrong = _told_of(broken.problems, has_page=False)
        except OSError as error:
            self._wrong = (f"{error.filename or self._folder}: {error.strerror or error}",)
        else:
            self._is_behind = False
            self._wrong = self._told_of_site()

    def _told_of_site(self) -> tuple[str, ...]:
        return _told_of(self._site.problems, has_page=not self._audience)

    def _new_site(self) -> Site | PartSite:
        tree, templates = FolderTree(self._folder), own_templates(self._folder)
        if name := self._audience:
            is_fit = partial(_refuse_unshown, name)
            return PartSite(tree, self._clock, self._today, templates, is_fit, name)
        known = partial(recorded, self._folder, None, cache_of(self._folder))
        return Site(tree, self._clock, self._today, templates, _refuse_broken, known, self._memory)

    def _tell(self, pages: _Pages) -> None:
        with self._told:
            self._version += 1
            self._last.append(pages)
            self._told.notify_all()


class Broken(Exception):
    """pipeline.yml can't be understood: ``problems``."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(CONFIG)
        self.problems = problems


_UNSETTLED = (OSError, NoJournal, Broken)
"""What a journal raises in the midst of a change."""


def _refuse_broken(ready: Prepared) -> None:
    if ready.schema is None:
        raise Broken(by_place(one for one in ready.problems if one.span.path == CONFIG))


def _refuse_unshown(name: str, ready: Prepared) -> None:
    """Refuse what an audience can't be shown, for nobody can say what that would be."""
    _refuse_broken(ready)
    assert ready.schema is not None
    audience = ready.schema.audiences.get(name)
    if audience is None:
        message, help = f"There is no audience `{name}`.", f"Name it in `audiences` of {CONFIG}."
        raise Broken((Problem("missing-field", message, help, Span.start_of(CONFIG)),))
    wrong = mistake_of(audience, ready.schema, ready.day.date)
    if wrong is not None:
        raise Broken((wrong,))
    if not audience.is_sound:
        raise Broken(by_place(one for one in ready.problems if one.span.path == CONFIG))


def _told_of(problems: Iterable[Problem], *, has_page: bool) -> tuple[str, ...]:
    """A line an error of the first few, and where others are told: on a page, if there is one."""
    errors = by_place(problem for problem in problems if problem.severity is Severity.ERROR)
    lines = [_line(problem) for problem in errors[:MOST_SHOWN]]
    more, where = len(errors) - MOST_SHOWN, "the page of problems" if has_page else "`dealog check`"
    return (*lines, f"and {more} more: see {where}") if more > 0 else tuple(lines)


def _line(problem: Problem) -> str:
    span = problem.span
    return f"{span.path}:{span.line}:{span.column} {problem.message} {problem.help}".rstrip()
