"""The stale deals by reason: each owner's, as links to their rows."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.insights.insights import Standing
from site_builder.pages.context import Context
from site_builder.pages.deals import summary
from site_builder.pages.links import NO_LINK, Link
from site_builder.pages.reasons import NAMES
from site_builder.pages.stale_deals import (
    StaleDeals,
    by_owner,
    deal_anchor,
    has,
    owner_anchor,
    path,
)
from site_builder.problems import counting

_NAMED = 25
"""How many deals of an owner are named for each reason."""


@dataclass(frozen=True, slots=True)
class OwnersOfReason:
    """Those of one owner, the most urgent first; ``more`` leads to the rows of all."""

    anchor: str
    name: str
    count: str
    deals: tuple[Link, ...]
    more: Link


@dataclass(frozen=True, slots=True)
class OfReason:
    """The deals that are stale for one reason, by owner, as links to their rows."""

    anchor: str
    name: str
    count: str
    answer: str
    owners: tuple[OwnersOfReason, ...]


def of_reason(code: str, stale: StaleDeals, context: Context) -> OfReason:
    """The stale deals with a reason of this code."""
    found = [one for one in stale.every if has(one, code)]
    return OfReason(
        reason_anchor(code),
        NAMES[code],
        counting.grouped(len(found)),
        summary(found, context),
        tuple(_of_owner(code, deals, stale) for deals in by_owner(found).values()),
    )


def reason_path(code: str) -> str:
    """The address of where the deals of a reason are, from another page."""
    return f"{path(1)}#{reason_anchor(code)}"


def reason_anchor(code: str, owner: str = "") -> str:
    """Where the deals of a reason are, or those of one owner among them."""
    return f"reason-{code}-{owner}" if owner else f"reason-{code}"


def _of_owner(code: str, deals: list[Standing], stale: StaleDeals) -> OwnersOfReason:
    owner, rest = deals[0].deal.owner, len(deals) - _NAMED
    all_rows = stale.places[owner_anchor(owner.id)]
    return OwnersOfReason(
        reason_anchor(code, owner.id),
        owner.name,
        counting.grouped(len(deals)),
        tuple(
            Link(one.deal.title, stale.places[deal_anchor(one.deal.id)]) for one in deals[:_NAMED]
        ),
        Link(f"and {counting.grouped(rest)} more", all_rows) if rest > 0 else NO_LINK,
    )
