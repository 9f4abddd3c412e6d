"""What sites in memory have in common: what they are read from, on which day, and their assets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path

from site_builder.files.tree import Tree
from site_builder.load.preparing import Prepared, prepare
from site_builder.load.reading import Keep
from site_builder.load.today import today_of
from site_builder.site.output import ASSETS


class InMemory:
    """A site of a tree of files, in memory."""

    _ready: Prepared
    _assets: Mapping[str, bytes]

    def __init__(
        self,
        tree: Tree,
        clock: Callable[[], dt.date],
        today: dt.date | None,
        templates: Path | None,
        is_fit: Callable[[Prepared], None],
    ) -> None:
        """``templates`` is the journal's own folder of templates, if it has one; ``is_fit`` raises
        where the site had better stay as it is than be of what there is now."""
        self._tree, self._clock, self._today, self._templates = tree, clock, today, templates
        self._is_fit = is_fit

    @property
    def ready(self) -> Prepared:
        """All that is known of the journal beside what its files say."""
        return self._ready

    @property
    def is_of_today(self) -> bool:
        """Whether it is still the day that its pages call today."""
        return today_of(self._ready.days, self._clock) == self._ready.day

    def asset(self, path: str) -> bytes | None:
        """A style sheet or other file of the site that is no page."""
        return self._assets.get(path) if path.startswith(f"{ASSETS}/") else None

    def _prepared(self, keep: Keep, like: Prepared | None = None) -> Prepared:
        """The tree as it is now. Raises NoJournal where there is no pipeline.yml."""
        ready = prepare(self._tree, self._clock, self._today, keep, like=like)
        self._is_fit(ready)
        return ready
