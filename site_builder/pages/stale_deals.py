"""The deals that nobody moves: who owns them, and where the row of each stands.

The most urgent come first. Urgency is the number of days past what was allowed, of whichever of
a deal's reasons is past it furthest; among equals the larger value comes first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from site_builder.insights.insights import Standing
from site_builder.insights.staleness import CODES
from site_builder.pages.context import Context
from site_builder.pages.links import numbered
from site_builder.pages.paging import Paging

PER_PAGE = 500

ByOwner = Mapping[str, list[Standing]]
"""Deals by their owner's id, the most urgent first; the owner of the most urgent comes first."""


class StaleDeals(NamedTuple):
    """All stale deals, the most urgent first; the same by owner, in which order they stand on the
    pages; the codes of their reasons, and the address of each anchor, from the first page."""

    every: list[Standing]
    by_owner: ByOwner
    codes: tuple[str, ...]
    places: Mapping[str, str]

    @property
    def paging(self) -> Paging:
        return Paging(len(self.every), PER_PAGE)

    def on(self, number: int) -> ByOwner:
        """Those that stand on a page."""
        return by_owner(self.paging.part(_rows(self.by_owner), number))


def stale_deals(context: Context) -> StaleDeals:
    """What all pages of the stale deals of the journal share."""
    every = [one for one in context.insights.every_deal if one.reasons]
    every.sort(key=lambda one: _urgency(one, context))
    owned = by_owner(every)
    paging, places = Paging(len(every), PER_PAGE), dict[str, str]()
    for at, one in enumerate(_rows(owned)):
        number = paging.page_of(at)
        page = path(number) if number > 1 else ""
        for anchor in (owner_anchor(one.deal.owner.id), deal_anchor(one.deal.id)):
            places.setdefault(anchor, f"{page}#{anchor}")
    codes = tuple(code for code in CODES if any(has(one, code) for one in every))
    return StaleDeals(every, owned, codes, places)


def by_owner(deals: Iterable[Standing]) -> ByOwner:
    """Deals of several owners, in their order."""
    found = defaultdict[str, list[Standing]](list)
    for one in deals:
        found[one.deal.owner.id].append(one)
    return found


def has(one: Standing, code: str) -> bool:
    """Whether a deal is stale for a reason."""
    return any(reason.code == code for reason in one.reasons)


def path(number: int) -> str:
    """The address of a page of the stale deals."""
    return numbered("stale", number)


def owner_anchor(id: str) -> str:
    """Where the rows of an owner begin."""
    return f"owner-{id}"


def deal_anchor(id: str) -> str:
    """Where a deal's row is."""
    return f"deal-{id}"


def _rows(owned: ByOwner) -> list[Standing]:
    return list(chain.from_iterable(owned.values()))


def _urgency(one: Standing, context: Context) -> tuple[int, Decimal, str]:
    late = max([reason.late for reason in one.reasons])
    worth = one.worth
    known = worth is not None and worth.currency == context.journal.schema.currency
    return -late, -worth.amount if worth and known else Decimal(0), one.deal.id
