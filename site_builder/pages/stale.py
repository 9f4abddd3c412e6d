"""The stale page: every deal that nobody moves, by owner, the most urgent first.

Urgency is the number of days past what was allowed, of whichever of a deal's reasons is
past it furthest; among equals the larger value comes first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from site_builder.insights.insights import Standing
from site_builder.insights.staleness import CODES
from site_builder.insights.totals import Totals
from site_builder.journal.deal import Deal
from site_builder.journal.history import last_contact
from site_builder.journal.money import Money
from site_builder.journal.pipeline import StageType
from site_builder.journal.team import Person
from site_builder.markup import formats
from site_builder.pages import coverage, reasons
from site_builder.pages.context import Context
from site_builder.pages.links import Link, named
from site_builder.pages.note_body import kind_text
from site_builder.pages.note_paths import note_path
from site_builder.pages.page import Nav, PageKind
from site_builder.pages.paging import Paging
from site_builder.problems import counting

PER_PAGE = 500
_NAMED = 25
"""How many deals of an owner are named for each reason."""

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


@dataclass(frozen=True, slots=True)
class OfReason:
    """The deals that are stale for one reason, by owner, as links to their rows."""

    anchor: str
    name: str
    count: str
    answer: str
    owners: tuple[OwnersOfReason, ...]


@dataclass(frozen=True, slots=True)
class OwnersOfReason:
    """Those of one owner, the most urgent first; ``more`` leads to the rows of all."""

    anchor: str
    name: str
    count: str
    deals: tuple[Link, ...]
    more: Link


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


class _Found(NamedTuple):
    """A stale deal, and the codes of its reasons."""

    deal: Deal
    one: Standing
    codes: tuple[str, ...]


class _Owned(NamedTuple):
    """The stale deals of an owner; those of other owners come first, ``before`` of them."""

    owner: Person
    found: list[_Found]
    before: int

    @property
    def path(self) -> str:
        return _place(self.before, f"owner-{self.owner.id}")

    def on(self, number: int) -> list[_Found]:
        """Those that stand on a page."""
        first, end = (number - 1) * PER_PAGE - self.before, number * PER_PAGE - self.before
        return self.found[max(0, first) : max(0, end)]


class _Every(NamedTuple):
    """All stale deals, the most urgent first; the same by owner; the codes of their reasons;
    the address of each deal's row, by its id."""

    found: list[_Found]
    owned: list[_Owned]
    codes: list[str]
    rows: dict[str, str]

    @property
    def paging(self) -> Paging:
        return Paging(len(self.found), PER_PAGE)


def stale(context: Context, number: int = 1) -> Stale:
    """Page ``number``, from 1, of the stale deals of the journal."""
    every = context.once(_every)
    found, is_first = every.found, number == 1
    owned = [one for one in every.owned if is_first or one.on(number)]
    return Stale(
        _answer(found, context),
        _path(number),
        every.paging.range(number),
        every.paging.links(_path),
        counting.grouped(len(found)),
        _value(found, context, coverage.beside),
        tuple(_of_owner(one, number, every.codes, context) for one in owned),
        tuple(_of_reason(code, every, context) for code in every.codes) if is_first else (),
        _limits(context) if is_first else (),
    )


def _every(context: Context) -> _Every:
    every = [one for one in context.insights.every_deal if one.reasons]
    every.sort(key=lambda one: _urgency(one, context))
    found = [_Found(one.deal, one, tuple([r.code for r in one.reasons])) for one in every]
    owned, before = list[_Owned](), 0
    for owner in _owners(found):
        theirs = [f for f in found if f.deal.owner.id == owner.id]
        owned.append(_Owned(owner, theirs, before))
        before += len(theirs)
    listed = enumerate(f for one in owned for f in one.found)
    codes = [code for code in CODES if any(code in f.codes for f in found)]
    rows = {f.deal.id: _place(at, f"deal-{f.deal.id}") for at, f in listed}
    return _Every(found, owned, codes, rows)


def _path(number: int) -> str:
    return "stale.html" if number == 1 else f"stale.{number}.html"


def _place(at: int, anchor: str) -> str:
    """Where the row of this number stands, from 0, from the first page."""
    number = at // PER_PAGE + 1
    return f"{_path(number) if number > 1 else ''}#{anchor}"


def _urgency(one: Standing, context: Context) -> tuple[int, Decimal, str]:
    late = max([reason.late for reason in one.reasons])
    worth = one.worth
    known = worth is not None and worth.currency == context.journal.schema.currency
    return -late, -worth.amount if worth and known else Decimal(0), one.deal.id


def _answer(found: list[_Found], context: Context) -> str:
    if not found:
        opened = sum(deal.stage.is_open for deal in context.journal.deals)
        parked = sum(deal.stage.type is StageType.PARKED for deal in context.journal.deals)
        noun = "open or parked deal" if parked else "open deal"
        able = opened + parked
        return f"No deal is stale, of {counting.count(able, noun)}." if able else ""
    verb = "is" if len(found) == 1 else "are"
    value = _value(found, context, write=formats.compact)
    worth = f", worth {value}" if value else ""
    return f"{counting.count(len(found), 'deal')} {verb} stale{worth}."


def _value(
    found: Iterable[_Found],
    context: Context,
    cover: Callable[[Totals], str] = coverage.explained,
    write: Callable[[Money], str] = formats.rounded,
) -> str:
    """What they are worth together, and how many of them; nothing where none has a value."""
    sums = context.insights.total([f.one.worth for f in found])
    return coverage.amounts(sums, context.journal.schema, write) + cover(sums) if sums.lines else ""


def _owners(found: list[_Found]) -> list[Person]:
    """The owners of stale deals, that of the most urgent first."""
    return list({f.deal.owner.id: f.deal.owner for f in found}.values())


def _of_owner(one: _Owned, number: int, codes: list[str], context: Context) -> OwnersDeals:
    owner, found = one.owner, one.found
    value = _value(found, context, coverage.beside)
    return OwnersDeals(
        f"owner-{owner.id}",
        one.path,
        owner.name,
        _count(found, context) + (", the most urgent first" if len(found) > 1 else ""),
        counting.grouped(len(found)),
        tuple(_cell(code, owner, found) for code in codes),
        value,
        tuple(_row(f, context) for f in one.on(number)),
    )


def _count(found: list[_Found], context: Context) -> str:
    value = _value(found, context)
    return ", ".join(text for text in (counting.count(len(found), "deal"), value) if text)


def _cell(code: str, owner: Person, found: list[_Found]) -> Cell:
    count = sum([code in f.codes for f in found])
    name = reasons.NAMES[code]
    anchor = f"reason-{code}-{owner.id}"
    return Cell(counting.grouped(count), anchor, name) if count else Cell("", "", name)


def _of_reason(code: str, every: _Every, context: Context) -> OfReason:
    found = [f for f in every.found if code in f.codes]
    return OfReason(
        f"reason-{code}",
        reasons.NAMES[code],
        counting.grouped(len(found)),
        _count(found, context),
        tuple(_owners_of_reason(code, owner, found, every) for owner in _owners(found)),
    )


def _owners_of_reason(
    code: str, owner: Person, of_reason: list[_Found], every: _Every
) -> OwnersOfReason:
    found = [f for f in of_reason if f.deal.owner.id == owner.id]
    path = next(one.path for one in every.owned if one.owner.id == owner.id)
    rest = len(found) - _NAMED
    return OwnersOfReason(
        f"reason-{code}-{owner.id}",
        owner.name,
        counting.grouped(len(found)),
        tuple(Link(f.deal.title, every.rows[f.deal.id]) for f in found[:_NAMED]),
        Link(f"and {counting.grouped(rest)} more", path) if rest > 0 else Link(""),
    )


def _row(found: _Found, context: Context) -> StaleDeal:
    deal, one, codes = found
    card = context.cards[deal.id]
    return StaleDeal(
        deal.id,
        card.path,
        deal.title,
        card.company.text if card.company.path else "",
        " ".join(codes),
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
    keys=lambda context: context.once(_every).paging.numbers,
    path=_path,
    nav=Nav("Stale", "stale.html"),
)
