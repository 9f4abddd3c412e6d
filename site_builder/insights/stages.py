"""The deals of each stage, in their order."""

from __future__ import annotations

from bisect import insort_left
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from site_builder.insights.kept import Kept
from site_builder.journal.journal import Journal
from site_builder.journal.made_once import MadeOnce

if TYPE_CHECKING:
    from site_builder.insights.standing import Standing

InPipeline = tuple[str, str]
"""A stage: the ids of its pipeline and of itself."""
ByStage = Mapping[InPipeline, "tuple[Standing, ...]"]


def deals_by_stage(deals: Iterable[Standing]) -> ByStage:
    """The deals of each stage: open ones the most urgent first, others the newest outcome first."""
    found: dict[InPipeline, list[Standing]] = {}
    for one in deals:
        found.setdefault((one.deal.pipeline.id, one.deal.stage.id), []).append(one)
    return {key: tuple(sorted(theirs, key=_order)) for key, theirs in found.items()}


def deals_after(before: ByStage, left: Kept, standings: MadeOnce[str, Standing]) -> ByStage:
    """The same where those of all others are as ``before``."""
    found = dict(before)
    for key in changed_in(left):
        stay = [one for one in found.pop(key, ()) if one.deal.id not in left.deals]
        for id in left.deals:
            if _stage_of(id, left.now) == key:
                insort_left(stay, standings[id], key=_order)
        found |= {key: tuple(stay)} if stay else {}
    return found


def changed_in(left: Kept) -> tuple[InPipeline, ...]:
    """The stages in which deals stood or stand that changed."""
    found = {_stage_of(id, journal) for id in left.deals for journal in (left.was, left.now)}
    return tuple(sorted(key for key in found if key is not None))


def _stage_of(id: str, journal: Journal) -> InPipeline | None:
    deal = journal.deals_by_id.get(id)
    return None if deal is None else (deal.pipeline.id, deal.stage.id)


def _order(one: Standing) -> tuple[int, int, str]:
    if one.stands and one.ended_on:
        return 0, -one.ended_on.toordinal(), one.deal.id
    return one.urgency
