"""Introductions as chains: whom somebody introduced, whom these did, and what all that brought."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from site_builder.insights.insights import Insights
from site_builder.insights.totals import EMPTY, Totals, add, worth
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal


class Introduction(NamedTuple):
    """Somebody who introduced somebody: the deals in which that one takes part, and what the won
    ones of them count with. ``who`` is None where only a deal says by whom it came and nobody
    takes part in it. ``on`` is the day, where it is known; ``brought`` are the deals."""

    by: Contact
    who: Contact | None
    deals: int
    won: Totals
    on: dt.date | None
    brought: tuple[Deal, ...]


class Place(NamedTuple):
    """A place in a chain, ``depth`` steps from its beginning: the deals that this introduction
    brought, each told in one place alone, and how many all the chain from here on brought, with
    the ``value`` of those that are open. ``is_again`` says that whom this one introduced stands
    elsewhere."""

    contact: Contact
    depth: int
    brought: tuple[Deal, ...]
    deals: int
    won_deals: int
    value: Totals
    won: Totals
    is_again: bool


@dataclass(slots=True)
class _Node:
    contact: Contact
    depth: int
    brought: Sequence[Deal]
    is_again: bool = False
    children: list[_Node] = field(default_factory=list)
    deals: int = 0
    won_deals: int = 0
    value: Totals = EMPTY
    won: Totals = EMPTY


def chains(found: Sequence[Introduction], insights: Insights) -> tuple[Place, ...]:
    """All chains, those that brought the most first, each with its places from the top down."""
    roots = _trees(found)
    home = insights.journal.schema.currency
    for node in reversed(list(_every(roots))):  # children first
        _sum(node, insights)
        node.children.sort(key=lambda one: _order(one, home))
    roots.sort(key=lambda one: _order(one, home))
    return tuple(
        Place(
            n.contact, n.depth, tuple(n.brought), n.deals, n.won_deals, n.value, n.won, n.is_again
        )
        for n in _every(roots)
    )


def _order(node: _Node, home: str) -> tuple[Decimal, int, Decimal, str]:
    won, value = (-total.in_currency(home) for total in (node.won, node.value))
    return won, -node.deals, value, node.contact.id


def _every(roots: Sequence[_Node]) -> Iterator[_Node]:
    """From the top down."""
    rest = list(reversed(roots))
    while rest:
        node = rest.pop()
        yield node
        rest.extend(reversed(node.children))


def _trees(found: Sequence[Introduction]) -> list[_Node]:
    """A tree for each who was introduced by nobody, then of those who introduced each other."""
    by: dict[str, list[Introduction]] = {}
    for one in found:
        by.setdefault(one.by.id, []).append(one)
    parents = _parents(found)
    told = _told_once(found)
    seen: set[str] = set()
    first = [id for id in by if id not in parents]
    return [_tree(by[id][0].by, by, parents, told, seen) for id in (*first, *by) if id not in seen]


def _tree(
    root: Contact,
    by: dict[str, list[Introduction]],
    parents: dict[str, str],
    told: dict[tuple[str, str], list[Deal]],
    seen: set[str],
) -> _Node:
    top = _Node(root, 0, told.get((root.id, ""), ()))
    seen.add(root.id)
    rest = [top]
    while rest:
        node = rest.pop()
        for one in by.get(node.contact.id, ()):
            if one.who is None:
                continue
            is_again = one.who.id in seen or parents[one.who.id] != node.contact.id
            brought = [*told.get((one.by.id, one.who.id), ())]
            brought += [] if is_again else told.get((one.who.id, ""), [])
            child = _Node(one.who, node.depth + 1, brought, is_again)
            node.children.append(child)
            if not is_again:
                seen.add(one.who.id)
                rest.append(child)
    return top


def _parents(found: Iterable[Introduction]) -> dict[str, str]:
    """Who is told to have introduced each: whom its own file names, else who did so first."""
    found = sorted(found, key=lambda one: (one.on or dt.date.max, one.by.id))
    parents: dict[str, str] = {}
    for one in found:
        if one.who is not None:
            parents.setdefault(one.who.id, one.by.id)
    for one in found:
        if one.who is not None and one.who.introduced_by == one.by.id:
            parents[one.who.id] = one.by.id
    return parents


def _told_once(found: Sequence[Introduction]) -> dict[tuple[str, str], list[Deal]]:
    """The deals of each introduction, each deal in one: by whom it names as its source, and of its
    main contact, if that can be."""
    told: dict[tuple[str, str], list[Deal]] = {}
    places = [
        (one.by.id, one.who.id if one.who else "", deal) for one in found for deal in one.brought
    ]
    seen: set[str] = set()
    for by, who, deal in sorted(places, key=_least_fitting):
        if deal.id not in seen:
            seen.add(deal.id)
            told.setdefault((by, who), []).append(deal)
    return told


def _least_fitting(place: tuple[str, str, Deal]) -> tuple[bool, bool]:
    by, who, deal = place
    return deal.referral != by, deal.main_contact != who


def _sum(node: _Node, insights: Insights) -> None:
    schema, today = insights.journal.schema, insights.today
    ended = [(deal, insights.standings[deal.id].outcome) for deal in node.brought]
    won = [worth(deal, how, schema, today) for deal, how in ended if how and how.is_won]
    opened = [deal.value for deal in node.brought if deal.stage.is_open]
    node.deals = len(ended) + sum(child.deals for child in node.children)
    node.won_deals = len(won) + sum(child.won_deals for child in node.children)
    node.won = add([insights.total(won), *(child.won for child in node.children)], schema)
    node.value = add([insights.total(opened), *(child.value for child in node.children)], schema)
