"""The types of pages that there are, as the registry has them, and a page of each in a site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from site_builder.insights.insights import Insights
from site_builder.journal.journal import Journal
from site_builder.load.loaded import Loaded
from site_builder.pages.context import Context
from site_builder.pages.registry import PAGES

VARIANTS = {
    "deal": ("open", "won", "lost"),
    "contact": ("person", "company"),
    "forecast_period": ("of a time", "of a person"),
}
"""Kinds whose pages differ much: what of them is looked at."""
MOST_BYTES = 60_000
_PAGES = [kind for kind in PAGES if not kind.is_file]


def _types() -> Iterator[str]:
    for kind in _PAGES:
        yield from (f"{kind.name}, {name}" for name in VARIANTS.get(kind.name, ()))
        if kind.name not in VARIANTS:
            yield kind.name


TYPES = tuple(_types())
_GROUPS = {kind.name: str(kind.nav and kind.nav.group) for kind in _PAGES}
IN_EACH_GROUP = tuple({_GROUPS[type.partition(", ")[0]]: type for type in TYPES}.values())
"""A type in each group of the navigation, and one that does not stand there."""


def one_of_each(loaded: Loaded, site: Path) -> dict[str, str]:
    """The path of a page of each type that a journal has: the longest, within reason."""
    assert loaded.journal and loaded.seen
    context = Context(Insights(loaded.seen, loaded.today), loaded.problems, loaded.sources)
    found = defaultdict[str, list[tuple[int, str]]](list)
    for kind in _PAGES:
        for path in map(kind.path, kind.keys(context)):
            size = (site / path).stat().st_size
            weight = size if size <= MOST_BYTES else -size
            found[_type(kind.name, path, loaded.journal)].append((weight, path))
    return {name: max(pages)[1] for name, pages in found.items() if name in TYPES}


def _type(name: str, path: str, journal: Journal) -> str:
    return f"{name}, {_variant(name, path, journal)}" if name in VARIANTS else name


def _variant(name: str, path: str, journal: Journal) -> str:
    id = PurePosixPath(path).stem
    match name:
        case "deal":
            return str(journal.deals_by_id[id].stage.type)
        case "contact":
            return "company" if journal.contacts_by_id[id].is_company else "person"
    return "of a person" if id.startswith("forecast-of-") else "of a time"
