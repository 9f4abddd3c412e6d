"""The deals that the forecast's figures are made of: a section for every figure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

from site_builder import formats, totals
from site_builder.forecast.outlook import Bucket, Part, by_value
from site_builder.model import Deal, Money, Schema
from site_builder.states import outcome_on
from site_builder.views.parts import deal_path

FOLDED = 3
"""The level of the sections of deals that fold by themselves; those below fold with the
section that they are in."""


class OpenDeal(NamedTuple):
    """An open deal's row: its value, the two probabilities, and what each makes of it."""

    path: str
    title: str
    owner: str
    stage: str
    close: str
    category: str
    value: str
    stage_percent: str
    by_stage: str
    own_percent: str
    by_own: str


class WonDeal(NamedTuple):
    """A won deal's row."""

    path: str
    title: str
    owner: str
    won: str
    value: str


@dataclass(frozen=True, slots=True)
class Section:
    """The deals of one figure. ``level`` is that of its heading; a section may have none
    and only head those ``inside``. ``more`` says what was too much to list. ``fold`` says
    that it can be folded away: ``open`` or ``closed``; ``count`` is then what is in it."""

    anchor: str
    level: int
    name: str
    hint: str
    open: tuple[OpenDeal, ...] = ()
    won: tuple[WonDeal, ...] = ()
    more: tuple[str, ...] = ()
    inside: tuple[Section, ...] = ()
    fold: Literal["", "open", "closed"] = ""
    count: str = ""


def section(
    anchor: str, level: int, bucket: Bucket, schema: Schema, *, hint: str = "", most: int = 50
) -> Section:
    """List a bucket's deals, the largest first, up to ``most`` open and as many won ones."""
    parts = {part.deal.id: part for part in bucket.parts}
    opened = by_value((part.deal for part in bucket.parts), schema)
    won = by_value(bucket.won, schema)
    return Section(
        anchor,
        level,
        bucket.label,
        hint,
        tuple(_open(parts[deal.id]) for deal in opened[:most]),
        tuple(_won(deal) for deal in won[:most]),
        tuple(
            _rest(rest, word, schema)
            for word, rest in (("open", opened[most:]), ("won", won[most:]))
            if rest
        ),
        fold="closed" if level == FOLDED else "",
        count=count(bucket),
    )


def count(bucket: Bucket) -> str:
    """How many deals a bucket has."""
    return formats.count(len(bucket.parts) + len(bucket.won), "deal")


def _rest(deals: list[Deal], word: str, schema: Schema) -> str:
    sums = totals.total([deal.value for deal in deals], schema)
    worth = f", {totals.text(sums, schema)} together" if sums.lines else ""
    return f"{formats.count(len(deals), f'smaller {word} deal')} more{worth}"


def _open(part: Part) -> OpenDeal:
    deal = part.deal
    return OpenDeal(
        deal_path(deal),
        deal.title,
        deal.owner.name,
        deal.stage.name,
        formats.short_day(deal.close) if deal.close else "",
        deal.category or "",
        _money(deal.value),
        _percent(deal.stage.probability),
        _money(part.by_stage),
        _percent(deal.probability),
        _money(part.by_own),
    )


def _won(deal: Deal) -> WonDeal:
    day = outcome_on(deal)
    return WonDeal(
        deal_path(deal),
        deal.title,
        deal.owner.name,
        formats.short_day(day) if day else "",
        _money(deal.value),
    )


def _money(money: Money | None) -> str:
    return formats.rounded(money) if money else ""


def _percent(fraction: Decimal | None) -> str:
    return "" if fraction is None else formats.percent(fraction)
