"""What happened to deals since a day: which entered, were won or lost, slipped or moved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Literal, NamedTuple

from site_builder.journal import history
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
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


def moves(journal: Journal, since: dt.date) -> Iterator[Move]:
    """What the notes of deals say that happened on a day or after it, by the deals' ids."""
    for deal in journal.deals:
        last = max([note.date for note in deal.notes[-1:]] + [deal.created or dt.date.min])
        if last >= since:
            yield from _moves_of(deal, since)


def _moves_of(deal: Deal, since: dt.date) -> Iterator[Move]:
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
