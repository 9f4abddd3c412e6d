"""Sentences of which some words lead to what they are made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from site_builder.pages.links import Link

Words = str | Link
"""A text, a sentence, or a figure that leads somewhere."""


class Sentence(str):
    """A sentence made of parts. It is its text, as a terminal prints it; ``parts`` are the same for
    a page, on which figures lead somewhere."""

    __slots__ = ("parts",)
    parts: tuple[Link, ...]

    def __new__(cls, *parts: Words) -> Self:
        links = tuple([link for part in parts for link in parts_of(part)])
        made = super().__new__(cls, "".join([link.text for link in links]))
        made.parts = links
        return made


def parts_of(said: Words) -> tuple[Link, ...]:
    """The parts of a sentence; a plain text is one that leads nowhere."""
    if isinstance(said, Sentence):
        return said.parts
    if isinstance(said, Link):
        return (said,)
    return (Link(said),) if said else ()


def joined(between: str, parts: Iterable[Words]) -> Sentence:
    """What there is of the parts, with a text between them."""
    every = [part for one in parts if one for part in (between, one)]
    return Sentence(*every[1:])


def together(parts: Iterable[Words]) -> Sentence:
    """``one``, ``one and two``, ``one, two and three``."""
    *first, last = parts
    return joined(" and ", [joined(", ", first), last])


def counted(count: int, said: str, path: str) -> Words:
    """A count in words, which leads to what it counts; one of nothing leads nowhere."""
    return Link(said, path) if count else said
