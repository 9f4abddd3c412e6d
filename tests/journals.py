"""Journals from texts, for tests that go through the loader."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from site_builder.files.tree import FolderTree, MemoryTree
from site_builder.journal.deal import Deal
from site_builder.journal.made_once import MadeOnce
from site_builder.load.loaded import Loaded
from site_builder.load.loader import load
from site_builder.pages.registry import all_pages, site_context
from site_builder.site.render import Renderer
from tests.catalogue import BASE
from tests.places import ROOT
from tests.sequences import Scene

CLOCK = dt.date(2026, 11, 20)


def loaded(files: Mapping[str, str | bytes], today: dt.date | None = None) -> Loaded:
    """The base journal of the catalogue with these files over it."""
    result = load(MemoryTree({**BASE, **files}), lambda: CLOCK, today)
    assert all(problem.help for problem in result.problems)
    return result


def codes(files: Mapping[str, str | bytes], today: dt.date | None = None) -> list[str]:
    return [problem.code for problem in loaded(files, today).problems]


def places(files: Mapping[str, str | bytes]) -> list[tuple[str, int, int]]:
    return [(p.code, p.span.line, p.span.column) for p in loaded(files).problems]


def only_deal(
    text: str | bytes, path: str = "deals/bad.md", files: Mapping[str, str] = BASE
) -> Deal:
    """The deal of one file, which must have no problems."""
    result = loaded({**files, path: text})
    assert result.problems == ()
    assert result.journal is not None
    return result.journal.deals_by_id[path.rsplit("/", 1)[-1].rsplit(".", 1)[0]]


class Site(Mapping[str, str]):
    """Pages by their paths, each rendered when it is first looked at: most tests look at one."""

    def __init__(self, result: Loaded) -> None:
        self._renderer = Renderer(site_context(result))
        self._pages = {page.path: page for page in all_pages(result)}
        self._made = MadeOnce[str, str](
            lambda path: self._renderer.render(self._pages[path]).decode()
        )

    def __getitem__(self, path: str) -> str:
        return self._made[path]

    def __contains__(self, path: object) -> bool:
        return path in self._pages

    def __iter__(self) -> Iterator[str]:
        return iter(self._pages)

    def __len__(self) -> int:
        return len(self._pages)


def site(files: Mapping[str, str | bytes], today: dt.date | None = None) -> Mapping[str, str]:
    """The pages of the base journal with these files over it, by their paths."""
    return Site(loaded(files, today))


def demo_and_others(folder: Path) -> Iterator[Loaded]:
    """The demo, and some small journals made at random in a folder."""
    yield load(FolderTree(ROOT), lambda: CLOCK)
    for seed in range(6):
        scene = Scene(folder / str(seed), seed)
        for id in ("eve", "fay", "corp"):
            scene.contact(id)
        scene.deal("delta")
        yield load(FolderTree(scene.journal), lambda: CLOCK)


def write_odd(root: Path, name: bytes, text: str) -> None:
    """Write a file of a name that not every system takes."""
    path = os.path.join(os.fsencode(root), name)
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as file:
            file.write(text)
    except (OSError, UnicodeError):
        pytest.skip("no such names here")
