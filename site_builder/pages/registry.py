"""Every page of the site, in one place: each kind is declared in its module."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from functools import partial
from typing import Any

from site_builder.insights.insights import Insights
from site_builder.insights.topics import Topics, all_topics
from site_builder.journal.journal import Journal
from site_builder.journal.repository import NO_REPOSITORY
from site_builder.load.listing import is_ours
from site_builder.load.loaded import Loaded
from site_builder.load.reload import name_at
from site_builder.pages import (
    board,
    changes,
    contact,
    contact_deals,
    contact_list,
    contact_notes,
    contacts,
    deal,
    deal_notes,
    deals,
    deals_data,
    development,
    entrances,
    exchanges,
    follow_ups,
    follow_ups_feed,
    forecast,
    forecast_belief,
    forecast_each,
    forecast_period,
    frame,
    goals,
    handover,
    lost,
    map,
    modules,
    notfound,
    nurture,
    overview,
    problems,
    push_pull,
    queues,
    referrals,
    relationships,
    search_data,
    stage,
    stale,
    stale_list,
    status,
    steps,
    structure,
    team,
    view,
    views,
    what_if_data,
    win_win,
)
from site_builder.pages.context import Context
from site_builder.pages.frame import NavItem, SiteContext
from site_builder.pages.page import Nav, Page, PageKind
from site_builder.pages.problems import Files

# Each kind has keys of a type of its own.
PAGES: tuple[PageKind[Any], ...] = (
    overview.PAGE,
    stale.PAGE,
    follow_ups.PAGE,
    queues.PAGE,
    changes.PAGE,
    board.PAGE,
    deals.PAGE,
    views.PAGE,
    view.PAGE,
    team.PAGE,
    contacts.PAGE,
    relationships.PAGE,
    nurture.PAGE,
    referrals.PAGE,
    map.PAGE,
    development.PAGE,
    forecast.PAGE,
    goals.PAGE,
    structure.PAGE,
    push_pull.PAGE,
    modules.PAGE,
    lost.PAGE,
    steps.PAGE,
    exchanges.PAGE,
    entrances.PAGE,
    win_win.PAGE,
    problems.PAGE,
    notfound.PAGE,
    follow_ups_feed.PAGE,
    deals_data.PAGE,
    search_data.PAGE,
    what_if_data.PAGE,
    handover.PAGE,
    stage.PAGE,
    forecast_belief.PAGE,
    forecast_each.PAGE,
    forecast_period.PAGE,
    stale_list.PAGE,
    status.PAGE,
    deal.PAGE,
    deal_notes.PAGE,
    contact.PAGE,
    contact_notes.PAGE,
    contact_deals.PAGE,
    contact_list.PAGE,
)
"""The kinds of pages. Those with an entry in the navigation stand there in this order, and their
groups as their first pages do."""


def site_context(loaded: Loaded) -> SiteContext:
    """What all pages of the site say. A journal whose pipeline.yml could not be understood
    has its problems to show, and nothing else."""
    kinds = PAGES if loaded.journal else (problems.PAGE,)
    topics = loaded.topics
    nav = tuple(_nav_items(loaded, kinds, topics))
    return frame.site_context(loaded, nav, tuple(_more_items(loaded, kinds, topics)))


def all_pages(loaded: Loaded) -> tuple[Page, ...]:
    """All pages of the site: first those of the whole journal, then the others, neighbours
    beside each other. What they share is worked out here."""
    context = context_of(loaded)
    if context is None:
        return _without_journal(loaded)
    queues.found(context)  # which waits for what is due: pages of all processes ask for both
    return pages_in(context)


def pages_in(context: Context) -> tuple[Page, ...]:
    """The same for a journal of which a context was made."""
    return (*_whole(context.worked_out()), *_of_few(context))


def whole_page(context: Context, path: str) -> Page | None:
    """The page of the whole journal at a path, if there is one: no others are looked for."""
    for kind in PAGES:
        if kind.reads is None and kind.may_have(path):
            for key in kind.keys(context):
                if kind.path(key) == path:
                    return kind.page(context, key, _entry(kind))
    return None


def may_be_whole(path: str) -> bool:
    """Whether a path may be that of a page of the whole journal, as far as it tells by itself."""
    return any(kind.reads is None and kind.may_have(path) for kind in PAGES)


def pages_of_few(loaded: Loaded) -> tuple[Page, ...]:
    """The pages that are not made of the whole journal, of which a part may do for some."""
    context = context_of(loaded)
    return tuple(_of_few(context)) if context else ()


def pages_of_facts() -> Mapping[str, PageKind[Any]]:
    """The kinds of pages that have facts, by name."""
    return {kind.name: kind for kind in PAGES if kind.facts is not None}


def pages_of_facts_by_key() -> Mapping[str, PageKind[Any]]:
    """The kinds of which each page, ``NAME-KEY``, has facts, by ``NAME``."""
    return {kind.name: kind for kind in PAGES if kind.facts_of is not None}


def recorded_pages(loaded: Loaded) -> tuple[Page, ...]:
    """The pages of the whole journal that show what git has recorded of it."""
    context = context_of(loaded)
    kinds = [kind for kind in PAGES if kind.is_recorded and kind.reads is None]
    return tuple([page for kind in kinds for page in _of_kind(kind, context)] if context else ())


def problems_page(loaded: Loaded, paths: Container[str]) -> Page:
    """The page of all problems of a journal with pages at these paths."""
    listed = partial(problems.problem_list, loaded.problems, _files(loaded, paths))
    return Page(problems.PATH, problems.PAGE.template, listed, _entry(problems.PAGE))


def _nav_items(
    loaded: Loaded, kinds: tuple[PageKind[Any], ...], topics: Topics
) -> Iterator[NavItem]:
    for kind in kinds:
        if kind.nav is not None and _is_shown(kind.nav, loaded, topics):
            yield from _entries(kind.nav, loaded, topics)


def _more_items(
    loaded: Loaded, kinds: tuple[PageKind[Any], ...], topics: Topics
) -> Iterator[NavItem]:
    """The pages that have no entry yet, though they are there."""
    for kind in kinds:
        if kind.nav is None:
            continue
        if not _is_shown(kind.nav, loaded, topics):
            yield NavItem(kind.nav.label, kind.nav.path, group=str(kind.nav.group))
        elif kind.nav.each is not None:
            there = {item.path for item in _entries(kind.nav, loaded, topics)}
            schema = loaded.journal.schema if loaded.journal else None
            every = _entries(kind.nav, loaded, all_topics(schema.pipelines if schema else ()))
            yield from (item for item in every if item.path not in there)


def _is_shown(nav: Nav, loaded: Loaded, topics: Topics) -> bool:
    return loaded.journal is None or nav.shows(loaded.journal.schema, topics)


def _entries(nav: Nav, loaded: Loaded, topics: Topics) -> Iterator[NavItem]:
    group = str(nav.group)
    if nav.each is None or loaded.journal is None:
        yield NavItem(nav.label, nav.path, *nav.badge(loaded.problems), group)
        return
    for text, path, _ in nav.each(loaded.journal.schema, topics):
        yield NavItem(text, path, group=group)


def context_of(loaded: Loaded, seen: Journal | None = None) -> Context | None:
    """What the pages of a journal are made of; None where there is none. ``seen`` is how it stands
    today, where that is known."""
    seen = seen or loaded.seen
    if seen is None:
        return None
    recorded = loaded.recorded and loaded.recorded.until(loaded.begun or loaded.today)
    insights = Insights(seen, loaded.today, recorded=recorded, memory=loaded.memory)
    return Context(insights, loaded.problems, loaded.sources, has_heaps=loaded.has_heaps)


def _files(loaded: Loaded, paths: Container[str]) -> Files:
    def page_of(path: str) -> str:
        """Of the files with problems, those that are left out have no page, or another's."""
        page = f"{name_at(path)}.html" if is_ours(path) and path not in left_out else ""
        return page if page in paths else ""

    left_out = frozenset(loaded.left_out)
    repository = loaded.journal.schema.repository if loaded.journal else NO_REPOSITORY
    return Files(loaded.sources, repository, page_of)


def _without_journal(loaded: Loaded) -> tuple[Page, ...]:
    """The problems, also as the start page, and the page for addresses that lead nowhere."""
    listed = partial(problems.problem_list, loaded.problems, _files(loaded, ()))
    return (
        Page("index.html", problems.PAGE.template, listed),
        Page(problems.PATH, problems.PAGE.template, listed),
        Page(notfound.PATH, notfound.PAGE.template, partial(notfound.not_found, has_lists=False)),
    )


def _whole(context: Context) -> Iterator[Page]:
    for kind in PAGES:
        if kind.reads is None:
            yield from _of_kind(kind, context)


def _of_kind(kind: PageKind[Any], context: Context) -> Iterator[Page]:
    return (kind.page(context, key, _entry(kind)) for key in kind.keys(context))


def _of_few(context: Context) -> Iterator[Page]:
    near: defaultdict[str, list[Page]] = defaultdict(list)
    for kind in PAGES:
        if kind.reads is not None:
            entry = _entry(kind)
            for key in kind.keys(context):
                beside = kind.beside(context, key) if kind.beside else ""
                near[beside].append(kind.page(context, key, entry))
    for beside in sorted(near):
        yield from near[beside]


def _entry(kind: PageKind[Any]) -> str:
    """The path of the entry in the navigation that pages of a kind belong to, if any."""
    own = kind.nav or next((other.nav for other in PAGES if other.name == kind.within), None)
    return own.path if own else ""
