"""Every figure of the first lines of lists, boards and the overview leads to exactly what it counts:
on the page, or on another. The pages of facts are followed by ``test_counts``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple
from urllib.parse import unquote_plus
from xml.etree.ElementTree import Element

import html5lib
import pytest

from site_builder.exchange.listed import listed as listed_deals
from site_builder.files.tree import FolderTree, MemoryTree
from site_builder.insights.insights import Insights
from site_builder.load.loaded import Loaded
from site_builder.load.loader import load
from site_builder.pages.registry import all_pages, site_context
from site_builder.query.fields import fields_of
from site_builder.query.matching import query
from site_builder.query.spans import Calendar
from site_builder.site.render import Renderer
from tests.listing import COUNT, plain
from tests.places import ROOT
from tests.stories import TODAY, story

LISTS = re.compile(r"(deals|contacts|companies|stale|view|board)(-[^/]*)?(\.[0-9]+)?\.html")
OF_DEALS = re.compile(rf"({COUNT.pattern}) (?:more )?deals?\b")
COVERED = re.compile(rf"\((?:{COUNT.pattern}) of ({COUNT.pattern})")
ELSEWHERE = ("forecast.html", "follow-ups.html")
"""Where leads what has no list of just these: what is expected where no deal is, and what is due
beside the deals that the overview names."""
JOURNALS = pytest.mark.parametrize("which", ["demo", "large"])


class Site:
    """The pages of a journal, read when they are asked for."""

    def __init__(self, loaded: Loaded) -> None:
        assert loaded.seen
        self.pages = {page.path: page for page in all_pages(loaded) if page.is_whole}
        self._insights = Insights(loaded.seen, loaded.today)
        self._renderer, self._read = Renderer(site_context(loaded)), dict[str, Element]()

    def asked(self, text: str) -> set[str]:
        """The ids of the deals that the query of an address means."""
        schema = self._insights.journal.schema
        calendar = Calendar(self._insights.today, schema.fiscal_year_starts)
        means = query(unquote_plus(text), fields_of(schema), calendar)
        return {one.deal.id for one in listed_deals(self._insights, means)}

    def main(self, path: str) -> Element:
        """The content of a page."""
        if path not in self._read:
            html = self._renderer.render(self.pages[path]).decode()
            tree = html5lib.parse(html, namespaceHTMLElements=False)
            (self._read[path],) = tree.iter("main")
        return self._read[path]

    def pages_from(self, path: str) -> Iterator[Element]:
        """A page of a list, and those that follow."""
        name, _, number = path.removesuffix(".html").partition(".")
        if not number.isdigit():
            name, number = path.removesuffix(".html"), "1"
        n = int(number)
        while path in self.pages:
            yield self.main(path)
            n += 1
            path = f"{name}.{n}.html"


@cache
def site(which: str) -> Site:
    """That of the demo, or of a random journal with so much that lists are cut."""
    if which == "demo":
        return Site(load(FolderTree(ROOT), lambda: TODAY))
    return Site(load(MemoryTree(story(3, deals=160, people=540)), lambda: TODAY))


class Figure(NamedTuple):
    """Words of a page that lead somewhere."""

    page: str
    text: str
    href: str

    @property
    def number(self) -> int | None:
        """How many it says there are; None of a sum that is not said to be of a part."""
        found = OF_DEALS.search(self.text) or COVERED.search(self.text)
        if found:
            return plain(found[1])
        counts = COUNT.findall(self.text)
        is_sum = re.search("[€£$]|[A-Z]{3}", self.text)
        return plain(counts[-1]) if counts and not is_sum else None


def read(element: Element) -> str:
    return "".join(element.itertext())


def having(element: Element, kind: str) -> Iterator[Element]:
    """The elements of a class."""
    return (one for one in element.iter() if kind in (one.get("class") or "").split())


def at(element: Element, anchor: str) -> Element:
    """What stands at an anchor, which there is once."""
    (found,) = [one for one in element.iter() if one.get("id") == anchor] if anchor else [element]
    return found


def figures(which: str, path: str) -> Iterator[Figure]:
    """The links of a page's first lines, of the heads of a board's columns, and of the overview's
    tables."""
    main = site(which).main(path)
    kinds = ("answer", "column-sums", *(("under", "stages") if path == "index.html" else ()))
    for kind in kinds:
        for element in having(main, kind):
            for link in element.iter("a"):
                yield Figure(path, read(link), link.get("href") or "")


def lists(which: str) -> list[str]:
    return [path for path in site(which).pages if LISTS.fullmatch(path) or path == "index.html"]


def listed(which: str, figure: Figure) -> int:
    """How many deals or contacts stand where a figure leads to, with those that are only counted
    there."""
    address, _, anchor = figure.href.partition("#")
    path, _, asked = address.partition("?q=")
    path = path or figure.page
    if anchor == "attention":
        return tasks(which, figure)
    if path == "deals.html" and asked:
        return len(site(which).asked(asked))
    if path.startswith(("contacts", "companies")):
        return contacts(which, path, anchor)
    if path == "deals.html":
        return deals(which, anchor)
    every = list(site(which).pages_from(path))
    parts = [at(every[0], anchor), *every[1:]]
    ids = [id for part in parts for id in ids_in(part)]
    kept = [id for id in ids if not asked or id in site(which).asked(asked)]
    assert len(kept) == len({*kept}), figure
    return len(kept) + sum(more for part in parts for more in more_in(part))


def tasks(which: str, figure: Figure) -> int:
    """How many deals that need attention say so for the reason of a figure."""
    said = (
        "due today" if figure.text.startswith("Due today") else "close[sd] (?:today|tomorrow|in )"
    )
    head = at(site(which).main(figure.page), "attention")
    (section,) = [s for s in site(which).main(figure.page).iter("section") if head in s.iter()]
    return sum(bool(re.search(said, read(task))) for task in section.iter("li"))


def ids_in(element: Element) -> list[str]:
    return [id for one in element.iter() if (id := one.get("data-deal"))]


def more_in(element: Element) -> Iterator[int]:
    """How many more there are said to be, behind those of a part."""
    for one in element.iter():
        if "data-whole" in one.attrib and (found := OF_DEALS.search(read(one))):
            yield plain(found[1])


def contacts(which: str, path: str, anchor: str) -> int:
    """How many contacts stand at an anchor: all, or those who are due, or who have open deals and
    are not, from there on."""
    pages = list(site(which).pages_from(path))
    if anchor == "all":
        return sum(len(list(having(page, "main-cell"))) for page in pages)
    rows = [row for page in pages for row in page.iter("tr") if list(having(row, "main-cell"))]
    first = next(n for n, row in enumerate(rows) if row.get("id") == anchor)
    is_of = is_due if anchor == "due" else is_open
    return next((n for n, row in enumerate(rows[first:]) if not is_of(row)), len(rows) - first)


def is_due(row: Element) -> bool:
    return row.get("class") == "due"


def is_open(row: Element) -> bool:
    opened, _ = [cell for cell in row.iter("td") if cell.get("class") == "num"]
    return not is_due(row) and bool(read(opened))


def deals(which: str, anchor: str) -> int:
    """How many deals the stages at an anchor of the list of deals have: all, or the open ones."""
    main = site(which).main("deals.html")
    at(main, anchor)
    heads = [one for row in having(main, "group-row") for one in having(row, "count")]
    ways = [a for head in having(main, "section-head") for a in head.iter("a")]
    counts = [Figure("deals.html", read(a), a.get("href") or "") for a in (*heads, *ways)]
    assert [one for one in counts if listed(which, one) != one.number] == []
    return sum(one.number or 0 for one in counts[: len(heads) if anchor == "open" else None])


@JOURNALS
def test_each_figure_leads_to_as_many_as_it_says(which: str) -> None:
    seen = set[str]()
    for path in lists(which):
        for figure in figures(which, path):
            if figure.href not in ELSEWHERE and (count := figure.number) is not None:
                assert listed(which, figure) == count, figure
                seen.add(path.partition("-")[0].partition(".")[0])
    assert seen == {"index", "board", "deals", "view", "contacts", "companies", "stale"}


@JOURNALS
def test_no_count_of_a_first_line_leads_nowhere(which: str) -> None:
    for path in lists(which):
        for line in having(site(which).main(path), "answer"):
            links = [read(link) for link in line.iter("a")]
            rest = read(line)
            for text in links:
                rest = rest.replace(text, "", 1)
            assert COUNT.findall(rest.replace("in the next 14 days", "")) in ([], ["0"]), (
                path,
                rest,
            )


@JOURNALS
def test_a_sum_of_a_board_leads_where_the_count_beside_it_does(which: str) -> None:
    for path in (path for path in lists(which) if path.startswith("board")):
        for line in having(site(which).main(path), "column-sums"):
            assert len({link.get("href") for link in line.iter("a")}) == 1, path
