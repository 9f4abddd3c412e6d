"""What happened since last Monday, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from site_builder.insights.moves import Move, What, last_monday, moves
from site_builder.insights.team import Ticked, ticked_since
from site_builder.markup import formats
from site_builder.pages.context import Context
from site_builder.pages.links import Link
from site_builder.pages.note_paths import note_path
from site_builder.problems import counting

SHOWN = 6
"""How many deals to which the same happened are listed."""
_ORDER: tuple[What, ...] = ("won", "lost", "entered", "moved", "slipped")


class Happened(NamedTuple):
    """What happened to a deal: ``how`` are its two stages or closes, its value, or the step."""

    deal: Link
    how: str


class Kind(NamedTuple):
    """The deals to which the same happened, one of which steps were done once for each of these.
    ``more`` says how many are not listed."""

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
    return SinceMonday(monday.isoformat(), formats.weekday(monday), tuple(_kinds(monday, context)))


def _kinds(monday: dt.date, context: Context) -> Iterator[Kind]:
    found = list(moves(context.insights))
    for what in _ORDER:
        if same := [move for move in found if move.what == what]:
            shown = [_happened(move, context) for move in same[:SHOWN]]
            yield _kind(what.capitalize(), len(same), shown)
    if ticked := ticked_since(monday, context.insights):
        yield _kind("Steps done", len(ticked), [_done(one, context) for one in ticked[:SHOWN]])


def _kind(title: str, count: int, shown: Sequence[Happened]) -> Kind:
    more = f"and {counting.grouped(count - SHOWN)} more" if count > SHOWN else ""
    return Kind(title, counting.grouped(count), tuple(shown), more)


def _done(one: Ticked, context: Context) -> Happened:
    """Leads to the note that says so."""
    path = note_path(one.deal, one.note)
    return Happened(Link(context.cards[one.deal.id].title, path), one.step.name)


def _happened(move: Move, context: Context) -> Happened:
    card = context.cards[move.deal.id]
    return Happened(Link(card.title, card.path), _how(move, context.today) or card.value)


def _how(move: Move, today: dt.date) -> str:
    if move.stages:
        return " → ".join(stage.name for stage in move.stages)
    if move.closes:
        return " → ".join(formats.near_day(day, today) for day in move.closes)
    return ""
