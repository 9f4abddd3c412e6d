"""Sentences of which some words lead to what they are made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Self

from site_builder.pages.links import Link


class Figure(NamedTuple):
    """A text that leads somewhere, as a Link, and what scripts work it out by where they filter the
    page."""

    text: str
    path: str
    figure: str


Part = Link | Figure
Words = str | Part
"""A text, a sentence, or a figure that leads somewhere."""


class Sentence(str):
    """A sentence made of parts. It is its text, as a terminal prints it; ``parts`` are the same for
    a page, on which figures lead somewhere."""

    __slots__ = ("parts",)
    parts: tuple[Part, ...]

    def __new__(cls, *parts: Words) -> Self:
        every = tuple([one for part in parts for one in parts_of(part)])
        made = super().__new__(cls, "".join([one.text for one in every]))
        made.parts = every
        return made


def parts_of(said: Words) -> tuple[Part, ...]:
    """The parts of a sentence; a plain text is one that leads nowhere."""
    if isinstance(said, Sentence):
        return said.parts
    if isinstance(said, Link | Figure):
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


def counted(count: int, said: str, path: str, figure: str = "") -> Words:
    """A count in words, which leads to what it counts; one of nothing leads nowhere. ``figure`` is
    what scripts work it out by."""
    if figure:
        return Figure(said, path if count else "", figure)
    return Link(said, path) if count else said
