"""The story of a deal that sleeps or slept: when it was awake and when it was asleep, and what was
said in between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from site_builder.insights.nurture import Sleeper, Stretch
from site_builder.journal.deal import Deal
from site_builder.journal.note import Note
from site_builder.markup import formats
from site_builder.pages.context import Context
from site_builder.pages.links import Link, deal_path, named
from site_builder.pages.note_paths import note_path
from site_builder.pages.sheet import Story
from site_builder.problems import counting

TOLD = 3
"""How many headlines of a stretch are told, the last of it; the others are counted."""


def is_told(deal: Deal) -> bool:
    """Whether notes say more of it than when it moved."""
    return any(note.headline and note.stage is None for note in deal.notes)


def story(one: Sleeper, context: Context) -> Story:
    """Its stretches, a sentence each, with the headlines of their notes."""
    deal, last = one.id, len(one.life) - 1
    parts = [
        part
        for at, stretch in enumerate(one.life)
        for part in _stretch(deal, stretch, context, is_last=at == last)
    ]
    company = context.companies[deal.company].text
    aside = company if company not in deal.title else ""
    return Story(Link(deal.title, deal_path(deal)), aside, tuple(parts))


def _stretch(deal: Deal, stretch: Stretch, context: Context, *, is_last: bool) -> Iterator[Link]:
    """``Asleep from 1 Jun 2023 for 642 days: 2 more; Season's greetings; Fifty years.``"""
    since = formats.short_day(stretch.since)
    notes = [note for note in deal.notes if note.headline and _is_in(note, stretch, is_last)]
    lasted = "" if stretch.state in ("won", "lost") else f" for {formats.days(stretch.days)}"
    word = "on" if not lasted else "since" if is_last else "from"
    yield Link(f"{stretch.state.capitalize()} {word} {since}{lasted}")
    yield from _headlines(deal, notes, context)
    yield Link(". ")


def _is_in(note: Note, stretch: Stretch, is_last: bool) -> bool:
    return stretch.since <= note.date and (is_last or note.date < stretch.until)


def _headlines(deal: Deal, notes: Sequence[Note], context: Context) -> Iterator[Link]:
    lead = ": "
    if len(notes) > TOLD:
        yield Link(f": {counting.grouped(len(notes) - TOLD)} more")
        lead = "; "
    for note in notes[-TOLD:]:
        yield Link(named(note.headline, context.journal).rstrip("."), note_path(deal, note), lead)
        lead = "; "
