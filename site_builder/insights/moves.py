"""What happened to deals since last Monday: which entered, were won or lost, slipped or moved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import chain
from typing import Literal, NamedTuple

from site_builder.insights.insights import Insights
from site_builder.journal import history
from site_builder.journal.deal import Deal
from site_builder.journal.pipeline import Stage, StageType

What = Literal["won", "lost", "entered", "moved", "slipped"]
"""``slipped``: the expected close is later than it was."""
_ENDS: dict[StageType, What] = {StageType.WON: "won", StageType.LOST: "lost"}


class Move(NamedTuple):
    """Something that happened to a deal. Where it moved, ``stages`` are the one before and the
    one since; where it slipped, ``closes`` are the two days."""

    what: What
    deal: Deal
    stages: tuple[Stage, Stage] | None = None
    closes: tuple[dt.date, dt.date] | None = None


def last_monday(today: dt.date) -> dt.date:
    """The Monday before today: on a Monday that of the week before."""
    return _before(today, (today.weekday() - 1) % 7 + 1)


def _before(day: dt.date, days: int) -> dt.date:
    return dt.date.fromordinal(max(1, day.toordinal() - days))


def moves(insights: Insights) -> Iterator[Move]:
    """What the notes of deals say that happened since last Monday, by the deals' ids."""
    return chain.from_iterable(insights.each_deal.having(_moves_of).values())


def _moves_of(deal: Deal, insights: Insights) -> tuple[Move, ...]:
    since = last_monday(insights.today)
    last = max([note.date for note in deal.notes[-1:]] + [deal.created or dt.date.min])
    return tuple(_moves_since(deal, since)) if last >= since else ()


def _moves_since(deal: Deal, since: dt.date) -> Iterator[Move]:
    began = history.created_on(deal)
    is_new = began is not None and began >= since
    before = history.deal_on(deal, _before(since, 1))
    if is_new:
        yield Move("entered", deal)
    if deal.stage.type in _ENDS and (history.stage_since(deal) or dt.date.min) >= since:
        yield Move(_ENDS[deal.stage.type], deal)
    elif not is_new and before.stage is not deal.stage:
        yield Move("moved", deal, stages=(before.stage, deal.stage))
    closes = None if is_new else _slip(before, deal)
    if closes:
        yield Move("slipped", deal, closes=closes)


def _slip(before: Deal, deal: Deal) -> tuple[dt.date, dt.date] | None:
    if before.close is None or deal.close is None or not deal.stage.is_open:
        return None
    return (before.close, deal.close) if deal.close > before.close else None
