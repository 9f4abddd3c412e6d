"""Entrances: in which stage deals began, by which channel they came, and how those fared.

An entrance is the stage of the first stage note, or else the one in which the deal stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from site_builder.insights.insights import Insights
from site_builder.insights.share import Share
from site_builder.insights.standing import State
from site_builder.journal import history
from site_builder.journal.deal import Deal
from site_builder.journal.pipeline import Pipeline, Stage


class OfStage(NamedTuple):
    """The deals that entered in a stage, and what has become of them."""

    pipeline: Pipeline
    stage: Stage
    n: int
    won: int
    lost: int
    deals: dict[State, tuple[Deal, ...]]


class OfChannel(NamedTuple):
    """The deals that came in by a channel; ``further_on`` counts those that entered elsewhere
    than in the first open stage of their pipeline."""

    channel: str
    n: int
    won: int
    lost: int
    further_on: int
    deals: dict[State, tuple[Deal, ...]]


@dataclass(frozen=True, slots=True)
class Entrances:
    """Where all deals entered. Of the deals ``unsaid`` no channel is recorded; ``first`` is how
    many entered in the first open stage of their pipeline."""

    entered: tuple[OfStage, ...]
    channels: tuple[OfChannel, ...]
    unsaid: tuple[Deal, ...]
    first: Share


def entrances(insights: Insights) -> Entrances:
    """Where the deals of a journal entered."""
    deals = insights.journal.deals
    first = sum(_is_first(deal) for deal in deals)
    return Entrances(
        tuple(_stages(insights)),
        tuple(sorted(_channels(insights), key=lambda one: (-one.n, one.channel))),
        tuple([deal for deal in deals if not deal.channel]),
        Share(first, len(deals)),
    )


def entrance(deal: Deal) -> Stage:
    """The stage in which a deal entered its pipeline."""
    return history.entered_in(deal) or deal.stage


def _is_first(deal: Deal) -> bool:
    return entrance(deal).id == deal.pipeline.first_open.id


def _stages(insights: Insights) -> Iterator[OfStage]:
    found: dict[tuple[str, str], list[Deal]] = {}
    for deal in insights.journal.deals:
        found.setdefault((deal.pipeline.id, entrance(deal).id), []).append(deal)
    for pipeline in insights.journal.schema.pipelines:
        for stage in pipeline.stages:
            here = found.get((pipeline.id, stage.id), [])
            if here or not stage.retired:
                fared = _fared(here, insights)
                won, lost = len(fared.get("won", ())), len(fared.get("lost", ()))
                yield OfStage(pipeline, stage, len(here), won, lost, fared)


def _channels(insights: Insights) -> Iterator[OfChannel]:
    found: dict[str, list[Deal]] = {}
    for deal in insights.journal.deals:
        if deal.channel:
            found.setdefault(deal.channel, []).append(deal)
    for channel, deals in found.items():
        fared = _fared(deals, insights)
        won, lost = len(fared.get("won", ())), len(fared.get("lost", ()))
        further_on = sum(not _is_first(deal) for deal in deals)
        yield OfChannel(channel, len(deals), won, lost, further_on, fared)


def _fared(deals: Sequence[Deal], insights: Insights) -> dict[State, tuple[Deal, ...]]:
    """The deals by what has become of them."""
    found: dict[State, list[Deal]] = {}
    for deal in deals:
        found.setdefault(insights.standings[deal.id].state, []).append(deal)
    return {state: tuple(found[state]) for state in sorted(found)}
