"""What a Markdown text is made of: paragraphs, lists, quotes, code. Inline marks are still in."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Paragraph:
    """Lines of text, without the blanks that they begin with."""

    lines: list[str]


@dataclass(slots=True)
class Heading:
    level: int
    text: str


@dataclass(slots=True)
class Rule:
    """A line across."""


@dataclass(slots=True)
class Code:
    """What stands in a fence; ``first`` and ``last`` are the rows of the fence itself."""

    first: int
    last: int
    fence: str
    indent: int
    lines: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """Cells as they are written, but for the escapes of bars."""

    head: list[str]
    is_number: list[bool]
    rows: list[list[str]] = field(default_factory=list)


@dataclass(slots=True)
class Quote:
    blocks: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class Item:
    """An item of a list. It is loose where a blank line is in it, or between it and the next."""

    blocks: list[Block] = field(default_factory=list)
    is_loose: bool = False


@dataclass(slots=True)
class Listing:
    """A list: ``mark`` is its bullet, or what stands behind its numbers."""

    mark: str
    start: int
    items: list[Item]


Block = Paragraph | Heading | Rule | Code | Table | Quote | Listing
