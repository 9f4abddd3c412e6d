"""The page of win-win: what each side gains, and the deals with an empty side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from site_builder.insights import win_win as facts
from site_builder.insights.topics import Topic
from site_builder.insights.win_win import Sides, WinWin
from site_builder.journal.deal import Deal
from site_builder.pages.context import Context
from site_builder.pages.links import subject_link
from site_builder.pages.page import Nav, NavGroup, PageKind, once
from site_builder.pages.sheet import (
    NOTHING,
    SHOWN,
    Cell,
    Column,
    Row,
    Section,
    Sheet,
    Table,
    groups,
    number,
    share_cell,
)
from site_builder.problems import counting

_NAMES = {"won": "Won", "open": "Open", "parked": "Parked"}
_RULE = (
    "What each side gains stands in `their-win` and `our-win` of a deal. Lost deals are not "
    "counted: they gained nobody anything."
)
_EMPTY = (
    "Deals with one side first, won ones before open ones, and those the furthest; then deals that "
    "say nothing of either."
)


def win_win(context: Context, _key: str = "") -> Sheet:
    """The page."""
    found = context.once(_facts)
    shown = [one for one in found.states if one.share.of]
    return Sheet(
        "Win-win",
        _answer(found),
        (_by_state(shown), *_empty(shown), *_both(shown)) if shown else (),
        _RULE if shown else "",
        "No deals yet. Here stands what each side gains from them: `their-win` and `our-win`.",
    )


def _facts(context: Context) -> WinWin:
    return facts.win_win(context.insights)


def _answer(found: WinWin) -> str:
    every = [one for one in found.states if one.share.of]
    if not every:
        return ""
    both = sum(one.share.n for one in every)
    of = counting.count(sum(one.share.of for one in every), "deal")
    one_sided = sum(len(one.one_sided) for one in every)
    aside = f"; {counting.grouped(one_sided)} with one alone" if one_sided else ""
    return f"{counting.grouped(both)} of {of} say what both sides gain{aside}"


def _by_state(shown: Sequence[Sides]) -> Section:
    rows = tuple(
        Row(
            Cell(_NAMES[one.state]),
            (
                number(one.share.of),
                share_cell(one.share, f"win-win.html#{one.state}-both" if one.both else ""),
                number(len(one.one_sided), f"win-win.html#{one.state}-one"),
                number(len(one.neither), f"win-win.html#{one.state}-neither"),
            ),
        )
        for one in shown
    )
    heads = ("Deals", "In all", "Both sides", "One alone", "Neither")
    return Section(
        "sides",
        "Both sides",
        tables=(Table("Deals by what they say of both sides", tuple(map(Column, heads)), rows),),
        made_of=groups(row for one in shown for row in _deals(one)),
    )


def _deals(one: Sides) -> Iterator[tuple[str, str, Sequence[Deal]]]:
    name = _NAMES[one.state]
    yield f"{one.state}-both", f"{name}, both sides", one.both
    yield f"{one.state}-one", f"{name}, one alone", one.one_sided
    yield f"{one.state}-neither", f"{name}, neither", one.neither


def _empty(shown: Sequence[Sides]) -> Iterator[Section]:
    every = [deal for one in shown for deal in _furthest(one.one_sided)]
    every += [deal for one in shown for deal in _furthest(one.neither)]
    if every:
        yield _listed("empty", "An empty side", every, _EMPTY)


def _both(shown: Sequence[Sides]) -> Iterator[Section]:
    every = [deal for one in shown for deal in _furthest(one.both)]
    if every:
        yield _listed("gains", "What each side gains", every)


def _furthest(deals: Sequence[Deal]) -> list[Deal]:
    return sorted(deals, key=lambda deal: (-deal.stage.number, deal.id))


def _listed(anchor: str, title: str, deals: Sequence[Deal], rule: str = "") -> Section:
    rows = tuple(
        Row(
            Cell(*subject_link(deal)[:2]),
            (Cell(deal.stage.name), _side(deal.their_win), _side(deal.our_win)),
        )
        for deal in deals[:SHOWN]
    )
    columns = tuple(
        Column(name, is_number=False) for name in ("Deal", "Stage", "Their win", "Our win")
    )
    cut = f"; {SHOWN} are listed" if len(deals) > SHOWN else ""
    return Section(
        anchor,
        title,
        counting.count(len(deals), "deal") + cut,
        tables=(Table(title, columns, rows),),
        rule=rule,
    )


def _side(text: str) -> Cell:
    return Cell(text) if text else NOTHING._replace(aside="empty")


PAGE = PageKind(
    name="win-win",
    view=win_win,
    keys=once,
    path=lambda _: "win-win.html",
    nav=Nav(
        NavGroup.LEARN,
        "Win-win",
        "win-win.html",
        shows=lambda _, topics: Topic.WIN in topics,
    ),
    facts=facts.win_win,
    is_sheet=True,
)
