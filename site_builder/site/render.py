"""Views and templates to pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from markupsafe import Markup

from site_builder.files.cache import Cache
from site_builder.files.tree import is_usable, visible
from site_builder.journal.made_once import Recent
from site_builder.pages.data import Data
from site_builder.pages.follow_ups_feed import Feed
from site_builder.pages.frame import SiteContext
from site_builder.pages.navigation import navigation
from site_builder.pages.page import Page
from site_builder.site import calendars, for_hosts, scripts, style_sheet, template_errors
from site_builder.site.compiled import Compiled
from site_builder.site.output import ASSETS
from site_builder.site.shown import digest_of
from site_builder.site.templating import environment

STYLE = f"{ASSETS}/style.css"
SCRIPT = f"{ASSETS}/site.js"
_PARTS = 4_000
"""How many parts of pages are kept, for others that have them too: neighbours, mostly."""


def templates_dir() -> Path:
    """The folder of the built-in templates: beside the package in a checkout, inside it in
    an installed wheel. Raises FileNotFoundError where the installation is broken."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "_templates", package.parent / "templates"):
        if (folder / "base.html").is_file():
            return folder
    raise FileNotFoundError("dealog's own templates are missing: install it again")


class Renderer:
    """Renders the pages of one site.

    A template sees ``site`` (SiteContext), ``view`` (what the page's view function gave),
    ``root`` (empty, or ``../`` for a page in a folder: it goes before every path of the
    site), and ``header`` and ``footer``, ready made.
    """

    def __init__(
        self,
        site: SiteContext,
        journal_templates: Path | None = None,
        cache: Cache | None = None,
    ) -> None:
        """With a cache, templates that were compiled in an earlier run are taken from there."""
        self.say(site)
        self._own = journal_templates
        self._folders = [folder for folder in (journal_templates, templates_dir()) if folder]
        kept_in = cache if journal_templates or cache is None else cache.of_all
        self._compiled = Compiled(kept_in) if kept_in else None
        self._jinja = environment(self._folders, compiled=self._compiled)
        self._parts: Recent[tuple[object, ...], Markup] = Recent(_PARTS)
        self._jinja.filters["once"] = self._made_once

    def say(self, site: SiteContext) -> None:
        """Have this on all pages from now on."""
        self._site, self._site_of_few = site, site.of_few
        self._frames: dict[tuple[str, str], tuple[Markup, Markup]] = {}

    def render(self, page: Page) -> bytes:
        """The page, or file of another sort, as UTF-8. Raises TemplateWrong where the journal's own
        templates can't be rendered."""
        view = page.view()
        if isinstance(view, Feed):
            return calendars.calendar(view)
        if isinstance(view, Data):
            return scripts.data(view)
        try:
            return self._html(page, view).encode()
        except Exception as error:
            if self._own is None:  # then it is a bug of ours
                raise
            wrong = template_errors.wrong(error, page.template, self._own, templates_dir())
            raise wrong from error

    def digest_of(self, view: object) -> bytes:
        """Changes with anything that a page of the whole journal shows, but for its templates."""
        return digest_of(self._site, view)

    def load_templates(self) -> None:
        """Load all there are, so that processes forked off from now on have them."""
        for name in self._jinja.list_templates(["html"]):
            with suppress(Exception):  # what can't be loaded is told of if a page needs it
                self._jinja.get_template(name)

    def keep_templates(self) -> None:
        """Keep what was compiled for the next run."""
        if self._compiled is not None:
            self._compiled.keep()

    def _html(self, page: Page, view: object) -> str:
        root = "../" * page.path.count("/")
        header, footer = self._frame(page, root)
        return self._jinja.get_template(page.template).render(
            site=self._said_by(page),
            view=view,
            root=root,
            header=header,
            footer=footer,
        )

    def assets(self) -> Iterator[tuple[str, bytes]]:
        """Style sheet, script and other files of the site, by path; the journal's own first."""
        seen: set[str] = set()
        for folder in self._folders:
            for file in sorted((folder / ASSETS).glob("*")):
                path = f"{ASSETS}/{file.name}"
                if not file.is_file() or template_errors.leads_away(folder, path):
                    continue
                if not is_usable(visible(path)):
                    continue
                if not file.name.startswith(".") and path not in seen:
                    seen.add(path)
                    yield path, file.read_bytes()
        if STYLE not in seen:
            yield STYLE, style_sheet.joined(templates_dir() / "styles")
        if SCRIPT not in seen:
            yield SCRIPT, scripts.joined(templates_dir() / "scripts")

    def for_hosts(self) -> Iterator[tuple[str, bytes]]:
        """What hosts and search engines read beside the pages, by path."""
        return for_hosts.files(is_private=self._site.private)

    def _made_once(self, value: object, macro: Callable[..., Markup], *more: object) -> Markup:
        """What a macro makes of a value that other pages show too. The macro has to be another
        file's, which knows nothing of the page."""
        key = macro, value, more
        known = self._parts.get(key)
        return self._parts.keep(key, macro(value, *more)) if known is None else known

    def _said_by(self, page: Page) -> SiteContext:
        return self._site if page.is_whole else self._site_of_few

    def _frame(self, page: Page, root: str) -> tuple[Markup, Markup]:
        """Header and footer of a page: those made of few deals and contacts, which lie in
        folders, have the same in each folder."""
        place = page.path if page.is_whole else page.entry, root
        if place not in self._frames:
            site = self._said_by(page)
            nav = navigation(site.nav, page.entry, page.path == page.entry, site.more)
            header = self._jinja.get_template("header.html").render(site=site, root=root, nav=nav)
            footer = self._jinja.get_template("footer.html").render(site=site, root=root)
            self._frames[place] = Markup(header), Markup(footer)
        return self._frames[place]
