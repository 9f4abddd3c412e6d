"""What all pages of a site say: its name, its day, the way to its other pages."""

from __future__ import annotations

from dataclasses import dataclass, replace

from site_builder.journal.repository import NO_REPOSITORY
from site_builder.load.loaded import Loaded
from site_builder.markup import formats
from site_builder.pages.links import NO_LINK, Link
from site_builder.problems import counting


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry of the navigation, of a group or apart, perhaps with a count behind it.

    ``badge_noun`` says what is counted, to those who don't see where the badge stands. ``mark``
    is ``page`` on the page that it leads to, and ``true`` on those that belong to it: what
    ``aria-current`` says.
    """

    label: str
    path: str
    badge: str = ""
    badge_noun: str = ""
    alarm: bool = False
    group: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class SiteContext:
    """What all pages of a site say: templates know it as ``site``.

    ``left_out`` says how many deals and contacts errors keep from the pages, if any. ``revision``
    is the commit that the site was built from, if it was, and ``revision_day`` its day. A site that
    ``is_part`` is that of an audience. ``more`` are the pages that the navigation does not lead to
    yet, by the group that they will stand in. One that ``has_heaps`` has more deals than a page can
    list, so that some pages have other addresses.
    """

    name: str
    day: str
    day_text: str
    nav: tuple[NavItem, ...]
    private: bool = True
    repository: str = ""
    left_out: str = ""
    is_part: bool = False
    more: tuple[NavItem, ...] = ()
    revision: Link = NO_LINK
    revision_day: str = ""
    has_heaps: bool = False

    @property
    def of_few(self) -> SiteContext:
        """What pages say that are not made of the whole journal: nothing of its problems, for
        else each would change with every warning."""
        plain = tuple(NavItem(i.label, i.path, group=i.group) for i in self.nav)
        return replace(self, nav=plain, left_out="", more=())

    @property
    def more_count(self) -> str:
        """How many pages the navigation does not lead to yet."""
        return counting.count(len(self.more), "more page")


def site_context(
    loaded: Loaded, nav: tuple[NavItem, ...], more: tuple[NavItem, ...] = ()
) -> SiteContext:
    """What all pages of the site of a journal say, with this navigation, and ``more`` pages that
    it does not lead to yet."""
    schema = loaded.journal.schema if loaded.journal else None
    commit, repository = loaded.revision, schema.repository if schema else NO_REPOSITORY
    return SiteContext(
        name=schema.name if schema else "Journal",
        day=loaded.today.isoformat(),
        day_text=formats.short_day(loaded.today),
        nav=nav,
        more=more,
        private=schema is None or schema.visibility == "private",
        repository=repository.address,
        left_out=_left_out(loaded.left_out),
        revision=Link(commit.short, repository.commit_of(commit.id)) if commit else NO_LINK,
        revision_day=formats.short_day(commit.day) if commit else "",
        has_heaps=loaded.has_heaps,
    )


def _left_out(paths: tuple[str, ...]) -> str:
    """``1 deal and 2 contacts left out``; nothing where none is."""
    deals = sum(path.startswith("deals/") for path in paths)
    contacts = len(paths) - deals
    parts = counting.counts((deals, "deal"), (contacts, "contact"))
    return f"{' and '.join(parts)} left out" if parts else ""
