"""The stale page: how many deals nobody moves, by owner and reason, and the most urgent of each
owner."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from site_builder.insights import stale as facts
from site_builder.insights.stale import StaleDeals, has, limits, stale_deals, value_of
from site_builder.insights.standing import Standing
from site_builder.insights.topics import Topic
from site_builder.journal.pipeline import StageType
from site_builder.markup import formats
from site_builder.pages import coverage, reasons, sheet, windows
from site_builder.pages.context import Context
from site_builder.pages.deals import LIST, OPEN_DEALS, summary
from site_builder.pages.first_deal import has_no_deals
from site_builder.pages.links import NO_LINK, Link
from site_builder.pages.nurture import ASLEEP
from site_builder.pages.page import Nav, NavGroup, PageKind, once
from site_builder.pages.scopes import scope
from site_builder.pages.sentence import Figure, Sentence, joined
from site_builder.pages.sheet import Row, Section, Sheet, Table, numbers, texts
from site_builder.pages.stale_deals import SHOWN, StaleList, list_of, owner_anchor, stale_lists
from site_builder.pages.stale_rows import StaleDeal, rows
from site_builder.problems import counting

AT_ONCE = 50
"""How many deals are listed at once: those of further owners are folded."""


class Cell(NamedTuple):
    """How many deals are stale for a reason, and where they are listed; empty texts for none."""

    number: str
    path: str
    reason: str
    of: str


@dataclass(frozen=True, slots=True)
class OwnersDeals:
    """The stale deals of one owner: ``path`` leads to all, ``more`` from the most urgent to them,
    where these are not all. ``counts`` are the numbers for each reason. Where many stand before
    them, they are folded."""

    anchor: str
    of: str
    path: str
    name: str
    answer: str
    count: str
    counts: tuple[Cell, ...]
    value: str
    deals: tuple[StaleDeal, ...]
    more: Link
    is_folded: bool


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
    """What the page shows. ``count``, ``counts`` and ``value`` are of all owners together;
    ``no_deals`` says that the journal has none, ``foot`` of how many it is."""

    answer: Sentence
    count: str
    counts: tuple[Cell, ...]
    value: str
    owners: tuple[OwnersDeals, ...]
    limits: tuple[Limits, ...]
    no_deals: bool
    foot: str


def stale(context: Context) -> Stale:
    """The stale deals of the journal."""
    found, lists = context.facts(stale_deals), context.once(stale_lists)
    return Stale(
        _answer(found.every, context),
        counting.grouped(len(found.every)),
        tuple(_cell(code, found.every, lists[code].path()) for code in found.codes),
        _value(found.every, context),
        tuple(_owners(found, lists, context)),
        _limits(context),
        has_no_deals(context),
        windows.deals(context),
    )


def _answer(deals: Sequence[Standing], context: Context) -> Sentence:
    if not deals:
        return _none_is(context)
    verb = "is" if len(deals) == 1 else "are"
    sums, schema = value_of(deals, context.insights), context.journal.schema
    value = coverage.told(sums, schema, write=formats.compact, cover=coverage.explained)
    worth = f", worth {value}" if value else ""
    said = f"{counting.count(len(deals), 'deal')} {verb} stale{worth}"
    return Sentence(Figure(said, f"#{LIST}", "stale"), ".")


def _none_is(context: Context) -> Sentence:
    """``No deal is stale, of 3 open and 2 parked deals.``"""
    types = Counter(deal.stage.type for deal in context.journal.deals)
    ways = ((StageType.OPEN, "open", OPEN_DEALS), (StageType.PARKED, "parked", ASLEEP))
    able = [(types[type], name, path) for type, name, path in ways if types[type]]
    if not able:
        return Sentence()
    noun = "deal" if able[-1][0] == 1 else "deals"
    parts = [Link(f"{counting.grouped(count)} {name}", path) for count, name, path in able]
    return Sentence("No deal is stale, of ", joined(" and ", parts), f" {noun}.")


def _value(deals: Sequence[Standing], context: Context) -> str:
    return coverage.told(value_of(deals, context.insights), context.journal.schema)


def _owners(
    found: StaleDeals, lists: Mapping[str, StaleList], context: Context
) -> Iterator[OwnersDeals]:
    listed = 0
    for id, theirs in found.by_owner.items():
        anchor, rest = owner_anchor(id), len(theirs) - SHOWN
        path = lists[list_of(id)].path() if rest > 0 else f"#{anchor}"
        listed += len(theirs[:SHOWN])
        yield OwnersDeals(
            anchor,
            scope(owner=id),
            path,
            theirs[0].deal.owner.name,
            summary(theirs, context) + (", the most urgent first" if len(theirs) > 1 else ""),
            counting.grouped(len(theirs)),
            tuple(_cell(code, theirs, lists[code].place(id)) for code in found.codes),
            _value(theirs, context),
            rows(theirs[:SHOWN], context),
            Link(f"and {counting.count(rest, 'more deal')}", path) if rest > 0 else NO_LINK,
            listed > AT_ONCE,
        )


def _cell(code: str, deals: Sequence[Standing], path: str) -> Cell:
    count, name = sum([has(one, code) for one in deals]), reasons.NAMES[code]
    of = scope(stale=code)
    return Cell(counting.grouped(count), path, name, of) if count else Cell("", "", name, of)


def _limits(context: Context) -> tuple[Limits, ...]:
    found: dict[str, list[Limit]] = {p.id: [] for p in context.journal.schema.pipelines}
    for pipeline, stage, silence in limits(context.insights):
        found[pipeline.id].append(Limit(stage.name, _limit(silence)))
    return tuple(
        Limits(pipeline.name, tuple(found[pipeline.id]))
        for pipeline in context.journal.schema.pipelines
    )


def _limit(allowed: dt.timedelta | None) -> str:
    return "no limit" if allowed is None else formats.length(allowed)


def _sheet(context: Context, _key: str) -> Sheet:
    """The same for a terminal: a section an owner, a row a deal."""
    made = stale(context)
    return Sheet(
        "Stale",
        made.answer or "No open deals",
        tuple(_as_section(owner) for owner in made.owners),
        "; ".join(f"{one.reason}: {one.number}" for one in made.counts),
        foot=made.foot,
    )


def _as_section(owner: OwnersDeals) -> Section:
    columns = (*texts("Deal", "Why", "Last contact", "Next step", "Stage"), *numbers("Value"))
    table = Table(owner.name, columns, tuple(map(_as_row, owner.deals)))
    return Section(owner.anchor, owner.name, owner.answer, tables=(table,), rule=owner.more.text)


def _as_row(deal: StaleDeal) -> Row:
    cells = (
        "; ".join(why.text for why in deal.whys),
        f"{deal.contact} {deal.contact_kind}".rstrip(),
        f"{deal.next_day} {deal.next}".strip(),
        deal.stage,
        deal.value,
    )
    return Row(sheet.Cell(deal.title, deal.path, deal.company), tuple(map(sheet.Cell, cells)))


PAGE = PageKind(
    "stale",
    view=lambda context, _key: stale(context),
    keys=once,
    path=lambda _key: "stale.html",
    nav=Nav(
        NavGroup.TODAY,
        "Stale",
        "stale.html",
        shows=lambda _, topics: topics.issuperset((Topic.MANY, Topic.LIVE)),
    ),
    facts=facts.stale,
    sheet=_sheet,
)
