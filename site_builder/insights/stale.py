"""The deals that nobody moves: whose they are, and what they are worth.

Owners come by what their deals are worth together in the journal's currency, their deals the most
urgent first. Urgency is the number of days past what was allowed, of whichever of a deal's
reasons is past it furthest; among equals the larger value comes first.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from site_builder.insights.insights import Insights
from site_builder.insights.staleness import CODES
from site_builder.insights.standing import Standing
from site_builder.insights.totals import Totals
from site_builder.journal import history
from site_builder.journal.deal import Deal
from site_builder.journal.pipeline import Pipeline, Stage
from site_builder.journal.team import Person

ByOwner = Mapping[str, list[Standing]]
"""Deals by their owner's id, the most urgent first."""


class StaleDeals(NamedTuple):
    """All stale deals, the most urgent first; the same by owner; the codes of their reasons."""

    every: list[Standing]
    by_owner: ByOwner
    codes: tuple[str, ...]


class OfOwner(NamedTuple):
    """The stale deals of somebody, and what they are worth."""

    person: Person
    deals: tuple[Deal, ...]
    value: Totals


class Limit(NamedTuple):
    """How long the deals of an open stage may be silent; None where they may for ever."""

    pipeline: Pipeline
    stage: Stage
    silence: dt.timedelta | None


@dataclass(frozen=True, slots=True)
class Stale:
    """The stale deals of a journal: all of them, those with each reason, and those of each owner,
    with what they are worth; the day of the last real contact of each."""

    deals: tuple[Standing, ...]
    value: Totals
    reasons: Mapping[str, tuple[Deal, ...]]
    people: tuple[OfOwner, ...]
    last_contact: Mapping[str, dt.date | None]
    limits: tuple[Limit, ...]


def stale(insights: Insights) -> Stale:
    """All about the stale deals of a journal."""
    found = stale_deals(insights)
    return Stale(
        tuple(found.every),
        value_of(found.every, insights),
        {code: tuple(one.deal for one in found.every if has(one, code)) for code in CODES},
        tuple(
            OfOwner(theirs[0].deal.owner, _deals(theirs), value_of(theirs, insights))
            for theirs in found.by_owner.values()
        ),
        {one.deal.id: _last_contact(one.deal, insights) for one in found.every},
        limits(insights),
    )


def stale_deals(insights: Insights) -> StaleDeals:
    """The stale deals of a journal, in their order."""
    every = [one for one in insights.every_deal if one.reasons]
    every.sort(key=lambda one: _urgency(one, insights))
    codes = tuple(code for code in CODES if any(has(one, code) for one in every))
    return StaleDeals(every, by_value(every, insights), codes)


def has(one: Standing, code: str) -> bool:
    """Whether a deal is stale for a reason."""
    return any(reason.code == code for reason in one.reasons)


def value_of(deals: Iterable[Standing], insights: Insights) -> Totals:
    """What stale deals are worth together."""
    return insights.total([one.worth for one in deals])


def by_value(deals: Iterable[Standing], insights: Insights) -> ByOwner:
    """Deals by owner, the owner of the largest sum first."""

    def order(pair: tuple[str, list[Standing]]) -> tuple[Decimal, int, str, str]:
        id, theirs = pair
        sums = value_of(theirs, insights)
        return -sums.in_currency(home), -len(theirs), theirs[0].deal.owner.name, id

    home = insights.journal.schema.currency
    return dict(sorted(owned(deals).items(), key=order))


def owned(deals: Iterable[Standing]) -> ByOwner:
    """Deals of several owners, in their order."""
    found = defaultdict[str, list[Standing]](list)
    for one in deals:
        found[one.deal.owner.id].append(one)
    return found


def limits(insights: Insights) -> tuple[Limit, ...]:
    """How long each open stage may be silent."""
    return tuple(
        Limit(pipeline, stage, stage.stale_after)
        for pipeline in insights.journal.schema.pipelines
        for stage in insights.stages_of(pipeline)
        if stage.is_open
    )


def _deals(standings: Iterable[Standing]) -> tuple[Deal, ...]:
    return tuple(one.deal for one in standings)


def _last_contact(deal: Deal, insights: Insights) -> dt.date | None:
    note = history.last_contact(deal, insights.journal)
    return note.date if note else None


def _urgency(one: Standing, insights: Insights) -> tuple[int, Decimal, str]:
    late = max([reason.late for reason in one.reasons])
    worth = one.worth
    known = worth is not None and worth.currency == insights.journal.schema.currency
    return -late, -worth.amount if worth and known else Decimal(0), one.deal.id
