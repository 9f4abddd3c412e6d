"""The navigation above every page: the groups of pages, and the pages of the current one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from site_builder.pages.frame import NavItem


class Entry(NamedTuple):
    """A link of the navigation. ``mark`` is ``page`` on the page that it leads to, and ``true``
    on those that belong to it: what ``aria-current`` says."""

    label: str
    path: str
    mark: str
    badge: str = ""
    badge_noun: str = ""
    alarm: bool = False


@dataclass(frozen=True, slots=True)
class Navigation:
    """The ways from a page: ``groups`` lead to the first page of each, ``pages`` to those of the
    group that it belongs to, by its name ``group``, if they are several. ``apart`` are the
    entries of no group."""

    groups: tuple[Entry, ...]
    group: str
    pages: tuple[Entry, ...]
    apart: tuple[Entry, ...]


def navigation(items: Sequence[NavItem], entry: str, is_entry: bool) -> Navigation:
    """The ways from a page that belongs to the entry of a path, or that ``is_entry`` itself."""
    groups = _by_group(items)
    mark = "page" if is_entry else "true"
    current = next((item.group for item in items if item.path == entry), "")
    several = groups[current] if len(groups.get(current, ())) > 1 else []
    return Navigation(
        tuple(_group_entries(groups, entry, mark)),
        current,
        tuple(_entry(item, entry, mark) for item in several),
        tuple(_entry(item, entry, mark) for item in items if not item.group),
    )


def _by_group(items: Sequence[NavItem]) -> dict[str, list[NavItem]]:
    groups: dict[str, list[NavItem]] = {}
    for item in items:
        if item.group:
            groups.setdefault(item.group, []).append(item)
    return groups


def _group_entries(groups: dict[str, list[NavItem]], entry: str, mark: str) -> Iterator[Entry]:
    for name, items in groups.items():
        is_current = any(item.path == entry for item in items)
        yield Entry(name, items[0].path, (mark if len(items) == 1 else "true") * is_current)


def _entry(item: NavItem, entry: str, mark: str) -> Entry:
    is_current = item.path == entry
    return Entry(item.label, item.path, mark * is_current, item.badge, item.badge_noun, item.alarm)
