"""What deals and contacts are called for an audience: in addresses, in links, in data.

An id is the name of a file, which somebody chose: it may hold what is not shown, as
`acme-48k` would. It stays where it is shown itself, or all its words stand in the names that are
shown; otherwise it is made of the title or name, and where that is not shown it is a number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from site_builder.parse.ids import MAX_ID, slug


class Named(NamedTuple):
    """A deal or contact: its id, the title or name that is shown, if any, and the names that are
    shown with it. Those with the same ``order`` look the same to the audience."""

    id: str
    title: str
    beside: tuple[str, ...]
    order: str


_ROOM = 8
"""So many characters of an id are left for the number behind it."""


def shown_ids(
    every: Iterable[Named], noun: str, *, are_shown: bool, but: Iterable[str] = ()
) -> Mapping[str, str]:
    """For each id the one that is shown, by nothing but what else is shown; ``noun`` is what those
    are called that have no name. No new one is among those that are shown of others (``but``)."""
    ordered = sorted(every, key=lambda one: one.order)
    if are_shown:
        return {one.id: one.id for one in ordered}
    found = {one.id: one.id for one in ordered if _is_said(one)}
    taken, last = {*found.values(), *but}, Counter[str]()
    for one in ordered:
        if one.id not in found:
            base = slug(one.title)[: MAX_ID - _ROOM].strip("-")
            found[one.id] = _free(base, noun, taken, last)
    return {one.id: found[one.id] for one in ordered}


def _is_said(one: Named) -> bool:
    """Whether an id says nothing but what is shown beside it."""
    said = {word for text in (one.title, *one.beside) for word in slug(text).split("-")}
    return set(one.id.split("-")) <= said


def _free(base: str, noun: str, taken: set[str], last: Counter[str]) -> str:
    """An id that nothing has yet: a name's own, or else with a number, of which ``last`` knows the
    last one."""
    while True:
        last[base] += 1
        number = last[base]
        id = base if base and number == 1 else f"{base or noun}-{number}"
        if id not in taken:
            taken.add(id)
            return id
