"""Long lists on several pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from site_builder.pages.links import Link
from site_builder.problems import counting

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Paging:
    """A list of so many on pages of ``size`` each."""

    count: int
    size: int

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.count // self.size))

    @property
    def numbers(self) -> Sequence[int]:
        """The numbers of the pages, from 1."""
        return range(1, self.pages + 1)

    def page_of(self, place: int) -> int:
        """The page, from 1, of what has this place in the list, from 0."""
        return place // self.size + 1

    def range(self, number: int) -> str:
        """What a page has of the list: ``501 to 741``; nothing where it is the only one."""
        if self.pages == 1:
            return ""
        first, last = (number - 1) * self.size + 1, min(self.count, number * self.size)
        return f"{counting.grouped(first)} to {counting.grouped(last)}"

    def links(
        self, path: Callable[[int], str], text: Callable[[int], str] | None = None
    ) -> tuple[Link, ...]:
        """The way to all pages, if there are several; ``path`` gives the address of each, and
        ``text`` what it is called, where that is not what it has of the list."""
        if self.pages == 1:
            return ()
        return tuple([Link((text or self.range)(n), path(n)) for n in self.numbers])

    def part(self, items: Sequence[Item], number: int) -> Sequence[Item]:
        """What stands on a page, of all."""
        return items[(number - 1) * self.size : number * self.size]
