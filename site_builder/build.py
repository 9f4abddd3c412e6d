"""A journal to a site: wires loading, pages and output."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from site_builder import parallel
from site_builder.load import Loaded
from site_builder.output import Output, Written
from site_builder.pages import Page, all_pages, site_context
from site_builder.render import Renderer

Progress = Callable[[int, int], None]
"""Told how many pages of how many are written."""

_WORTH_A_PROCESS = 400


@dataclass(frozen=True, slots=True)
class Built:
    """What a build read and wrote."""

    loaded: Loaded
    written: Written
    pages: int


def build(loaded: Loaded, output: Output, templates: Path | None, progress: Progress) -> Built:
    """Render every page of a loaded journal into a folder.

    ``templates`` is the journal's own folder of templates, if it has one. Raises
    OutputRefused before anything is written where the folder holds anything else.
    """
    pages = all_pages(loaded)
    renderer = Renderer(site_context(loaded), templates)
    assets = dict(renderer.assets())
    output.begin([*assets, *(page.path for page in pages)])
    changed = sum(output.write(path, data) for path, data in assets.items())
    changed += _render_all(pages, renderer, output, progress)
    return Built(loaded, output.finish(changed), len(pages))


def _render_all(
    pages: Sequence[Page], renderer: Renderer, output: Output, progress: Progress
) -> int:
    """Render in as many processes as are worth it, each every n-th page; how many changed."""
    shares = parallel.share_of(len(pages), _WORTH_A_PROCESS)
    watched = partial(_render, pages[::shares], renderer, output, _shared(progress, shares))
    others = [
        partial(_render, pages[n::shares], renderer, output, _quietly) for n in range(1, shares)
    ]
    return sum(parallel.run([watched, *others]))


def _render(pages: Sequence[Page], renderer: Renderer, output: Output, progress: Progress) -> int:
    changed = 0
    for number, page in enumerate(pages, 1):
        changed += output.write(page.path, renderer.render(page))
        if number % 100 == 0 or number == len(pages):
            progress(number, len(pages))
    return changed


def _shared(progress: Progress, shares: int) -> Progress:
    """The progress of all processes, judged by the one that is watched."""
    return lambda done, of: progress(done * shares, of * shares)


def _quietly(done: int, of: int) -> None:
    """The progress of a process that has no terminal."""
