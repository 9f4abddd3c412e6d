"""What happened since last Monday, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from site_builder.insights.moves import Move, What, last_monday, moves
from site_builder.markup import formats
from site_builder.pages.context import Context
from site_builder.pages.links import Link
from site_builder.problems import counting

SHOWN = 6
"""How many deals to which the same happened are listed."""
_ORDER: tuple[What, ...] = ("won", "lost", "entered", "moved", "slipped")


class Happened(NamedTuple):
    """What happened to a deal: ``how`` are its two stages or closes, or its value."""

    deal: Link
    how: str


class Kind(NamedTuple):
    """The deals to which the same happened. ``more`` says how many are not listed."""

    title: str
    number: str
    deals: tuple[Happened, ...]
    more: str


@dataclass(frozen=True, slots=True)
class SinceMonday:
    """What happened since a day, of which notes tell."""

    day: str
    day_text: str
    kinds: tuple[Kind, ...]


def since_monday(context: Context) -> SinceMonday:
    """What happened since the last Monday before today."""
    monday = last_monday(context.today)
    found = list(moves(context.insights))
    return SinceMonday(monday.isoformat(), formats.weekday(monday), tuple(_kinds(found, context)))


def _kinds(found: list[Move], context: Context) -> Iterator[Kind]:
    for what in _ORDER:
        same = [move for move in found if move.what == what]
        more = len(same) - SHOWN
        if same:
            yield Kind(
                what.capitalize(),
                counting.grouped(len(same)),
                tuple([_happened(move, context) for move in same[:SHOWN]]),
                f"and {counting.grouped(more)} more" if more > 0 else "",
            )


def _happened(move: Move, context: Context) -> Happened:
    card = context.cards[move.deal.id]
    return Happened(Link(card.title, card.path), _how(move, context.today) or card.value)


def _how(move: Move, today: dt.date) -> str:
    if move.stages:
        return " → ".join(stage.name for stage in move.stages)
    if move.closes:
        return " → ".join(formats.near_day(day, today) for day in move.closes)
    return ""
