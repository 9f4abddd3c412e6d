"""Tables of the deals that the forecast's figures are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple, TypeVar

from site_builder.forecast.frame import Frame
from site_builder.forecast.outlook import Bucket, Part, by_value
from site_builder.insights.won_deals import Won
from site_builder.journal.money import Money
from site_builder.markup import formats
from site_builder.pages import coverage
from site_builder.pages.forecast_lists import SIDES, DealList, Lists, Side, Stretch, anchor
from site_builder.pages.forecast_rows import NO_FIGURE, Figure, figure
from site_builder.pages.forecast_taught import InLists
from site_builder.pages.forecast_words import name
from site_builder.pages.links import deal_path
from site_builder.pages.scopes import scope
from site_builder.problems import counting

Listed = TypeVar("Listed", Part, Won)


class OpenDeal(NamedTuple):
    """An open deal's row: its value, the probabilities, and what each makes of it; ``told`` says
    what was learned of it where its notes move that, and ``by`` which of them counts."""

    id: str
    path: str
    title: str
    told: str
    owner: str
    stage: str
    close: str
    value: str
    stage_percent: str
    by_stage: str
    own_percent: str
    expected: str
    learned_percent: str
    by_learned: str
    by: str


class WonDeal(NamedTuple):
    """A won deal's row: owner and value are those of the day it was won."""

    id: str
    path: str
    title: str
    owner: str
    won: str
    value: str


class Added(NamedTuple):
    """What deals add up to. ``own`` says how many of them have an own estimate."""

    deals: str
    value: Figure
    by_stage: Figure = NO_FIGURE
    own: str = ""
    expected: Figure = NO_FIGURE
    by_learned: Figure = NO_FIGURE


@dataclass(frozen=True, slots=True)
class DealGroup:
    """The deals of a group that stand on a page, and what all deals of the group add up to; no
    ``name`` where it is the only one. ``path`` leads to the list that it has itself, if any."""

    anchor: str
    of: str
    name: str
    path: str
    hint: str
    sums: Added
    open: tuple[OpenDeal, ...]
    won: tuple[WonDeal, ...]


@dataclass(frozen=True, slots=True)
class DealSide:
    """The open or the won deals of a list, by group, and what all of them add up to; no ``name``
    for what no sum counts. None of them stand there where the list is only one of groups,
    ``is_contents``. ``is_learned`` where anything was learned of open ones; ``when`` says of which
    time that is."""

    anchor: Side
    name: str
    is_contents: bool
    is_learned: bool
    when: str
    groups: tuple[DealGroup, ...]
    sums: Added


def sides(
    found: DealList, number: int, frame: Frame, lists: Lists, taught: InLists
) -> Iterator[DealSide]:
    """What stands on a page of a list."""
    for side in SIDES:
        groups = tuple(
            _group(stretch, of_page, found, frame, lists, taught)
            for stretch, of_page in found.on(number)
            if stretch.side == side
        )
        if groups:
            yield DealSide(
                side,
                "" if found.why else side.capitalize(),
                found.is_contents,
                taught.is_any,
                taught.when,
                groups,
                _added(found.bucket, side, frame, taught),
            )


def _group(
    stretch: Stretch,
    of_page: slice,
    found: DealList,
    frame: Frame,
    lists: Lists,
    taught: InLists,
) -> DealGroup:
    """The largest deals come first."""
    side, group, _ = stretch
    is_only = not found.is_contents and sum([s.side == side for s in found.stretches]) == 1
    is_only = is_only and not (side == "open" and taught.is_of(group))
    named, hint = ("", "") if is_only else name(group)
    own = lists.get(group.label) if found.parted else None
    return DealGroup(
        anchor(side, group.label),
        scope(within=group.label) if named else "",
        named,
        own.place(side) if own else "",
        hint,
        _added(group, side, frame, taught),
        _rows(group.parts, partial(_open, taught, group), of_page, frame) if side == "open" else (),
        _rows(group.won, _won, of_page, frame) if side == "won" else (),
    )


Row = TypeVar("Row")


def _rows(
    deals: tuple[Listed, ...], row: Callable[[Listed], Row], of_page: slice, frame: Frame
) -> tuple[Row, ...]:
    return tuple(map(row, by_value(deals, frame.schema)[of_page]))


def _added(bucket: Bucket, side: Side, frame: Frame, taught: InLists) -> Added:
    sums = frame.sums(bucket)
    counted = sums.won if side == "won" else sums.open
    number = coverage.number(counted)
    value = figure(counted, "", frame, coverage.NO_VALUE)  # which stands beside the number
    if side == "won":
        return Added(number, value)
    return Added(
        number,
        value,
        figure(sums.by_stage, "", frame),
        f"{counting.grouped(sums.own)} of {counting.grouped(sums.deals)}",
        figure(sums.by_own, "", frame),
        taught.sum(bucket),
    )


def _open(taught: InLists, group: Bucket, part: Part) -> OpenDeal:
    deal, learned = part.deal, taught.of(part, group)
    return OpenDeal(
        deal.id,
        deal_path(deal),
        deal.title,
        learned.told,
        deal.owner.name,
        deal.stage.name,
        formats.short_day(deal.close) if deal.close else "",
        _money(deal.value),
        formats.percent_or_nothing(deal.stage.probability),
        _money(part.by_stage),
        formats.percent_or_nothing(deal.probability),
        _money(part.by_own),
        learned.percent,
        learned.worth,
        learned.by if taught.is_any else "",
    )


def _won(one: Won) -> WonDeal:
    deal, ended, _ = one
    return WonDeal(
        deal.id,
        deal_path(deal),
        deal.title,
        ended.owner.name,
        formats.short_day(ended.day) if ended.day else "",
        _money(ended.value),
    )


def _money(money: Money | None) -> str:
    return formats.rounded(money) if money else ""
