"""In which order those come of whom the same is shown: by whom they are shown with, and never by
what is not shown, as the names of their files would be."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping

_ROUNDS = 8
"""So far whoever looks the same is told apart: by those beside it, by those beside these, …"""
_NAMED = re.compile("\u27e6([^\u27e6\u27e7]*)\u27e7")
Look = Callable[[Mapping[str, str], Collection[str]], Mapping[str, str]]


def told_apart(first: Mapping[str, str], look: Look) -> Mapping[str, str]:
    """For each of some keys a text to sort by, the same for those that nobody can tell apart, and
    in the order of ``first``, which is what is shown of each by itself. ``look`` says what is shown
    of some keys, where each is called by a text that stands for it."""
    places, links = _places(first), None
    for _round in range(_ROUNDS):
        alike = _alike(places)
        if not alike:
            break
        links = links or _links(first, look)
        seen = look(places, alike)
        further = {**places}
        for key in alike:
            led = sorted(f"{places[source]} {number:06}" for source, number in links[key])
            further[key] = f"{places[key]} {seen[key]} {led}"
        further = _places(further)
        if len({*further.values()}) == len({*places.values()}):
            break
        places = further
    return places


def _links(every: Collection[str], look: Look) -> Mapping[str, list[tuple[str, int]]]:
    """Where each is named: by whom, and how many are named there before."""
    found: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for source, said in look({key: f"\u27e6{key}\u27e7" for key in every}, every).items():
        for number, key in enumerate(_NAMED.findall(said)):
            found[key].append((source, number))
    return found


def _places(every: Mapping[str, str]) -> dict[str, str]:
    """The place of each key among all texts, in so many signs that they sort."""
    numbers = {text: f"{number:08}" for number, text in enumerate(sorted({*every.values()}))}
    return {key: numbers[text] for key, text in every.items()}


def _alike(places: Mapping[str, str]) -> Collection[str]:
    """Those that share a place."""
    once, more = set[str](), set[str]()
    for place in places.values():
        (more if place in once else once).add(place)
    return {key for key, place in places.items() if place in more}
