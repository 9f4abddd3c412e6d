"""One look at a journal: what the last look found, if that still holds, or what it finds itself."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from site_builder.files.cache import Cache
from site_builder.files.tree import CONFIG, Tree
from site_builder.load import last_load
from site_builder.load.findings import Findings
from site_builder.load.last_load import LastLoad
from site_builder.load.today import Days, Today

if TYPE_CHECKING:
    from site_builder.load.loaded import Loaded
    from site_builder.load.preparing import Prepared
    from site_builder.load.reading import Keep


class Look:
    """A look at a journal as of the day that was ``asked`` for, or else of that of a clock. With a
    cache the tree has to give stamps: its files are listed once, for what was found before and
    for what is found now."""

    def __init__(
        self,
        tree: Tree,
        clock: Callable[[], dt.date],
        asked: dt.date | None,
        cache: Cache | None,
    ) -> None:
        self._tree, self._clock, self._asked = tree, clock, asked
        self.cache = cache
        moment = time.time_ns()
        self._files = tuple(tree.files()) if cache else None
        self._listing = last_load.listing_of(self._files, moment) if self._files else None
        self.last = last_load.kept(cache) if cache else None

    def still_found(self) -> Findings | None:
        """What a load would find, if that is what the last one found."""
        if self.last is None or self._listing is None:
            return None
        last, now = self.last, self._listing
        return last_load.still_found(last, now, self._tree, self._asked, self._clock, _matters)

    def check(self) -> Loaded:
        """Load the journal for its problems alone, and keep what was found. Raises NoJournal."""
        from site_builder.load.reading import Keep

        return self._load(Keep.NOTHING if self.cache is None else Keep.DIGESTS, only_check=True)

    def load(self) -> Loaded:
        """Load the journal, and keep what was found. Raises NoJournal."""
        from site_builder.load.reading import Keep

        return self._load(Keep.NOTHING if self.cache is None else Keep.ALL)

    def read(self) -> Loaded:
        """Load the journal, and keep what was found, but not what its files say. Raises
        NoJournal."""
        from site_builder.load.reading import Keep

        return self._load(Keep.NOTHING if self.cache is None else Keep.DIGESTS)

    def prepare(self) -> Prepared:
        """What has to be known before single files are read again. Raises NoJournal."""
        from site_builder.load.preparing import prepare
        from site_builder.load.reading import Keep

        return prepare(self._tree, self._clock, self._asked, Keep.ALL, self._files)

    def digests(self) -> dict[str, bytes] | None:
        """The digests of all files that matter, as they are now; None where nothing is known of
        the last ones."""
        last, now = self.last, self._listing
        if last is None or now is None:
            return None
        return last_load.digests_now(last, now, self._tree, _matters)

    def keep(self, days: Days, day: Today, digests: Mapping[str, bytes], found: Findings) -> None:
        """Keep what was found for the next look."""
        if self.cache is None or self._listing is None:
            self.last = None
            return
        fresh = last_load.fresh_in(self._listing)
        self.last = LastLoad(self._listing, fresh, days, day, digests, found)
        last_load.keep(self.cache, self.last)

    def _load(self, keep: Keep, only_check: bool = False) -> Loaded:
        from site_builder.load.loader import load

        loaded = load(self._tree, self._clock, self._asked, only_check, keep, self._files)
        day = Today(loaded.today, loaded.begun or loaded.today)
        self.keep(loaded.days, day, loaded.digests, loaded.findings)
        return loaded


def _matters(path: str) -> bool:
    """Whether a load reads the file at a path."""
    from site_builder.load.listing import is_ours

    return path == CONFIG or is_ours(path)
