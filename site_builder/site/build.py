"""A journal to a site: wires loading, pages and output."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from site_builder.files.cache import Cache
from site_builder.load import workers
from site_builder.load.loaded import Loaded
from site_builder.pages.page import Page
from site_builder.pages.registry import all_pages, site_context
from site_builder.site.last_build import Shown
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
    """What a build wrote, how many pages there are, and what those of the whole journal show."""

    written: Written
    pages: int
    shown: Shown


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
    return build_pages(
        all_pages(loaded), Renderer(site_context(loaded), templates, cache), output, progress
    )


def build_pages(
    pages: Sequence[Page],
    renderer: Renderer,
    output: Output,
    progress: Progress,
    *,
    is_apart: bool = False,
) -> Built:
    """Render the pages of a site into a folder, which holds nothing else then; while they are made,
    too, where it ``is_apart``. Raises OutputRefused as ``build`` does."""
    assets = {**dict(renderer.assets()), **dict(renderer.for_hosts())}
    try:
        output.begin([*assets, *(page.path for page in pages)], is_apart=is_apart)
        changed = sum(output.write(path, data) for path, data in assets.items())
        rendering = _Rendering(renderer, output, {})
        more, shown = _render_all(pages, rendering, progress, len(pages))
        return Built(output.finish(changed + more), len(pages), shown)
    finally:
        output.release()


def render_into(
    loaded: Loaded,
    pages: Sequence[Page],
    paths: Sequence[str],
    output: Output,
    templates: Path | None,
    progress: Progress,
    cache: Cache | None,
    before: Shown,
) -> tuple[Written, Shown]:
    """Render some pages into a folder that holds all the others, and them as they were ``before``:
    ``paths`` are all that there are, with what is no page. Gives what they show now, too. Raises
    OutputRefused as ``build`` does."""
    renderer = Renderer(site_context(loaded), templates, cache)
    output.begin(paths)
    whole = sum(page.is_whole for page in pages)
    tasks = len(pages) + (len(paths) // _FEW_IN_WHOLE if whole > 1 else 0)
    changed, shown = _render_all(pages, _Rendering(renderer, output, before), progress, tasks)
    return output.finish(changed), shown


class _Rendering(NamedTuple):
    """Renders pages into a folder, where those of the whole journal show what is ``before``. Of
    what has shown the same nothing is rendered, which takes many times as long as the rest."""

    renderer: Renderer
    output: Output
    before: Shown

    def write(self, run: Sequence[Page]) -> tuple[int, Shown]:
        """How many pages changed, and what those of the whole journal show."""
        changed, shown = 0, dict[str, bytes]()
        for page in [page.viewed() if page.is_whole else page for page in run]:
            if page.is_whole:
                now = shown[page.path] = self.renderer.digest_of(page.view())
                if now and self.before.get(page.path) == now:
                    continue
            changed += self.output.write(page.path, self.renderer.render(page))
        return changed, shown


def _render_all(
    pages: Sequence[Page], rendering: _Rendering, progress: Progress, tasks: int
) -> tuple[int, Shown]:
    """Render in as many processes as are worth it for so many tasks; how many pages changed, and
    what those of the whole journal show."""
    runs = _runs(pages)
    ends = list(accumulate((len(run) for run in runs), initial=0))
    shares = workers.share_of(tasks, _WORTH_A_PROCESS)
    if shares > 1:
        rendering.renderer.load_templates()
    done = workers.gather(
        runs, rendering.write, shares, watch=lambda count: progress(ends[count], len(pages))
    )
    rendering.renderer.keep_templates()
    shown = {path: digest for _, some in done for path, digest in some.items()}
    return sum(changed for changed, _ in done), shown


def _runs(pages: Sequence[Page]) -> Sequence[Sequence[Page]]:
    """Pages in the portions they are rendered in: the large ones of the whole journal one by
    one; of deals and contacts, neighbours together, for they have much in common."""
    whole = [[page] for page in pages if page.is_whole]
    each = [page for page in pages if not page.is_whole]
    return whole + [each[at : at + _RUN] for at in range(0, len(each), _RUN)]
