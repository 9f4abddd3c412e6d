"""Clusters of dots, packed as the seeds of a sunflower: as many marks, as large a disc.

What is drawn is told in words below it, so the drawings are hidden from those who listen, and the
keyboard goes by the words. Colours and shapes come from the style sheet by class.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin, sqrt
from typing import NamedTuple

from markupsafe import Markup

MOST = 500
"""Of more dots in all, each cluster is one disc."""
_GOLDEN = pi * (3 - sqrt(5))
_APART = 7.8  # no two neighbours are nearer to each other than 1.5 times that
_LEAST, _LARGEST = 2.5, 5.8
_SCALES = ((60, 2.4), (200, 1.6))
"""Of so few dots at most, how much larger everything is."""


class Dot(NamedTuple):
    """A mark: ``size`` from 0 to 1 gives its area, ``kind`` is its class, ``name`` says what it
    is, ``href`` leads there."""

    name: str
    href: str
    kind: str
    size: float = 0.5


class Disc(NamedTuple):
    """A cluster: its name and where that leads, what stands behind it, and its dots."""

    name: str
    href: str
    said: str
    dots: tuple[Dot, ...]


def clusters(label: str, discs: Sequence[Disc]) -> Markup:
    """Clusters beside each other, each with its words; ``label`` says what they are."""
    count = sum(len(disc.dots) for disc in discs)
    scale = next((scale for most, scale in _SCALES if count <= most), 1.0)
    most = max([len(disc.dots) for disc in discs], default=0) if count > MOST else 0
    rows = Markup("").join([_disc(disc, scale, most) for disc in discs])
    return Markup('<ul class="clusters" aria-label="{}">{}</ul>').format(label, rows)


def _disc(disc: Disc, scale: float, most: int) -> Markup:
    """A cluster; one disc where the largest has so many dots that none is drawn."""
    radius = _share_of_largest(len(disc.dots), most) if most else _radius(len(disc.dots))
    marks = _whole(disc, radius) if most else _packed(disc.dots)
    wide, whole, start = scale * 2 * radius, 2 * radius, -radius
    drawn = Markup(
        '<svg class="dots" width="{0}" height="{0}" viewBox="{1} {1} {2} {2}" aria-hidden="true"'
        ' focusable="false">{3}</svg>'
    ).format(f"{wide:.1f}", f"{start:.1f}", f"{whole:.1f}", marks)
    return Markup('<li>{}<a href="{}"><bdi>{}</bdi></a> <span class="count">{}</span></li>').format(
        drawn, disc.href, disc.name, disc.said
    )


def _radius(count: int) -> float:
    """How far the dots of a cluster reach from its middle."""
    return _APART * sqrt(max(count, 1) - 0.5) + _LARGEST


def _share_of_largest(count: int, most: int) -> float:
    """The radius of a disc by whose area the largest is as much larger as it has more dots; that
    one is no wider than a page."""
    return max(_LARGEST, min(_radius(most), _APART * sqrt(MOST)) * sqrt(count / most))


def _packed(dots: Sequence[Dot]) -> Markup:
    return Markup("").join([_dot(dot, at) for at, dot in enumerate(dots)])


def _dot(dot: Dot, at: int) -> Markup:
    away, angle = _APART * sqrt(at + 0.5), at * _GOLDEN
    radius = sqrt(_LEAST**2 + (_LARGEST**2 - _LEAST**2) * min(max(dot.size, 0.0), 1.0))
    return Markup(
        '<a href="{}" tabindex="-1"><circle class="dot dot-{}" cx="{}" cy="{}" r="{}">'
        "<title>{}</title></circle></a>"
    ).format(
        dot.href,
        dot.kind,
        _number(away * cos(angle)),
        _number(away * sin(angle)),
        _number(radius),
        dot.name,
    )


def _whole(disc: Disc, radius: float) -> Markup:
    """Its dots as one circle, drawn as they are where all are of a kind."""
    kinds = {dot.kind for dot in disc.dots}
    kind = f"all dot-{kinds.pop()}" if len(kinds) == 1 else "all"
    return Markup(
        '<a href="{}" tabindex="-1"><circle class="dot dot-{}" r="{}"><title>{}</title>'
        "</circle></a>"
    ).format(disc.href, kind, _number(radius - 1), f"{disc.name}: {disc.said}")


def _number(value: float) -> str:
    return f"{value:.1f}".replace("-0.0", "0.0")
