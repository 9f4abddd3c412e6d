"""Lists of which the first few are seen at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from site_builder.pages.links import NO_LINK, Link
from site_builder.problems import counting

Item = TypeVar("Item")

AT_ONCE = 5
"""How many are seen at once."""


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
    count = counting.count(len(folded), f"more {noun}", f"more {plural}")
    return FirstFew(items[:AT_ONCE], folded, count if folded else "", more)
