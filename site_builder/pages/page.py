"""What a page is. Each kind is declared once, as ``PAGE`` of the module that makes its view."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Generic, NamedTuple, TypeVar

from site_builder.insights.insights import Insights
from site_builder.insights.topics import Topics
from site_builder.journal.schema import Schema
from site_builder.pages.context import Context
from site_builder.pages.links import Link
from site_builder.pages.sheet import Sheet
from site_builder.pages.windows import footed
from site_builder.problems.problem import Problem

Key = TypeVar("Key")


class Badge(NamedTuple):
    """A count behind an entry, and what is counted to those who don't see where it stands; an
    ``alarm`` is drawn as one."""

    number: str = ""
    noun: str = ""
    alarm: bool = False


class NavGroup(StrEnum):
    """The groups of the navigation, in their order. An entry of none stands apart from them."""

    TODAY = "Today"
    PIPELINE = "Pipeline"
    VIEWS = "Views"
    PEOPLE = "People"
    FORECAST = "Forecast"
    LEARN = "Learn"
    NONE = ""


def _always(_schema: Schema, _topics: Topics) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Nav:
    """The entry of a kind of page in the navigation, and the path of the page that it leads to.

    ``each`` are the entries of a kind of which several pages have one, instead; those are there
    that what the files record asks for. ``badge`` counts something of the journal's problems. The
    entry is there where the page has something to show
    that no page before it tells, which ``shows`` tells from pipeline.yml and from what the files
    record; until then the overview leads to the page.
    """

    group: NavGroup
    label: str
    path: str
    each: Callable[[Schema, Topics], Iterable[Link]] | None = None
    badge: Callable[[Sequence[Problem]], Badge] = lambda _problems: Badge()
    shows: Callable[[Schema, Topics], bool] = _always


class Page(NamedTuple):
    """A page: its path in the site, its template, and what makes its view when it is rendered.
    One without a template is a file of another sort: a calendar feed, or data of scripts.

    ``entry`` is the path of the entry in the navigation that it belongs to, if any. ``reads``
    gives the deals and contacts that it is made of: see PageKind.
    """

    path: str
    template: str
    view: Callable[[], object]
    entry: str = ""
    reads: Callable[[], frozenset[str]] | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it is made of the whole journal."""
        return self.reads is None

    def viewed(self) -> Page:
        """The same with its view made."""
        view = self.view()
        return self._replace(view=lambda: view)


@dataclass(frozen=True, slots=True)
class PageKind(Generic[Key]):
    """A kind of page.

    What the paths of its pages begin with, which lie in no folder if it is of the whole journal, is
    its name, or one of ``begins``, so that a page is found without looking at those of others.

    ``name`` gives its template, ``NAME.html``, unless its view ``is_sheet`` (``sheet.Sheet``), as
    those of all pages of facts; what is no page but a file of another sort (``is_file``), a
    calendar feed or data of scripts, has none. There is one page for each of ``keys``, at
    ``path``, and ``view`` makes what its template shows. ``within`` names the kind whose entry
    in the navigation its pages belong to, where they have none themselves. ``entry`` is the path
    of the entry of a page, where the pages of a kind have several.

    A page is made of the whole journal and all its problems; one that ``reads`` says the deals
    and contacts of is made of these alone, and changes with nothing else but pipeline.yml, the
    day and the templates. They are named by file, ``deals/acme``, whether it is there or not.
    Pages with the same ``beside`` have much in common, and are rendered one after the other.

    ``facts`` are what the page ``NAME`` is made of, for the terminal and other programs;
    ``facts_of`` those of each page ``NAME-KEY``, and ``each`` says what the keys are ids of.
    ``sheet`` makes what a terminal shows, where that is not the page's own view. Pages with what
    git has recorded are of a kind that ``is_recorded``.
    """

    name: str
    view: Callable[[Context, Key], object]
    keys: Callable[[Context], Iterable[Key]]
    path: Callable[[Key], str]
    reads: Callable[[Context, Key], frozenset[str]] | None = None
    nav: Nav | None = None
    within: str = ""
    entry: Callable[[Context, Key], str] | None = None
    beside: Callable[[Context, Key], str] | None = None
    facts: Callable[[Insights], object] | None = None
    facts_of: Callable[[Insights, Key], object] | None = None
    each: str = ""
    sheet: Callable[[Context, Key], Sheet] | None = None
    is_sheet: bool = False
    is_file: bool = False
    is_recorded: bool = False
    begins: tuple[str, ...] = ()

    def may_have(self, path: str) -> bool:
        """Whether a path may be that of one of its pages, if they are of the whole journal."""
        return "/" not in path and path.startswith(self.begins or self.name)

    @property
    def template(self) -> str:
        if self.is_file:
            return ""
        return "sheet.html" if self.is_sheet else f"{self.name}.html"

    def page(self, context: Context, key: Key, entry: str = "") -> Page:
        """The page of a key, which belongs to an entry of the navigation."""
        return Page(
            self.path(key),
            self.template,
            partial(self.view, context, key),
            self.entry(context, key) if self.entry else entry,
            None if self.reads is None else partial(self.reads, context, key),
        )


def once(_context: Context) -> tuple[str]:
    """The only key of a kind that has one page."""
    return ("",)


def page_of_facts(
    name: str,
    view: Callable[[Context, str], Sheet],
    facts: Callable[[Insights], object],
    group: NavGroup,
    label: str,
    shows: Callable[[Schema, Topics], bool] = _always,
    is_recorded: bool = False,
) -> PageKind[str]:
    """The kind of the only page of some facts, ``NAME.html``, that ``view`` makes; at its foot
    stands of how many deals it is."""
    path = f"{name}.html"
    nav = Nav(group, label, path, shows=shows)
    return PageKind(
        name,
        footed(view),
        once,
        lambda _: path,
        nav=nav,
        facts=facts,
        is_sheet=True,
        is_recorded=is_recorded,
    )
