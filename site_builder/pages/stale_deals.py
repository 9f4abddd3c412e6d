"""The deals that nobody moves: whose they are, and the lists of those of each reason and owner.

Owners come by what their deals are worth together in the journal's currency, their deals the most
urgent first. Urgency is the number of days past what was allowed, of whichever of a deal's
reasons is past it furthest; among equals the larger value comes first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from site_builder.insights.insights import Standing
from site_builder.insights.staleness import CODES
from site_builder.journal.team import Person
from site_builder.pages.context import Context
from site_builder.pages.links import numbered
from site_builder.pages.paging import Paging
from site_builder.pages.reasons import NAMES

SHOWN = 25
"""How many stale deals of an owner stand on the page of all."""
PER_PAGE = 500

ByOwner = Mapping[str, list[Standing]]
"""Deals by their owner's id, the most urgent first."""


class StaleDeals(NamedTuple):
    """All stale deals, the most urgent first; the same by owner; the codes of their reasons."""

    every: list[Standing]
    by_owner: ByOwner
    codes: tuple[str, ...]


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
    def paging(self) -> Paging:
        return Paging(sum(map(len, self.by_owner.values())), PER_PAGE)

    def path(self, number: int = 1) -> str:
        """The address of a page of the list."""
        return numbered(f"stale-{self.id}", number)

    def on(self, number: int) -> ByOwner:
        """Those that stand on a page."""
        return _owned(self.paging.part(self.deals, number))

    def place(self, owner: str) -> str:
        """Where the deals of an owner begin."""
        at = 0
        for id, deals in self.by_owner.items():
            if id == owner:
                break
            at += len(deals)
        return f"{self.path(self.paging.page_of(at))}#{owner_anchor(owner)}"


def stale_deals(context: Context) -> StaleDeals:
    """The stale deals of the journal."""
    every = [one for one in context.insights.every_deal if one.reasons]
    every.sort(key=lambda one: _urgency(one, context))
    codes = tuple(code for code in CODES if any(has(one, code) for one in every))
    return StaleDeals(every, _by_value(every, context), codes)


def stale_lists(context: Context) -> Mapping[str, StaleList]:
    """The lists that there are, by their ids: the codes of reasons, and those of ``list_of``."""
    found = context.once(stale_deals)
    return {one.id: one for one in (*_of_reasons(found, context), *_of_owners(found))}


def _of_reasons(found: StaleDeals, context: Context) -> Iterator[StaleList]:
    for code in found.codes:
        deals = [one for one in found.every if has(one, code)]
        yield StaleList(code, NAMES[code], _by_value(deals, context))


def _of_owners(found: StaleDeals) -> Iterator[StaleList]:
    for id, deals in found.by_owner.items():
        if len(deals) > SHOWN:
            owner = deals[0].deal.owner
            yield StaleList(list_of(id), owner.name, {id: deals}, owner)


def has(one: Standing, code: str) -> bool:
    """Whether a deal is stale for a reason."""
    return any(reason.code == code for reason in one.reasons)


def list_of(owner: str) -> str:
    """The id of the list of an owner's stale deals."""
    return f"of-{owner}"


def reason_path(code: str) -> str:
    """The address of the deals that are stale for a reason, if there are any."""
    return numbered(f"stale-{code}", 1)


def owner_anchor(id: str) -> str:
    """Where the rows of an owner begin."""
    return f"owner-{id}"


def _owned(deals: Iterable[Standing]) -> ByOwner:
    """Deals of several owners, in their order."""
    found = defaultdict[str, list[Standing]](list)
    for one in deals:
        found[one.deal.owner.id].append(one)
    return found


def _by_value(deals: Iterable[Standing], context: Context) -> ByOwner:
    """The owner of the largest sum first."""

    def order(pair: tuple[str, list[Standing]]) -> tuple[Decimal, int, str, str]:
        id, theirs = pair
        sums = context.insights.total([one.worth for one in theirs])
        return -sums.in_currency(home), -len(theirs), theirs[0].deal.owner.name, id

    home = context.journal.schema.currency
    return dict(sorted(_owned(deals).items(), key=order))


def _urgency(one: Standing, context: Context) -> tuple[int, Decimal, str]:
    late = max([reason.late for reason in one.reasons])
    worth = one.worth
    known = worth is not None and worth.currency == context.journal.schema.currency
    return -late, -worth.amount if worth and known else Decimal(0), one.deal.id
