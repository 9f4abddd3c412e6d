"""Pages of journals that are given as texts, and the tables in them, for tests that read what
people read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from html import unescape
from pathlib import Path

from site_builder.files.tree import MemoryTree
from site_builder.load.loaded import Loaded
from site_builder.load.loader import load
from site_builder.pages.page import Page
from site_builder.pages.registry import all_pages, site_context
from site_builder.site.render import Renderer
from tests.journals import CLOCK

_SPACE = re.compile(r"\s+")
_SPACE_BEFORE = re.compile(r" ([.,])")
_TAG = re.compile("<[^>]+>")
_ROW = re.compile("<tr.*?</tr>", re.DOTALL)
_CELL = re.compile("<t[hd].*?</t[hd]>", re.DOTALL)


def read(files: Mapping[str, str], today: str = "") -> Loaded:
    """The journal of these files alone, as of a day."""
    return load(MemoryTree(files), lambda: CLOCK, dt.date.fromisoformat(today) if today else None)


def page(files: Mapping[str, str], path: str, today: str = "") -> str:
    """One page of the site, as HTML."""
    journal = read(files, today)
    found = next(page for page in all_pages(journal) if page.path == path)
    return Renderer(site_context(journal)).render(found).decode()


def write_pages(folder: Path, renderer: Renderer, pages: Iterable[Page]) -> Path:
    """Write these pages, with style sheet and scripts, into a folder; return the folder."""
    rendered = ((page.path, renderer.render(page)) for page in pages)
    for path, data in (*renderer.assets(), *rendered):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def words(html: str) -> str:
    """What there is to read, with single spaces, and none before a comma or a full stop."""
    text = unescape(_TAG.sub(" ", html)).replace("\u202f", " ")
    return _SPACE_BEFORE.sub(r"\1", _SPACE.sub(" ", text)).strip()


def table(html: str, label: str) -> dict[str, list[str]]:
    """The rows of a table by the text of their first cell; empty cells are empty."""
    body = html.partition(f'aria-label="{label}"')[2].partition("</table>")[0]
    rows = [[words(cell) for cell in _CELL.findall(row)] for row in _ROW.findall(body)]
    return {row[0]: row[1:] for row in rows if row}
