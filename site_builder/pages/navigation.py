"""The navigation above every page: the groups of pages, and the pages of the current one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from site_builder.pages.frame import NavItem


@dataclass(frozen=True, slots=True)
class Navigation:
    """The ways from a page: ``groups`` lead to the first page of each, ``pages`` to those of the
    group that it belongs to, by its name ``group``, if they are several. ``apart`` are the
    entries of no group."""

    groups: tuple[NavItem, ...]
    group: str
    pages: tuple[NavItem, ...]
    apart: tuple[NavItem, ...]


def navigation(
    items: Sequence[NavItem], entry: str, is_entry: bool, more: Sequence[NavItem] = ()
) -> Navigation:
    """The ways from a page that belongs to the entry of a path, or that ``is_entry`` itself. One
    of those that have no entry yet, ``more``, belongs to its group and to no page of it."""
    groups = _by_group(items)
    mark = "page" if is_entry and all(item.path != entry for item in more) else "true"
    current = next((item.group for item in (*items, *more) if item.path == entry), "")
    several = groups[current] if len(groups.get(current, ())) > 1 else []
    return Navigation(
        tuple(_of_groups(groups, current, mark)),
        current,
        tuple(_marked(item, entry, mark) for item in several),
        tuple(_marked(item, entry, mark) for item in items if not item.group),
    )


def _by_group(items: Sequence[NavItem]) -> dict[str, list[NavItem]]:
    groups: dict[str, list[NavItem]] = {}
    for item in items:
        if item.group:
            groups.setdefault(item.group, []).append(item)
    return groups


def _of_groups(groups: dict[str, list[NavItem]], current: str, mark: str) -> Iterator[NavItem]:
    for name, items in groups.items():
        own = mark if len(items) == 1 else "true"
        yield NavItem(name, items[0].path, mark=own * (name == current))


def _marked(item: NavItem, entry: str, mark: str) -> NavItem:
    return replace(item, mark=mark * (item.path == entry))
