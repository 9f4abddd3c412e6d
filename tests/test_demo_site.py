"""The demo site as files: all page types there, well-formed, and every link leads somewhere."""

from __future__ import annotations

import gzip
import posixpath
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import html5lib
import pytest

from site_builder.files.tree import FolderTree
from site_builder.site.live import Site
from tests import demo
from tests.bench.generate import TODAY, write_journal


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo.build(tmp_path_factory.mktemp("demo") / "site")


@pytest.fixture(scope="session")
def looked_at(site: Path) -> list[Path]:
    """A page of each type."""
    return [site / path for path in demo.one_of_each(site).values()]


@pytest.mark.parametrize(
    ("path", "most"),
    [("index.html", 6_000), ("board.html", 8_000), ("forecast.html", 10_000), ("assets/style.css", 15_000), ("assets/site.js", 25_000)],
)  # fmt: skip
def test_a_page_to_look_at_daily_is_light(site: Path, path: str, most: int) -> None:
    """The style sheet and the script as well."""
    assert len(gzip.compress((site / path).read_bytes())) <= most


def test_a_board_of_two_hundred_deals_is_light(tmp_path: Path) -> None:
    write_journal(tmp_path, 200)
    site = Site(FolderTree(tmp_path), lambda: TODAY)
    assert site.page("board.html").count(b"data-deal=") > 100
    assert len(gzip.compress(site.page("board.html"))) <= 100_000


def test_pages_are_strict_html(looked_at: list[Path]) -> None:
    for path in looked_at:
        assert path.read_text(encoding="utf-8").lower().startswith("<!doctype html>"), path
        _strict(path)


def test_pages_have_one_heading_and_a_title_of_their_own(looked_at: list[Path]) -> None:
    for path in looked_at:
        assert len(list(_strict(path).iter("h1"))) == 1, path
        assert _own_title("".join(next(_strict(path).iter("title")).itertext())), path


def test_no_two_pages_share_a_title(site: Path) -> None:
    """But for the first board, which stands under two addresses."""
    titles: dict[str, str] = {}
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        title = _own_title(_read(path).title)
        assert title, name
        if name != "board.html":
            assert titles.setdefault(title, name) == name, title


def test_no_id_is_given_twice_on_a_page(site: Path) -> None:
    for path in sorted(site.rglob("*.html")):
        ids = [said["id"] for _, said in _read(path).elements if said.get("id")]
        assert len(ids) == len(set(ids)), path.relative_to(site)


def test_every_link_leads_somewhere(site: Path) -> None:
    broken = [
        f"{path.relative_to(site)}: {link}"
        for path in sorted(site.rglob("*.html"))
        for link in _links(_read(path))
        if not _resolves(site, path, link)
    ]
    assert not broken, "\n".join(broken[:20])


def test_every_page_is_reached_by_links(site: Path) -> None:
    found, left = set[str](), ["index.html"]
    while left:
        page = left.pop()
        if page not in found:
            found.add(page)
            links = re.findall(r'href="([^"#:]+\.html)', (site / page).read_text(encoding="utf-8"))
            left += [
                posixpath.normpath(posixpath.join(posixpath.dirname(page), link)) for link in links
            ]
    every = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    assert every - found == {"404.html"}


def test_no_page_loads_anything_from_elsewhere(site: Path) -> None:
    for path in sorted(site.rglob("*.html")):
        for tag, said in _read(path).elements:
            loads = said.get("src") or (tag == "link" and said.get("href")) or ""
            assert not urlsplit(loads).netloc, (path.relative_to(site), loads)


def _links(page: _Read) -> Iterator[str]:
    for _, said in page.elements:
        for name in ("href", "src"):
            if value := said.get(name):
                yield value


def _resolves(site: Path, path: Path, link: str) -> bool:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return parts.scheme in ("http", "https", "mailto", "tel", "data")
    if link.startswith("/"):
        return False  # would break under file:// and below a sub-path
    target = _target(site, path.parent, unquote(parts.path)) if parts.path else path
    return bool(target) and (not parts.fragment or unquote(parts.fragment) in _ids(target))


@cache
def _target(site: Path, folder: Path, link: str) -> Path | None:
    """The file of the site that a link leads to from a folder, if it leads to one."""
    target = (folder / link).resolve()
    return target if target.is_relative_to(site.resolve()) and target.is_file() else None


def _own_title(title: str) -> str:
    """What the title says before the journal's name."""
    return title.rpartition(" · ")[0].strip()


@cache
def _ids(path: Path) -> frozenset[str]:
    if path.suffix not in (".html", ".svg"):
        return frozenset()
    return frozenset(said.get("id") or "" for _, said in _read(path).elements)


class _Read(HTMLParser):
    """The elements of a page in their order, with their attributes, and the first title. What is
    strict HTML is read alike by a parser that takes many times as long."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.title, self._is_title = "", False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._is_title = tag == "title" and not self.title

    def handle_endtag(self, tag: str) -> None:
        self._is_title = False

    def handle_data(self, data: str) -> None:
        self.title += data if self._is_title else ""


@cache
def _read(path: Path) -> _Read:
    return _Read(path.read_text(encoding="utf-8"))


@cache
def _strict(path: Path) -> Element:
    """A page as a strict parser reads it. Raises ParseError where it is none."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    page = parser.parse(path.read_text(encoding="utf-8"))
    assert isinstance(page, Element)
    return page
