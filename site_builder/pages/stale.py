"""The stale page: every deal that nobody moves, by owner and by reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from site_builder.insights.insights import Standing
from site_builder.journal.deal import Deal
from site_builder.journal.history import last_contact
from site_builder.journal.pipeline import StageType
from site_builder.markup import formats
from site_builder.pages import coverage, reasons, stale_deals
from site_builder.pages.context import Context
from site_builder.pages.deals import summary
from site_builder.pages.links import Link, named
from site_builder.pages.note_body import kind_text
from site_builder.pages.note_paths import note_path
from site_builder.pages.page import Nav, NavGroup, PageKind
from site_builder.pages.stale_deals import StaleDeals, has, owner_anchor
from site_builder.pages.stale_reasons import OfReason, of_reason, reason_anchor
from site_builder.problems import counting

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


class Cell(NamedTuple):
    """How many of an owner's deals are stale for a reason, and where they are listed; empty
    texts for none."""

    deals: str
    anchor: str
    reason: str


@dataclass(frozen=True, slots=True)
class OwnersDeals:
    """The stale deals of one owner that stand on this page, the most urgent first; ``path``
    leads to the first of all. ``counts`` are the numbers of all for each reason."""

    anchor: str
    path: str
    name: str
    answer: str
    count: str
    counts: tuple[Cell, ...]
    value: str
    deals: tuple[StaleDeal, ...]


class Limit(NamedTuple):
    """How long an open stage may be silent."""

    stage: str
    silence: str


@dataclass(frozen=True, slots=True)
class Limits:
    """How long each open stage of a pipeline may be silent."""

    pipeline: str
    stages: tuple[Limit, ...]


@dataclass(frozen=True, slots=True)
class Stale:
    """What a page of stale deals shows. ``pages`` leads to all, if several; ``range`` then says
    which of the deals are here, and what is of all is on the first page only."""

    answer: str
    path: str
    range: str
    pages: tuple[Link, ...]
    count: str
    value: str
    owners: tuple[OwnersDeals, ...]
    by_reason: tuple[OfReason, ...]
    limits: tuple[Limits, ...]


def stale(context: Context, number: int = 1) -> Stale:
    """Page ``number``, from 1, of the stale deals of the journal."""
    found, is_first = _found(context), number == 1
    here = found.on(number)
    return Stale(
        _answer(found.every, context),
        stale_deals.path(number),
        found.paging.range(number),
        found.paging.links(stale_deals.path),
        counting.grouped(len(found.every)),
        _value(found.every, context),
        tuple(
            _of_owner(id, here.get(id, ()), found, context)
            for id in (found.by_owner if is_first else here)
        ),
        tuple(of_reason(code, found, context) for code in found.codes) if is_first else (),
        _limits(context) if is_first else (),
    )


def _found(context: Context) -> StaleDeals:
    return context.once(stale_deals.stale_deals)


def _answer(deals: Sequence[Standing], context: Context) -> str:
    if not deals:
        opened = sum(deal.stage.is_open for deal in context.journal.deals)
        parked = sum(deal.stage.type is StageType.PARKED for deal in context.journal.deals)
        noun = "open or parked deal" if parked else "open deal"
        able = opened + parked
        return f"No deal is stale, of {counting.count(able, noun)}." if able else ""
    verb = "is" if len(deals) == 1 else "are"
    sums, schema = context.insights.total([one.worth for one in deals]), context.journal.schema
    value = coverage.told(sums, schema, write=formats.compact, cover=coverage.explained)
    worth = f", worth {value}" if value else ""
    return f"{counting.count(len(deals), 'deal')} {verb} stale{worth}."


def _value(deals: Sequence[Standing], context: Context) -> str:
    sums = context.insights.total([one.worth for one in deals])
    return coverage.told(sums, context.journal.schema)


def _of_owner(
    id: str, here: Sequence[Standing], found: StaleDeals, context: Context
) -> OwnersDeals:
    theirs = found.by_owner[id]
    return OwnersDeals(
        owner_anchor(id),
        found.places[owner_anchor(id)],
        theirs[0].deal.owner.name,
        summary(theirs, context) + (", the most urgent first" if len(theirs) > 1 else ""),
        counting.grouped(len(theirs)),
        tuple(_cell(code, id, theirs) for code in found.codes),
        _value(theirs, context),
        tuple(_row(one, context) for one in here),
    )


def _cell(code: str, owner: str, deals: Sequence[Standing]) -> Cell:
    count, name = sum([has(one, code) for one in deals]), reasons.NAMES[code]
    return (
        Cell(counting.grouped(count), reason_anchor(code, owner), name)
        if count
        else Cell("", "", name)
    )


def _row(one: Standing, context: Context) -> StaleDeal:
    deal, card = one.deal, context.cards[one.deal.id]
    return StaleDeal(
        deal.id,
        card.path,
        deal.title,
        card.company.text if card.company.path else "",
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


def _limits(context: Context) -> tuple[Limits, ...]:
    return tuple(
        Limits(
            pipeline.name,
            tuple(
                Limit(stage.name, _limit(stage.stale_after))
                for stage in context.insights.stages_of(pipeline)
                if stage.is_open
            ),
        )
        for pipeline in context.journal.schema.pipelines
    )


def _limit(allowed: dt.timedelta | None) -> str:
    return "no limit" if allowed is None else formats.length(allowed)


PAGE = PageKind(
    "stale",
    view=stale,
    keys=lambda context: _found(context).paging.numbers,
    path=stale_deals.path,
    nav=Nav(NavGroup.TODAY, "Stale", "stale.html"),
)
