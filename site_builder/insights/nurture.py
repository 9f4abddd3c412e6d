"""Long gestation: deals that sleep until a day, how long they slept, and what needs and does not
want yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from statistics import median
from typing import Literal, NamedTuple

from site_builder.insights.insights import Insights
from site_builder.insights.share import Share
from site_builder.journal import history
from site_builder.journal.deal import Deal
from site_builder.journal.pipeline import StageType

State = Literal["awake", "asleep", "won", "lost"]
_STATES: dict[StageType, State] = {
    StageType.OPEN: "awake",
    StageType.PARKED: "asleep",
    StageType.WON: "won",
    StageType.LOST: "lost",
}


class Stretch(NamedTuple):
    """A time in which a deal was in one state: up to the day that it left it, or today."""

    state: State
    since: dt.date
    until: dt.date

    @property
    def days(self) -> int:
        return (self.until - self.since).days


class Sleeper(NamedTuple):
    """A deal that is or was parked, and its life. ``slept`` is how many days it has slept in all;
    ``wake`` is the day on which it is to wake, where it sleeps; ``ended`` how it ended."""

    id: Deal
    is_asleep: bool
    wake: dt.date | None
    slept: int
    ended: Literal["won", "lost"] | None
    life: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Nurture:
    """The deals that sleep or slept, the next to wake first. ``needs`` are deals neither won nor
    lost that need it and do not want it yet. ``woken`` is the share won of those that slept and
    have ended since, ``slept_before_win`` the median of the days that these slept."""

    sleepers: tuple[Sleeper, ...]
    needs: tuple[Deal, ...]
    woken: Share
    slept_before_win: float | None


def nurture(insights: Insights) -> Nurture:
    """All that sleeps or slept."""
    found = sorted(
        filter(None, (_sleeper(d, insights) for d in insights.journal.deals)), key=_order
    )
    ended = [one for one in found if one.ended and not one.is_asleep]
    won = [one.slept for one in ended if one.ended == "won"]
    return Nurture(
        tuple(found),
        tuple(d for d in insights.journal.deals if d.need and d.want is False and _lives(d)),
        Share(len(won), len(ended)),
        median(won) if won else None,
    )


def _lives(deal: Deal) -> bool:
    return deal.stage.type in (StageType.OPEN, StageType.PARKED)


def _sleeper(deal: Deal, insights: Insights) -> Sleeper | None:
    life = tuple(_life(deal, insights))
    is_asleep = deal.stage.type is StageType.PARKED
    if not is_asleep and not any(stretch.state == "asleep" for stretch in life):
        return None
    state = insights.standings[deal.id].state
    return Sleeper(
        deal,
        is_asleep,
        deal.wake if is_asleep else None,
        sum(stretch.days for stretch in life if stretch.state == "asleep"),
        state if state in ("won", "lost") else None,
        life,
    )


def _life(deal: Deal, insights: Insights) -> Iterator[Stretch]:
    """What the deal did since it began, neighbours of one state being one stretch."""
    starts = [
        next(same)
        for _, same in groupby(_states(deal, insights).items(), key=lambda start: start[1])
    ]
    ends = [*[since for since, _ in starts[1:]], insights.today]
    for (since, state), until in zip(starts, ends, strict=False):
        yield Stretch(state, since, max(since, until))


def _states(deal: Deal, insights: Insights) -> dict[dt.date, State]:
    """In which state the deal was by the end of each day on which it began or moved."""
    since = history.created_on(deal)
    found: dict[dt.date, State] = {since: "awake"} if since else {}
    for visit in insights.stage_paths[deal.id]:
        since = visit.entered or since
        if since is not None:
            found[since] = _STATES[visit.stage.type]
    return found


def _order(one: Sleeper) -> tuple[bool, dt.date, str]:
    return not one.is_asleep, one.wake or dt.date.max, one.id.id
