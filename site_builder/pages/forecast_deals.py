"""The deals that the forecast's figures are made of: a section for every figure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

from site_builder.forecast.outlook import Bucket, Part, by_value
from site_builder.insights.won_deals import Won
from site_builder.journal.money import Money
from site_builder.markup import formats
from site_builder.pages import coverage
from site_builder.pages.forecast_rows import Frame
from site_builder.pages.links import deal_path
from site_builder.problems import counting

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
    """A won deal's row: owner and value are those of the day it was won."""

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
    anchor: str, level: int, bucket: Bucket, frame: Frame, *, hint: str = "", most: int = 50
) -> Section:
    """List a bucket's deals, the largest first, up to ``most`` open and as many won ones."""
    opened, won = by_value(bucket.parts, frame.schema), by_value(bucket.won, frame.schema)
    return Section(
        anchor,
        level,
        bucket.label,
        hint,
        tuple(map(_open, opened[:most])),
        tuple(map(_won, won[:most])),
        tuple(
            _rest([one.worth for one in rest], word, frame)
            for word, rest in (("open", opened[most:]), ("won", won[most:]))
            if rest
        ),
        fold="closed" if level == FOLDED else "",
        count=count(bucket),
    )


def count(bucket: Bucket) -> str:
    """How many deals a bucket has."""
    return counting.count(len(bucket.parts) + len(bucket.won), "deal")


def _rest(worths: list[Money | None], word: str, frame: Frame) -> str:
    sums = frame.total(worths)
    worth = f", {frame.text(sums)} together{coverage.beside(sums)}" if sums.lines else ""
    return f"{counting.count(len(worths), f'smaller {word} deal')} more{worth}"


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


def _won(one: Won) -> WonDeal:
    deal, ended, _ = one
    return WonDeal(
        deal_path(deal),
        deal.title,
        ended.owner.name,
        formats.short_day(ended.day) if ended.day else "",
        _money(ended.value),
    )


def _money(money: Money | None) -> str:
    return formats.rounded(money) if money else ""


def _percent(fraction: Decimal | None) -> str:
    return "" if fraction is None else formats.percent(fraction)


def deals_of(bucket: Bucket) -> str:
    """Where the deals of a bucket are listed; the table where it has none."""
    return f"#in-{bucket.label}" if bucket.parts or bucket.won else "#quarters"
