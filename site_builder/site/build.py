"""A journal to a site: wires loading, pages and output."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from pathlib import Path

from site_builder.files.cache import Cache
from site_builder.load import workers
from site_builder.load.loader import Loaded
from site_builder.pages.page import Page
from site_builder.pages.registry import all_pages, site_context
from site_builder.site.output import Output, Written
from site_builder.site.render import Renderer

Progress = Callable[[int, int], None]
"""Told how many pages of how many are written."""

_WORTH_A_PROCESS = 400
_RUN = 40
_FEW_IN_WHOLE = 8
"""The pages of the whole journal take as long as such a part of all others."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build wrote, and how many pages there are."""

    written: Written
    pages: int


def build(
    loaded: Loaded,
    output: Output,
    templates: Path | None,
    progress: Progress,
    cache: Cache | None = None,
) -> Built:
    """Render every page of a loaded journal into a folder.

    ``templates`` is the journal's own folder of templates, if it has one. Raises
    OutputRefused before anything is written where the folder holds anything else.
    """
    pages = all_pages(loaded)
    renderer = Renderer(site_context(loaded), templates, cache)
    assets = dict(renderer.assets())
    try:
        output.begin([*assets, *(page.path for page in pages)])
        changed = sum(output.write(path, data) for path, data in assets.items())
        changed += _render_all(pages, renderer, output, progress, len(pages))
        return Built(output.finish(changed), len(pages))
    finally:
        output.release()


def render_into(
    loaded: Loaded,
    pages: Sequence[Page],
    paths: Sequence[str],
    output: Output,
    templates: Path | None,
    progress: Progress,
    cache: Cache | None = None,
) -> Written:
    """Render some pages into a folder that holds all the others: ``paths`` are all that there are,
    with what is no page. Raises OutputRefused as ``build`` does."""
    renderer = Renderer(site_context(loaded), templates, cache)
    output.begin(paths)
    whole = sum(page.is_whole for page in pages)
    tasks = len(pages) + (len(paths) // _FEW_IN_WHOLE if whole > 1 else 0)
    return output.finish(_render_all(pages, renderer, output, progress, tasks))


def _render_all(
    pages: Sequence[Page], renderer: Renderer, output: Output, progress: Progress, tasks: int
) -> int:
    """Render in as many processes as are worth it for so many tasks; how many pages changed."""
    runs = _runs(pages)
    ends = list(accumulate((len(run) for run in runs), initial=0))
    shares = workers.share_of(tasks, _WORTH_A_PROCESS)
    if shares > 1:
        renderer.load_templates()
    changed = workers.gather(
        runs,
        partial(_render, renderer, output),
        shares,
        watch=lambda done: progress(ends[done], len(pages)),
    )
    renderer.keep_templates()
    return sum(changed)


def _runs(pages: Sequence[Page]) -> Sequence[Sequence[Page]]:
    """Pages in the portions they are rendered in: the large ones of the whole journal one by
    one; of deals and contacts, neighbours together, for they have much in common."""
    whole = [[page] for page in pages if page.is_whole]
    each = [page for page in pages if not page.is_whole]
    return whole + [each[at : at + _RUN] for at in range(0, len(each), _RUN)]


def _render(renderer: Renderer, output: Output, run: Sequence[Page]) -> int:
    return sum(output.write(page.path, renderer.render(page)) for page in run)
