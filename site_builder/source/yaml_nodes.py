"""What YAML is read to: scalars, lists and mappings with their places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from site_builder.problems.problem import Problem, Span

Report = Callable[[Problem], None]


LOST = "lost"


class Scalar(NamedTuple):
    """A value as it was written, without its quotes. ``style`` is the YAML indicator:
    nothing for plain, ``'``, ``"``, ``|`` or ``>``; the place of a block is that of its text.
    ``LOST`` stands for something that can't be read and has been reported; it has no text."""

    text: str
    span: Span
    style: str = ""

    @property
    def is_block(self) -> bool:
        return self.style in ("|", ">")

    @property
    def is_lost(self) -> bool:
        return self.style == LOST


class Listing(NamedTuple):
    """A YAML list; ``is_block`` where each of its values has a line of its own."""

    items: tuple[Node, ...]
    span: Span
    is_block: bool = False


class Entry(NamedTuple):
    """One ``key: value`` of a mapping."""

    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """A YAML mapping; its keys are unique."""

    entries: tuple[Entry, ...]
    span: Span

    def get(self, key: str) -> Node | None:
        return next((e.value for e in self.entries if e.key.text == key), None)


Node = Scalar | Listing | Mapping


def only_item(node: Node) -> Node | None:
    """The one value of a list that has a single one."""
    return node.items[0] if isinstance(node, Listing) and len(node.items) == 1 else None


def is_lost(node: Node) -> bool:
    """Whether something was written there that can't be read, which has been reported."""
    return isinstance(node, Scalar) and node.is_lost


def is_empty(node: Node) -> bool:
    """Whether nothing is written there, or only blanks; something was, where it is lost."""
    return isinstance(node, Scalar) and not node.is_lost and not node.text.strip()


def is_unset(node: Node) -> bool:
    """Whether nothing is written there, which is as good as no field."""
    return is_empty(node) or (isinstance(node, Listing) and all(map(is_unset, node.items)))
