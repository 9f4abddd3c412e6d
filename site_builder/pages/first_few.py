"""Lists of which the first few are seen at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from site_builder.pages.links import NO_LINK, Link
from site_builder.problems import counting

Item = TypeVar("Item")
Key = TypeVar("Key")

AT_ONCE = 5
"""How many are seen at once."""
MANY = 50
"""How many rows of a page that lists nothing else are seen at once."""
_SPARE = 10
"""So many more are not worth a fold."""
_FEW = 2
"""The same of a table of which few rows are seen."""


@dataclass(frozen=True, slots=True)
class FirstFew(Generic[Item]):
    """The first few of a list, and the others of it, folded under ``fold``; ``more`` leads to those
    that only another page has."""

    first: tuple[Item, ...]
    folded: tuple[Item, ...] = ()
    fold: str = ""
    more: Link = NO_LINK


def first_few(items: tuple[Item, ...], noun: str, plural: str, more: Link) -> FirstFew[Item]:
    """A list cut after its first few."""
    folded = items[AT_ONCE:]
    fold = more_of(len(folded), noun, plural) if folded else ""
    return FirstFew(items[:AT_ONCE], folded, fold, more)


def first_many(items: tuple[Item, ...], noun: str, plural: str) -> FirstFew[Item]:
    """A long list of rows cut where a page is long enough on a phone."""
    if len(items) <= MANY + _SPARE:
        return FirstFew(items)
    return FirstFew(items[:MANY], items[MANY:], more_of(len(items) - MANY, noun, plural))


def more_of(count: int, noun: str, plural: str) -> str:
    """``441 more deals``."""
    return counting.count(count, f"more {noun}", f"more {plural}")


def cut(
    groups: Mapping[Key, Sequence[Item]], noun: str, plural: str
) -> tuple[dict[Key, Sequence[Item]], dict[Key, Sequence[Item]], str]:
    """The same of a list in groups: those up to where it is cut, the rest, and what stands for
    these. A group that is cut itself is in both."""
    count = sum(map(len, groups.values()))
    if count <= MANY + _SPARE:
        return dict(groups), {}, ""
    first, rest, room = dict[Key, Sequence[Item]](), dict[Key, Sequence[Item]](), MANY
    for key, items in groups.items():
        if room:
            first[key] = items[:room]
        if len(items) > room:
            rest[key] = items[room:]
        room = max(0, room - len(items))
    return first, rest, more_of(count - MANY, noun, plural)


def seen_at_once(count: int, most: int) -> int:
    """How many of so many rows of a table are seen at once, where more than a few others are
    folded."""
    return count if count <= most + _FEW else most
