"""Who names whom in a journal: which pages a changed file may touch, and of which files those
pages are made."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

Names = Callable[[str], frozenset[str]]


def touched_by(
    names: Iterable[str], named_in: Names, named_by: Mapping[str, Collection[str]]
) -> set[str]:
    """The deals and contacts whose pages may show something of some that changed: those that these
    name, those that name them with all that they name, and the companies of these."""
    near = set(names)
    for name in tuple(near):
        near.update(named_by.get(name, ()))
    shown = near.union(*map(named_in, near))
    return shown.union(*[named_in(name) for name in shown if name.startswith("contacts/")])


def made_of(
    names: Iterable[str], named_in: Names, named_by: Mapping[str, Collection[str]]
) -> set[str]:
    """The deals and contacts that the pages of some are made of, and perhaps more: they, those
    that name them or their people, and all that these name."""
    found = set(names)
    for name in tuple(found):
        around = named_by.get(name, ())
        found.update(around)
        for other in around:
            if other.startswith("contacts/"):
                found.update(named_by.get(other, ()))
    return found.union(*map(named_in, found))
