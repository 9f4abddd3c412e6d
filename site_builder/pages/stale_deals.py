"""The lists of stale deals, of each reason and of owners with many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from site_builder.insights.stale import ByOwner, StaleDeals, by_value, has, owned, stale_deals
from site_builder.insights.standing import Standing
from site_builder.journal.team import Person
from site_builder.pages.context import Context
from site_builder.pages.links import numbered
from site_builder.pages.paging import Paging
from site_builder.pages.reasons import NAMES
from site_builder.pages.scopes import scope

SHOWN = 25
"""How many stale deals of an owner stand on the page of all."""
PER_PAGE = 500


@dataclass(frozen=True)
class StaleList:
    """The stale deals of a reason, by owner, or of an ``owner`` with many."""

    id: str
    name: str
    by_owner: ByOwner
    owner: Person | None = None

    @property
    def deals(self) -> list[Standing]:
        """In the order in which they stand on its pages."""
        return list(chain.from_iterable(self.by_owner.values()))

    @property
    def of(self) -> str:
        """Which deals it has, for scripts."""
        return scope(stale="yes", owner=self.owner.id) if self.owner else scope(stale=self.id)

    @property
    def paging(self) -> Paging:
        return Paging(sum(map(len, self.by_owner.values())), PER_PAGE)

    def path(self, number: int = 1) -> str:
        """The address of a page of the list."""
        return numbered(f"stale-{self.id}", number)

    def on(self, number: int) -> ByOwner:
        """Those that stand on a page."""
        return owned(self.paging.part(self.deals, number))

    def place(self, owner: str) -> str:
        """Where the deals of an owner begin."""
        at = 0
        for id, deals in self.by_owner.items():
            if id == owner:
                break
            at += len(deals)
        return f"{self.path(self.paging.page_of(at))}#{owner_anchor(owner)}"


def stale_lists(context: Context) -> Mapping[str, StaleList]:
    """The lists that there are, by their ids: the codes of reasons, and those of ``list_of``."""
    found = context.facts(stale_deals)
    return {one.id: one for one in (*_of_reasons(found, context), *_of_owners(found))}


def _of_reasons(found: StaleDeals, context: Context) -> Iterator[StaleList]:
    for code in found.codes:
        deals = [one for one in found.every if has(one, code)]
        yield StaleList(code, NAMES[code], by_value(deals, context.insights))


def _of_owners(found: StaleDeals) -> Iterator[StaleList]:
    for id, deals in found.by_owner.items():
        if len(deals) > SHOWN:
            owner = deals[0].deal.owner
            yield StaleList(list_of(id), owner.name, {id: deals}, owner)


def list_of(owner: str) -> str:
    """The id of the list of an owner's stale deals."""
    return f"of-{owner}"


def reason_path(code: str) -> str:
    """The address of the deals that are stale for a reason, if there are any."""
    return numbered(f"stale-{code}", 1)


def owner_anchor(id: str) -> str:
    """Where the rows of an owner begin."""
    return f"owner-{id}"
