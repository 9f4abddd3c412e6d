"""The journal of odd texts: fit to be one, strict HTML, and each text in its own direction."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from xml.etree.ElementTree import Element

import html5lib
import pytest

from site_builder.load.loaded import Loaded
from site_builder.pages.registry import all_pages, site_context
from site_builder.problems.problem import Severity
from site_builder.site.render import Renderer
from tests import odd_texts
from tests.sites import read

_SET_APART = re.compile("\u2068[^\u2069]*\u2069")
_ALIKE = re.compile(r"deals/many-(?!00)\d")
"""The deals of a long list, but for ten of them."""
_FROM_THE_RIGHT = re.compile("[\u0590-\u08ff]+[^\n]*")


@pytest.fixture(scope="module")
def journal() -> Loaded:
    return read(dict(odd_texts.odd_journal()))


@pytest.fixture(scope="module")
def pages(journal: Loaded) -> Mapping[str, str]:
    renderer = Renderer(site_context(journal))
    pages = [p for p in all_pages(journal) if p.template and not _ALIKE.match(p.path)]
    assert "deals/many-notes.html" in {page.path for page in pages}
    return {page.path: renderer.render(page).decode() for page in pages}


def test_it_is_as_odd_as_it_says(journal: Loaded) -> None:
    assert (len(odd_texts.WORD), len(odd_texts.LONG_NAME), len(odd_texts.NAME)) == (80, 56, 20)
    assert len(odd_texts.REASON) == 200
    assert journal.journal
    schema = journal.journal.schema
    assert [len(pipeline.stages) for pipeline in schema.pipelines] == [12, 4]
    values = {deal.value.currency for deal in journal.journal.deals if deal.value}
    assert values == set(odd_texts.CURRENCIES)


def test_it_has_no_errors(journal: Loaded) -> None:
    assert [str(p) for p in journal.problems if p.severity is Severity.ERROR] == []


def test_its_pages_are_strict_html(pages: Mapping[str, str]) -> None:
    for page in pages.values():
        _parsed(page)


def test_each_text_of_a_user_has_a_direction_of_its_own(pages: Mapping[str, str]) -> None:
    """So that none reorders what stands beside it: in `bdi`, in something with `dir="auto"`, or, where
    a sentence is no markup, made by `formats.isolated`."""
    found = {
        f"{path}: {text}"
        for path, html in pages.items()
        for text in _among_others(_parsed(html)[1])
    }
    assert found == set()


@cache
def _parsed(html: str) -> Element:
    """A page as a strict parser reads it, once for all tests. Raises ParseError where it is none."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    page = parser.parse(html)
    assert isinstance(page, Element)
    return page


def _among_others(element: Element) -> Iterator[str]:
    """Texts from right to left, within an element, that nothing sets apart."""
    if element.tag == "bdi" or element.tag.endswith("}title") or element.get("dir") == "auto":
        return
    yield from _FROM_THE_RIGHT.findall(_SET_APART.sub("", element.text or ""))
    for child in element:
        yield from _among_others(child)
        yield from _FROM_THE_RIGHT.findall(_SET_APART.sub("", child.tail or ""))
