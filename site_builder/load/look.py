"""One look at a journal: what the last look found, if that still holds, or what it finds itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from site_builder.files.cache import Cache
from site_builder.files.tree import CONFIG, FolderTree
from site_builder.load import last_load
from site_builder.load.findings import Findings
from site_builder.load.last_load import LastLoad
from site_builder.load.today import Days, Today

if TYPE_CHECKING:
    from site_builder.load.loader import Loaded, Prepared


class Look:
    """A look at a journal as of the day that was ``asked`` for, or else of that of a clock."""

    def __init__(
        self,
        tree: FolderTree,
        clock: Callable[[], dt.date],
        asked: dt.date | None,
        cache: Cache | None,
    ) -> None:
        self._tree, self._clock, self._asked = tree, clock, asked
        self.cache = cache
        self.listing = last_load.listing_of(tree)
        self.last = last_load.kept(cache) if cache else None

    def still_found(self) -> Findings | None:
        """What a load would find, if that is what the last one found."""
        if self.last is None:
            return None
        return last_load.still_found(self.last, self.listing, self._tree, self._asked, self._clock)

    def load(self, only_check: bool = False, keeps: bool = False) -> Loaded:
        """Load the journal, and keep what was found. Raises NoJournal."""
        from site_builder.load.loader import load

        loaded = load(self._tree, self._clock, self._asked, only_check, keeps)
        day = Today(loaded.today, loaded.begun or loaded.today)
        self.keep(loaded.days, day, loaded.digests, loaded.findings)
        return loaded

    def prepare(self) -> Prepared:
        """What has to be known before single files are read again. Raises NoJournal."""
        from site_builder.load.loader import prepare

        return prepare(self._tree, self._clock, self._asked, keeps=True)

    def digests(self) -> dict[str, bytes] | None:
        """The digests of all files that matter, as they are now; None where nothing is known of
        the last ones."""
        from site_builder.load.listing import is_ours

        if self.last is None or not self.listing.whole:
            return None
        last, now = self.last, self.listing
        return last_load.digests_now(last, now, self._tree, lambda p: p == CONFIG or is_ours(p))

    def keep(self, days: Days, day: Today, digests: Mapping[str, bytes], found: Findings) -> None:
        """Keep what was found for the next look."""
        if self.cache is None or not self.listing.whole:
            self.last = None
            return
        fresh = last_load.fresh_in(self.listing)
        self.last = LastLoad(self.listing, fresh, days, day, digests, found)
        last_load.keep(self.cache, self.last)
