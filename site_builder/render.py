"""Views and templates to pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from site_builder.pages import NavItem, Page, SiteContext

ASSETS = "assets"


def templates_dir() -> Path:
    """The folder of the built-in templates: beside the package in a checkout, inside it in
    an installed wheel. Raises FileNotFoundError where the installation is broken."""
    package = Path(__file__).resolve().parent
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

    def __init__(self, site: SiteContext, journal_templates: Path | None = None) -> None:
        self._site = site
        self._folders = [folder for folder in (journal_templates, templates_dir()) if folder]
        self._jinja = _environment(self._folders)
        self._frames: dict[tuple[str, str, bool], tuple[Markup, Markup]] = {}

    def render(self, page: Page) -> bytes:
        """The page as UTF-8. Raises jinja2's errors for templates that are wrong."""
        root = "../" * page.path.count("/")
        header, footer = self._frame(page.path, root)
        html = self._jinja.get_template(page.template).render(
            site=self._site, view=page.view(), root=root, header=header, footer=footer
        )
        return html.encode()

    def assets(self) -> Iterator[tuple[str, bytes]]:
        """The style sheet and other files of the site, by path; the journal's own first."""
        seen: set[str] = set()
        for folder in self._folders:
            for file in sorted((folder / ASSETS).glob("*")):
                path = f"{ASSETS}/{file.name}"
                if file.is_file() and not file.name.startswith(".") and path not in seen:
                    seen.add(path)
                    yield path, file.read_bytes()

    def _frame(self, path: str, root: str) -> tuple[Markup, Markup]:
        """Header and footer, once for all pages that share them."""
        current = current_entry(path, self._site.nav)
        key = (root, current, path == current)
        if key not in self._frames:
            values = {"site": self._site, "root": root, "current": current}
            header = self._jinja.get_template("header.html").render(**values, exact=path == current)
            footer = self._jinja.get_template("footer.html").render(**values)
            self._frames[key] = Markup(header), Markup(footer)
        return self._frames[key]


def current_entry(path: str, nav: tuple[NavItem, ...]) -> str:
    """The path of the entry that a page belongs to, or nothing: ``deals/acme.html`` and
    ``deals-sales.won.html`` belong to ``deals.html``."""
    for item in nav:
        stem = item.path.removesuffix(".html")
        if path == item.path or path.startswith((f"{stem}/", f"{stem}-", f"{stem}.")):
            return item.path
    return ""


def _environment(folders: list[Path]) -> Environment:
    jinja = Environment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    jinja.globals.clear()
    return jinja
