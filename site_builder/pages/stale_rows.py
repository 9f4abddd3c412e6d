"""Stale deals, a row each: why, and what is known of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from site_builder.insights.standing import Standing
from site_builder.journal.deal import Deal
from site_builder.journal.history import last_contact
from site_builder.markup import formats
from site_builder.pages import reasons
from site_builder.pages.context import Context
from site_builder.pages.links import named
from site_builder.pages.note_body import kind_text
from site_builder.pages.note_paths import note_path

_STATUS = {
    "silent": "stale",
    "next-step-overdue": "overdue",
    "no-next-step": "none",
    "close-in-past": "overdue",
    "overslept": "overdue",
}


class Why(NamedTuple):
    """A reason in words, and the status that it is drawn as."""

    status: str
    text: str


class StaleDeal(NamedTuple):
    """One row. ``codes`` are the codes of its reasons with spaces between."""

    id: str
    path: str
    title: str
    company: str
    codes: str
    whys: tuple[Why, ...]
    contact: str
    contact_kind: str
    contact_path: str
    next_day: str
    next: str
    stage: str
    value: str


def rows(deals: Iterable[Standing], context: Context) -> tuple[StaleDeal, ...]:
    """The rows of deals, in their order."""
    return tuple([_row(one, context) for one in deals])


def _row(one: Standing, context: Context) -> StaleDeal:
    deal, card = one.deal, context.cards[one.deal.id]
    return StaleDeal(
        deal.id,
        card.path,
        deal.title,
        card.beside if card.company.path else "",
        " ".join([reason.code for reason in one.reasons]),
        tuple([Why(_STATUS[reason.code], reasons.in_words(reason)) for reason in one.reasons]),
        *_last_contact(deal, context),
        formats.short_day(deal.next.date) if deal.next else "",
        named(deal.next.text, context.journal) if deal.next else "",
        deal.stage.name,
        card.value,
    )


def _last_contact(deal: Deal, context: Context) -> tuple[str, str, str]:
    """The day of the last real contact, its kind, and the path of its note."""
    note = last_contact(deal, context.journal)
    if note is None:
        return "never", "", ""
    return (
        formats.short_day(note.date),
        kind_text(note, deal, context.insights),
        note_path(deal, note),
    )
