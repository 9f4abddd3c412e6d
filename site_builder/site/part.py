"""The site of an audience in memory: read anew with each change, and rendered page by page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from site_builder.audiences.projection import projection
from site_builder.files.tree import Tree
from site_builder.load.loaded import Loaded
from site_builder.load.loader import loaded_of, read_files
from site_builder.load.preparing import Prepared
from site_builder.load.reading import Keep
from site_builder.pages.page import Page
from site_builder.pages.shown.registry import shown_pages, shown_site
from site_builder.problems.problem import Problem
from site_builder.site.in_memory import InMemory
from site_builder.site.render import Renderer


class PartSite(InMemory):
    """What ``live.Site`` is, of what an audience of a tree of files is shown, by the name of the
    audience."""

    is_rough = False

    def __init__(
        self,
        tree: Tree,
        clock: Callable[[], dt.date],
        today: dt.date | None,
        templates: Path | None,
        is_fit: Callable[[Prepared], None],
        audience: str,
    ) -> None:
        """``is_fit`` raises where the audience can't be shown anything. Raises NoJournal where
        there is no pipeline.yml."""
        super().__init__(tree, clock, today, templates, is_fit)
        self._audience = audience
        self._pages: dict[str, Page] = {}
        self._read()

    @property
    def problems(self) -> Iterator[Problem]:
        """What is wrong with the journal."""
        yield from self._loaded.problems

    def page(self, path: str, is_rough: bool = False) -> bytes:  # noqa: ARG002 - as Site has it
        """A page as UTF-8. Raises KeyError where there is none, and TemplateWrong where the
        journal's own templates can't be rendered."""
        return self._renderer.render(self._pages[path])

    def changed(self, _paths: Iterable[str]) -> frozenset[str]:
        """Read everything again: any file may be shown now, or be shown no more. The paths of all
        pages that there are and were."""
        before = frozenset(self._pages)
        self._read()
        return before | frozenset(self._pages)

    def settled(self) -> frozenset[str]:
        """Nothing: no page is rough."""
        return frozenset()

    def _read(self) -> None:
        ready = self._prepared(Keep.NOTHING)
        loaded: Loaded = loaded_of(ready, read_files(ready, ready.listed.found))
        whole = loaded.seen
        assert whole is not None
        audience = whole.schema.audiences[self._audience]
        journal = projection(whole, audience, loaded.today, loaded.problems)
        pages = shown_pages(journal, audience, loaded.today)
        self._ready, self._loaded = ready, loaded
        self._renderer = Renderer(shown_site(journal, pages, loaded.today), self._templates)
        self._assets = dict(self._renderer.assets())
        self._pages = {page.path: page for page in pages}
