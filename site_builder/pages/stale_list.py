"""All deals that are stale for a reason, or of an owner with many, on as many pages as they
need."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from site_builder.insights.standing import Standing
from site_builder.pages.context import Context
from site_builder.pages.deals import summed
from site_builder.pages.first_few import cut
from site_builder.pages.links import Link
from site_builder.pages.page import PageKind
from site_builder.pages.scopes import scope
from site_builder.pages.sentence import Sentence
from site_builder.pages.stale_deals import StaleList, owner_anchor, stale_lists
from site_builder.pages.stale_rows import StaleDeal, rows
from site_builder.problems import counting


class OwnersRows(NamedTuple):
    """The deals of one owner on a page; ``number`` is of all, empty where all are theirs.
    ``goes_on`` says that a fold goes on with those that begin above it."""

    anchor: str
    of: str
    name: str
    number: str
    deals: tuple[StaleDeal, ...]
    goes_on: bool


@dataclass(frozen=True, slots=True)
class StaleListPage:
    """One page of such a list. ``pages`` leads to all of them, if several; ``range`` then says
    which of the deals are here. Behind those of the first ``owners`` stand the ``folded`` ones,
    under ``fold``."""

    title: str
    of: str
    answer: Sentence
    path: str
    pages: tuple[Link, ...]
    range: str
    owners: tuple[OwnersRows, ...]
    folded: tuple[OwnersRows, ...]
    fold: str


def stale_list(context: Context, found: StaleList, number: int = 1) -> StaleListPage:
    """Page ``number``, from 1, of a list."""
    paging = found.paging
    first, rest, fold = cut(found.on(number), "deal", "deals")
    return StaleListPage(
        f"Stale deals of {found.name}" if found.owner else found.name,
        found.of,
        summed(found.deals, context, found.path()),
        found.path(number),
        paging.links(found.path),
        paging.range(number),
        tuple(_rows(first, (), found, context)),
        tuple(_rows(rest, first, found, context)),
        fold,
    )


def _rows(
    part: Mapping[str, Sequence[Standing]],
    above: Collection[str],
    found: StaleList,
    context: Context,
) -> Iterator[OwnersRows]:
    """The rows of a part of a list; those of an owner ``above`` go on."""
    for id, deals in part.items():
        yield OwnersRows(
            owner_anchor(id),
            scope(owner=id),
            deals[0].deal.owner.name,
            "" if found.owner else counting.count(len(found.by_owner[id]), "deal"),
            rows(deals, context),
            id in above,
        )


class _Key(NamedTuple):
    """Page ``number`` of a list."""

    found: StaleList
    number: int


def _keys(context: Context) -> Iterator[_Key]:
    for found in context.once(stale_lists).values():
        yield from (_Key(found, number) for number in found.paging.numbers)


PAGE = PageKind(
    "stale_list",
    view=lambda context, key: stale_list(context, *key),
    keys=_keys,
    path=lambda key: key.found.path(key.number),
    within="stale",
    begins=("stale-",),
)
