"""Pages that grow with the journal are cut or go on elsewhere: none gets too large to be opened."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.load.loader import load
from site_builder.pages.registry import all_pages, site_context
from site_builder.site.render import Renderer
from tests.by_hand import TODAY
from tests.large import large_journal

pytestmark = pytest.mark.early
MOST_NODES = 30_000
MOST_BYTES = 1_000_000
DEALS, OF_ACME, NOTES = 10_000, 5_000, 2_000

_NODES = re.compile(r"<[a-z]|>\s*[^<\s]")
"""Where an element begins, or a text that is no blank."""


@pytest.fixture(scope="module")
def pages() -> Mapping[str, str]:
    """The pages that are made of much; those of single deals are like one another."""
    loaded = load(MemoryTree(dict(large_journal(DEALS, OF_ACME, NOTES))), lambda: TODAY)
    renderer = Renderer(site_context(loaded))
    large = re.compile(
        r"contacts/(acme|jane|co-0|person-0000)\..*|deals/long.*|deals/deal-00000.html"
    )
    return {
        page.path: renderer.render(page).decode()
        for page in all_pages(loaded)
        if page.template and (page.is_whole or large.fullmatch(page.path))
    }


def test_no_page_is_too_large(pages: Mapping[str, str]) -> None:
    nodes = {path: len(_NODES.findall(page)) for path, page in pages.items()}
    assert {path: count for path, count in nodes.items() if count > MOST_NODES} == {}
    sizes = {path: len(page.encode()) for path, page in pages.items()}
    assert {path: size for path, size in sizes.items() if size > MOST_BYTES} == {}


def listed(pages: Mapping[str, str], paths: str, row: str) -> list[str]:
    """What stands in the rows of all these pages."""
    return [
        found
        for path, page in pages.items()
        if re.fullmatch(paths, path)
        for found in re.findall(row, page)
    ]


def test_nothing_is_lost_and_nothing_stands_twice(pages: Mapping[str, str]) -> None:
    for paths, row, count in (
        (r"deals/long(\.\d+)?\.html", r'<li class="note" id="([^"]+)"', NOTES),
        (r"contacts/jane(\.\d+)?\.html", r'<li class="note" id="([^"]+)"', NOTES),
        (r"contacts/acme\.deals(\.\d+)?\.html", r'href="\.\./deals/(deal-\d+)', OF_ACME),
        (r"contacts/acme\.people(\.\d+)?\.html", r'href="\.\./contacts/(person-\d+)', OF_ACME),
        (r"contacts/jane\.introduced(\.\d+)?\.html", r'href="\.\./contacts/(person-\d+)', OF_ACME),
        (r"contacts/jane\.referred(\.\d+)?\.html", r'href="\.\./deals/(deal-\d+)', OF_ACME),
    ):
        found = listed(pages, paths, row)
        assert (len(found), len(set(found))) == (count, count)
    first = listed(pages, r"stale\.html", r'data-deal="([^"]+)"')
    assert len(first) == len(set(first)) < DEALS / 10
    stale = listed(pages, r"stale-of-[^.]+(\.\d+)?\.html", r'data-deal="([^"]+)"')
    assert len(stale) == len(set(stale)) > DEALS / 2
    assert f">{len(stale):,} deals are stale".replace(",", "\u202f") in pages["stale.html"]


def test_what_is_cut_says_how_many_and_leads_there(pages: Mapping[str, str]) -> None:
    for path, text in (
        ("deals/long.html", '<a href="../deals/long.2.html">1 800 older notes</a>'),
        ("contacts/jane.html", '<a href="../contacts/jane.2.html">1 800 older notes of <bdi>Jane</bdi>\'s own file</a>'),
        ("contacts/acme.html", '<a href="../contacts/acme.deals.html">and 4 900 more deals</a>'),
        ("contacts/acme.html", '<a href="../contacts/acme.people.html">and 4 900 more people</a>'),
        ("contacts/jane.html", ', <a href="../contacts/jane.introduced.html"><bdi>and 4 975 more contacts</bdi></a>'),
        ("contacts/jane.html", ', <a href="../contacts/jane.referred.html"><bdi>and 4 975 more deals</bdi></a>'),
    ):  # fmt: skip
        assert re.sub(r"(\d) (\d)", "\\1\u202f\\2", text) in pages[path]


def test_links_within_lead_to_what_is_there(pages: Mapping[str, str]) -> None:
    """Those to pages that are cut into several."""
    cut = re.compile(
        r'href="((?:\.\./)?(?:stale|deals/long|contacts/(?:jane|acme)))([^"#]*)#([^"]+)"'
    )
    for page in pages.values():
        for stem, rest, anchor in set(cut.findall(page)):
            assert f'id="{anchor}"' in pages[stem.removeprefix("../") + rest]
