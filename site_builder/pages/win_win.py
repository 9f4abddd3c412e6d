"""The page of win-win: what each side gains, and the deals with an empty side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from site_builder.insights import win_win as facts
from site_builder.insights.topics import Topic
from site_builder.insights.win_win import Sides
from site_builder.journal.deal import Deal
from site_builder.pages.context import Context
from site_builder.pages.links import Link, subject_link
from site_builder.pages.page import NavGroup, page_of_facts
from site_builder.pages.sentence import Sentence, counted
from site_builder.pages.sheet import (
    NOTHING,
    SHOWN,
    Cell,
    Row,
    Section,
    Sheet,
    Table,
    cut,
    groups,
    linked,
    number,
    numbers,
    percent_from,
    share_or_few,
    texts,
)
from site_builder.problems import counting

_NAMES = {"won": "Won", "open": "Open", "parked": "Parked"}
FEWEST = 5
"""Of fewer deals it is not told what share says both sides."""
_RULE = (
    "What each side gains stands in `their-win` and `our-win` of a deal. Lost deals are not "
    f"counted: they gained nobody anything. {percent_from(FEWEST, 'deals')}"
)
_EMPTY = (
    "Won deals before open ones, and those the furthest first. Deals that say nothing of either "
    "side are told above."
)


def win_win(context: Context, _key: str = "") -> Sheet:
    """The page."""
    found = context.facts(facts.win_win)
    shown = [one for one in found.states if one.share.of]
    if not any(one.both or one.one_sided for one in shown):
        shown = []
    return Sheet(
        "Win-win",
        _answer(shown),
        (_by_state(shown), *_empty(shown), *_both(shown)) if shown else (),
        _RULE if shown else "",
        "No deal says yet what either side gains. Write `their-win` and `our-win` into it: here "
        "stands what they say, and which of them say one alone.",
    )


def _answer(every: Sequence[Sides]) -> str:
    if not every:
        return ""
    both = sum(one.share.n for one in every)
    of = Link(counting.count(sum(one.share.of for one in every), "deal"), "#sides")
    one_sided = sum(len(one.one_sided) for one in every)
    alone = Link(f"{counting.grouped(one_sided)} with one alone", "#empty")
    aside = Sentence("; ", alone) if one_sided else ""
    say = Sentence(counted(both, counting.grouped(both), "#gains"), " of ", of)
    return Sentence(say, " say what both sides gain", aside)


def _by_state(shown: Sequence[Sides]) -> Section:
    rows = tuple(
        Row(
            Cell(_NAMES[one.state]),
            (
                number(one.share.of, f"win-win.html#{one.state}-all"),
                share_or_few(
                    one.share, FEWEST, f"win-win.html#{one.state}-both" if one.both else ""
                ),
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
        tables=(Table("Deals by what they say of both sides", numbers(*heads), rows),),
        made_of=groups(row for one in shown for row in _deals(one)),
    )


def _deals(one: Sides) -> Iterator[tuple[str, str, Sequence[Deal]]]:
    name = _NAMES[one.state]
    yield f"{one.state}-all", f"{name}, all", (*one.both, *one.one_sided, *one.neither)
    yield f"{one.state}-both", f"{name}, both sides", one.both
    yield f"{one.state}-one", f"{name}, one alone", one.one_sided
    yield f"{one.state}-neither", f"{name}, neither", one.neither


def _empty(shown: Sequence[Sides]) -> Iterator[Section]:
    every = [deal for one in shown for deal in _furthest(one.one_sided)]
    if every:
        yield _listed("empty", "An empty side", every, rule=_EMPTY)


def _both(shown: Sequence[Sides]) -> Iterator[Section]:
    every = [deal for one in shown for deal in _furthest(one.both)]
    if every:
        yield _listed("gains", "What each side gains", every, closed="What they say")


def _furthest(deals: Sequence[Deal]) -> list[Deal]:
    return sorted(deals, key=lambda deal: (-deal.stage.number, deal.id))


def _listed(
    anchor: str, title: str, deals: Sequence[Deal], rule: str = "", closed: str = ""
) -> Section:
    rows = tuple(
        Row(
            linked(subject_link(deal), deal.stage.name),
            (_side(deal.their_win), _side(deal.our_win)),
        )
        for deal in deals[:SHOWN]
    )
    columns = texts("Deal", "Their win", "Our win")
    return Section(
        anchor,
        title,
        counting.count(len(deals), "deal") + cut(len(deals)),
        tables=(Table(title, columns, rows),),
        rule=rule,
        closed=closed,
    )


def _side(text: str) -> Cell:
    return Cell(text) if text else NOTHING._replace(aside="empty")


PAGE = page_of_facts(
    "win-win",
    win_win,
    facts.win_win,
    NavGroup.LEARN,
    "Win-win",
    lambda _, topics: Topic.WIN in topics,
)
