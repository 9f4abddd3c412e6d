"""The demo site as files: all page types there, well-formed, and every link leads somewhere."""

from __future__ import annotations

import gzip
import posixpath
import re
from collections.abc import Iterator
from functools import cache
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
        text = path.read_text(encoding="utf-8")
        assert text.lower().startswith("<!doctype html>"), path
        html5lib.HTMLParser(strict=True).parse(text)


def test_pages_have_one_heading_and_a_title_of_their_own(looked_at: list[Path]) -> None:
    for path in looked_at:
        page = _parse(path)
        assert len(list(page.iter("h1"))) == 1, path
        assert _own_title(page), path


def test_no_two_pages_share_a_title(site: Path) -> None:
    """But for the first board, which stands under two addresses."""
    titles: dict[str, str] = {}
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        title = _own_title(_parse(path))
        assert title, name
        if name != "board.html":
            assert titles.setdefault(title, name) == name, title


def test_no_id_is_given_twice_on_a_page(site: Path) -> None:
    for path in sorted(site.rglob("*.html")):
        ids = [e.get("id") for e in _parse(path).iter() if e.get("id")]
        assert len(ids) == len(set(ids)), path.relative_to(site)


def test_every_link_leads_somewhere(site: Path) -> None:
    broken = [
        f"{path.relative_to(site)}: {link}"
        for path in sorted(site.rglob("*.html"))
        for link in _links(_parse(path))
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
        for element in _parse(path).iter():
            loads = element.get("src") or (element.tag == "link" and element.get("href")) or ""
            assert not urlsplit(loads).netloc, (path.relative_to(site), loads)


def _links(page: Element) -> Iterator[str]:
    for element in page.iter():
        for name in ("href", "src"):
            if value := element.get(name):
                yield value


def _resolves(site: Path, path: Path, link: str) -> bool:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return parts.scheme in ("http", "https", "mailto", "tel", "data")
    if link.startswith("/"):
        return False  # would break under file:// and below a sub-path
    target = (path.parent / unquote(parts.path)).resolve() if parts.path else path.resolve()
    inside = target.is_relative_to(site.resolve()) and target.is_file()
    return inside and (not parts.fragment or unquote(parts.fragment) in _ids(target))


def _own_title(page: Element) -> str:
    """What the title says before the journal's name."""
    return "".join(next(page.iter("title")).itertext()).rpartition(" · ")[0].strip()


@cache
def _ids(path: Path) -> frozenset[str]:
    if path.suffix not in (".html", ".svg"):
        return frozenset()
    return frozenset(e.get("id", "") for e in _parse(path).iter())


@cache
def _parse(path: Path) -> Element:
    text = path.read_text(encoding="utf-8")
    page = html5lib.parse(text, treebuilder="etree", namespaceHTMLElements=False)
    assert isinstance(page, Element)
    return page
