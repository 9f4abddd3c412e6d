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
from site_builder.pages.note_body import kind_text
from site_builder.pages.note_paths import note_path
from site_builder.pages.sheet import Story
from site_builder.problems import counting

TOLD = 3
"""How many notes of a stretch are told, the last of it; the others are counted."""


def story(one: Sleeper, context: Context) -> Story:
    """Its stretches, a sentence each, with the headlines of their notes, and how many have none;
    where all of one have none, which notes they are."""
    deal, last = one.id, len(one.life) - 1
    parts = [
        part
        for at, stretch in enumerate(one.life)
        for part in _stretch(deal, stretch, context, is_last=at == last)
    ]
    if not one.life:
        parts.append(Link("Asleep since nobody knows when."))
    company = context.companies[deal.company].text
    aside = company if company not in deal.title else ""
    return Story(Link(deal.title, deal_path(deal)), aside, tuple(parts))


def _stretch(deal: Deal, stretch: Stretch, context: Context, *, is_last: bool) -> Iterator[Link]:
    """``Asleep from 1 Jun 2023 for 642 days: 2 earlier; Season's greetings; Fifty years.``"""
    since = formats.short_day(stretch.since)
    notes = [note for note in deal.notes if _is_in(note, stretch, is_last)]
    told = [note for note in notes if note.headline] or [n for n in notes if n.stage is None]
    lasted = "" if stretch.state in ("won", "lost") else f" for {formats.days(stretch.days)}"
    word = "on" if not lasted else "since" if is_last else "from"
    yield Link(f"{stretch.state.capitalize()} {word} {since}{lasted}")
    yield from _notes(deal, told, context)
    untold = sum(note.stage is None and not note.headline for note in notes)
    if untold and any(note.headline for note in told):
        yield Link(f"; and {counting.grouped(untold)} more without a headline")
    yield Link(". ")


def _is_in(note: Note, stretch: Stretch, is_last: bool) -> bool:
    return stretch.since <= note.date and (is_last or note.date < stretch.until)


def _notes(deal: Deal, notes: Sequence[Note], context: Context) -> Iterator[Link]:
    lead = ": "
    if len(notes) > TOLD:
        yield Link(f": {counting.grouped(len(notes) - TOLD)} earlier")
        lead = "; "
    for note in notes[-TOLD:]:
        yield Link(_said(note, deal, context), note_path(deal, note), lead)
        lead = "; "


def _said(note: Note, deal: Deal, context: Context) -> str:
    """Its headline; without one what kind of note it is, and its day."""
    if note.headline:
        return named(note.headline, context.journal).rstrip(".")
    kind = kind_text(note, deal, context.insights)
    return f"{kind} on {formats.near_day(note.date, context.today)}"
